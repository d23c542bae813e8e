/**
 * Real PostgreSQL for tests: a clone of the migrated template for those that commit, one rolled-back transaction for all others.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { boundDatabase, openDatabase, types, type Database } from '#kit/db'
import { beforeLeaving, clone } from './ground.ts'

export type TestDatabase = Awaited<ReturnType<typeof testDatabase>>

/**
 * A clone of the template for tests that commit: what they write stays, and nobody else sees it. Call it in a `before` of
 * a `describe`, not for each test: a clone takes some 50 ms. `database` is what the web server has, `asOwner` what the
 * jobs have; the addresses are for who opens connections of their own.
 */
export async function testDatabase(from?: string) {
  const { name, superuser, owner, app } = await clone(from)
  const database = openDatabase({ address: app, connections: 4 })
  const asOwner = openDatabase({ address: owner, connections: 2 })
  let closed: Promise<unknown> | undefined
  const close = () => (closed ??= Promise.all([database.close(), asOwner.close()]))
  beforeLeaving(close)
  return { name, database, asOwner, addresses: { superuser, owner, app }, close }
}

/** What a test may ask of its transaction besides the `Database`. */
export type Rollback = {
  /** The connection itself, for SQL that no query of ours asks. */
  client: pg.ClientBase
  /** Statements sent so far, without savepoints. */
  statements: () => readonly string[]
}

let shared: Promise<{ app: string; owner: string }> | undefined
const holding = new AsyncLocalStorage<pg.Client>()

/**
 * Runs `work` in one transaction that is rolled back at its end, so that nothing stays and tests may share a database.
 * Deeds and reads inside become savepoints; those begun side by side take turns, because savepoints only nest. Row security
 * holds as for the web server; `as: 'owner'` does what jobs do.
 */
export async function inRollback<Result>(
  work: (database: Database, rollback: Rollback) => Promise<Result>,
  { as = 'app' }: { as?: 'app' | 'owner' } = {},
): Promise<Result> {
  const connection = idle[as].pop() ?? (await connect(as))
  const { client, log } = connection
  log.length = 0
  await client.query('begin')
  try {
    return await work(inTurn(boundDatabase(client), client), { client, statements: () => log })
  } finally {
    await client.query('rollback')
    idle[as].push(connection)
  }
}

/** Counts the statements that `work` sends. */
export async function countStatements({ statements }: Rollback, work: () => Promise<unknown>): Promise<number> {
  const before = statements().length
  await work()
  return statements().length - before
}

/** A `Database` whose transactions wait for one another, except those begun inside one another. */
function inTurn(database: Database, client: pg.Client): Database {
  let last: Promise<unknown> = Promise.resolve()
  return {
    close: () => database.close(),
    transaction(reach, mode, work, around) {
      const run = () => holding.run(client, () => database.transaction(reach, mode, work, around))
      if (holding.getStore() === client) return run()
      const turn = last.then(run, run)
      last = turn.catch(() => undefined)
      return turn
    },
  }
}

type Connection = { client: pg.Client; log: string[] }

const idle: Record<'app' | 'owner', Connection[]> = { app: [], owner: [] }

async function connect(as: 'app' | 'owner'): Promise<Connection> {
  shared ??= clone()
  const client = new pg.Client({ connectionString: (await shared)[as], types, application_name: 'quipu tests' })
  client.on('error', () => undefined)
  await client.connect()
  beforeLeaving(() => client.end())
  const log: string[] = []
  const ask = client.query.bind(client) as (...asked: unknown[]) => unknown
  client.query = ((...asked: [string | { text: string }, ...unknown[]]) => {
    const text = typeof asked[0] === 'string' ? asked[0] : asked[0].text
    if (!/^(begin|rollback|savepoint|release)/.test(text)) log.push(text)
    return ask(...asked)
  }) as typeof client.query
  return { client, log }
}
