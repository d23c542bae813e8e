import { sql } from 'kysely'
import pg from 'pg'
import { AlreadyDone, reachOf, Refused, type Actor } from '#kit/access'
import type { Db } from '#kit/db'

export type About = { kind: string; id?: string | null }

/** What stands behind a deed besides its actor: what it is about, why, which earlier deed it corrects, for whom it is done, the form's one-time key. */
export type Circumstances = {
  about?: About
  reason?: string | null
  corrects?: string | null
  onBehalfOf?: string | null
  once?: string | null
}

/** The deed under way: its id, and the ways to say what only the work itself finds out. */
export type Deed = {
  id: string
  /** Names what the deed turned out to be about, where it made it. */
  concerns(id: string): void
  /** Adds a job that exists only if the deed does. `key` keeps one job of a kind for one thing; `runAt` is an instant. */
  job(
    name: string,
    payload: Record<string, unknown>,
    options?: { key?: string; runAt?: Temporal.Instant; priority?: number; queue?: string },
  ): Promise<void>
}

/**
 * Reads in one read-only transaction that carries the actor and their reach.
 */
export function read<T>(actor: Actor, work: (db: Db) => Promise<T>): Promise<T> {
  return actor.database.transaction(reachOf(actor), 'read', work)
}

/**
 * The only way to write: one deed, one transaction. PostgreSQL keeps before and after of every row that `work` touches under this deed,
 * and refuses writes outside one. With `once`, the same key asked again throws {@link AlreadyDone} with the first answer.
 */
export function record<T>(
  actor: Actor,
  name: string,
  circumstances: Circumstances,
  work: (db: Db, deed: Deed) => Promise<T>,
): Promise<T> {
  if (actor.kind === 'visitor') throw new Refused('kit.refused.sign-in')
  const { about, reason, corrects, onBehalfOf, once } = circumstances
  const key = once ?? null
  const opening = `select deed_id, done, answer from record.begin(${[name, actor.kind, actor.personId, onBehalfOf, about?.kind, about?.id, reason, corrects, actor.requestId, key].map(literal).join(', ')})`
  let begun: { deed_id: string; done: boolean; answer: unknown } | undefined
  let concerned: string | null = null
  return actor.database.transaction(
    reachOf(actor),
    'write',
    async (db, opened) => {
      begun = opened[0] as typeof begun
      if (begun!.done) throw new AlreadyDone(begun!.answer)
      return work(db, {
        id: begun!.deed_id,
        concerns: (id) => void (concerned = id),
        async job(task, payload, options = {}) {
          await sql`select jobs.add(${task}, ${JSON.stringify(payload)}::json, ${options.key ?? null}, ${options.runAt?.toString() ?? null}::timestamptz,
            ${options.priority ?? null}::integer, ${options.queue ?? null})`.execute(db)
        },
      })
    },
    {
      opening,
      // The answer is kept only where the same form may come twice.
      closing: (result) =>
        `select record.finish(${[begun!.deed_id, key, key === null ? null : JSON.stringify(result ?? null), concerned].map(literal).join(', ')})`,
    },
  )
}

const literal = (value: string | null | undefined): string =>
  value === null || value === undefined ? 'null' : pg.escapeLiteral(value)
