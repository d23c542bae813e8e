/**
 * A whole installation without its web server, for tools that work beside it: database, queue of jobs, and actors.
 */
import { Client } from 'pg'
import { system, type Actor, type Role } from '#kit/access'
import type { Database } from '#kit/db'
import type { Log } from '#kit/jobs'
import { testDatabase } from './database.ts'

export type Installation = {
  ownerAddress: string
  appAddress: string
  /** As the web server connects. */
  database: Database
  /** As the jobs' process connects. */
  owner: Database
  ask(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  system(): Actor
  person(id: string, role?: Role): Actor
  end(): Promise<void>
}

/** A database of its own with its queue, and the ways to speak to it. */
export async function installation(): Promise<Installation> {
  const { addresses, database, asOwner } = await testDatabase()
  const asked = new Client({ connectionString: addresses.owner })
  asked.on('error', () => {}) // Some tests end connections on purpose.
  await asked.connect()
  return {
    ownerAddress: addresses.owner,
    appAddress: addresses.app,
    database,
    owner: asOwner,
    ask: async (sql, values = []) => (await asked.query(sql, values)).rows,
    system: () => system(database, 'test'),
    person: (id, role) => ({
      ...system(database, 'test'),
      kind: 'person',
      personId: id,
      grants: role ? [{ id, role, scope: { kind: 'network' } }] : [],
    }),
    end: () => asked.end().catch(() => {}),
  }
}

export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} }

/** Waits until it holds, at most ten seconds; says what was waited for. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Never came: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
