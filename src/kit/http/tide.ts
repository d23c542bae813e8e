import pg from 'pg'
import type { Database } from '#kit/db'

/**
 * Whether any deed was committed since the last time one asked. Many may ask at once: those who come while a question is under way
 * wait for the next one, so an answer always covers every deed committed before the asking began.
 */
export type Tide = {
  /** The number of times that a deed was seen; equal numbers mean that nothing was recorded in between. */
  now(): Promise<number>
}

const nobody = { person: null, networkWide: false, institutions: [], countries: [] }

export function watchTide(database: Database): Tide {
  let generation = 0
  let seen: string | null = null
  let running: Promise<number> | null = null
  let next: Promise<number> | null = null

  async function look(): Promise<number> {
    const before = seen === null ? 'null' : pg.escapeLiteral(seen)
    // The question travels with the transaction's begin: this is asked for every page that anybody reads.
    const row = await database.transaction(
      nobody,
      'read',
      async (_db, opened) => opened[0] as { snapshot: string; moved: boolean },
      {
        opening: `select pg_current_snapshot()::text as snapshot, ${before} is null or exists (
          select from record.deed
          where xid >= pg_snapshot_xmin(${before}::pg_snapshot) and not pg_visible_in_snapshot(xid, ${before}::pg_snapshot)) as moved`,
        closing: () => 'select',
      },
    )
    if (row.moved) generation += 1
    seen = row.snapshot
    return generation
  }

  function begin(): Promise<number> {
    running = look().finally(() => (running = null))
    return running
  }

  return {
    now() {
      if (!running) return begin()
      next ??= running.then(
        () => ((next = null), begin()),
        () => ((next = null), begin()),
      )
      return next
    },
  }
}
