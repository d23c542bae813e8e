import { sql } from 'kysely'
import type { Database, Db } from '#kit/db'
import { buildIndex, emptyIndex, hasRoom, replaceIn, type Listed, type RegisterIndex } from './index/register-index.ts'

/**
 * The register's index as it stands now: never behind a deed that was committed before the asking. It lives in the server's process and
 * holds only what the public may read, for it is filled with a visitor's reach.
 */

const nobody = { person: null, networkWide: false, institutions: [], countries: [] }
const chunk = 5000
/** So many touched entries are read one by one; more, and all are read anew. */
const touchedAtMost = 20_000

type Keeper = { fresh(): Promise<RegisterIndex> }
const keepers = new WeakMap<Database, Keeper>()

/** The index of this database, brought up to every deed committed before now. Many may ask at once: those who come during a question share the next. */
export function freshIndex(database: Database): Promise<RegisterIndex> {
  let keeper = keepers.get(database)
  if (!keeper) keepers.set(database, (keeper = keepIndex(database)))
  return keeper.fresh()
}

function keepIndex(database: Database): Keeper {
  let index: RegisterIndex = emptyIndex(0)
  let seen: string | null = null
  let running: Promise<RegisterIndex> | null = null
  let next: Promise<RegisterIndex> | null = null

  async function look(): Promise<RegisterIndex> {
    const { snapshot, touched } = await readTouched(database, seen)
    if (touched === null) {
      index = buildIndex(await readAll(database))
    } else if (touched.length > 0) {
      const listed: Listed[] = []
      for (let from = 0; from < touched.length; from += chunk) {
        const ids = touched.slice(from, from + chunk)
        listed.push(...(await database.transaction(nobody, 'read', (db) => readListed(db, ids, null))))
      }
      if (hasRoom(index, listed.length)) replaceIn(index, touched, listed)
      else index = buildIndex(await readAll(database))
    }
    // Only when all is in: a failure on the way leaves the old mark, and the next asking reads again.
    seen = snapshot
    return index
  }

  function begin(): Promise<RegisterIndex> {
    running = look().finally(() => (running = null))
    return running
  }

  return {
    fresh() {
      if (!running) return begin()
      next ??= running.then(
        () => ((next = null), begin()),
        () => ((next = null), begin()),
      )
      return next
    },
  }
}

/**
 * The snapshot now, and which entries deeds have touched since the one seen last; null when all are to be read. It travels with the beginning of
 * its transaction: every search asks it, so a trip saved is a trip saved for all.
 */
async function readTouched(
  database: Database,
  seen: string | null,
): Promise<{ snapshot: string; touched: string[] | null }> {
  if (seen !== null && !/^\d+:\d+:[\d,]*$/u.test(seen)) throw new Error(`${seen} is no snapshot`)
  const touched = seen === null ? 'null::uuid[]' : `network.register_touched('${seen}', ${touchedAtMost})`
  return database.transaction(
    nobody,
    'read',
    async (_db, opened) => opened[0] as { snapshot: string; touched: string[] | null },
    {
      opening: `select pg_current_snapshot()::text as snapshot, ${touched} as touched`,
      closing: () => '',
    },
  )
}

async function readAll(database: Database): Promise<Listed[]> {
  const all: Listed[] = []
  let after: string | null = null
  for (;;) {
    const part: Listed[] = await database.transaction(nobody, 'read', (db) => readListed(db, null, after))
    all.push(...part)
    if (part.length < chunk) return all
    after = part.at(-1)!.id
  }
}

/** The listed ones among these ids; or, without ids, the next of all after one. */
async function readListed(db: Db, ids: readonly string[] | null, after: string | null): Promise<Listed[]> {
  const which = ids ? sql`i.id = any (${ids}::uuid[])` : sql`(${after}::uuid is null or i.id > ${after}::uuid)`
  const { rows } = await sql<Listed>`
    select i.id, i.name, i.country_code, i.region, i.city, i.kind, i.type, i.legal_kind, i.admission, i.collections, i.services, i.accessibility,
      i.latitude, i.longitude, i.completeness,
      array(select n.name from network.institution_name n where n.institution_id = i.id
        union all select a.name from network.institution a where a.merged_into = i.id) as names,
      array(select d.value from network.identifier d where d.institution_id = i.id and d.scheme <> 'source') as identifiers
    from network.institution i
    where i.state = 'listed' and ${which}
    order by i.id limit ${ids ? ids.length : chunk}`.execute(db)
  return rows
}
