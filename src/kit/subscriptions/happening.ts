import type { Actor } from '#kit/access'
import { sql, type Db } from '#kit/db'
import { languages, type Language } from '#kit/words'

type InLanguages = Partial<Record<Language, string>>

/**
 * Something public that happened: a call opened, a museum validated, a meeting announced. Texts and paths are by language, as they were then. What has a beginning
 * (and perhaps an end and a place) goes into calendars too. Instants are ISO 8601.
 */
export type Happening = {
  room: string
  /** `noun.past`, as the deed is named: `call.opened`. */
  kind: string
  aboutId?: string | null
  ownerId?: string | null
  topics?: readonly string[]
  countries?: readonly string[]
  title: InLanguages
  lead?: InLanguages
  path: InLanguages
  startsAt?: string | null
  endsAt?: string | null
  place?: string | null
}
export type KeptHappening = Required<Omit<Happening, 'topics' | 'countries'>> & {
  id: string
  at: string
  topics: string[]
  countries: string[]
}

/**
 * Inside the deed that made it public: tells those who asked for it. Only what everyone may see: a happening goes into feeds and letters. Answers its id.
 */
export async function announce(db: Db, happening: Happening): Promise<string> {
  return (
    await sql<{ id: string }>`select subscriptions.announce(${JSON.stringify(happening)}::jsonb) as id`.execute(db)
  ).rows[0]!.id
}

export type Among = {
  room?: string | null
  topic?: string | null
  country?: string | null
  owner?: string | null
  dated?: boolean
  limit?: number
}

/** What happened, newest first, for feeds and calendars (`dated`: what has a beginning, the last and the coming year). */
export async function listHappenings(_actor: Actor, db: Db, among: Among = {}): Promise<KeptHappening[]> {
  const { room = null, topic = null, country = null, owner = null, dated = false } = among
  return (
    await sql<KeptHappening>`select * from subscriptions.happening
      where (${room}::text is null or room = ${room}) and (${topic}::text is null or topics @> array[${topic}]::text[])
        and (${country}::text is null or countries @> array[${country}]::text[]) and (${owner}::text is null or owner_id::text = ${owner})
        and (not ${dated}::boolean or starts_at is not null)
      order by at desc, id desc limit ${among.limit ?? 50}`.execute(db)
  ).rows
}

/** The text for a reader: in their language, else the first there is, with its language. */
export function inLanguage(texts: InLanguages, language: Language): { text: string; language: Language } {
  for (const one of [language, ...languages]) if (texts[one]) return { text: texts[one], language: one }
  return { text: '', language }
}
