import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { system, type Actor, type Role } from '#kit/access'
import { migrate, openDatabase, type Database } from '#kit/db'
import { prepareDatabase, startCluster } from '#kit/postgres'
import { installJobs, type Log } from '../index.ts'

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

/** A migrated database with its queue, on a cluster of its own or on the one that `QUIPU_TEST_CLUSTER` (a superuser's address) names. */
export async function installation(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'quipu-kit-'))
  const lent = process.env['QUIPU_TEST_CLUSTER']
  const cluster = lent ? undefined : await startCluster({ folder, durable: false })
  const superuser = lent ?? cluster!.superuserAddress
  const name = `kit_${process.pid}_${Date.now()}`
  const { ownerAddress, appAddress } = await prepareDatabase(superuser, name)
  await migrate(ownerAddress, 'db/migrations')
  await installJobs(ownerAddress)
  const database = openDatabase({ address: appAddress, connections: 4 })
  const owner = openDatabase({ address: ownerAddress, connections: 4 })
  const asked = new Client({ connectionString: ownerAddress })
  asked.on('error', () => {}) // Some tests end connections on purpose.
  await asked.connect()
  return {
    ownerAddress,
    appAddress,
    database,
    owner,
    ask: async (sql, values = []) => (await asked.query(sql, values)).rows,
    system: () => system(database, 'test'),
    person: (id, role) => ({
      ...system(database, 'test'),
      kind: 'person',
      personId: id,
      grants: role ? [{ id, role, scope: { kind: 'network' } }] : [],
    }),
    async end() {
      await asked.end().catch(() => {})
      await Promise.all([database.close(), owner.close()])
      if (lent) {
        const client = new Client({ connectionString: lent })
        await client.connect()
        await client.query(`drop database ${client.escapeIdentifier(name)} with (force)`)
        await client.end()
      } else await cluster!.stop()
      rmSync(folder, { recursive: true, force: true })
    },
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
