import { reachOf, system } from '#kit/access'
import { sql, type Database, type Db } from '#kit/db'
import { defineTask, type AnyTask, type Retention } from '#kit/jobs'
import { defineLetter, postLetter, type Correspondent } from '#kit/mail'
import { speak, type Language } from '#kit/words'
import { inLanguage, type KeptHappening } from './happening.ts'
import type { Frequency } from './subscription.ts'
import { subscriptionWords } from './words.ts'

/** Whether a saved search of a room finds this happening. `query` is the search page's own query string. */
export type Matcher = (db: Db, query: string, happening: KeptHappening) => Promise<boolean>

export type TellSettings = {
  /** Where and in what language these people are written to; who has no address is left out. */
  correspondents(db: Db, personIds: readonly string[]): Promise<ReadonlyMap<string, Correspondent>>
  /** By room: how its saved searches are matched. */
  matchers?: Readonly<Record<string, Matcher>>
  /** At which hour of their own day people get a digest; 7 unless told. */
  hour?: number
}

type Item = Pick<KeptHappening, 'id' | 'title' | 'lead' | 'path' | 'kind'>

/** The letter that tells one or many things. */
export const newsLetter = defineLetter<{ items: readonly Item[]; frequency: Frequency; page: string }>(
  'subscriptions.news',
  ({ items, frequency, page }, { language }) => {
    const t = speak(subscriptionWords, language)
    const told = items.map((item) => {
      const title = inLanguage(item.title, language)
      const lead = inLanguage(item.lead, language).text
      return { text: title.text, href: inLanguage(item.path, language).text, ...(lead && { note: lead }) }
    })
    return {
      subject:
        told.length === 1
          ? told[0]!.text
          : t(`letter.subject.${frequency === 'weekly' ? 'weekly' : 'daily'}`, { count: told.length }),
      blocks: [
        { kind: 'text', text: t('letter.text', { count: told.length }) },
        { kind: 'list', items: told },
        { kind: 'note', text: t(`letter.why.${frequency}`) },
        { kind: 'button', label: t('letter.change'), href: page },
      ],
    }
  },
  { purpose: 'subscriptions' },
)

/**
 * Finds who asked to be told of a happening, once a person however many of their wishes it meets; the most eager wish counts. Answers how many people.
 */
export async function matchSubscriptions(
  db: Db,
  happening: KeptHappening,
  matchers: TellSettings['matchers'] = {},
): Promise<number> {
  const searches: string[] = []
  const matcher = matchers[happening.room]
  if (matcher) {
    const { rows } = await sql<{
      subject: string
    }>`select distinct subject from subscriptions.subscription where kind = 'search' and room = ${happening.room}`.execute(
      db,
    )
    for (const { subject } of rows) if (await matcher(db, subject, happening)) searches.push(subject)
  }
  const { numAffectedRows = 0n } = await sql`
    insert into subscriptions.told (keeper, happening_id, subscription_id, frequency)
    select distinct on (s.keeper) s.keeper, h.id, s.id, s.frequency
    from subscriptions.happening h join subscriptions.subscription s on (s.room is null or s.room = h.room) and (
      s.kind = 'everything' or (s.kind = 'topic' and s.subject = any (h.topics)) or (s.kind = 'country' and s.subject = any (h.countries))
      or (s.kind = 'owner' and s.subject = h.owner_id::text) or (s.kind = 'search' and s.subject = any (${searches}::text[])))
    where h.id = ${happening.id}
    order by s.keeper, array_position(array['at-once', 'daily', 'weekly'], s.frequency), s.id
    on conflict do nothing`.execute(db)
  return Number(numAffectedRows)
}

/** The tasks that tell people: at once, or in a digest at their own hour. */
export function subscriptionTasks(settings: TellSettings): AnyTask[] {
  return [
    defineTask<{ happeningId: string }>(
      'subscriptions.match',
      async ({ happeningId }, { database }) => {
        await asSystem(database, async (db) => {
          const { rows } =
            await sql<KeptHappening>`select * from subscriptions.happening where id = ${happeningId}`.execute(db)
          if (rows[0]) await matchSubscriptions(db, rows[0], settings.matchers)
        })
        const { rows } = await asSystem(database, (db) =>
          sql<{
            keeper: string
          }>`select keeper from subscriptions.told where happening_id = ${happeningId} and frequency = 'at-once' and letter_id is null order by keeper`.execute(
            db,
          ),
        )
        for (const { keeper } of rows) await tell(database, settings, keeper, 'at-once', happeningId)
      },
      { attempts: 8 },
    ),
    defineTask(
      'subscriptions.digest',
      async (_payload, { database, actor, progress }) => {
        for (const { keeper, frequency } of await waiting(database)) {
          await progress.step({})
          const correspondent = (await asSystem(database, (db) => settings.correspondents(db, [keeper]))).get(keeper)
          const local = actor.now.toZonedDateTimeISO(correspondent?.zone ?? 'UTC')
          if (local.hour !== (settings.hour ?? 7)) continue
          if (frequency === 'weekly' && local.dayOfWeek !== 1) continue
          await tell(database, settings, keeper, frequency)
        }
      },
      { schedule: '5 * * * *', attempts: 3, queue: 'digest' },
    ),
  ]
}

const asSystem = <T>(database: Database, work: (db: Db) => Promise<T>) =>
  database.transaction(reachOf(system(database, 'subscriptions')), 'write', work)

async function waiting(database: Database): Promise<{ keeper: string; frequency: Frequency }[]> {
  const { rows } = await asSystem(database, (db) =>
    sql<{ keeper: string; frequency: Frequency }>`select distinct keeper, frequency from subscriptions.told
      where letter_id is null and frequency in ('daily', 'weekly') order by keeper, frequency`.execute(db),
  )
  return rows
}

/** The page where one changes what one is told of. */
const pageOf = (language: Language) => `/${language}/${speak(subscriptionWords, language)('path.mine')}`

/** Posts one letter with everything that waits for a person at this frequency, and notes it, in one transaction: nobody is told twice. */
async function tell(
  database: Database,
  settings: TellSettings,
  keeper: string,
  frequency: Frequency,
  happeningId?: string,
): Promise<void> {
  await asSystem(database, async (db) => {
    const { rows: items } =
      await sql<Item>`select h.id, h.title, h.lead, h.path, h.kind from subscriptions.told t join subscriptions.happening h on h.id = t.happening_id
      where t.keeper = ${keeper} and t.frequency = ${frequency} and t.letter_id is null and (${happeningId ?? null}::uuid is null or h.id = ${happeningId ?? null}::uuid)
      order by h.at desc limit 100 for update of t skip locked`.execute(db)
    if (items.length === 0) return
    const correspondent = (await settings.correspondents(db, [keeper])).get(keeper)
    const ids = items.map(({ id }) => id)
    if (!correspondent) {
      await sql`delete from subscriptions.told where keeper = ${keeper} and happening_id = any (${ids}::uuid[])`.execute(
        db,
      )
      return
    }
    const letterId = await postLetter(db, newsLetter, correspondent, {
      items,
      frequency,
      page: pageOf(correspondent.language),
    })
    await sql`update subscriptions.told set letter_id = ${letterId} where keeper = ${keeper} and happening_id = any (${ids}::uuid[])`.execute(
      db,
    )
  })
}

/** What people were told of is dropped after a while, with who was told. */
export const subscriptionRetention: readonly Retention[] = [
  {
    code: 'subscriptions.happening',
    apply: async (db, { before }) =>
      Number(
        (
          await sql`delete from subscriptions.happening where at < ${before}::timestamptz and (coalesce(ends_at, starts_at) is null or coalesce(ends_at, starts_at) < ${before}::timestamptz)`.execute(
            db,
          )
        ).numAffectedRows ?? 0n,
      ),
  },
]
