import { setTimeout as pause } from 'node:timers/promises'
import { parseCronItems, run, runOnce, type JobHelpers, type Runner, type TaskList } from 'graphile-worker'
import { Client, Pool } from 'pg'
import { reachOf, system } from '#kit/access'
import { openDatabase, type Database } from '#kit/db'
import { sealDeeds } from '#kit/record'
import { queueLogger } from './log.ts'
import { runTask } from './run-task.ts'
import { Stopping, type AnyTask, type Log } from './task.ts'

/** Held by the one jobs' process that is at work; `jobs.at_work()` looks for it. */
const turnKey = 719523202

export type JobsOptions = {
  ownerAddress: string
  tasks: readonly AnyTask[]
  log: Log
  /** How many jobs run at once; 2 unless told. */
  concurrency?: number
  /** Milliseconds between two seals of the history; 5,000 unless told. */
  sealEvery?: number
}

export type RunningJobs = {
  /** Lets running jobs come to a step, puts what is unfinished back, and ends. */
  stop(): Promise<void>
  /** Settles when the process has nothing more to do: after `stop`. */
  done: Promise<void>
}

/**
 * Runs the jobs of one database until stopped: takes jobs as they come and as their schedules say, seals the history every few seconds, and survives
 * PostgreSQL going away. One process is at work at a time; a second one waits and takes over. Jobs of a process that died are freed at once.
 */
export function runJobs(options: JobsOptions): RunningJobs {
  const { ownerAddress, log } = options
  const stopping = new AbortController()
  const database = openDatabase({
    address: ownerAddress,
    connections: (options.concurrency ?? 2) + 4,
    applicationName: 'quipu jobs',
  })
  const done = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await takeTurn(options, database, stopping.signal)
      } catch (error) {
        log.error({ error: (error as Error).message }, 'the jobs stopped and will start again')
      }
      await rest(1000, stopping.signal)
    }
    await database.close()
  })()
  return {
    done,
    async stop() {
      stopping.abort(new Stopping())
      await done
    },
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => undefined)
}

/** Waits for the turn, works until stopped or until the connection that holds the turn is lost, and gives it back. */
async function takeTurn(options: JobsOptions, database: Database, stopping: AbortSignal): Promise<void> {
  const { ownerAddress, log, tasks } = options
  const holder = new Client({ connectionString: ownerAddress, application_name: 'quipu jobs turn', keepAlive: true })
  const lost = new Promise<void>((resolve) => {
    holder.on('error', () => resolve())
    holder.on('end', () => resolve())
  })
  await holder.connect()
  try {
    for (;;) {
      const { rows } = await holder.query<{ mine: boolean }>('select pg_try_advisory_lock($1::bigint) as mine', [
        turnKey,
      ])
      if (rows[0]!.mine) break
      await rest(1000, stopping)
      if (stopping.aborted) return
    }
    await freeJobsOfTheDead(holder)
    await tellTasks(holder, tasks)
    const turn = new AbortController()
    const pool = queuePool(ownerAddress, (options.concurrency ?? 2) + 2)
    try {
      const runner = await startRunner(options, pool, database, turn)
      const sealing = sealEverySoOften(database, options.sealEvery ?? 5000, turn.signal, log)
      log.info({ tasks: tasks.length }, 'the jobs are at work')
      const stopped = new Promise<void>((resolve) =>
        stopping.addEventListener('abort', () => resolve(), { once: true }),
      )
      await Promise.race([runner.promise.catch(() => undefined), lost, stopping.aborted ? undefined : stopped])
      turn.abort(new Stopping())
      await runner.stop().catch(() => undefined) // It may have ended by itself.
      await sealing
    } finally {
      await pool.end()
    }
  } finally {
    await holder.end().catch(() => undefined)
  }
}

/** The queue's own connections. A pool that the queue makes itself stops listening for errors before its last connections are gone. */
function queuePool(ownerAddress: string, max: number): Pool {
  const pool = new Pool({ connectionString: ownerAddress, max, application_name: 'quipu queue' })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Whoever has the turn knows that all others are dead: what they held is free, in the order of the queue. */
async function freeJobsOfTheDead(holder: Client): Promise<void> {
  await holder.query(`select graphile_worker.force_unlock_workers(array(
    select locked_by from graphile_worker._private_jobs where locked_by is not null
    union select locked_by from graphile_worker._private_job_queues where locked_by is not null))`)
}

async function tellTasks(holder: Client, tasks: readonly AnyTask[]): Promise<void> {
  await holder.query(
    `insert into jobs.task (name, attempts, queue) select * from unnest($1::text[], $2::integer[], $3::text[])
     on conflict (name) do update set attempts = excluded.attempts, queue = excluded.queue`,
    [
      tasks.map(({ name }) => name),
      tasks.map(({ attempts }) => attempts ?? 25),
      tasks.map(({ queue }) => queue ?? null),
    ],
  )
}

function startRunner(options: JobsOptions, pgPool: Pool, database: Database, turn: AbortController): Promise<Runner> {
  const list: TaskList = Object.fromEntries(
    options.tasks.map((task) => [
      task.name,
      (payload: unknown, helpers: JobHelpers) => runTask(task, payload, helpers, database, turn.signal, options.log),
    ]),
  )
  const scheduled = options.tasks.filter(({ schedule }) => schedule !== undefined)
  return run({
    pgPool,
    concurrency: options.concurrency ?? 2,
    noHandleSignals: true,
    pollInterval: 1000,
    gracefulShutdownAbortTimeout: 0,
    // In batches the tick of a done job is tried again when PostgreSQL is away, and a failure of it is heard.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: queueLogger(options.log),
    taskList: list,
    parsedCronItems: parseCronItems(
      scheduled.map(({ name, schedule, attempts }) => ({
        task: name,
        identifier: name,
        match: schedule!,
        options: { backfillPeriod: 86_400_000, jobKey: `schedule:${name}`, ...(attempts && { maxAttempts: attempts }) },
      })),
    ),
  })
}

async function sealEverySoOften(database: Database, every: number, signal: AbortSignal, log: Log): Promise<void> {
  for (;;) {
    try {
      await database.transaction(reachOf(system(database, 'seal')), 'write', sealDeeds)
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'the history could not be sealed just now')
    }
    // After the last deed of a stopping process comes one more seal, made by the next one to start.
    if (signal.aborted) return
    await rest(every, signal)
  }
}

/** Runs everything that is due now and ends: for tests and for filling the demo. Answers how many jobs were run. */
export async function runJobsNow(options: Pick<JobsOptions, 'ownerAddress' | 'tasks' | 'log'>): Promise<number> {
  const database = openDatabase({ address: options.ownerAddress, connections: 4, applicationName: 'quipu jobs' })
  const holder = new Client({ connectionString: options.ownerAddress, application_name: 'quipu jobs' })
  const pool = queuePool(options.ownerAddress, 3)
  let ran = 0
  try {
    await holder.connect()
    await tellTasks(holder, options.tasks)
    const never = new AbortController().signal
    const list: TaskList = Object.fromEntries(
      options.tasks.map((task) => [
        task.name,
        (payload: unknown, helpers: JobHelpers) => {
          ran += 1
          return runTask(task, payload, helpers, database, never, options.log)
        },
      ]),
    )
    await runOnce({
      pgPool: pool,
      noHandleSignals: true,
      logger: queueLogger(options.log),
      taskList: list,
    })
    return ran
  } finally {
    await holder.end()
    await pool.end()
    await database.close()
  }
}
