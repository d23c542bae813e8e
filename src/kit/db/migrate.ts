import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

export type Migration = { no: number; name: string; sql: string; digest: string }

/** The database was left by a newer Quipu than this one. */
export class DatabaseTooNew extends Error {
  readonly found: number
  readonly known: number
  constructor(found: number, known: number) {
    super(
      `The database has migration ${found}, this Quipu knows migrations up to ${known}. Start the newer Quipu that made it, or restore a backup of the older one.`,
    )
    this.found = found
    this.known = known
  }
}

/** A migration that ran before reads differently now. */
export class MigrationRewritten extends Error {
  constructor(name: string) {
    super(`Migration ${name} was changed after this database had run it. Migrations are only ever added.`)
  }
}

/** The migrations of a folder in their order; file names begin with four digits. */
export async function listMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_.+\.sql$/.test(file)).sort()
  return Promise.all(
    files.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8')
      return { no: Number(name.slice(0, 4)), name, sql, digest: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/**
 * Brings the database up to the folder's last migration (or to `upTo`): under a lock, each migration in a transaction of its own that is one recorded deed.
 * Answers the numbers that ran now. Throws {@link DatabaseTooNew} and {@link MigrationRewritten}, having changed nothing.
 */
export async function migrate(ownerAddress: string, folder: string, upTo = Infinity): Promise<number[]> {
  const migrations = await listMigrations(folder)
  const client = new pg.Client({ connectionString: ownerAddress, application_name: 'quipu migrations' })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('quipu.migrate'))`)
    await client.query(`create schema if not exists house;
      create table if not exists house.migration (no integer primary key, name text not null, digest text not null, at timestamptz not null default now());
      grant usage on schema house to quipu_app; grant select on house.migration to quipu_app`)
    const { rows } = await client.query<{ no: number; name: string; digest: string }>(
      'select no, name, digest from house.migration order by no',
    )
    const known = migrations.at(-1)?.no ?? 0
    const found = rows.at(-1)?.no ?? 0
    if (found > known) throw new DatabaseTooNew(found, known)
    for (const row of rows) {
      if (migrations.find(({ no }) => no === row.no)?.digest !== row.digest) throw new MigrationRewritten(row.name)
    }
    const due = migrations.filter(({ no }) => no > found && no <= upTo)
    for (const migration of due) await run(client, migration)
    return due.map(({ no }) => no)
  } finally {
    await client.end()
  }
}

async function run(client: pg.Client, { no, name, sql, digest }: Migration): Promise<void> {
  await client.query('begin')
  try {
    if (no > 1)
      await client.query(
        `select record.begin('house.migrated', 'system', null, null, 'migration', null, $1, null, 'migrate', null)`,
        [name],
      )
    await client.query(sql)
    await client.query('insert into house.migration (no, name, digest) values ($1, $2, $3)', [no, name, digest])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
}
