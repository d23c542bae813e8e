import { sql, type RawBuilder } from 'kysely'
import { found, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { visibleAtDesk, type Owner } from './access.ts'
import { standing, type Form, type Method, type State, type Text, type WorkState } from './rules.ts'

/** One language of a published text, as `text.shown` builds it; written out here so that PostgreSQL plans it once a query, not once a row. */
const shownVersion = sql`jsonb_build_object('body', p.body,
  'state', case
    when p.language <> s.source_language and text.is_stale(p.source_hash, p.dismissed_hash, o.hash) then 'stale'
    when p.method = 'machine' then 'machine'
    else 'approved' end,
  'method', p.method, 'form', s.form, 'source', p.language = s.source_language)`

/** The published text of a column that holds a text's id, for the select list of a query: `shownText('i.nameId').as('name')`. Empty where there is none. */
export function shownText(column: string): RawBuilder<Text> {
  return sql<Text>`coalesce((
    select jsonb_object_agg(p.language, ${shownVersion})
    from text.text_set s
    join text.published p on p.set_id = s.id
    left join text.published o on o.set_id = s.id and o.language = s.source_language
    where s.id = ${sql.ref(column)}), '{}')`
}

/** The published words of a column's text in one language, else in the original, without markup: to sort, search and list by. */
export function readText(column: string, language: string): RawBuilder<string | null> {
  return sql<string | null>`text.reads(${sql.ref(column)}, ${language})`
}

/** Published texts by id, in one query however many. Ids without a text, or out of reach, are left out. */
export async function loadTexts(db: Db, ids: Iterable<string | null | undefined>): Promise<Map<string, Text>> {
  const wanted = [...new Set([...ids].filter((id) => id !== null && id !== undefined))]
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{ id: string; shown: Text }>`
    select s.id, coalesce(jsonb_object_agg(p.language, ${shownVersion}) filter (where p.id is not null), '{}') as shown
    from text.text_set s
    left join text.published p on p.set_id = s.id
    left join text.published o on o.set_id = s.id and o.language = s.source_language
    where s.id = any (${wanted}::uuid[]) group by s.id`.execute(db)
  return new Map(rows.map(({ id, shown }) => [id, shown]))
}

/** The words being worked on, by language, for the forms of those who write them. */
export type WorkingText = {
  [language: string]: { body: string; state: State; method: Method; form: Form; source: boolean; revision: number }
}

/** Working texts by id, in one query: for editors, never for readers. */
export async function loadWorkingTexts(
  db: Db,
  ids: Iterable<string | null | undefined>,
): Promise<Map<string, WorkingText>> {
  const wanted = [...new Set([...ids].filter((id) => id !== null && id !== undefined))]
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{ id: string; working: WorkingText }>`
    select s.id, text.working(s.id) as working from text.text_set s where s.id = any (${wanted}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, working }) => [id, working]))
}

/** What the desk shows of one language of one text. */
export type DeskText = {
  id: string
  owner: Owner
  room: string
  purpose: string
  form: Form
  sourceLanguage: string
  /** The source that translations are measured by, and whether its author is changing it meanwhile. */
  source: string
  sourceInEdit: boolean
  sourceHash: string | null
  language: string
  state: State
  body: string
  method: Method | null
  note: string
  revision: number
  translatorId: string | null
  reviewerId: string | null
  publishedBody: string | null
}

type DeskRow = Omit<DeskText, 'owner' | 'state' | 'source'> & {
  ownerKind: Owner['kind']
  ownerId: string
  workState: WorkState | null
  madeFrom: string | null
  dismissedHash: string | null
  sourceWork: string | null
  sourcePublic: string | null
  sourceState: WorkState | null
}

/** The texts of these ids in one language as the desk shows them; those out of the actor's reach are left out. */
export async function findDeskTexts(
  actor: Actor,
  db: Db,
  ids: readonly string[],
  language: string,
): Promise<DeskText[]> {
  const { rows } = await sql<DeskRow>`
    select s.id, s.owner_kind, s.owner_id, s.room, s.purpose, s.form, s.source_language, s.source_hash,
      ${language}::text as language, o.body as source_work, o.state as source_state, op.body as source_public,
      v.state as work_state, v.source_hash as made_from, v.dismissed_hash, coalesce(v.body, '') as body, v.method,
      coalesce(v.note, '') as note, coalesce(v.revision, 0) as revision, v.translator_id, v.reviewer_id, p.body as published_body
    from text.text_set s
    left join text.version o on o.set_id = s.id and o.language = s.source_language
    left join text.published op on op.set_id = s.id and op.language = s.source_language
    left join text.version v on v.set_id = s.id and v.language = ${language}
    left join text.published p on p.set_id = s.id and p.language = ${language}
    where s.id = any (${ids}::uuid[]) and ${visibleAtDesk(actor, 's')}
    order by s.id`.execute(db)
  return rows.map(deskText)
}

/** One of them, or `Absent`. */
export async function findDeskText(actor: Actor, db: Db, id: string, language: string): Promise<DeskText> {
  return found((await findDeskTexts(actor, db, [id], language))[0])
}

function deskText(row: DeskRow): DeskText {
  const { ownerKind, ownerId, workState, madeFrom, dismissedHash, sourceWork, sourcePublic, sourceState, ...rest } = row
  const version = workState === null ? undefined : { state: workState, sourceHash: madeFrom, dismissedHash }
  const inEdit = sourcePublic !== null && sourceState !== 'approved' && sourceWork !== sourcePublic
  return {
    ...rest,
    owner: ownerKind === 'network' ? { kind: 'network' } : { kind: ownerKind, id: ownerId },
    state: row.language === row.sourceLanguage ? (workState ?? 'missing') : standing(version, row.sourceHash),
    source: (inEdit ? sourcePublic : (sourceWork ?? sourcePublic)) ?? '',
    sourceInEdit: inEdit,
  }
}

/** What the desk can be asked for. `waiting`: someone's review is due. */
export type DeskAsk = {
  language: string
  show: 'missing' | 'stale' | 'waiting' | 'machine' | 'in-edit'
  owner?: Owner
  room?: string
  /** The id after which to go on. */
  after?: string
  limit?: number
}

/** The ids and purposes of texts that are missing, stale, waiting … in a language, oldest first, through the actor's reach. */
export async function listDesk(actor: Actor, db: Db, ask: DeskAsk): Promise<DeskText[]> {
  const state = deskCondition(ask)
  const { rows } = await sql<{ id: string }>`
    select s.id from text.text_set s
    left join text.version v on v.set_id = s.id and v.language = ${ask.language}
    where s.source_language <> ${ask.language} and s.source_hash is not null and ${state} and ${visibleAtDesk(actor, 's')}
      ${ask.owner ? sql`and s.owner_kind = ${ask.owner.kind} and s.owner_id = ${ask.owner.kind === 'network' ? '' : ask.owner.id}` : sql``}
      ${ask.room ? sql`and s.room = ${ask.room}` : sql``}
      ${ask.after ? sql`and s.id > ${ask.after}::uuid` : sql``}
    order by s.id limit ${ask.limit ?? 50}`.execute(db)
  if (rows.length === 0) return []
  return findDeskTexts(
    actor,
    db,
    rows.map(({ id }) => id),
    ask.language,
  )
}

function deskCondition({ show }: DeskAsk): RawBuilder<boolean> {
  const stale = sql<boolean>`text.is_stale(v.source_hash, v.dismissed_hash, s.source_hash)`
  if (show === 'missing') return sql<boolean>`v.id is null`
  if (show === 'stale') return sql<boolean>`v.id is not null and ${stale}`
  const state = show === 'waiting' ? 'in-review' : show
  return sql<boolean>`v.state = ${state} and not ${stale}`
}

/** How much work there is in one language for one owner. */
export type DeskCount = {
  language: string
  owner: Owner
  total: number
  missing: number
  stale: number
  waiting: number
  machine: number
  inEdit: number
  approved: number
}

/** What is missing, stale, waiting … by owner and language, for the languages asked, through the actor's reach. */
export async function countDesk(actor: Actor, db: Db, languages: readonly string[]): Promise<DeskCount[]> {
  const stale = sql`text.is_stale(v.source_hash, v.dismissed_hash, s.source_hash)`
  const fresh = (state: WorkState) => sql`count(*) filter (where v.state = ${state} and not ${stale})`
  const { rows } = await sql<Omit<DeskCount, 'owner'> & { ownerKind: Owner['kind']; ownerId: string }>`
    select l.language, s.owner_kind, s.owner_id, count(*) as total,
      count(*) filter (where v.id is null) as missing, count(*) filter (where v.id is not null and ${stale}) as stale,
      ${fresh('in-review')} as waiting, ${fresh('machine')} as machine, ${fresh('in-edit')} as in_edit, ${fresh('approved')} as approved
    from unnest(${languages}::text[]) as l(language)
    join text.text_set s on s.source_language <> l.language and s.source_hash is not null
    left join text.version v on v.set_id = s.id and v.language = l.language
    where ${visibleAtDesk(actor, 's')}
    group by l.language, s.owner_kind, s.owner_id
    order by l.language, s.owner_kind, s.owner_id`.execute(db)
  return rows.map(({ ownerKind, ownerId, ...rest }) => ({
    ...rest,
    owner: ownerKind === 'network' ? { kind: 'network' } : { kind: ownerKind, id: ownerId },
  }))
}
