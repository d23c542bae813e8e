import type { Actor } from '#kit/access'
import type { Database } from '#kit/db'
import type { Deed } from '#kit/record'
import type { Progress } from './progress.ts'

/** Where what the jobs' process has to say goes; a pino logger fits. */
export type Log = Record<'info' | 'warn' | 'error', (details: object, message: string) => void>

export type Circumstance = {
  /** Pools of the owner's role: a task reaches everything, so it acts by the rooms' actions, as `actor`. */
  database: Database
  /** The system, with the job's id as its request. */
  actor: Actor
  /** How far the work has come; also where it went on from (`progress.cursor`) when it runs again. */
  progress: Progress
  /** Aborted when the work is cancelled or the process is stopping. Between steps, `progress.step` throws by itself. */
  signal: AbortSignal
  log: Log
  /** The job's id in the queue and which attempt this is, from 1. */
  job: { id: string; attempt: number; attempts: number }
}

export type TaskOptions = {
  /** How often it is tried before it counts as dead; between attempts the pause grows from 3 s to 6 h. 25 unless told (three days). */
  attempts?: number
  /** Jobs of one queue run one after another. */
  queue?: string
  /** When it runs by itself: a cron pattern in UTC, such as `30 2 * * *`. A run missed while the machine slept is caught up within a day. */
  schedule?: string
}

export type JobOptions = NonNullable<Parameters<Deed['job']>[2]>

export type Task<Payload extends object = object> = TaskOptions & {
  name: string
  run(payload: Payload, circumstance: Circumstance): Promise<void>
  /** Adds a job of this task to a deed: it runs only if the deed is committed. */
  add(deed: Deed, payload: Payload, options?: JobOptions): Promise<void>
}

/**
 * A task that the jobs' process knows, by its permanent name (`mail.send`). The contract: a task may be run twice with the same payload (a machine may die after the work
 * and before the tick), so it looks at what is done already; long work saves its cursor with each step and goes on from `progress.cursor`. Payloads name things by id,
 * never by what is personal: stewards read them.
 */
export function defineTask<Payload extends object = Record<string, never>>(
  name: string,
  run: (payload: Payload, circumstance: Circumstance) => Promise<void>,
  options: TaskOptions = {},
): Task<Payload> {
  if (!/^[a-z][a-z-]*\.[a-z][a-z-]*$/.test(name)) throw new TypeError(`A task is named room.verb, not "${name}"`)
  return {
    ...options,
    name,
    run,
    add: (deed, payload, jobOptions) => deed.job(name, payload as Record<string, unknown>, jobOptions),
  }
}

// A task of any payload: the queue hands it what was given when the job was added.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyTask = Task<any>

/** Thrown by a task that sees no sense in another attempt. `words` is a key of the sentence shown to whoever waits for the work. */
export class GivesUp extends Error {
  readonly words: string | undefined
  constructor(message: string, words?: string) {
    super(message)
    this.words = words
  }
}

/** The work was asked to stop by a person. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled')
  }
}

/** The process is stopping: the work goes on at its next start. */
export class Stopping extends Error {
  constructor() {
    super('stopping')
  }
}
