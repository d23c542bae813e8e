import { reachOf, system, type Actor } from '#kit/access'
import { sql, type Database, type Db } from '#kit/db'
import type { HallOptions } from '#kit/http'
import type { Retention } from '#kit/jobs'
import { keptError } from './rules.ts'

type Failure = Parameters<NonNullable<HallOptions['onFailure']>>[0]

/** Keeps what failed, by its request's number. Outside the record: it is nobody's deed, and is kept though the deed that failed rolled back. */
export async function keepFailure(database: Database, failure: Failure): Promise<void> {
  const { name, message, place } = keptError(failure.error)
  await database.transaction(reachOf(system(database, failure.requestId)), 'write', (db) =>
    sql`insert into front.failure (request_id, route, name, message, place, person_id)
      values (${failure.requestId}, ${failure.route}, ${name}, ${message}, ${place}, ${failure.personId}::uuid)
      on conflict (request_id) do nothing`.execute(db),
  )
}

export type KeptFailure = {
  requestId: string
  route: string | null
  name: string
  message: string
  place: string
  person: string | null
  at: string
}

/** What failed last, newest first; with a request's number, that one alone. Row security leaves it to the network's office. */
export async function listFailures(
  _actor: Actor,
  db: Db,
  { request = '', limit = 20 }: { request?: string; limit?: number } = {},
): Promise<KeptFailure[]> {
  const { rows } = await sql<KeptFailure>`
    select f.request_id, f.route, f.name, f.message, f.place, p.full_name as person, f.at
    from front.failure f left join network.person p on p.id = f.person_id
    where (${request} = '' or f.request_id = ${request}) order by f.at desc, f.id desc limit ${limit}`.execute(db)
  return rows
}

/** Failures are kept 90 days, or as long as the rule in force says. */
export const failureRetention: Retention[] = [
  {
    code: 'front.failure',
    async apply(db, { before }) {
      const { numAffectedRows } = await sql`delete from front.failure where at < ${before}::timestamptz`.execute(db)
      return Number(numAffectedRows ?? 0n)
    },
  },
]
