import { createHash } from 'node:crypto'
import { sql, type Database, type Db } from '#kit/db'
import type { Ask } from '#kit/http'

/** The ways in. */
export type Method =
  | 'password'
  | 'letter'
  | 'code'
  | 'passkey'
  | 'oidc'
  | 'invitation'
  | 'demo'
  | 'second-factor'
  | 'recovery-code'
export type Outcome = 'in' | 'second-factor' | 'refused' | 'slowed'

export const nobody = { person: null, networkWide: false, institutions: [], countries: [] }

/** Writes down that a way in was tried, and how it ended. Outside the record: nobody is anybody yet. */
export async function logSignIn(
  ask: Pick<Ask, 'client' | 'request'> & { actor: { database: Database } },
  tried: { method: Method; outcome: Outcome; userId?: string | null; address?: string },
): Promise<void> {
  const digest = tried.address ? createHash('sha256').update(tried.address).digest() : null
  const agent = (ask.request.headers.get('user-agent') ?? '').slice(0, 300)
  await ask.actor.database.transaction(nobody, 'write', (db) =>
    sql`insert into auth.sign_in_log (user_id, address_digest, method, outcome, client, agent)
      values (${tried.userId ?? null}, ${digest}, ${tried.method}, ${tried.outcome}, ${ask.client}, ${agent})`.execute(
      db,
    ),
  )
}

export type SignIn = { at: string; method: Method; outcome: Outcome; client: string; agent: string }

/** The last ways in that were tried for an account, newest first. */
export async function listSignIns(database: Database, userId: string, limit = 20): Promise<SignIn[]> {
  return database.transaction(
    nobody,
    'read',
    async (db) =>
      (
        await sql<SignIn>`select at, method, outcome, client, agent from auth.sign_in_log where user_id = ${userId} order by at desc limit ${limit}`.execute(
          db,
        )
      ).rows,
  )
}

/** How many ways in were tried since an instant, of everybody: opened, refused, and slowed because there were too many. */
export async function countSignIns(
  db: Db,
  since: Temporal.Instant,
): Promise<{ entered: number; refused: number; slowed: number }> {
  const { rows } = await sql<{ entered: number; refused: number; slowed: number }>`
    select count(*) filter (where outcome = 'in')::int as entered, count(*) filter (where outcome = 'refused')::int as refused,
      count(*) filter (where outcome = 'slowed')::int as slowed
    from auth.sign_in_log where at >= ${since.toString()}::timestamptz`.execute(db)
  return rows[0]!
}
