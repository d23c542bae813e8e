// Longer than most because each query of the alcove stands here once, and is read by itself.
import { sql, type RawBuilder } from 'kysely'
import { found, type Actor, type Role } from '#kit/access'
import type { Db } from '#kit/db'
import type { Language } from '#kit/words'
import { countriesOf, reachedPerson, visiblePerson, type PersonScope } from './access.ts'
import { directoryPage, type AffiliationState, type Purpose, type ScopeKind, type Willingness } from './rules.ts'

export type Affiliation = {
  id: string
  personId: string
  institutionId: string
  institution: string
  institutionLanguage: string
  city: string
  countryCode: string
  post: string
  contract: string | null
  from: string | null
  until: string | null
  state: AffiliationState
}

const affiliationColumns = sql`a.id, a.person_id, a.institution_id, i.name as institution, i.name_language as institution_language, i.city, i.country_code, a.post, a.contract,
  lower(a.valid)::text as from, (upper(a.valid) - 1)::text as until, a.state`

/** A person as they see themselves. */
export type Profile = {
  id: string
  givenNames: string
  firstSurname: string
  secondSurname: string
  name: string
  language: Language
  zone: string
  countryCode: string | null
  profession: string
  publicProfile: boolean
  inDirectory: boolean
  willingTo: Willingness[]
  expertise: string[]
  actsWithoutEmail: boolean
  invented: boolean
  email: string | null
  telephone: string | null
  sex: string | null
  version: string
}

const personColumns = sql`p.id, p.given_names, p.first_surname, p.second_surname, p.full_name as name, p.preferred_language as language, p.zone, p.country_code, p.profession,
  p.public_profile, p.in_directory, p.willing_to, p.expertise, p.acts_without_email, p.invented, p.xmin::text as version`

/** Who somebody is for the deeds of this alcove; {@link Absent} where there is nobody, or nobody any more. */
export async function loadPersonScope(_actor: Actor, db: Db, id: string): Promise<PersonScope & { name: string }> {
  const { rows } = await sql<PersonScope & { name: string }>`
    select p.id, p.country_code, p.acts_without_email, p.full_name as name,
      coalesce((select array_agg(distinct a.institution_id::text) from network.affiliation a where a.person_id = p.id and a.state in ('claimed', 'verified')), '{}') as institutions
    from network.person p where p.id::text = ${id} and p.erased_at is null`.execute(db)
  return found(rows.at(0))
}

/** A person with what only they and who may act for them see: contacts too. Throws {@link Absent} for who is out of reach. */
export async function findProfile(actor: Actor, db: Db, id: string): Promise<Profile> {
  const sex = actor.personId === id ? sql`(select s.sex from network.read_sensitive(p.id) s)` : sql`null`
  const { rows } = await sql<Profile>`
    select ${personColumns}, c.email, c.telephone, ${sex} as sex
    from network.person p left join network.person_contact c on c.person_id = p.id
    where p.id::text = ${id} and p.erased_at is null and ${reachedPerson(actor)}`.execute(db)
  return found(rows.at(0))
}

/** A person as others see them. */
export type Person = {
  id: string
  name: string
  countryCode: string | null
  profession: string
  publicProfile: boolean
  willingTo: Willingness[]
  topics: string[]
  institutions: { name: string; language: string; city: string; post: string }[]
  invented: boolean
}

const topicsOf = (language: Language): RawBuilder<string[]> => sql<string[]>`coalesce((
  select array_agg(x.label order by x.label) from (
    select distinct on (l.topic_id) l.label from network.topic_label l
    where l.topic_id = any (p.expertise) and l.kind = 'preferred' order by l.topic_id, l.language <> ${language}, l.language <> 'es') x), '{}')`

const institutionsOf = sql`coalesce((
  select jsonb_agg(jsonb_build_object('name', i.name, 'language', i.name_language, 'city', i.city, 'post', a.post) order by i.name)
  from network.affiliation a join network.institution i on i.id = a.institution_id where a.person_id = p.id and a.state = 'verified'), '[]')`

/** A person's page: who chose to be public, or is in reach. Throws {@link Absent} otherwise. */
export async function findPerson(actor: Actor, db: Db, id: string): Promise<Person> {
  const { rows } = await sql<Person>`
    select p.id, p.full_name as name, p.country_code, p.profession, p.public_profile, p.willing_to, p.invented, ${topicsOf(actor.language)} as topics, ${institutionsOf} as institutions
    from network.person p where p.id::text = ${id} and ${visiblePerson(actor)}`.execute(db)
  return found(rows.at(0))
}

export type DirectoryWish = {
  words?: string
  topic?: string | null
  willing?: string | null
  country?: string | null
  page?: number
}

/** The directory of those who chose to be in it. */
export async function listDirectory(
  actor: Actor,
  db: Db,
  wish: DirectoryWish,
): Promise<{ people: Person[]; total: number }> {
  const words = (wish.words ?? '').trim()
  const { rows } = await sql<Person & { total: number }>`
    select p.id, p.full_name as name, p.country_code, p.profession, p.public_profile, p.willing_to, p.invented, ${topicsOf(actor.language)} as topics,
      ${institutionsOf} as institutions, count(*) over () as total
    from network.person p
    where p.in_directory and p.erased_at is null
      and (${words} = '' or network.folded(p.given_names || ' ' || p.first_surname || ' ' || p.second_surname || ' ' || p.profession) like '%' || network.folded(${words}) || '%')
      and (${wish.topic ?? null}::text is null or ${wish.topic ?? null} = any (p.expertise::text[]))
      and (${wish.willing ?? null}::text is null or ${wish.willing ?? null} = any (p.willing_to))
      and (${wish.country ?? null}::text is null or p.country_code = ${wish.country ?? null})
    order by network.folded(p.first_surname || ' ' || p.second_surname || ' ' || p.given_names), p.id
    limit ${directoryPage} offset ${directoryPage * Math.max(0, (wish.page ?? 1) - 1)}`.execute(db)
  return { people: rows, total: rows[0]?.total ?? 0 }
}

/** Where somebody says, or is known, to work: newest first. For whoever reaches them. */
export async function listAffiliations(_actor: Actor, db: Db, personId: string): Promise<Affiliation[]> {
  return (
    await sql<Affiliation>`select ${affiliationColumns} from network.affiliation a join network.institution i on i.id = a.institution_id
      where a.person_id = ${personId} order by a.state = 'ended', lower(a.valid) desc, a.id`.execute(db)
  ).rows
}

/** One affiliation with its places, for the deeds on it. */
export async function findAffiliation(
  _actor: Actor,
  db: Db,
  id: string,
): Promise<Affiliation & { personName: string; actsWithoutEmail: boolean }> {
  const { rows } = await sql<Affiliation & { personName: string; actsWithoutEmail: boolean }>`
    select ${affiliationColumns}, p.full_name as person_name, p.acts_without_email
    from network.affiliation a join network.institution i on i.id = a.institution_id join network.person p on p.id = a.person_id
    where a.id::text = ${id}`.execute(db)
  return found(rows.at(0))
}

export type Worker = Affiliation & {
  name: string
  email: string | null
  roles: { id: string; role: Role }[]
  actsWithoutEmail: boolean
}

/** The people of an institution: claims first, then who works there, then who did. Asked after `maySeePeopleOf`. */
export async function listPeopleOf(_actor: Actor, db: Db, institutionId: string): Promise<Worker[]> {
  return (
    await sql<Worker>`
      select ${affiliationColumns}, p.full_name as name, p.acts_without_email, c.email,
        coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'role', g.role)) from network.role_grant g
          where g.person_id = p.id and g.institution_id = a.institution_id and g.valid @> now()), '[]') as roles
      from network.affiliation a join network.institution i on i.id = a.institution_id join network.person p on p.id = a.person_id
        left join network.person_contact c on c.person_id = p.id
      where a.institution_id = ${institutionId} and p.erased_at is null
      order by array_position(array['claimed', 'verified', 'refused', 'ended'], a.state), network.folded(p.full_name)`.execute(
      db,
    )
  ).rows
}

export async function findInstitution(
  _actor: Actor,
  db: Db,
  id: string,
): Promise<{ id: string; name: string; language: string; countryCode: string; city: string }> {
  const { rows } = await sql<{ id: string; name: string; language: string; countryCode: string; city: string }>`
    select id, name, name_language as language, country_code, city from network.institution where id::text = ${id} and state <> 'merged'`.execute(
    db,
  )
  return found(rows.at(0))
}

/** Institutions by words of their name, for choosing where one works. */
export async function searchInstitutions(
  actor: Actor,
  db: Db,
  words: string,
  limit = 12,
): Promise<{ id: string; name: string; city: string; countryCode: string }[]> {
  if (words.trim() === '') return []
  const own = actor.grants.flatMap(({ scope }) => (scope.kind === 'institution' ? [scope.id] : []))
  return (
    await sql<{ id: string; name: string; city: string; countryCode: string }>`
      select i.id, i.name, i.city, i.country_code from network.institution i
      where (i.state = 'listed' or i.id = any (${own}::uuid[])) and (network.folded(i.name) like '%' || network.folded(${words.trim()}) || '%' or network.folded(i.name) % network.folded(${words.trim()}))
      order by similarity(network.folded(i.name), network.folded(${words.trim()})) desc, i.name limit ${limit}`.execute(
      db,
    )
  ).rows
}

/** People in reach by words of their name, for choosing whom. */
export async function searchReached(
  actor: Actor,
  db: Db,
  words: string,
  limit = 12,
): Promise<{ id: string; name: string; countryCode: string | null; profession: string }[]> {
  if (words.trim() === '') return []
  return (
    await sql<{ id: string; name: string; countryCode: string | null; profession: string }>`
      select p.id, p.full_name as name, p.country_code, p.profession from network.person p
      where p.erased_at is null and ${reachedPerson(actor)} and (network.folded(p.full_name) like '%' || network.folded(${words.trim()}) || '%' or network.folded(p.full_name) % network.folded(${words.trim()}))
      order by similarity(network.folded(p.full_name), network.folded(${words.trim()})) desc, p.full_name limit ${limit}`.execute(
      db,
    )
  ).rows
}

export type HeldRole = {
  id: string
  personId: string
  name: string
  role: Role
  scopeKind: ScopeKind
  scopeId: string | null
  scopeName: string | null
  countryCode: string | null
  from: string | null
  until: string | null
  decision: string | null
}

const roleRows = (actor: Actor): RawBuilder<HeldRole> => sql<HeldRole>`
  select g.id, g.person_id, p.full_name as name, g.role, g.scope_kind, coalesce(g.country_code::text, g.institution_id::text, g.body_id::text) as scope_id,
    coalesce(i.name, text.reads(b.name_id, ${actor.language})) as scope_name, coalesce(g.country_code, i.country_code, b.country_code) as country_code,
    lower(g.valid)::text as from, upper(g.valid)::text as until, d.code as decision
  from network.role_grant g join network.person p on p.id = g.person_id
    left join network.institution i on i.id = g.institution_id left join network.body b on b.id = g.body_id left join network.decision d on d.id = g.decision_id`

/** Who holds which role now: all of it for the office, an officer's own country for the officer. */
export async function listRoles(actor: Actor, db: Db, wide: boolean): Promise<HeldRole[]> {
  return (
    await sql<HeldRole>`select * from (${roleRows(actor)} where g.valid @> ${actor.now.toString()}::timestamptz and p.erased_at is null) r
      where ${wide} or r.country_code = any (${countriesOf(actor)}::text[]) order by r.role, r.name, r.id`.execute(db)
  ).rows
}

/** The roles of one person, those that ended last. */
export async function listRolesOf(actor: Actor, db: Db, personId: string): Promise<HeldRole[]> {
  return (
    await sql<HeldRole>`${roleRows(actor)} where g.person_id = ${personId} order by upper(g.valid) desc nulls first, g.id`.execute(
      db,
    )
  ).rows
}

export async function findRole(actor: Actor, db: Db, id: string): Promise<HeldRole> {
  return found((await sql<HeldRole>`${roleRows(actor)} where g.id::text = ${id}`.execute(db)).rows.at(0))
}

export type ConsentGiven = { purpose: Purpose; noticeVersion: string; givenAt: string; withdrawnAt: string | null }

/** What somebody agreed to, and when they took it back. Row security lets it be read by whose it is. */
export async function listConsents(_actor: Actor, db: Db, personId: string): Promise<ConsentGiven[]> {
  return (
    await sql<ConsentGiven>`select purpose, notice_version, given_at, withdrawn_at from network.consent where person_id = ${personId} order by given_at desc, id desc`.execute(
      db,
    )
  ).rows
}

export type Topic = { id: string; label: string }

export async function listTopics(actor: Actor, db: Db): Promise<Topic[]> {
  return (
    await sql<Topic>`select distinct on (t.id) t.id, l.label from network.topic t join network.topic_label l on l.topic_id = t.id and l.kind = 'preferred'
      order by t.id, l.language <> ${actor.language}, l.language <> 'es'`.execute(db)
  ).rows
}

export async function listCountryCodes(db: Db): Promise<string[]> {
  return (await sql<{ code: string }>`select code from network.country order by code`.execute(db)).rows.map(
    ({ code }) => code,
  )
}

/** Bodies by name, for a role's scope. */
export async function listBodyNames(actor: Actor, db: Db): Promise<{ id: string; name: string }[]> {
  return (
    await sql<{
      id: string
      name: string
    }>`select id, text.reads(name_id, ${actor.language}) as name from network.body order by 2`.execute(db)
  ).rows
}

export async function listDecisionCodes(_actor: Actor, db: Db): Promise<{ id: string; code: string }[]> {
  return (
    await sql<{
      id: string
      code: string
    }>`select id, code from network.decision where state = 'adopted' order by decided_on desc, code limit 200`.execute(
      db,
    )
  ).rows
}
