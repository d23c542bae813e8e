import type { JobHelpers } from 'graphile-worker'
import { Problems, Refused, system } from '#kit/access'
import type { Database } from '#kit/db'
import { openProgress, watchCancelling } from './progress.ts'
import { Cancelled, GivesUp, Stopping, type AnyTask, type Log } from './task.ts'

/**
 * Runs one job: with its progress, until done, cancelled or failed. Exported for tests, which run a task without a queue.
 */
export async function runTask(
  task: AnyTask,
  payload: unknown,
  helpers: Pick<JobHelpers, 'job' | 'query'>,
  database: Database,
  stopping: AbortSignal,
  log: Log,
): Promise<void> {
  const { job } = helpers
  const attempt = Number(job.attempts)
  const attempts = Number(job.max_attempts)
  const controller = new AbortController()
  const stop = () => controller.abort(new Stopping())
  if (stopping.aborted) stop()
  stopping.addEventListener('abort', stop, { once: true })
  const progressId = (payload as { progressId?: unknown } | null)?.progressId
  const open = await openProgress(database, typeof progressId === 'string' ? progressId : null, controller.signal)
  const unwatch = watchCancelling(open, controller)
  const started = performance.now()
  const about = { task: task.name, job: String(job.id), attempt }
  try {
    if (await open.cancelAsked()) throw new Cancelled()
    await open.begin(attempt)
    const actor = system(database, `job:${job.id}:${attempt}`)
    await task.run(payload ?? {}, {
      database,
      actor,
      progress: open.progress,
      signal: controller.signal,
      log,
      job: { id: String(job.id), attempt, attempts },
    })
    await open.end('done')
    log.info({ ...about, ms: Math.round(performance.now() - started) }, 'job done')
  } catch (error) {
    const reason = controller.signal.aborted ? controller.signal.reason : error
    if (reason instanceof Cancelled || error instanceof Cancelled) {
      await open.end('cancelled')
      log.info(about, 'job cancelled')
      return
    }
    if (reason instanceof Stopping) {
      await open.end('waiting')
      // An attempt that was only interrupted does not count.
      await helpers.query(
        'update graphile_worker._private_jobs set attempts = greatest(attempts - 1, 0) where id = $1',
        [job.id],
      )
      throw reason
    }
    const last = error instanceof GivesUp || attempt >= attempts
    if (error instanceof GivesUp)
      await helpers.query('update graphile_worker._private_jobs set max_attempts = attempts where id = $1', [job.id])
    await open.end(last ? 'failed' : 'waiting', problemOf(error))
    log[last ? 'error' : 'warn'](
      { ...about, error: (error as Error).message, stack: (error as Error).stack },
      last ? 'job dead' : 'job failed, will be tried again',
    )
    throw error
  } finally {
    unwatch()
    stopping.removeEventListener('abort', stop)
  }
}

/** What the person who waits is told: the sentence of the room where there is one; technical words are for the log. */
function problemOf(error: unknown): string {
  if (error instanceof GivesUp && error.words) return error.words
  if (error instanceof Refused) return error.reason
  if (error instanceof Problems) return error.problems[0]?.words ?? 'jobs.problem.unexpected'
  return 'jobs.problem.unexpected'
}
