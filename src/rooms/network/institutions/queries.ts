import { sql } from 'kysely'
import { found, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { loadTexts, loadWorkingTexts, type Text } from '#kit/text'
import type { InstitutionState, InstitutionKind, InstitutionType } from '../vocabulary.ts'
import { keptCountries, mayEdit, visibleInstitutions, type Standing } from './access.ts'
import type { Changes, Entry, Identifier, NameKind, OtherName } from './rules/index.ts'

export type Picture = { id: string; fileId: string; alternative: string; credit: string; rights: string }

/** An institution with all that its page shows. `version` is the row's, to notice changes by others. */
export type Institution = Entry &
  Standing & {
    slug: string
    version: string
    descriptionId: string | null
    /** The published description by language. */
    about: Text
    pictures: Picture[]
    validatedAt: string | null
    submittedAt: string | null
    /** Under which national definition the country validated it last. */
    definitionSource: string | null
    /** The officer's note of the last decision, where it was sent back or taken off. */
    note: string | null
    completeness: number
    invented: boolean
    source: string
    mergedInto: { id: string; slug: string; name: string } | null
    /** Names of the entries that were merged into this one. */
    absorbed: { id: string; name: string }[]
  }

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/u

/** One institution in the actor's reach by its id or the last part of its address, or `Absent`. */
export async function findInstitution(actor: Actor, db: Db, idOrSlug: string): Promise<Institution> {
  const by = uuid.test(idOrSlug) ? sql`i.id = ${idOrSlug}::uuid` : sql`i.slug = ${idOrSlug}`
  const row = found(
    (
      await sql<Omit<Institution, 'description' | 'about'>>`
        select i.id, i.slug, i.country_code, i.kind, i.legal_kind, i.type, i.collections, i.name, i.name_language, i.description_id, i.governing_body,
          i.region, i.city, i.address, i.postcode, i.latitude, i.longitude, i.coordinates_precision, i.founded, i.size_class, i.staff_count,
          i.resources, i.services, i.admission, i.admission_note, i.opening, i.opening_note, i.accessibility, i.accessibility_note,
          i.email, i.telephone, i.website, i.social, i.state, i.closed_permanently, i.registered_by, i.validated_at, i.submitted_at,
          i.completeness, i.invented, i.source, i.xmin::text as version,
          coalesce((select jsonb_agg(jsonb_build_object('language', n.language, 'name', n.name, 'kind', n.kind) order by n.id)
            from network.institution_name n where n.institution_id = i.id), '[]') as names,
          coalesce((select jsonb_agg(jsonb_build_object('scheme', d.scheme, 'issuer', d.issuer, 'value', d.value) order by d.id)
            from network.identifier d where d.institution_id = i.id), '[]') as identifiers,
          coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'fileId', p.file_id, 'alternative', p.alternative, 'credit', p.credit, 'rights', p.rights) order by p.position, p.id)
            from network.picture p where p.institution_id = i.id), '[]') as pictures,
          (select v.definition_source from network.validation v where v.institution_id = i.id and v.outcome = 'validated' order by v.at desc, v.id desc limit 1) as definition_source,
          (select case when v.outcome <> 'validated' then v.note end from network.validation v where v.institution_id = i.id order by v.at desc, v.id desc limit 1) as note,
          (select jsonb_build_object('id', k.id, 'slug', k.slug, 'name', k.name) from network.institution k where k.id = i.merged_into) as merged_into,
          coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name) order by a.name) from network.institution a where a.merged_into = i.id), '[]') as absorbed
        from network.institution i
        where ${by} and ${visibleInstitutions(actor)}`.execute(db)
    ).rows[0],
  )
  const about: Text = row.descriptionId ? ((await loadTexts(db, [row.descriptionId])).get(row.descriptionId) ?? {}) : {}
  // Words that are still being worked on are for those who may change them.
  const written: Record<string, { body: string }> =
    row.descriptionId && mayEdit(actor, row).allowed
      ? ((await loadWorkingTexts(db, [row.descriptionId])).get(row.descriptionId) ?? {})
      : about
  return {
    ...row,
    about,
    description: Object.fromEntries(Object.entries(written).map(([language, { body }]) => [language, body])),
  }
}

/** As much as lists, pickers and links of other rooms show. */
export type InstitutionBrief = {
  id: string
  slug: string
  name: string
  nameLanguage: string
  countryCode: string
  region: string
  city: string
  kind: InstitutionKind
  type: InstitutionType | null
  state: InstitutionState
}
const brief = sql.raw(
  'i.id, i.slug, i.name, i.name_language, i.country_code, i.region, i.city, i.kind, i.type, i.state',
)

/** Institutions by id in the actor's reach, in the order of the ids; those out of reach are left out. */
export async function listInstitutionsByIds(actor: Actor, db: Db, ids: readonly string[]): Promise<InstitutionBrief[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<InstitutionBrief>`
    select ${brief} from unnest(${[...ids]}::uuid[]) with ordinality as asked(id, place)
    join network.institution i on i.id = asked.id where ${visibleInstitutions(actor)} order by asked.place`.execute(db)
  return rows
}

/** Institutions by parts of their names for a picker: accent-blind and forgiving of typing errors, the likeliest first. */
export async function searchInstitutions(
  actor: Actor,
  db: Db,
  words: string,
  { country, limit = 12 }: { country?: string | null; limit?: number } = {},
): Promise<InstitutionBrief[]> {
  const asked = words.trim().slice(0, 200)
  if (asked === '') return []
  const { rows } = await sql<InstitutionBrief>`
    select ${brief} from network.institution i
    where i.state <> 'merged' and ${visibleInstitutions(actor)} and (${country ?? null}::text is null or i.country_code = ${country ?? null})
      and (network.folded(${asked}) <% network.folded(i.name)
        or exists (select from network.institution_name n where n.institution_id = i.id and network.folded(${asked}) <% network.folded(n.name)))
    order by word_similarity(network.folded(${asked}), network.folded(i.name)) desc, length(i.name), i.name, i.id
    limit ${limit}`.execute(db)
  return rows
}

/** What the actor looks after: the institutions they represent and those they are bringing in, with how complete each is. */
export async function listOwnInstitutions(
  actor: Actor,
  db: Db,
): Promise<(InstitutionBrief & { completeness: number })[]> {
  const represented = actor.grants.flatMap(({ role, scope }) =>
    role === 'institution-representative' && scope.kind === 'institution' ? [scope.id] : [],
  )
  const { rows } = await sql<InstitutionBrief & { completeness: number }>`
    select ${brief}, i.completeness from network.institution i
    where i.state <> 'merged' and (i.id = any (${represented}::uuid[])
      or (i.registered_by = ${actor.personId}::uuid and i.state in ('draft', 'submitted', 'returned')))
    order by i.name, i.id`.execute(db)
  return rows
}

/** Settings of a country that the register goes by. */
export type CountrySettings = {
  code: string
  editsAreReviewed: boolean
  definitionSource: string | null
  definition: Text
  workingLanguages: string[]
}

/** The settings of one country, or `Absent` when the network does not know it. */
export async function findCountrySettings(_actor: Actor, db: Db, code: string): Promise<CountrySettings> {
  return found(
    (
      await sql<CountrySettings>`
        select code, edits_are_reviewed, definition_source, coalesce(text.shown(definition_id), '{}') as definition, working_languages
        from network.country where code = ${code}`.execute(db)
    ).rows[0],
  )
}

/** The codes of the network's countries: in the region first. */
export async function listCountryCodes(_actor: Actor, db: Db): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`select code from network.country order by not in_region, code`.execute(
    db,
  )
  return rows.map(({ code }) => code)
}

/** One wish to change an entry, with the entry as it stands now. */
export type ProposedEdit = {
  id: string
  personId: string
  personName: string
  changes: Changes
  note: string
  state: 'waiting' | 'accepted' | 'partly' | 'refused' | 'withdrawn'
  reason: string
  at: string
  decidedAt: string | null
  version: string
}

/** The wish that waits for an institution, in the actor's reach (row security), or null. */
export async function findWaitingEdit(_actor: Actor, db: Db, institutionId: string): Promise<ProposedEdit | null> {
  const { rows } = await sql<ProposedEdit>`
    select e.id, e.person_id, p.full_name as person_name, e.changes, e.note, e.state, e.reason, e.decided_at, e.xmin::text as version,
      uuid_extract_timestamp(e.id) as at
    from network.proposed_edit e join network.person p on p.id = e.person_id
    where e.institution_id = ${institutionId} and e.state = 'waiting'`.execute(db)
  return rows[0] ?? null
}

export type QueueRow = InstitutionBrief & {
  /** `submitted` waits to be validated, `edited` has a wish waiting. */
  waitsFor: 'validation' | 'edit'
  since: string
  completeness: number
  fields: number
}

/** What waits for the officers of the countries in reach, longest first. */
export async function listQueue(
  actor: Actor,
  db: Db,
  { country }: { country?: string | null } = {},
): Promise<QueueRow[]> {
  const kept = keptCountries(actor)
  const reach = kept === 'all' ? sql`true` : sql`i.country_code = any (${kept}::text[])`
  const { rows } = await sql<QueueRow>`
    select * from (
      select ${brief}, 'validation' as waits_for, i.submitted_at as since, i.completeness, 0 as fields
      from network.institution i where i.state = 'submitted' and ${reach}
      union all
      select ${brief}, 'edit', uuid_extract_timestamp(e.id), i.completeness, (select count(*)::integer from jsonb_object_keys(e.changes))
      from network.proposed_edit e join network.institution i on i.id = e.institution_id where e.state = 'waiting' and ${reach}
    ) q
    where ${country ?? null}::text is null or q.country_code = ${country ?? null}
    order by q.since, q.id limit 500`.execute(db)
  return rows
}

/** How much waits, by country: for "my page" and the queue's head. */
export async function countQueue(
  actor: Actor,
  db: Db,
): Promise<{ countryCode: string; validations: number; edits: number }[]> {
  const kept = keptCountries(actor)
  if (kept !== 'all' && kept.length === 0) return []
  const reach = kept === 'all' ? sql`true` : sql`q.country_code = any (${kept}::text[])`
  const { rows } = await sql<{ countryCode: string; validations: number; edits: number }>`
    select q.country_code, count(*) filter (where q.validation)::integer as validations, count(*) filter (where not q.validation)::integer as edits
    from (
      select i.country_code, true as validation from network.institution i where i.state = 'submitted'
      union all
      select i.country_code, false from network.proposed_edit e join network.institution i on i.id = e.institution_id where e.state = 'waiting'
    ) q where ${reach} group by q.country_code order by q.country_code`.execute(db)
  return rows
}

/** Who decided what about an entry, newest first. */
export type Validation = {
  outcome: 'validated' | 'returned' | 'withdrawn'
  countryCode: string
  officerName: string | null
  definitionSource: string
  note: string
  at: string
}
export async function listValidations(_actor: Actor, db: Db, institutionId: string): Promise<Validation[]> {
  const { rows } = await sql<Validation>`
    select v.outcome, v.country_code, p.full_name as officer_name, v.definition_source, v.note, v.at
    from network.validation v left join network.person p on p.id = v.officer_id
    where v.institution_id = ${institutionId} order by v.at desc, v.id desc`.execute(db)
  return rows
}

/** Names and identifiers as a change writes them: those of one institution with their row ids. */
export async function loadParts(
  db: Db,
  id: string,
): Promise<{ names: (OtherName & { id: string; kind: NameKind })[]; identifiers: (Identifier & { id: string })[] }> {
  const names = await sql<OtherName & { id: string }>`
    select id, language, name, kind from network.institution_name where institution_id = ${id} order by id`.execute(db)
  const identifiers = await sql<Identifier & { id: string }>`
    select id, scheme, issuer, value from network.identifier where institution_id = ${id} order by id`.execute(db)
  return { names: names.rows, identifiers: identifiers.rows }
}

/** The names of people by id, for histories. */
export async function listPersonNames(
  _actor: Actor,
  db: Db,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select id, full_name as name from network.person where id = any (${wanted}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The rows whose changes belong to an entry's history: its names and identifiers, those of the past too. */
export async function listHistoryRows(_actor: Actor, db: Db, id: string): Promise<string[]> {
  const { rows } = await sql<{ rowId: string }>`
    select distinct c.row_id from record.change c
    where c.relation in ('network.institution_name', 'network.identifier')
      and (c.row_id in (select id from network.institution_name where institution_id = ${id} union select id from network.identifier where institution_id = ${id})
        or c.deed_id in (select d.id from record.deed d where d.about_id = ${id}))
    limit 2000`.execute(db)
  return rows.map(({ rowId }) => rowId)
}
