import { sql, type RawBuilder } from 'kysely'
import { holds, no, scopesOf, when, yes, type Actor, type Role, type Scope, type Verdict } from '#kit/access'

/** Whose a text is: the network, a country (ISO 3166), an institution, a body, or a person (ids). */
export type Owner = Scope | { kind: 'person'; id: string }

/** Who writes in the name of each kind of owner, besides those who edit for the whole network. */
const authors: Record<Owner['kind'], readonly Role[]> = {
  network: ['steward', 'editor'],
  country: ['steward', 'editor', 'country-officer'],
  institution: ['steward', 'editor', 'institution-representative'],
  body: ['steward', 'editor', 'committee-chair', 'committee-secretary', 'standard-editor', 'rapporteur'],
  person: [],
}

function isAuthor(actor: Actor, owner: Owner): boolean {
  if (actor.kind === 'system') return true
  if (owner.kind === 'person') return actor.personId === owner.id
  return holds(actor, authors[owner.kind], owner)
}

function works(actor: Actor, owner: Owner, role: Role | readonly Role[]): boolean {
  return owner.kind !== 'person' && holds(actor, role, owner)
}

/** Who may write the original. */
export function mayWriteText(actor: Actor, owner: Owner): Verdict {
  return when(isAuthor(actor, owner), 'text.refused.write')
}

/** Who may write a translation: translators and reviewers of the owner's scope, and its authors. */
export function mayTranslate(actor: Actor, owner: Owner): Verdict {
  return when(
    isAuthor(actor, owner) || works(actor, owner, ['translator', 'language-reviewer']),
    'text.refused.translate',
  )
}

/**
 * Who may approve or return a translation: reviewers of the owner's scope and its authors, and nobody their own. Where
 * one person is all there is (an institution, a person), they may.
 */
export function mayReviewText(actor: Actor, owner: Owner, translatorId: string | null): Verdict {
  if (!isAuthor(actor, owner) && !works(actor, owner, 'language-reviewer')) return no('text.refused.review')
  const alone = owner.kind === 'institution' || owner.kind === 'person'
  const own = translatorId !== null && translatorId === actor.personId
  return own && !alone ? no('text.refused.review-own') : yes
}

/** Who may put an approved language before the public, or take it back. */
export function mayPublishText(actor: Actor, owner: Owner): Verdict {
  return when(isAuthor(actor, owner) || works(actor, owner, 'language-reviewer'), 'text.refused.publish')
}

const deskRoles: readonly Role[] = [
  'translator',
  'language-reviewer',
  'editor',
  'steward',
  'country-officer',
  'institution-representative',
]

/** Whether the actor has any work at the translation desk. */
export function mayUseDesk(actor: Actor): Verdict {
  const any = actor.kind === 'system' || actor.grants.some((grant) => deskRoles.includes(grant.role))
  return when(any, 'text.refused.desk')
}

/** The condition on `text.desk` (or `text.text_set`, as `s`) for the owners whose texts the actor works on. */
export function visibleAtDesk(actor: Actor, table: 's' | 'd'): RawBuilder<boolean> {
  if (actor.kind === 'system' || holds(actor, deskRoles)) return sql<boolean>`true`
  const kind = sql.ref(`${table}.ownerKind`)
  const id = sql.ref(`${table}.ownerId`)
  const countries = scopesOf(actor, deskRoles, 'country')
  const institutions = scopesOf(actor, deskRoles, 'institution')
  const bodies = scopesOf(actor, deskRoles, 'body')
  return sql<boolean>`(
    (${kind} = 'country' and ${id} = any (${countries}::text[]))
    or (${kind} = 'institution' and ${id} = any (${institutions}::text[]))
    or (${kind} = 'body' and ${id} = any (${bodies}::text[])))`
}
