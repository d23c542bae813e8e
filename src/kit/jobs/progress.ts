import { reachOf, system } from '#kit/access'
import { sql, type Database, type Db } from '#kit/db'
import { Cancelled } from './task.ts'

/** How far the work has come; what is left out stays as it was. `message` is a key of a room's words. */
export type Step = {
  done?: number
  total?: number | null
  message?: string
  values?: Record<string, string | number>
  cursor?: unknown
}

export type Progress = {
  /** Null for a job whose progress nobody follows: steps then only look whether to stop. */
  id: string | null
  /** What the last saved step left as its cursor, or null at the beginning. */
  cursor: unknown
  /**
   * Tells how far the work is, and throws when it should stop. With the `db` of the deed that did the step, the cursor is saved or lost together with
   * the work itself, so that no step is done twice; without it, and without a cursor, it is written at most four times a second.
   */
  step(step: Step, db?: Db): Promise<void>
  /** What came of the work, shown when it is done: figures, and the file to download. */
  finish(outcome: { result?: Record<string, unknown>; file?: string }): void
}

/** The progress of one job, and how its runner moves it between states. */
export type OpenProgress = {
  progress: Progress
  begin(attempt: number): Promise<void>
  /** Looks whether somebody asked to cancel. */
  cancelAsked(): Promise<boolean>
  end(state: 'done' | 'failed' | 'cancelled' | 'waiting', problem?: string): Promise<void>
}

const pause = 250

export async function openProgress(database: Database, id: string | null, signal: AbortSignal): Promise<OpenProgress> {
  const write = <T>(work: (db: Db) => Promise<T>) =>
    database.transaction(reachOf(system(database, `progress:${id}`)), 'write', work)
  let outcome: { result?: Record<string, unknown>; file?: string } = {}
  let written = 0
  let held: Step | null = null

  const save = async (db: Db, step: Step) => {
    const { rows } = await sql<{ asked: boolean }>`update jobs.progress set
        done = coalesce(${step.done ?? null}::bigint, done),
        total = ${step.total === undefined ? sql`total` : sql`${step.total}::bigint`},
        message = coalesce(${step.message ?? null}::text, message),
        message_values = coalesce(${step.values ? JSON.stringify(step.values) : null}::jsonb, message_values),
        cursor = ${step.cursor === undefined ? sql`cursor` : sql`${JSON.stringify(step.cursor)}::jsonb`},
        moved_at = clock_timestamp()
      where id = ${id} returning cancel_asked_at is not null as asked`.execute(db)
    return rows[0]?.asked ?? false
  }
  const flush = async () => {
    const step = held
    held = null
    return step ? write((db) => save(db, step)) : false
  }

  const known = id
    ? await write(
        async (db) =>
          (await sql<{ cursor: unknown }>`select cursor from jobs.progress where id = ${id}`.execute(db)).rows[0],
      )
    : undefined

  return {
    progress: {
      id,
      cursor: known?.cursor ?? null,
      async step(step, db) {
        signal.throwIfAborted()
        if (!id) return
        const merged: Step = { ...held, ...step }
        let asked = false
        if (db) {
          held = null
          asked = await save(db, merged)
        } else {
          held = merged
          if (step.cursor === undefined && performance.now() - written < pause) return
          asked = await flush()
        }
        written = performance.now()
        if (asked) throw new Cancelled()
      },
      finish: (given) => void (outcome = { ...outcome, ...given }),
    },
    async begin(attempt) {
      if (!id) return
      await write((db) =>
        sql`update jobs.progress set state = 'running', attempt = ${attempt}, problem = null, started_at = coalesce(started_at, clock_timestamp()),
          moved_at = clock_timestamp() where id = ${id} and state in ('waiting', 'running')`.execute(db),
      )
    },
    async cancelAsked() {
      if (!id) return false
      const { rows } = await write((db) =>
        sql<{
          asked: boolean
        }>`select cancel_asked_at is not null as asked from jobs.progress where id = ${id}`.execute(db),
      )
      return rows[0]?.asked ?? false
    },
    async end(state, problem) {
      if (!id) return
      await flush()
      await write((db) =>
        sql`update jobs.progress set state = ${state}, problem = ${problem ?? null}, moved_at = clock_timestamp(),
          ended_at = case when ${state}::text = 'waiting' then null else clock_timestamp() end,
          result = ${outcome.result ? JSON.stringify(outcome.result) : null}::jsonb, result_file = ${outcome.file ?? null}::uuid
          where id = ${id}`.execute(db),
      )
    },
  }
}

/** Throws {@link Cancelled} into the work when asked to: looks every two seconds. Answers what stops looking. */
export function watchCancelling(open: OpenProgress, controller: AbortController): () => void {
  if (!open.progress.id) return () => undefined
  const timer = setInterval(() => {
    open.cancelAsked().then(
      (asked) => asked && controller.abort(new Cancelled()),
      () => undefined, // The database is away for a moment: the work itself will notice.
    )
  }, 2000)
  timer.unref()
  return () => clearInterval(timer)
}
