import { reachOf, system } from '#kit/access'
import { sql, type Database } from '#kit/db'

/** Writes what a nightly check found; the latest of each name is shown to the steward. */
export async function tellFinding(database: Database, name: string, good: boolean, detail: object): Promise<void> {
  await database.transaction(reachOf(system(database, `finding:${name}`)), 'write', (db) =>
    sql`insert into jobs.finding (name, good, detail) values (${name}, ${good}, ${JSON.stringify(detail)}::jsonb)`.execute(
      db,
    ),
  )
}
