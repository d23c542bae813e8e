import { sql } from 'kysely'
import { Absent, Changed, Problems, type Actor, type Problem } from '#kit/access'
import type { Db } from '#kit/db'
import { canonicalTag, isLanguageTag } from '#kit/words'
import type { Owner } from './access.ts'
import { plainOf, refusedLinks } from './markdown.ts'
import { methodAfter, sourceHash, stateAfter, tidy, type Form, type Method, type WorkState } from './rules.ts'

/** A text to be made: whose, for what, its original language and the words by language. */
export type NewText = {
  owner: Owner
  room: string
  /** What it is for, as the desk tells it: `institution.description`. */
  purpose: string
  form?: Form
  source: string
  bodies: Record<string, string>
  /** Puts all of it before the public at once, on the author's word. */
  publish?: boolean
  method?: Method
  /** Only for private matter: the person or institution who alone reaches it. */
  keeper?: string | null
}

/**
 * Makes texts inside a room's own deed, which has already asked who may. Answers their ids, in order. Languages with
 * nothing in them are left out; six statements however many texts. Throws `Problems` for a language tag that is none.
 */
export async function newTexts(actor: Actor, db: Db, texts: readonly NewText[]): Promise<string[]> {
  if (texts.length === 0) return []
  const made = await sql<{
    id: string
  }>`select uuidv7() as id from generate_series(1, ${texts.length}::integer)`.execute(db)
  const ids = made.rows.map(({ id }) => id)
  const rows = texts.map((text, at) => rowsOf(actor, ids[at]!, text))
  await sql`
    insert into text.text_set (id, owner_kind, owner_id, room, purpose, form, source_language, source_hash, keeper)
    select id, owner_kind, owner_id, room, purpose, form, source_language, source_hash, keeper
    from jsonb_to_recordset(${JSON.stringify(rows.map(({ set }) => set))}::jsonb)
      as r(id uuid, owner_kind text, owner_id text, room text, purpose text, form text, source_language text, source_hash text, keeper uuid)`.execute(
    db,
  )
  const versions = rows.flatMap((row) => row.versions)
  if (versions.length > 0) {
    await sql`
      insert into text.version (set_id, language, state, method, body, hash, source_hash, translator_id, keeper)
      select set_id, language, state, method, body, hash, source_hash, translator_id, keeper
      from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb)
        as r(set_id uuid, language text, state text, method text, body text, hash text, source_hash text, translator_id uuid, keeper uuid)`.execute(
      db,
    )
  }
  const published = rows.flatMap((row) => row.published)
  if (published.length > 0) {
    await sql`
      insert into text.published (set_id, language, method, body, plain, hash, source_hash, keeper)
      select set_id, language, method, body, plain, hash, source_hash, keeper
      from jsonb_to_recordset(${JSON.stringify(published)}::jsonb)
        as r(set_id uuid, language text, method text, body text, plain text, hash text, source_hash text, keeper uuid)`.execute(
      db,
    )
  }
  return ids
}

/** Makes one text inside a room's own deed; answers its id. */
export async function newText(actor: Actor, db: Db, text: NewText): Promise<string> {
  return (await newTexts(actor, db, [text]))[0]!
}

function rowsOf(actor: Actor, id: string, text: NewText) {
  const form = text.form ?? 'plain'
  const source = tagOf(text.source)
  const bodies = Object.entries(text.bodies)
    .map(([language, body]) => [tagOf(language), tidy(body, form)] as const)
    .filter(([, body]) => body !== '')
  const original = bodies.find(([language]) => language === source)
  const hash = original ? sourceHash(original[1], form) : null
  const keeper = text.keeper ?? null
  const common = bodies.map(([language, body]) => ({
    set_id: id,
    language,
    method: language === source ? ('human' as const) : (text.method ?? 'human'),
    body,
    hash: sourceHash(body, form),
    source_hash: language === source ? null : hash,
    keeper,
  }))
  const state = (method: Method): WorkState =>
    text.publish ? 'approved' : method === 'machine' ? 'machine' : 'in-edit'
  return {
    set: {
      id,
      owner_kind: text.owner.kind,
      owner_id: ownerId(text.owner),
      room: text.room,
      purpose: text.purpose,
      form,
      source_language: source,
      source_hash: hash,
      keeper,
    },
    versions: common.map((row) => ({ ...row, state: state(row.method), translator_id: actor.personId })),
    published: text.publish ? common.map((row) => ({ ...row, plain: plain(row.body, form) })) : [],
  }
}

/** The owner's id as the tables keep it: empty for the network. */
export function ownerId(owner: Owner): string {
  return owner.kind === 'network' ? '' : owner.id
}

function plain(body: string, form: Form): string {
  return form === 'markdown' ? plainOf(body) : body
}

function tagOf(language: string): string {
  const tag = isLanguageTag(language) ? canonicalTag(language) : undefined
  if (!tag) throw new Problems([{ field: 'language', words: 'text.problem.language', values: { language } }])
  return tag
}

/** What keeps a body from being taken: too long, or a link that may not be. */
export function bodyProblems(body: string, form: Form, field = 'body'): Problem[] {
  const problems: Problem[] = []
  if (body.length > 200_000) problems.push({ field, words: 'kit.problem.too-long', values: { count: 200_000 } })
  if (form === 'markdown') {
    for (const link of refusedLinks(body)) problems.push({ field, words: 'text.problem.link', values: { link } })
  }
  return problems
}

/** A text under work, its rows locked until the deed ends. */
export type Work = {
  id: string
  owner: Owner
  purpose: string
  form: Form
  sourceLanguage: string
  sourceHash: string | null
  keeper: string | null
  version: Version | undefined
}
export type Version = {
  id: string
  state: WorkState
  method: Method
  body: string
  hash: string
  sourceHash: string | null
  dismissedHash: string | null
  translatorId: string | null
  revision: number
}

type SetRow = {
  id: string
  ownerKind: Owner['kind']
  ownerId: string
  purpose: string
  form: Form
  sourceLanguage: string
  sourceHash: string | null
  keeper: string | null
}

/** Takes one language of a text into work, locked. Throws `Absent` where the text is not, or not in reach. */
export async function takeText(db: Db, textId: string, language: string): Promise<Work> {
  const tag = tagOf(language)
  const sets = await sql<SetRow>`
    select id, owner_kind, owner_id, purpose, form, source_language, source_hash, keeper
    from text.text_set where id = ${textId} for update`.execute(db)
  const set = sets.rows[0]
  if (!set) throw new Absent()
  const versions = await sql<Version>`
    select id, state, method, body, hash, source_hash, dismissed_hash, translator_id, revision
    from text.version where set_id = ${textId} and language = ${tag} for update`.execute(db)
  const { ownerKind, ownerId: id, ...rest } = set
  const owner: Owner = ownerKind === 'network' ? { kind: 'network' } : { kind: ownerKind, id }
  return { ...rest, owner, version: versions.rows[0] }
}

export type Change = {
  language: string
  body: string
  /** The revision that the writer saw; another since then throws `Changed`. */
  revision?: number | null
  /** Puts it before the public at once, on the author's word. */
  publish?: boolean
  /** Written by machine. */
  byMachine?: boolean
}

/**
 * Writes one language of a text inside a deed that has already asked who may. What is published stays as it was unless
 * `publish`; a translation notes the source it was made from; a changed source makes the others stale by itself. An
 * empty body takes the language away (and, with `publish`, from the public). Throws `Problems`, `Changed`, `Absent`.
 */
export async function setText(actor: Actor, db: Db, textId: string, change: Change): Promise<void> {
  const work = await takeText(db, textId, change.language)
  const language = tagOf(change.language)
  const body = tidy(change.body, work.form)
  const problems = bodyProblems(body, work.form)
  if (problems.length > 0) throw new Problems(problems)
  if (change.revision !== undefined && change.revision !== null && change.revision !== (work.version?.revision ?? 0))
    throw new Changed()
  const event = change.byMachine ? 'translated-by-machine' : 'written'
  const state = stateAfter(work.version?.state ?? 'missing', event)
  if (!state) throw new Problems([{ field: 'body', words: 'text.problem.written-by-person' }])
  if (body === '') await sql`delete from text.version where set_id = ${textId} and language = ${language}`.execute(db)
  else if (work.version?.body !== body) {
    const row = {
      state,
      method: methodAfter(work.version?.method, event),
      hash: sourceHash(body, work.form),
      source: language === work.sourceLanguage ? null : work.sourceHash,
    }
    await sql`
      insert into text.version (set_id, language, state, method, body, hash, source_hash, translator_id, keeper)
      values (${textId}, ${language}, ${row.state}, ${row.method}, ${body}, ${row.hash}, ${row.source}, ${actor.personId}, ${work.keeper})
      on conflict (set_id, language) do update set state = excluded.state, method = excluded.method, body = excluded.body,
        hash = excluded.hash, source_hash = excluded.source_hash, dismissed_hash = null, translator_id = excluded.translator_id,
        reviewer_id = null, note = '', revision = version.revision + 1, changed_at = now()`.execute(db)
  }
  if (change.publish) await putBeforePublic(db, work, language, body === '' ? 'withdraw' : 'approve')
  if (language === work.sourceLanguage) await measureSource(db, textId)
}

/**
 * Writes a text from a form that has a field for each language: makes it where there is none yet, else changes the
 * languages given, the original first. Answers its id. Languages that the form did not have stay as they are.
 */
export async function keepText(
  actor: Actor,
  db: Db,
  textId: string | null | undefined,
  given: NewText,
): Promise<string> {
  if (!textId) return newText(actor, db, given)
  const source = tagOf(given.source)
  const written = Object.entries(given.bodies).map(([language, body]) => ({ language: tagOf(language), body }))
  written.sort((one, other) => Number(other.language === source) - Number(one.language === source))
  for (const { language, body } of written) {
    await setText(actor, db, textId, { language, body, publish: given.publish ?? false })
  }
  return textId
}

/** Copies the working words of a language to the public (approving them first where the author's word is enough), or takes them back. */
export async function putBeforePublic(
  db: Db,
  work: Work,
  language: string,
  how: 'as-it-is' | 'approve' | 'withdraw',
): Promise<void> {
  if (how === 'withdraw') {
    await sql`delete from text.published where set_id = ${work.id} and language = ${language}`.execute(db)
    return
  }
  if (how === 'approve') {
    await sql`
      update text.version set state = 'approved', method = case method when 'machine' then 'machine-edited' else method end
      where set_id = ${work.id} and language = ${language} and state <> 'approved'`.execute(db)
  }
  const versions = await sql<{
    body: string
  }>`select body from text.version where set_id = ${work.id} and language = ${language}`.execute(db)
  const body = versions.rows[0]?.body
  if (body === undefined) throw new Absent()
  await sql`
    insert into text.published (set_id, language, method, body, plain, hash, source_hash, dismissed_hash, keeper)
    select set_id, language, method, body, ${plain(body, work.form)}, hash, source_hash, dismissed_hash, keeper
    from text.version where set_id = ${work.id} and language = ${language}
    on conflict (set_id, language) do update set method = excluded.method, body = excluded.body, plain = excluded.plain,
      hash = excluded.hash, source_hash = excluded.source_hash, dismissed_hash = excluded.dismissed_hash, published_at = now()`.execute(
    db,
  )
}

/** Settles by which source translations are measured: the working one where it is approved or nothing is public yet, else the public one. */
export async function measureSource(db: Db, textId: string): Promise<void> {
  await sql`
    update text.text_set s set source_hash = coalesce(
      (select v.hash from text.version v where v.set_id = s.id and v.language = s.source_language and v.state = 'approved'),
      (select p.hash from text.published p where p.set_id = s.id and p.language = s.source_language),
      (select v.hash from text.version v where v.set_id = s.id and v.language = s.source_language))
    where s.id = ${textId}`.execute(db)
}

/** Takes texts away whole inside a deed, such as those of a draft that is thrown away. Their history stays. */
export async function removeTexts(db: Db, textIds: readonly string[]): Promise<void> {
  if (textIds.length > 0) await sql`delete from text.text_set where id = any (${textIds}::uuid[])`.execute(db)
}
