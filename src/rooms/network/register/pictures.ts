import type { Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { sql } from 'kysely'
import type { KeptFile } from '#kit/files'

/** The published files of an institution's pictures, in the order of the ids; those not published are left out. */
export async function listPictureFiles(_actor: Actor, db: Db, ids: readonly string[]): Promise<KeptFile[]> {
  const { rows } = await sql<KeptFile>`
    select f.* from unnest(${[...ids]}::uuid[]) with ordinality as asked(id, place)
    join files.file f on f.id = asked.id where f.state = 'published' order by asked.place`.execute(db)
  return rows
}
