import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
} from 'kysely'
import type { Database } from '#kit/db'

const nobody = { person: null, networkWide: false, institutions: [], countries: [] }

/** The columns that better-auth expects as `Date`; everything else of the house reads instants as text. */
const instant = /(?:^|_)(?:at|until)$/

/**
 * A Kysely over the house's own `Database`, for better-auth: the same pool, or in a test the same rolled-back transaction. Each statement is a
 * transaction of its own. Instants come as `Date`, as better-auth compares them.
 */
export function authHandle(database: Database): Kysely<unknown> {
  const connection: DatabaseConnection = {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const result = await database.transaction(nobody, 'write', (db) =>
        db.withoutPlugins().executeQuery(CompiledQuery.raw(query.sql, [...query.parameters])),
      )
      return { ...result, rows: result.rows.map((row) => dated(row as Record<string, unknown>)) as Row[] }
    },
    // oxlint-disable-next-line require-yield -- better-auth streams nothing
    async *streamQuery() {
      throw new Error('nothing is streamed here')
    },
  }
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => ({
      init: async () => undefined,
      acquireConnection: async () => connection,
      beginTransaction: async () => undefined,
      commitTransaction: async () => undefined,
      rollbackTransaction: async () => undefined,
      releaseConnection: async () => undefined,
      destroy: async () => undefined,
    }),
  }
  return new Kysely({ dialect })
}

function dated(row: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'string' && instant.test(name)) row[name] = new Date(value)
  }
  return row
}
