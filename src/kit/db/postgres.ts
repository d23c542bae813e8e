import pg from 'pg'
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import type { DB } from './schema.ts'
import type { Around, Database, Db, Reach } from './types.ts'

const asText = (value: string) => value
const { builtins } = pg.types
const parsers = new Map<number, (value: string) => unknown>([
  [builtins.DATE, asText],
  [builtins.TIMESTAMP, asText],
  [builtins.TIMESTAMPTZ, asText],
  [builtins.INTERVAL, asText],
  [builtins.INT8, Number],
])

/** Dates, instants and ranges stay text: a `Date` would shift a day in Madrid. Counts come as numbers. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

const handles = new WeakMap<pg.ClientBase, Db>()

/** A Kysely handle that speaks through one client, made once a client. */
export function handleOf(client: pg.ClientBase): Db {
  const known = handles.get(client)
  if (known) return known
  const borrowed = Object.assign(Object.create(client) as pg.PoolClient, {
    query: client.query.bind(client),
    release: () => undefined,
  })
  const handle: Db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: { connect: async () => borrowed, end: async () => undefined, options: {} } }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  handles.set(client, handle)
  return handle
}

/** The settings of one transaction, as the SQL that goes out with its BEGIN: one trip instead of two. */
function settings(reach: Reach): string {
  const set = (name: string, value: string) => `set_config('quipu.${name}', ${pg.escapeLiteral(value)}, true)`
  return `select ${[
    set('person', reach.person ?? ''),
    set('network', reach.networkWide ? 'on' : ''),
    set('institutions', `{${reach.institutions.join(',')}}`),
    set('countries', `{${reach.countries.join(',')}}`),
    set('deed', ''),
  ].join(', ')}`
}

/** Sends several statements in one trip; answers the rows of the last. */
async function several(
  client: pg.ClientBase,
  beginning: string,
  around: Around<never> | undefined,
): Promise<Record<string, unknown>[]> {
  // With several statements `pg` answers a list of results, which its types do not say.
  const results = (await client.query(
    around ? `${beginning}; ${around.opening}` : beginning,
  )) as unknown as pg.QueryResult[]
  return around ? (results.at(-1)?.rows ?? []) : []
}

/** Opens the web server's (or the jobs') pool. Pass the address of the role that is to be used, and no other. */
export function openDatabase(options: {
  address: string
  connections?: number
  applicationName?: string
}): Database & { pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: options.address,
    max: options.connections ?? 12,
    types,
    application_name: options.applicationName ?? 'quipu',
    idle_in_transaction_session_timeout: 60_000,
  })
  // A dropped idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  // One dropped while lent out tells its borrower by the failing query, and would end the process by its unheard event.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return {
    pool,
    async transaction(reach, mode, work, around) {
      const client = await pool.connect()
      let broken: Error | undefined
      try {
        const opened = await several(
          client,
          `begin ${mode === 'read' ? 'read only' : 'read write'}; ${settings(reach)}`,
          around,
        )
        const result = await work(handleOf(client), opened)
        await client.query(around ? `${around.closing(result)}; commit` : 'commit')
        return result
      } catch (error) {
        await client.query('rollback').catch((second: Error) => (broken = second))
        throw error
      } finally {
        client.release(broken)
      }
    },
    close: () => pool.end(),
  }
}

/** A `Database` inside the transaction that `client` has open: each transaction is a savepoint. For tests, which roll the whole back. */
export function boundDatabase(client: pg.ClientBase): Database {
  let depth = 0
  return {
    async transaction(reach, _mode, work, around) {
      const savepoint = `inner_${++depth}`
      try {
        const opened = await several(client, `savepoint ${savepoint}; ${settings(reach)}`, around)
        const result = await work(handleOf(client), opened)
        await client.query(`${around ? `${around.closing(result)}; ` : ''}release savepoint ${savepoint}`)
        return result
      } catch (error) {
        await client.query(`rollback to savepoint ${savepoint}; release savepoint ${savepoint}`)
        throw error
      }
    },
    close: async () => undefined,
  }
}
