import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Actor } from '#kit/access'
import { listBackups } from '#kit/backup'
import { sql, type Db } from '#kit/db'

/** A setting in force: `secret` ones come without their value. */
export type Setting = { name: string; value: string | null; secret: boolean; given: boolean }

/** What only the process knows of the installation. `dataFolder`: QUIPU_DATA, absolute; null where none is (a test). */
export type Running = { dataFolder: string | null; settings: readonly Setting[] }

export type Query = { text: string; calls: number; mean: number; total: number }
export type UnderWay = { text: string; seconds: number; state: string }

/** The statements that took longest in all (milliseconds), as PostgreSQL counts them, without values; null where it does not count. */
export async function listSlowQueries(_actor: Actor, db: Db, limit = 8): Promise<Query[] | null> {
  const { rows: there } = await sql<{ schema: string }>`
    select quote_ident(n.nspname) as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'pg_stat_statements'`.execute(db)
  if (!there[0]) return null
  const { rows } = await sql<Query>`
    select regexp_replace(query, '\\s+', ' ', 'g') as text, calls::int as calls, mean_exec_time::float as mean, total_exec_time::float as total
    from ${sql.raw(`${there[0].schema}.pg_stat_statements`)}
    where dbid = (select oid from pg_database where datname = current_database()) and query !~* '^\\s*(begin|commit|rollback|set|savepoint|release|<)'
    order by total_exec_time desc limit ${limit}`.execute(db)
  return rows
}

/** What PostgreSQL is doing now for the pages, longest first; this question itself left out. */
export async function listUnderWay(_actor: Actor, db: Db, limit = 8): Promise<UnderWay[]> {
  const { rows } = await sql<UnderWay>`
    select regexp_replace(query, '\\s+', ' ', 'g') as text, extract(epoch from clock_timestamp() - query_start)::float as seconds, state
    from pg_stat_activity
    where datname = current_database() and usename = current_user and pid <> pg_backend_pid() and state <> 'idle'
    order by query_start limit ${limit}`.execute(db)
  return rows
}

/** How much the database takes, in bytes. */
export async function measureDatabase(_actor: Actor, db: Db): Promise<number> {
  return (await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db)).rows[0]!.bytes
}

export type Disk = { free: number; whole: number }

/** What is left of the disk that holds QUIPU_DATA, in bytes; null where it cannot be asked. */
export async function measureDisk({ dataFolder }: Running): Promise<Disk | null> {
  if (dataFolder === null) return null
  const told = await statfs(dataFolder).catch(() => null)
  return told && { free: told.bavail * told.bsize, whole: told.blocks * told.bsize }
}

export type Backup = { at: string; bytes: number }

/** The newest backup in QUIPU_DATA/backups, or null. */
export function newestBackup({ dataFolder }: Running): Backup | null {
  const newest = dataFolder === null ? undefined : listBackups(join(dataFolder, 'backups'))[0]
  return newest ? { at: newest.at.toString(), bytes: newest.bytes } : null
}
