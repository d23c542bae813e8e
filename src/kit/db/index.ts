/**
 * The database: pools by role, one transaction a request that sets actor and reach, migrations under a lock.
 * Values arrive as PostgreSQL says them: dates, instants and ranges as text (zones by Temporal), names in camelCase.
 */
export { boundDatabase, openDatabase, types } from './postgres.ts'
export { describeDatabase } from './describe.ts'
export { DatabaseTooNew, listMigrations, migrate, MigrationRewritten } from './migrate.ts'
export type { Database, Db, Reach } from './types.ts'
export type { DB } from './schema.ts'
export { sql } from 'kysely'
