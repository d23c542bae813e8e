import { sql } from 'kysely'
import { found, Problems, refuseProblems, require, type Actor, type Role, type Scope } from '#kit/access'
import type { Db } from '#kit/db'
import { record } from '#kit/record'
import { mayEndRole, mayGrantRole, type RoleAsked } from '../access.ts'
import { findRole } from '../queries.ts'
import { joinedDuty, type ScopeKind } from '../rules.ts'

export type RoleGiven = {
  person: string
  role: Role
  scope: Scope
  from?: string | null
  until?: string | null
  decision?: string | null
  reason?: string | null
}

/**
 * Gives a role: `from` and `until` are days (the first and the last on which it holds), `decision` the id of the decision behind it. Duties that are kept apart are told
 * in words, all at once; PostgreSQL says the same last. Answers the grant's id.
 */
export function grantRole(actor: Actor, input: RoleGiven, once: string | null = null): Promise<string> {
  return record(
    actor,
    'role.granted',
    { about: { kind: 'person', id: input.person }, reason: input.reason || null, once },
    async (db) => {
      const asked: RoleAsked = {
        role: input.role,
        scope: input.scope,
        countryCode: await countryOf(db, input.scope),
        personId: input.person,
      }
      require(mayGrantRole(actor, asked))
      found(
        (await sql`select from network.person where id = ${input.person} and erased_at is null`.execute(db)).rows.at(0),
      )
      const from = input.from ? startOf(input.from, actor.zone) : actor.now.toString()
      const until = input.until ? endOf(input.until, actor.zone) : null
      if (until && Temporal.Instant.compare(until, from) <= 0)
        throw new Problems([{ field: 'until', words: 'kit.problem.date-order' }])
      const joined = joinedDuty(input.role, await rolesHeld(db, input.person, Temporal.Instant.from(from), until))
      if (joined) refuseProblems([{ field: 'role', words: joined.words }])
      if (await holdsAlready(db, input, from)) refuseProblems([{ field: 'role', words: 'people.problem.role-held' }])
      return insertRole(db, {
        personId: input.person,
        role: input.role,
        scopeKind: input.scope.kind,
        countryCode: input.scope.kind === 'country' ? input.scope.id : null,
        institutionId: input.scope.kind === 'institution' ? input.scope.id : null,
        bodyId: input.scope.kind === 'body' ? input.scope.id : null,
        from,
        until,
        decisionId: input.decision ?? null,
      })
    },
  )
}

/** Ends a role now: by whose it is, or by who could give it. The last steward of the network stays. */
export function endRole(
  actor: Actor,
  id: string,
  reason: string | null = null,
  once: string | null = null,
): Promise<void> {
  return record(actor, 'role.ended', { about: { kind: 'person' }, reason: reason || null, once }, async (db, deed) => {
    const held = await findRole(actor, db, id)
    deed.concerns(held.personId)
    const scope: Scope =
      held.scopeKind === 'network' ? { kind: 'network' } : { kind: held.scopeKind, id: held.scopeId! }
    require(mayEndRole(actor, { role: held.role, scope, countryCode: held.countryCode, personId: held.personId }))
    const now = actor.now.toString()
    if (held.role === 'steward') {
      const others =
        await sql`select from network.role_grant where role = 'steward' and id <> ${id} and valid @> ${now}::timestamptz limit 1`.execute(
          db,
        )
      if (others.rows.length === 0) refuseProblems([{ field: '', words: 'people.problem.last-steward' }])
    }
    // A role that would have begun later never does.
    const ended = await sql`
      update network.role_grant set valid = tstzrange(lower(valid), ${now}::timestamptz) where id = ${id} and valid @> ${now}::timestamptz and lower(valid) < ${now}::timestamptz`.execute(
      db,
    )
    if (!ended.numAffectedRows)
      await sql`delete from network.role_grant where id = ${id} and lower(valid) >= ${now}::timestamptz`.execute(db)
  })
}

/** The roles that somebody holds at some moment of a stretch of time. */
export async function rolesHeld(
  db: Db,
  personId: string,
  from: Temporal.Instant,
  until: string | null = null,
): Promise<Role[]> {
  const { rows } = await sql<{ role: Role }>`
    select role from network.role_grant where person_id = ${personId} and valid && tstzrange(${from.toString()}::timestamptz, ${until}::timestamptz)`.execute(
    db,
  )
  return rows.map(({ role }) => role)
}

export type RoleRow = {
  personId: string
  role: Role
  scopeKind: ScopeKind
  countryCode: string | null
  institutionId: string | null
  bodyId: string | null
  from: string
  until: string | null
  decisionId: string | null
}

/** Inside a deed. */
export async function insertRole(db: Db, row: RoleRow): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into network.role_grant (person_id, role, scope_kind, country_code, institution_id, body_id, valid, decision_id)
    values (${row.personId}, ${row.role}, ${row.scopeKind}, ${row.countryCode}, ${row.institutionId}, ${row.bodyId}, tstzrange(${row.from}::timestamptz, ${row.until}::timestamptz), ${row.decisionId})
    returning id`.execute(db)
  return rows[0]!.id
}

async function holdsAlready(db: Db, { person, role, scope }: RoleGiven, from: string): Promise<boolean> {
  const of = scope.kind === 'network' ? null : scope.id
  const { rows } =
    await sql`select from network.role_grant where person_id = ${person} and role = ${role} and scope_kind = ${scope.kind}
    and coalesce(country_code::text, institution_id::text, body_id::text) is not distinct from ${of} and valid @> ${from}::timestamptz`.execute(
      db,
    )
  return rows.length > 0
}

/** The country in which a scope lies; null for the network and for bodies of no country. Throws where there is no such place. */
export async function countryOf(db: Db, scope: Scope): Promise<string | null> {
  if (scope.kind === 'network') return null
  if (scope.kind === 'country')
    return found(
      (await sql<{ code: string }>`select code from network.country where code = ${scope.id}`.execute(db)).rows.at(0),
    ).code
  const table = scope.kind === 'institution' ? sql`network.institution` : sql`network.body`
  return found(
    (
      await sql<{ code: string | null }>`select country_code as code from ${table} where id = ${scope.id}`.execute(db)
    ).rows.at(0),
  ).code
}

const startOf = (day: string, zone: string): string =>
  Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().toString()
const endOf = (day: string, zone: string): string =>
  Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).toInstant().toString()
