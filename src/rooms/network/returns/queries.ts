import { sql } from 'kysely'
import { found, scopesOf, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import type { Answers, Definition, Tabulated } from '#kit/questionnaire'
import type { Text } from '#kit/text'
import { visibleInstruments, visibleReturns, type InstrumentFacts, type ReturnFacts } from './access.ts'
import type { Audience } from './forms.ts'
import type { Figures, GroupTotals, Total } from './rules.ts'

export type InstrumentRow = InstrumentFacts & {
  id: string
  code: string
  year: number
  kind: 'visitors' | 'self-assessment' | 'other'
  title: Text
  zone: string
  /** How many returns its public totals come from; null where they are too few to say, or not public yet. */
  returns: number | null
}

/** The instruments that the actor may see, newest first. */
export async function listInstruments(actor: Actor, db: Db): Promise<InstrumentRow[]> {
  const { rows } = await sql<InstrumentRow>`
    select i.id, i.code, i.year, i.kind, text.shown(i.title_id) as title, i.country_code, i.state, i.open_from, i.open_until, i.zone, t.returns
    from network.instrument i left join network.return_total t on t.instrument_id = i.id and t.dimension = 'all'
    where ${visibleInstruments(actor)} order by i.year desc, i.country_code nulls first, i.kind desc, i.id`.execute(db)
  return rows
}

export type Instrument = InstrumentRow & { about: Text | null; smallestCell: number; definition: Definition }

/** An instrument with what it asks. Throws `Absent` where it is not, or not open to see yet. */
export async function findInstrument(actor: Actor, db: Db, id: string): Promise<Instrument> {
  const { rows } = await sql<Instrument>`
    select i.id, i.code, i.year, i.kind, text.shown(i.title_id) as title, case when i.about_id is not null then text.shown(i.about_id) end as about,
      i.country_code, i.state, i.open_from, i.open_until, i.zone, i.smallest_cell, v.content as definition, t.returns
    from network.instrument i join questionnaire.version v on v.id = i.questionnaire_version_id
    left join network.return_total t on t.instrument_id = i.id and t.dimension = 'all'
    where i.id = ${asId(id)} and ${visibleInstruments(actor)}`.execute(db)
  return found(rows[0])
}

export type PublicTotals = {
  whole: GroupTotals | null
  answers: Tabulated[]
  country: GroupTotals[]
  type: GroupTotals[]
  size: GroupTotals[]
}

/** The public totals of an instrument. They were made without small cells, so there is nothing here to hide. */
export async function findTotals(_actor: Actor, db: Db, instrumentId: string): Promise<PublicTotals> {
  const { rows } = await sql<
    GroupTotals & { dimension: 'all' | 'country' | 'type' | 'size'; answers: Tabulated[] | null }
  >`
    select dimension, code, returns, figures, answers from network.return_total where instrument_id = ${instrumentId} order by dimension, code`.execute(
    db,
  )
  const of = (dimension: string) => rows.filter((row) => row.dimension === dimension)
  const [whole] = of('all')
  return {
    whole: whole ?? null,
    answers: whole?.answers ?? [],
    country: of('country'),
    type: of('type'),
    size: of('size'),
  }
}

export type OwnReturn = {
  instrumentId: string
  institutionId: string
  institution: string
  returnId: string | null
  state: ReturnFacts['state'] | null
  takesAnswers: boolean
}

/** For each museum that the actor speaks for, the instruments that ask it, and how far its return is. */
export async function listOwnReturns(actor: Actor, db: Db): Promise<OwnReturn[]> {
  const institutions = scopesOf(actor, 'institution-representative', 'institution')
  if (institutions.length === 0) return []
  const { rows } = await sql<OwnReturn>`
    select i.id as instrument_id, m.id as institution_id, m.name as institution, r.id as return_id, r.state,
      (i.state = 'open' and coalesce(i.open_from <= ${actor.now.toString()}::timestamptz, true) and coalesce(i.open_until > ${actor.now.toString()}::timestamptz, true)) as takes_answers
    from network.institution m
    join network.instrument i on i.state <> 'draft' and (i.country_code is null or i.country_code = m.country_code)
    left join network.institution_return r on r.instrument_id = i.id and r.institution_id = m.id
    where m.id = any (${institutions}::uuid[]) and m.state = 'listed' order by i.year desc, m.name, i.id`.execute(db)
  return rows
}

export type DeskRow = {
  id: string
  institution: string
  slug: string
  countryCode: string
  state: ReturnFacts['state']
  sentAt: string | null
  answered: number
}
export type Desk = { rows: DeskRow[]; found: number; counts: Record<ReturnFacts['state'], number> }
export const deskPage = 50

/** The returns to an instrument that the actor checks or audits, those that wait first; `page` from 1. */
export async function listReturns(
  actor: Actor,
  db: Db,
  instrumentId: string,
  wish: { state?: string | null; page?: number } = {},
): Promise<Desk> {
  const of = sql`from network.institution_return r join network.institution m on m.id = r.institution_id
    where r.instrument_id = ${instrumentId} and ${visibleReturns(actor)}`
  const { rows: counted } = await sql<{ state: ReturnFacts['state']; count: number }>`
    select r.state, count(*)::int as count ${of} group by r.state`.execute(db)
  const { rows } = await sql<DeskRow>`
    select r.id, m.name as institution, m.slug, m.country_code, r.state, r.sent_at,
      (select count(*)::int from questionnaire.answer a where a.response_id = r.response_id) as answered
    ${of} and ${wish.state ? sql<boolean>`r.state = ${wish.state}` : sql<boolean>`true`}
    order by array_position(array['sent', 'returned', 'draft', 'checked'], r.state), r.sent_at, m.name, r.id
    limit ${deskPage} offset ${((wish.page ?? 1) - 1) * deskPage}`.execute(db)
  const counts = { draft: 0, sent: 0, returned: 0, checked: 0 }
  for (const { state, count } of counted) counts[state] = count
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return { rows, counts, found: wish.state ? (counts[wish.state as 'sent'] ?? 0) : all }
}

export type Return = ReturnFacts & {
  id: string
  instrumentId: string
  institution: string
  sentAt: string | null
  checkedAt: string | null
  checkedBy: string | null
  note: string
  revision: number
  answers: Answers
  instrument: Instrument
}

/** A return with its answers and what was asked. Throws `Absent` where it is not, or its answers are not in the actor's reach (a draft is its museum's own). */
export async function findReturn(actor: Actor, db: Db, id: string): Promise<Return> {
  const { rows } = await sql<Omit<Return, 'instrument'>>`
    select r.id, r.instrument_id, r.institution_id, m.name as institution, m.country_code, r.state, r.sent_at, r.checked_at, p.full_name as checked_by, r.note,
      r.shared_with, q.revision, questionnaire.answers(q.id) as answers
    from network.institution_return r join network.institution m on m.id = r.institution_id
    join questionnaire.response q on q.id = r.response_id left join network.person p on p.id = r.checked_by and p.erased_at is null
    where r.id = ${asId(id)} and ${visibleReturns(actor)}`.execute(db)
  const row = found(rows[0])
  return { ...row, instrument: await findInstrument(actor, db, row.instrumentId) }
}

export type Result = ReturnFacts & {
  id: string
  institution: string
  slug: string
  sizeClass: string | null
  checkedAt: string | null
  figures: Figures
  /** The year before, of the same instrument; null where the museum did not answer it, or it was not checked. */
  before: { year: number; figures: Figures } | null
  /** What museums of the same size came to, where the totals are public and enough of them answered. */
  peers: { returns: number | null; figures: { [measure: string]: Total } } | null
  instrument: Instrument
}

/** A museum's result, for those who reach it. Throws `Absent` for all others, and before the return was sent. */
export async function findResult(actor: Actor, db: Db, id: string): Promise<Result> {
  const { rows } = await sql<{ id: string }>`
    select r.id from network.institution_return r join network.institution m on m.id = r.institution_id
    where r.id = ${asId(id)} and r.state in ('sent', 'checked') and ${visibleReturns(actor)}`.execute(db)
  found(rows[0])
  return resultOf(actor, db, sql`network.institution_return`, id)
}

/** A result that its museum gave to these to read, whoever asks. Throws `Absent` where it did not. */
export function findSharedResult(actor: Actor, db: Db, id: string, audience: Audience): Promise<Result> {
  return resultOf(actor, db, sql`network.lend_return(${asId(id)}, ${audience})`, id)
}

async function resultOf(actor: Actor, db: Db, from: ReturnType<typeof sql>, id: string): Promise<Result> {
  const { rows } = await sql<
    Omit<Result, 'instrument'> & { instrumentId: string; beforeYear: number | null; beforeFigures: Figures | null }
  >`
    select r.id, r.instrument_id, r.institution_id, m.name as institution, m.slug, m.country_code, r.state, r.shared_with, r.size_class, r.checked_at, r.figures,
      b.year as before_year, b.figures as before_figures,
      case when t.id is not null then jsonb_build_object('returns', t.returns, 'figures', t.figures) end as peers
    from ${from} r join network.institution m on m.id = r.institution_id join network.instrument i on i.id = r.instrument_id
    left join lateral (
      select e.year, p.figures from network.instrument e join network.institution_return p on p.instrument_id = e.id
      where e.code = i.code and e.year = i.year - 1 and p.institution_id = r.institution_id and p.state = 'checked') b on true
    left join network.return_total t on t.instrument_id = r.instrument_id and t.dimension = 'size' and t.code = coalesce(r.size_class, '')
    where r.id = ${asId(id)}`.execute(db)
  const { instrumentId, beforeYear, beforeFigures, ...row } = found(rows[0])
  const before = beforeYear !== null && beforeFigures !== null ? { year: beforeYear, figures: beforeFigures } : null
  return { ...row, before, instrument: await findInstrument(actor, db, instrumentId) }
}

export type InstitutionRow = { id: string; name: string }

/** The listed museums for which the actor may begin a return to an instrument, with the return that was begun. */
export async function listAsked(
  actor: Actor,
  db: Db,
  instrumentId: string,
): Promise<(InstitutionRow & { returnId: string | null })[]> {
  const own = await listOwnReturns(actor, db)
  return own
    .filter((one) => one.instrumentId === instrumentId)
    .map(({ institutionId, institution, returnId }) => ({ id: institutionId, name: institution, returnId }))
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/
/** What is not an id names nothing. */
const asId = (id: string): string | null => (uuid.test(id) ? id : null)
