import { sql, type RawBuilder } from 'kysely'
import {
  every,
  holds,
  no,
  scopesOf,
  when,
  yes,
  type Actor,
  type Role,
  type Verdict,
  type Deeds,
  type Scene,
} from '#kit/access'
import type { InstitutionState } from '../vocabulary.ts'

/** As much of an institution as permissions depend on. */
export type Standing = { id: string; countryCode: string; state: InstitutionState; registeredBy: string | null }

/** The roles before which nothing of the register is hidden. */
const readers: readonly Role[] = ['steward', 'editor', 'auditor', 'data-protection']
/** The network's office, which mends the register everywhere; only a country validates. */
const office: readonly Role[] = ['steward', 'editor']

/**
 * Reach, for every query: the public sees what its country has listed (and where a merged entry went); beyond that, the network's office
 * and its auditors see all, officers and auditors of a country all of theirs, representatives their own, and whoever brings one in, theirs.
 */
export function visibleInstitutions(actor: Actor, alias = 'i'): RawBuilder<boolean> {
  if (actor.kind === 'system' || holds(actor, readers)) return sql<boolean>`true`
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  const conditions = [sql<boolean>`${column('state')} in ('listed', 'merged')`]
  const countries = scopesOf(actor, ['country-officer', 'auditor', 'data-protection'], 'country')
  const institutions = scopesOf(actor, 'institution-representative', 'institution')
  if (countries.length > 0) conditions.push(sql<boolean>`${column('countryCode')} = any (${countries}::text[])`)
  if (institutions.length > 0) conditions.push(sql<boolean>`${column('id')} = any (${institutions}::uuid[])`)
  if (actor.personId) {
    // Afterwards it is its representatives' to see.
    const early = sql<boolean>`${column('state')} in ('draft', 'submitted', 'returned')`
    conditions.push(sql<boolean>`(${column('registeredBy')} = ${actor.personId}::uuid and ${early})`)
  }
  return sql<boolean>`(${sql.join(conditions, sql` or `)})`
}

/** The countries whose queue the actor may read: `all`, or their codes. */
export function keptCountries(actor: Actor): 'all' | string[] {
  if (actor.kind === 'system' || holds(actor, readers)) return 'all'
  return scopesOf(actor, ['country-officer', 'auditor', 'data-protection'], 'country')
}

const isOffice = (actor: Actor): boolean => actor.kind === 'system' || holds(actor, office)
const isOfficer = (actor: Actor, country: string): boolean =>
  holds(actor, 'country-officer', { kind: 'country', id: country })
/** The countries whose entries are the actor's to review. */
export const reviewedCountries = (actor: Actor): readonly string[] | 'all' =>
  holds(actor, 'country-officer') ? 'all' : scopesOf(actor, 'country-officer', 'country')
const represents = (actor: Actor, id: string): boolean =>
  holds(actor, 'institution-representative', { kind: 'institution', id })
const isAuditor = (actor: Actor): boolean => actor.grants.some(({ role }) => role === 'auditor')
/** Before validation an entry is kept by whoever brings it in. */
const broughtIn = (actor: Actor, it: Standing): boolean =>
  actor.personId !== null && it.registeredBy === actor.personId && ['draft', 'submitted', 'returned'].includes(it.state)

/** Who may bring an institution to the register: everyone with an account, except those who audit it. */
export function mayRegister(actor: Actor): Verdict {
  if (actor.kind === 'system') return yes
  if (actor.kind === 'visitor') return no('kit.refused.sign-in')
  return when(!isAuditor(actor), 'institutions.refused.auditor')
}

const stays: Verdict = no('institutions.refused.merged')

/** Who may change an entry, at once or by way of its country. */
export function mayEdit(actor: Actor, it: Standing): Verdict {
  if (it.state === 'merged') return stays
  if (isOffice(actor) || isOfficer(actor, it.countryCode) || broughtIn(actor, it)) return yes
  if (!represents(actor, it.id)) return no('institutions.refused.edit')
  return when(it.state !== 'withdrawn', 'institutions.refused.withdrawn')
}

/** Whether the actor's change takes effect at once, or waits for the country that reviews edits. */
export function editsDirectly(actor: Actor, it: Standing, editsAreReviewed: boolean): boolean {
  return isOffice(actor) || isOfficer(actor, it.countryCode) || it.state !== 'listed' || !editsAreReviewed
}

/** Who may send an entry to its country. */
export function maySubmit(actor: Actor, it: Standing): Verdict {
  return every(
    mayEdit(actor, it),
    when(it.state === 'draft' || it.state === 'returned', 'institutions.refused.not-draft'),
  )
}

/** The country's officers decide about their own country's entries, and about no institution that they represent. */
function asOfficer(actor: Actor, it: Standing): Verdict {
  if (it.state === 'merged') return stays
  if (actor.kind === 'system') return yes
  if (!isOfficer(actor, it.countryCode)) return no('institutions.refused.officer', { country: it.countryCode })
  return when(!represents(actor, it.id), 'institutions.refused.own')
}

/** Who may validate an entry: an officer of its country, once it was sent (or withdrawn before). */
export function mayValidate(actor: Actor, it: Standing): Verdict {
  return every(asOfficer(actor, it), when(it.state !== 'draft', 'institutions.refused.not-sent'))
}

/** Who may send an entry back to whoever brought it in. */
export function mayReturn(actor: Actor, it: Standing): Verdict {
  return every(asOfficer(actor, it), when(it.state === 'submitted', 'institutions.refused.not-sent'))
}

/** Who may take an entry off the register: its country's officers, and the network's stewards. */
export function mayWithdraw(actor: Actor, it: Standing): Verdict {
  const who = holds(actor, 'steward') && it.state !== 'merged' ? yes : asOfficer(actor, it)
  return every(who, when(it.state === 'listed', 'institutions.refused.not-listed'))
}

/** Who may decide what a museum wishes to change; nobody their own wish. */
export function mayDecideEdit(actor: Actor, it: Standing, proposedBy: string): Verdict {
  return every(asOfficer(actor, it), when(proposedBy !== actor.personId, 'institutions.refused.own-edit'))
}

/** Who may take back a wish: whoever wrote it. */
export function mayWithdrawEdit(actor: Actor, proposedBy: string): Verdict {
  return when(actor.kind === 'system' || proposedBy === actor.personId, 'institutions.refused.not-yours')
}

/** Who may merge two entries, part them again or tell them apart: officers where both are their country's, the network's office anywhere. */
export function mayMerge(actor: Actor, one: Standing, other: Standing): Verdict {
  if (isOffice(actor)) return yes
  const both = isOfficer(actor, one.countryCode) && isOfficer(actor, other.countryCode)
  return when(both, 'institutions.refused.merge')
}

/** Who may read how an entry came to be as it is. */
export function mayReadHistory(actor: Actor, it: Standing): Verdict {
  const country = { kind: 'country', id: it.countryCode } as const
  const reads =
    actor.kind === 'system' ||
    holds(actor, readers) ||
    holds(actor, ['country-officer', 'auditor', 'data-protection'], country) ||
    represents(actor, it.id) ||
    broughtIn(actor, it)
  return when(reads, 'institutions.refused.history')
}

/** Who may read the queue of some country. */
export function mayReadQueue(actor: Actor): Verdict {
  const kept = keptCountries(actor)
  return when(kept === 'all' || kept.length > 0, 'institutions.refused.queue')
}

/** Whose deeds the queue's pages offer: those who read it to act. */
export function mayKeepRegister(actor: Actor): Verdict {
  const keeps = isOffice(actor) || scopesOf(actor, 'country-officer', 'country').length > 0
  return when(keeps, 'institutions.refused.queue')
}

/** Every deed on entries of the register and who may do it, in a scene with an entry of the actor's own scope and one elsewhere. */
export const deeds: Deeds = {
  'institution.registered': (actor) => mayRegister(actor),
  'institution.edited': (actor, scene) => mayEdit(actor, entryIn(scene, 'listed')),
  'institution.submitted': (actor, scene) => maySubmit(actor, entryIn(scene, 'draft')),
  'institution.validated': (actor, scene) => mayValidate(actor, entryIn(scene, 'submitted')),
  'institution.returned': (actor, scene) => mayReturn(actor, entryIn(scene, 'submitted')),
  'institution.withdrawn': (actor, scene) => mayWithdraw(actor, entryIn(scene, 'listed')),
  'institution.edit-decided': (actor, scene) => mayDecideEdit(actor, entryIn(scene, 'listed'), scene.person),
  'institution.merged': (actor, scene) => mayMerge(actor, entryIn(scene, 'listed'), entryIn(scene, 'listed')),
  'institution.history-read': (actor, scene) => mayReadHistory(actor, entryIn(scene, 'listed')),
}

const entryIn = (scene: Scene, state: InstitutionState): Standing => ({
  id: scene.institution,
  countryCode: scene.country,
  state,
  registeredBy: null,
})
