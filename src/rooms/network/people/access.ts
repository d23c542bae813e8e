import { sql, type RawBuilder } from 'kysely'
import {
  every,
  holds,
  no,
  scopesOf,
  when,
  yes,
  type Actor,
  type Deeds,
  type Role,
  type Scene,
  type Scope,
  type Verdict,
} from '#kit/access'
import { givenByCountry, givenByInstitution, scopesOfRole } from './rules.ts'

/** As much of a person as decides who may do what. `institutions`: where they say, or are known, to work. */
export type PersonScope = {
  id: string
  countryCode: string | null
  institutions: readonly string[]
  actsWithoutEmail: boolean
}
export type AffiliationScope = { personId: string; institutionId: string; countryCode: string }
/** A role as it is asked for: `countryCode` is the scope's country, where it has one. */
export type RoleAsked = { role: Role; scope: Scope; countryCode: string | null; personId: string | null }

const isOffice = (actor: Actor): boolean => actor.kind === 'system' || holds(actor, 'steward')
const isSelf = (actor: Actor, personId: string | null): boolean =>
  actor.personId !== null && actor.personId === personId
const isOfficer = (actor: Actor, country: string | null): boolean =>
  country !== null && holds(actor, 'country-officer', { kind: 'country', id: country })
const speaksFor = (actor: Actor, institution: string): boolean =>
  holds(actor, 'institution-representative', { kind: 'institution', id: institution })

/** Everything of a person that is not special: they themselves, who keeps the network, their country's officer, and who speaks for where they work. */
export function maySeePerson(actor: Actor, person: PersonScope): Verdict {
  const reads =
    holds(actor, ['auditor', 'data-protection', 'editor']) ||
    (person.countryCode !== null &&
      holds(actor, ['auditor', 'data-protection'], { kind: 'country', id: person.countryCode }))
  const seen =
    isSelf(actor, person.id) ||
    isOffice(actor) ||
    reads ||
    isOfficer(actor, person.countryCode) ||
    person.institutions.some((id) => speaksFor(actor, id))
  return when(seen, 'people.refused.see')
}

/** One changes one's own data; for someone without e-mail, whoever entered people like them may, and it is recorded for whom. */
export function mayEditPerson(actor: Actor, person: PersonScope): Verdict {
  if (isSelf(actor, person.id)) return yes
  if (!person.actsWithoutEmail) return no('people.refused.edit')
  return mayActFor(actor, person)
}

/** Acting for someone without e-mail: their country's officer, who speaks for where they work, or the office. */
export function mayActFor(actor: Actor, person: PersonScope): Verdict {
  if (!person.actsWithoutEmail) return no('people.refused.act-for')
  return when(
    isOffice(actor) || isOfficer(actor, person.countryCode) || person.institutions.some((id) => speaksFor(actor, id)),
    'people.refused.act-for',
  )
}

/** Entering someone without e-mail: for a country, its officer; for an institution, who speaks for it; else the office. */
export function mayEnterPerson(
  actor: Actor,
  where: { countryCode: string | null; institutionId: string | null },
): Verdict {
  return when(
    isOffice(actor) ||
      isOfficer(actor, where.countryCode) ||
      (where.institutionId !== null && speaksFor(actor, where.institutionId)),
    'people.refused.enter',
  )
}

/** The institution says who works there, or its country does; nobody verifies themselves. */
export function mayVerifyAffiliation(actor: Actor, affiliation: AffiliationScope): Verdict {
  const speaks =
    isOffice(actor) || speaksFor(actor, affiliation.institutionId) || isOfficer(actor, affiliation.countryCode)
  return every(
    when(speaks, 'people.refused.verify'),
    when(!isSelf(actor, affiliation.personId), 'people.refused.verify-self'),
  )
}

/** An affiliation ends by whose it is, or by who could verify it. */
export function mayEndAffiliation(actor: Actor, affiliation: AffiliationScope): Verdict {
  return isSelf(actor, affiliation.personId)
    ? yes
    : when(
        isOffice(actor) || speaksFor(actor, affiliation.institutionId) || isOfficer(actor, affiliation.countryCode),
        'people.refused.verify',
      )
}

export function maySeePeopleOf(actor: Actor, institution: { institutionId: string; countryCode: string }): Verdict {
  const reads =
    holds(actor, ['auditor', 'data-protection', 'editor']) ||
    holds(actor, ['auditor', 'data-protection'], { kind: 'country', id: institution.countryCode })
  return when(
    isOffice(actor) ||
      reads ||
      speaksFor(actor, institution.institutionId) ||
      isOfficer(actor, institution.countryCode),
    'people.refused.people-of',
  )
}

/** Who gives a role: the office any; a country's officer those that work in the country; who speaks for an institution those of the institution. Nobody to themselves. */
export function mayGrantRole(actor: Actor, asked: RoleAsked): Verdict {
  if (!scopesOfRole[asked.role].includes(asked.scope.kind)) return no('people.refused.role-scope')
  if (isSelf(actor, asked.personId)) return no('people.refused.grant-self')
  if (isOffice(actor)) return yes
  if (givenByCountry.has(asked.role) && isOfficer(actor, asked.countryCode)) return yes
  const { scope } = asked
  if (givenByInstitution.has(asked.role) && scope.kind === 'institution' && speaksFor(actor, scope.id)) return yes
  return no('people.refused.grant')
}

/** A role is laid down by whose it is, or ended by who could give it. */
export function mayEndRole(actor: Actor, asked: RoleAsked): Verdict {
  return isSelf(actor, asked.personId) ? yes : mayGrantRole(actor, asked)
}

/** The matrix of roles: the office, who audits, and each country's officer for the own country. */
export function maySeeRoles(actor: Actor): Verdict {
  return when(
    isOffice(actor) || holds(actor, ['editor', 'auditor', 'data-protection']) || countriesOf(actor).length > 0,
    'people.refused.roles',
  )
}

/** Inviting, with or without a role. Without one: whoever keeps people somewhere. */
export function mayInvite(
  actor: Actor,
  invited: { role: RoleAsked | null; countryCode: string | null; institutionId: string | null },
): Verdict {
  if (invited.role) return mayGrantRole(actor, invited.role)
  const { countryCode, institutionId } = invited
  const somewhere = isOfficer(actor, countryCode) || (institutionId !== null && speaksFor(actor, institutionId))
  return when(
    isOffice(actor) ||
      holds(actor, 'editor') ||
      somewhere ||
      (countryCode === null && institutionId === null && invites(actor)),
    'people.refused.invite',
  )
}

/** Whether somebody invites at all: then the page is theirs. */
export const invites = (actor: Actor): boolean =>
  isOffice(actor) ||
  holds(actor, 'editor') ||
  countriesOf(actor).length > 0 ||
  scopesOf(actor, 'institution-representative', 'institution').length > 0

/** What people said for statistics or of their needs is read by who answers for it, for a stated purpose, and every reading is recorded. */
export function mayReadSensitive(actor: Actor, person: PersonScope): Verdict {
  if (isSelf(actor, person.id)) return yes
  return when(
    holds(actor, 'data-protection') ||
      (person.countryCode !== null && holds(actor, 'data-protection', { kind: 'country', id: person.countryCode })),
    'people.refused.sensitive',
  )
}

/** One erases one's own data; at a person's request, who answers for data protection. */
export function mayErase(actor: Actor, person: PersonScope): Verdict {
  if (isSelf(actor, person.id)) return yes
  return when(
    holds(actor, 'data-protection') ||
      (person.countryCode !== null && holds(actor, 'data-protection', { kind: 'country', id: person.countryCode })),
    'people.refused.erase',
  )
}

export const mayExport = (actor: Actor, person: PersonScope): Verdict => mayErase(actor, person)

export const mayPublishLegal = (actor: Actor): Verdict =>
  when(isOffice(actor) || holds(actor, 'data-protection'), 'people.refused.legal')

/** The countries of which the actor is officer. */
export const countriesOf = (actor: Actor): string[] => scopesOf(actor, 'country-officer', 'country')

/** Reach in SQL: people whom the actor may see, besides those who chose to be seen. `p` is `network.person`. */
export function reachedPerson(actor: Actor): RawBuilder<boolean> {
  if (actor.kind === 'system' || holds(actor, ['steward', 'auditor', 'data-protection', 'editor']))
    return sql<boolean>`true`
  const countries = [...countriesOf(actor), ...scopesOf(actor, ['auditor', 'data-protection'], 'country')]
  const institutions = scopesOf(actor, 'institution-representative', 'institution')
  return sql<boolean>`(p.id = ${actor.personId} or p.country_code = any (${countries}::text[]) or exists (
    select from network.affiliation r where r.person_id = p.id and r.state in ('claimed', 'verified') and r.institution_id = any (${institutions}::uuid[])))`
}

/** People whom the actor sees: those who chose a public profile, and those in reach. */
export const visiblePerson = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(p.erased_at is null and (p.public_profile or ${reachedPerson(actor)}))`

/** Every deed of this alcove and who may do it, in a scene with places and people of the actor's own and others elsewhere. */
export const deeds: Deeds = {
  'person.seen': (actor, scene) => maySeePerson(actor, personIn(scene)),
  'person.edited': (actor, scene) => mayEditPerson(actor, personIn(scene)),
  'person.acted-for': (actor, scene) => mayActFor(actor, { ...personIn(scene), actsWithoutEmail: true }),
  'person.entered': (actor, scene) =>
    mayEnterPerson(actor, { countryCode: scene.country, institutionId: scene.institution }),
  'person.invited': (actor, scene) =>
    mayInvite(actor, { role: null, countryCode: scene.country, institutionId: scene.institution }),
  'affiliation.verified': (actor, scene) =>
    mayVerifyAffiliation(actor, {
      personId: scene.person,
      institutionId: scene.institution,
      countryCode: scene.country,
    }),
  'affiliation.ended': (actor, scene) =>
    mayEndAffiliation(actor, { personId: scene.person, institutionId: scene.institution, countryCode: scene.country }),
  'people-of-institution.seen': (actor, scene) =>
    maySeePeopleOf(actor, { institutionId: scene.institution, countryCode: scene.country }),
  'role.granted-representative': (actor, scene) =>
    mayGrantRole(actor, {
      role: 'institution-representative',
      scope: { kind: 'institution', id: scene.institution },
      countryCode: scene.country,
      personId: scene.person,
    }),
  'role.granted-national-commission': (actor, scene) =>
    mayGrantRole(actor, {
      role: 'national-commission',
      scope: { kind: 'country', id: scene.country },
      countryCode: scene.country,
      personId: scene.person,
    }),
  'role.granted-steward': (actor, scene) =>
    mayGrantRole(actor, { role: 'steward', scope: { kind: 'network' }, countryCode: null, personId: scene.person }),
  'roles.seen': (actor) => maySeeRoles(actor),
  'sensitive-data.read': (actor, scene) => mayReadSensitive(actor, personIn(scene)),
  'person.exported': (actor, scene) => mayExport(actor, personIn(scene)),
  'person.erased': (actor, scene) => mayErase(actor, personIn(scene)),
  'legal-text.published': (actor) => mayPublishLegal(actor),
}

const personIn = (scene: Scene): PersonScope => ({
  id: scene.person,
  countryCode: scene.country,
  institutions: [scene.institution],
  actsWithoutEmail: false,
})
