import type { Kysely } from 'kysely'
import type { DB } from './schema.ts'

/** A handle for queries inside a transaction whose actor and reach are set. Names are camelCase, values as `pg` gives them: dates, instants and ranges as text, numeric as text, bigint as number. */
export type Db = Kysely<DB>

/** What a transaction tells PostgreSQL of its actor; row security and the history read it. */
export type Reach = {
  person: string | null
  networkWide: boolean
  institutions: readonly string[]
  countries: readonly string[]
}

/** SQL that travels with the transaction's begin and end, sparing trips: one statement each, without parameters; literals are escaped by the caller. `opening`'s rows reach the work. */
export type Around<T> = { opening: string; closing: (result: T) => string }

/**
 * Where reads and deeds go: the pools of a running installation, or one rolled-back transaction of a test.
 * `transaction` runs `work` in one transaction (a savepoint where one is open already) with the reach set.
 */
export type Database = {
  transaction<T>(
    reach: Reach,
    mode: 'read' | 'write',
    work: (db: Db, opened: readonly Record<string, unknown>[]) => Promise<T>,
    around?: Around<T>,
  ): Promise<T>
  close(): Promise<void>
}
