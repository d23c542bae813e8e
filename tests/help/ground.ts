/**
 * The ground that the tests stand on: the built assets and one PostgreSQL cluster of their own, with a migrated template
 * of which each wish for a database gets a clone. `tests/run.ts` lays it before the tests; a test run by itself lays it on
 * first use, and takes it up again when it ends.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import pg from 'pg'
import { migrate } from '#kit/db'
import { installJobs } from '#kit/jobs'
import { prepareDatabase, startCluster } from '#kit/postgres'

export const root = join(import.meta.dirname, '../..')

const template = 'quipu_template'

/** Where the tests' PostgreSQL answers, by role. */
export type Ground = { superuser: string; owner: string; app: string }

let laid: Promise<Ground> | undefined
const endings: (() => unknown)[] = []

// A hook outside of any test belongs to the whole run: it ends what a test file that is run by itself has laid.
if (!process.env.QUIPU_TEST_RUN) after(leaveGround)

/** The ground; laid now if nobody did. */
export function ground(): Promise<Ground> {
  return (laid ??= lay())
}

/** Lays the ground for a whole run, which calls `leaveGround` itself. */
export async function layGround(): Promise<void> {
  laid = lay()
  await laid
}

/** Keeps `ending` until the ground is left: what was opened last is closed first. */
export function beforeLeaving(ending: () => unknown): void {
  endings.push(ending)
}

/** Closes whatever stands on the ground, and the cluster last. May be called twice. */
export async function leaveGround(): Promise<void> {
  for (let ending = endings.pop(); ending; ending = endings.pop()) await ending()
}

async function lay(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'quipu-tests-'))
  beforeLeaving(() => rmSync(folder, { recursive: true, force: true }))
  const cluster = await startCluster({ folder, durable: false })
  beforeLeaving(() => cluster.stop())
  const { ownerAddress, appAddress } = await prepareDatabase(cluster.superuserAddress, template)
  await migrate(ownerAddress, join(root, 'db/migrations'))
  await installJobs(ownerAddress)
  process.env.QUIPU_TEST_OWNER = ownerAddress
  process.env.QUIPU_TEST_APP = appAddress
  return { superuser: cluster.superuserAddress, owner: ownerAddress, app: appAddress }
}

let clones = 0

/** A database of its own, cloned from the template (or from another that nobody is connected to). */
export async function clone(from = template): Promise<{ name: string; superuser: string; owner: string; app: string }> {
  const { superuser, owner, app } = await ground()
  const name = `quipu_test_${++clones}`
  await asSuperuser(superuser, [
    `create database ${name} template ${from} owner quipu_owner strategy file_copy`,
    `revoke all on database ${name} from public`,
    `grant connect on database ${name} to quipu_app`,
  ])
  const at = (address: string) => Object.assign(new URL(address), { pathname: `/${name}` }).href
  return { name, superuser: at(superuser), owner: at(owner), app: at(app) }
}

async function asSuperuser(address: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
