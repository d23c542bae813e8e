import type { Database, Reach } from '#kit/db'
import type { Language } from '#kit/words'

/** The roles of the field; codes are permanent, their names are words (`network.role.…`). */
export const roles = [
  'steward',
  'auditor',
  'data-protection',
  'editor',
  'finance',
  'executive-committee',
  'council-delegate',
  'country-officer',
  'institution-representative',
  'national-commission',
  'evaluator',
  'committee-chair',
  'committee-secretary',
  'translator',
  'language-reviewer',
  'standard-editor',
  'rapporteur',
  'consultation-analyst',
  'instructor',
  'course-leader',
  'mentor',
  'organiser',
  'speaker',
  'interpreter',
  'moderator',
] as const
export type Role = (typeof roles)[number]

/** Where a role holds: the whole network, one country (ISO 3166 alpha-2), one institution or one body (ids). */
export type Scope = { kind: 'network' } | { kind: 'country' | 'institution' | 'body'; id: string }
export type Grant = { id: string; role: Role; scope: Scope }

/** Who asks, as of when, in which language, and against which database. */
export type Actor = {
  kind: 'visitor' | 'person' | 'system'
  personId: string | null
  /** Roles held at `now`, each with its scope. */
  grants: readonly Grant[]
  language: Language
  zone: string
  now: Temporal.Instant
  requestId: string
  database: Database
}

/** Whether the actor holds one of the roles at this scope, or at the whole network. */
export function holds(actor: Actor, role: Role | readonly Role[], scope: Scope = { kind: 'network' }): boolean {
  return actor.grants.some(
    (grant) =>
      (Array.isArray(role) ? role.includes(grant.role) : grant.role === role) &&
      (grant.scope.kind === 'network' ||
        (scope.kind !== 'network' && grant.scope.kind === scope.kind && grant.scope.id === scope.id)),
  )
}

/** The ids of the scopes of one kind in which the actor holds one of the roles. */
export function scopesOf(
  actor: Actor,
  role: Role | readonly Role[],
  kind: 'country' | 'institution' | 'body',
): string[] {
  return actor.grants.flatMap((grant) =>
    (Array.isArray(role) ? role.includes(grant.role) : grant.role === role) && grant.scope.kind === kind
      ? [grant.scope.id]
      : [],
  )
}

const networkWide: readonly Role[] = ['steward', 'auditor', 'data-protection', 'editor']

/** What row security is told of the actor: private rows are reached by those whose they are, their country's officers, and the network's office. */
export function reachOf(actor: Actor): Reach {
  return {
    person: actor.personId,
    networkWide: actor.kind === 'system' || holds(actor, networkWide),
    institutions: scopesOf(actor, 'institution-representative', 'institution'),
    countries: scopesOf(actor, ['country-officer', 'auditor', 'data-protection'], 'country'),
  }
}

/** Someone who has not signed in. */
export function visitor(asked: Pick<Actor, 'database' | 'language' | 'now' | 'requestId'> & { zone?: string }): Actor {
  return { kind: 'visitor', personId: null, grants: [], zone: 'UTC', ...asked }
}

/** The program itself, doing what a clock or a job asks: reaches everything, and says so in the record. */
export function system(database: Database, requestId: string, now: Temporal.Instant = Temporal.Now.instant()): Actor {
  return { kind: 'system', personId: null, grants: [], language: 'es', zone: 'UTC', now, requestId, database }
}
