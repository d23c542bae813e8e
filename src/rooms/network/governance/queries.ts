// Longer than most because each query of the alcove stands here once, and is read by itself.
import { sql, type RawBuilder } from 'kysely'
import { found, holds, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { shownText, type Text } from '#kit/text'
import type { Choice, Count, DecisionRule, Membership } from './rules.ts'

/** The text of a column that may hold none. */
const shownOrNull = (column: string): RawBuilder<Text | null> =>
  sql<Text | null>`case when ${sql.ref(column)} is not null then text.shown(${sql.ref(column)}) end`

export type NetworkRow = {
  id: string
  name: Text
  about: Text | null
  seatCountry: string
  seatCity: string | null
  zone: string
  workingLanguages: string[]
  demo: boolean
  foundedYear: number | null
}

/** The network of this installation; undefined before it is founded. */
export async function findNetwork(_actor: Actor, db: Db): Promise<NetworkRow | undefined> {
  return db
    .selectFrom('network.network as n')
    .select(['n.id', 'n.seatCountry', 'n.seatCity', 'n.zone', 'n.workingLanguages', 'n.demo', 'n.foundedYear'])
    .select([shownText('n.nameId').as('name'), shownOrNull('n.aboutId').as('about')])
    .executeTakeFirst()
}

export type MembershipRow = Membership & {
  id: string
  source: string
  beginIsKnown: boolean
  decisionCode: string | null
  decisionPublic: boolean
}

/** Every membership there ever was, by country and time, with the decision behind it. */
export async function listMemberships(_actor: Actor, db: Db): Promise<MembershipRow[]> {
  const rows = await db
    .selectFrom('network.membership as m')
    .leftJoin('network.decision as d', 'd.id', 'm.decisionId')
    .select([
      'm.id',
      'm.countryCode',
      'm.kind',
      'm.valid',
      'm.source',
      'm.beginIsKnown',
      'd.code as decisionCode',
      'd.public as decisionPublic',
    ])
    .orderBy('m.countryCode')
    .orderBy(sql`lower(m.valid)`, (order) => order.asc().nullsFirst())
    .execute()
  return rows.map((row) => ({
    ...row,
    kind: row.kind as MembershipRow['kind'],
    decisionPublic: row.decisionPublic ?? false,
  }))
}

/** The codes of the countries that were members (or what is asked) on a day. */
export async function listMembersOn(
  _actor: Actor,
  db: Db,
  date: string,
  kind: Membership['kind'] = 'member',
): Promise<string[]> {
  const rows = await db
    .selectFrom('network.membership')
    .select('countryCode')
    .where('kind', '=', kind)
    .where(sql<boolean>`valid @> ${date}::date`)
    .orderBy('countryCode')
    .execute()
  return rows.map(({ countryCode }) => countryCode)
}

export type CountryRow = { code: string; inRegion: boolean; institutions: number; kind: Membership['kind'] | null }

/** Every country entered, with how many listed institutions it vouches for and what it is to the network on a day. */
export async function listCountries(_actor: Actor, db: Db, date: string): Promise<CountryRow[]> {
  const { rows } = await sql<CountryRow>`
    select c.code, c.in_region, coalesce(i.institutions, 0)::int as institutions, m.kind
    from network.country c
    left join (select country_code, count(*) as institutions from network.institution where state = 'listed' group by 1) i on i.country_code = c.code
    left join network.membership m on m.country_code = c.code and m.valid @> ${date}::date
    order by c.code`.execute(db)
  return rows
}

export type Holder = { personId: string; name: string | null; valid: string }
export type SeatRow = {
  id: string
  office: string
  countryCode: string | null
  votes: number
  holder: Holder | null
  earlier: Holder[]
}
export type BodyRow = {
  id: string
  code: string
  kind: string
  name: Text
  countryCode: string | null
  parentId: string | null
  valid: string
  seats: number
  filled: number
}

// Who holds an office is public; the name of whoever was erased is not there any more.
const holder = (condition: string) =>
  sql.raw(`
  (select coalesce(jsonb_agg(jsonb_build_object('personId', m.person_id, 'name', case when p.erased_at is null then p.full_name end, 'valid', m.valid::text) order by lower(m.valid) desc), '[]')
   from network.mandate m join network.person p on p.id = m.person_id where m.seat_id = s.id and ${condition})`)

/** The bodies, those of the whole network first, with how many of their seats are filled on a day. */
export async function listBodies(_actor: Actor, db: Db, date: string): Promise<BodyRow[]> {
  const { rows } = await sql<BodyRow>`
    select b.id, b.code, b.kind, text.shown(b.name_id) as name, b.country_code, b.parent_id, b.valid::text as valid,
      count(s.id)::int as seats, count(s.id) filter (where exists (select from network.mandate m where m.seat_id = s.id and m.valid @> ${date}::date))::int as filled
    from network.body b left join network.seat s on s.body_id = b.id
    group by b.id
    order by b.country_code nulls first, array_position(array['council', 'executive-committee', 'technical-unit', 'committee', 'working-table', 'national-commission', 'other'], b.kind), b.code`.execute(
    db,
  )
  return rows
}

export type BodyDetail = BodyRow & {
  about: Text | null
  quorumShare: string | null
  seatList: SeatRow[]
  sessions: SessionRow[]
  decisions: DecisionListRow[]
}
export type SessionRow = { id: string; number: number | null; name: Text | null; held: string; place: string }
export type DecisionListRow = {
  id: string
  code: string
  motion: Text
  state: string
  decidedOn: string | null
  rule: DecisionRule
  bodyCode: string
  bodyName: Text
  public: boolean
}

/** A body with its seats as they are filled on a day, earlier holders, sessions, and the decisions that this actor may see. */
export async function findBody(actor: Actor, db: Db, code: string, date: string): Promise<BodyDetail> {
  const body = found((await listBodies(actor, db, date)).find((one) => one.code === code))
  const extra = found(
    await db
      .selectFrom('network.body as b')
      .select([shownOrNull('b.aboutId').as('about'), 'b.quorumShare'])
      .where('b.id', '=', body.id)
      .executeTakeFirst(),
  )
  const seats = await sql<Omit<SeatRow, 'holder'> & { now: Holder[] }>`
    select s.id, s.office, s.country_code, s.votes, ${holder(`m.valid @> '${Temporal.PlainDate.from(date).toString()}'::date`)} as now,
      ${holder(`upper(m.valid) <= '${Temporal.PlainDate.from(date).toString()}'::date`)} as earlier
    from network.seat s where s.body_id = ${body.id} order by s.position`.execute(db)
  const sessions = await db
    .selectFrom('network.bodySession as s')
    .select(['s.id', 's.number', 's.held', 's.place', shownOrNull('s.nameId').as('name')])
    .where('s.bodyId', '=', body.id)
    .$if(!seesAll(actor, body.id), (query) => query.where('s.public', '=', true))
    .orderBy(sql`lower(s.held)`, 'desc')
    .execute()
  return {
    ...body,
    ...extra,
    seatList: seats.rows.map(({ now, ...seat }) => ({ ...seat, holder: now[0] ?? null })),
    sessions,
    decisions: await listDecisions(actor, db, { bodyId: body.id }),
  }
}

/** Whether the actor reads what a body has not made public: its own people, the office, auditors. */
function seesAll(actor: Actor, bodyId: string): boolean {
  return (
    actor.kind === 'system' ||
    holds(actor, ['steward', 'editor', 'auditor']) ||
    actor.grants.some(({ scope }) => scope.kind === 'body' && scope.id === bodyId)
  )
}

/** Decisions that this actor may see, newest first: the public ones, and those of the bodies they sit in. */
export async function listDecisions(
  actor: Actor,
  db: Db,
  options: { bodyId?: string; limit?: number } = {},
): Promise<DecisionListRow[]> {
  const own = actor.grants.flatMap(({ scope }) => (scope.kind === 'body' ? [scope.id] : []))
  const all = actor.kind === 'system' || holds(actor, ['steward', 'editor', 'auditor'])
  const { rows } = await sql<DecisionListRow>`
    select d.id, d.code, text.shown(d.motion_id) as motion, d.state, d.decided_on::text as decided_on, d.rule, b.code as body_code, text.shown(b.name_id) as body_name, d.public
    from network.decision d join network.body b on b.id = d.body_id
    where (${all} or d.public or d.body_id = any (${own}::uuid[])) and (${options.bodyId ?? null}::uuid is null or d.body_id = ${options.bodyId ?? null}::uuid)
    order by coalesce(d.decided_on, '9999-12-31'::date) desc, d.id desc
    limit ${options.limit ?? 200}`.execute(db)
  return rows
}

export type VoteRow = {
  seatId: string
  office: string
  countryCode: string | null
  votes: number
  choice: Choice | null
  holderId: string | null
  holder: string | null
}
export type DecisionDetail = DecisionListRow & {
  bodyId: string
  text: Text | null
  sourceUrl: string
  sessionHeld: string | null
  sessionPlace: string | null
  quorumShare: string | null
  votes: VoteRow[]
  count: Count
  /** What rests on this decision: memberships and mandates. */
  memberships: { countryCode: string; kind: string; valid: string }[]
  mandates: { bodyCode: string; office: string; countryCode: string | null; name: string | null; valid: string }[]
}

/** A decision with its votes seat by seat and what rests on it. Throws `Absent` where it is not public and the actor has no part in it. */
export async function findDecision(actor: Actor, db: Db, code: string, date: string): Promise<DecisionDetail> {
  const head = await sql<Omit<DecisionDetail, 'votes' | 'count' | 'memberships' | 'mandates'>>`
    select d.id, d.code, text.shown(d.motion_id) as motion, d.state, d.decided_on::text as decided_on, d.rule, b.code as body_code, text.shown(b.name_id) as body_name, d.public, b.id as body_id,
      case when d.text_id is not null then text.shown(d.text_id) end as text, d.source_url, s.held::text as session_held, s.place as session_place, b.quorum_share
    from network.decision d join network.body b on b.id = d.body_id left join network.body_session s on s.id = d.session_id
    where d.code = ${code}`.execute(db)
  const decision = found(head.rows[0])
  if (!decision.public && !seesAll(actor, decision.bodyId)) found(null)
  const on = decision.decidedOn ?? date
  const votes = await sql<VoteRow>`
    select s.id as seat_id, s.office, s.country_code, s.votes, v.choice, m.person_id as holder_id, case when p.erased_at is null then p.full_name end as holder
    from network.seat s
    left join network.vote v on v.seat_id = s.id and v.decision_id = ${decision.id}
    left join network.mandate m on m.seat_id = s.id and m.valid @> ${on}::date
    left join network.person p on p.id = m.person_id
    where s.body_id = ${decision.bodyId} and (v.id is not null or m.id is not null)
    order by s.position`.execute(db)
  const weigh = (choice: Choice): number =>
    votes.rows.filter((vote) => vote.choice === choice).reduce((sum, { votes: weight }) => sum + weight, 0)
  const memberships = await db
    .selectFrom('network.membership')
    .select(['countryCode', 'kind', 'valid'])
    .where('decisionId', '=', decision.id)
    .orderBy('countryCode')
    .execute()
  const mandates = await sql<DecisionDetail['mandates'][number]>`
    select b.code as body_code, s.office, s.country_code, case when p.erased_at is null then p.full_name end as name, m.valid::text as valid
    from network.mandate m join network.seat s on s.id = m.seat_id join network.body b on b.id = s.body_id join network.person p on p.id = m.person_id
    where m.decision_id = ${decision.id} order by b.code, s.position`.execute(db)
  return {
    ...decision,
    votes: votes.rows,
    count: {
      seats: votes.rows.filter(({ holderId }) => holderId !== null).reduce((sum, { votes: weight }) => sum + weight, 0),
      for: weigh('for'),
      against: weigh('against'),
      abstention: weigh('abstention'),
      absent: weigh('absent'),
    },
    memberships,
    mandates: mandates.rows,
  }
}

export type PartnerRow = {
  id: string
  name: string
  part: string
  website: string
  countryCode: string | null
  source: string
}

/** Partners and funders on a day, by their part. */
export async function listPartners(_actor: Actor, db: Db, date: string): Promise<PartnerRow[]> {
  return db
    .selectFrom('network.partner')
    .select(['id', 'name', 'part', 'website', 'countryCode', 'source'])
    .where(sql<boolean>`valid @> ${date}::date`)
    .orderBy(sql`array_position(array['coordinates', 'administers', 'funds', 'supports'], part)`)
    .orderBy('name')
    .execute()
}

export type LawRow = {
  id: string
  kind: string
  title: Text
  summary: Text | null
  url: string
  adoptedOn: string | null
}
export type CountryDetail = {
  id: string
  code: string
  inRegion: boolean
  zone: string
  workingLanguages: string[]
  introduction: Text | null
  definition: Text | null
  definitionSource: string
  editsAreReviewed: boolean
  memberships: MembershipRow[]
  officers: { personId: string; name: string | null }[]
  seats: { bodyCode: string; bodyName: Text; office: string; name: string | null; valid: string }[]
  laws: LawRow[]
  institutions: number
  byType: { type: string | null; count: number }[]
}

/** A country: what it is to the network over time, who answers for its register, who sits for it, its definition, laws and figures. */
export async function findCountry(actor: Actor, db: Db, code: string, date: string): Promise<CountryDetail> {
  const country = found(
    await db
      .selectFrom('network.country as c')
      .select([
        'c.id',
        'c.code',
        'c.inRegion',
        'c.zone',
        'c.workingLanguages',
        'c.definitionSource',
        'c.editsAreReviewed',
      ])
      .select([shownOrNull('c.introductionId').as('introduction'), shownOrNull('c.definitionId').as('definition')])
      .where('c.code', '=', code)
      .executeTakeFirst(),
  )
  const memberships = (await listMemberships(actor, db)).filter((row) => row.countryCode === code)
  const officers = await sql<{ personId: string; name: string | null }>`
    select distinct p.id as person_id, p.full_name as name from network.role_grant g join network.person p on p.id = g.person_id
    where g.role = 'country-officer' and g.country_code = ${code} and g.valid @> ${actor.now.toString()}::timestamptz and p.erased_at is null order by 2`.execute(
    db,
  )
  const seats = await sql<CountryDetail['seats'][number]>`
    select b.code as body_code, text.shown(b.name_id) as body_name, s.office, case when p.erased_at is null then p.full_name end as name, m.valid::text as valid
    from network.seat s join network.body b on b.id = s.body_id join network.mandate m on m.seat_id = s.id join network.person p on p.id = m.person_id
    where s.country_code = ${code} and m.valid @> ${date}::date order by b.code, s.position`.execute(db)
  const laws = await db
    .selectFrom('network.countryLaw as l')
    .select([
      'l.id',
      'l.kind',
      'l.url',
      'l.adoptedOn',
      shownText('l.titleId').as('title'),
      shownOrNull('l.summaryId').as('summary'),
    ])
    .where('l.countryCode', '=', code)
    .orderBy('l.adoptedOn', 'desc')
    .execute()
  const byType = await sql<{ type: string | null; count: number }>`
    select type, count(*)::int as count from network.institution where country_code = ${code} and state = 'listed' group by type order by 2 desc, 1`.execute(
    db,
  )
  return {
    ...country,
    definitionSource: country.definitionSource ?? '',
    memberships,
    officers: officers.rows,
    seats: seats.rows,
    laws,
    institutions: byType.rows.reduce((sum, { count }) => sum + count, 0),
    byType: byType.rows,
  }
}

/** People that may be given a mandate, by a part of their name, accent-blind: at most twenty. */
export async function searchPeople(
  _actor: Actor,
  db: Db,
  words: string,
): Promise<{ id: string; name: string; countryCode: string | null }[]> {
  const { rows } = await sql<{ id: string; name: string; countryCode: string | null }>`
    select id, full_name as name, country_code from network.person
    where erased_at is null and network.folded(given_names || ' ' || first_surname || ' ' || second_surname) like '%' || network.folded(${words}) || '%'
    order by full_name limit 20`.execute(db)
  return rows
}

/** One membership by its id. */
export async function findMembership(
  _actor: Actor,
  db: Db,
  id: string,
): Promise<{ countryCode: string; kind: string; valid: string }> {
  return found(
    await db
      .selectFrom('network.membership')
      .select(['countryCode', 'kind', 'valid'])
      .where(sql<boolean>`id::text = ${id}`)
      .executeTakeFirst(),
  )
}

/** One mandate by its id, with the name of who holds it. */
export async function findMandate(_actor: Actor, db: Db, id: string): Promise<{ name: string }> {
  const row = await db
    .selectFrom('network.mandate as m')
    .innerJoin('network.person as p', 'p.id', 'm.personId')
    .select('p.fullName as name')
    .where(sql<boolean>`m.id::text = ${id}`)
    .executeTakeFirst()
  return { name: found(row).name ?? '' }
}

/** The mandates that fill a body's seats on a day: mandate's id by seat's id. */
export async function listMandateIds(
  _actor: Actor,
  db: Db,
  bodyId: string,
  date: string,
): Promise<Record<string, string>> {
  const rows = await db
    .selectFrom('network.mandate as m')
    .innerJoin('network.seat as s', 's.id', 'm.seatId')
    .select(['m.id', 'm.seatId'])
    .where('s.bodyId', '=', bodyId)
    .where(sql<boolean>`m.valid @> ${date}::date`)
    .execute()
  return Object.fromEntries(rows.map(({ id, seatId }) => [seatId, id]))
}
