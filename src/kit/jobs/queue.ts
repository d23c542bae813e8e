import { Absent, found, holds, no, require, yes, type Actor, type Verdict } from '#kit/access'
import { sql, type Db } from '#kit/db'
import { record, type Deed } from '#kit/record'
import type { Task } from './task.ts'

export const queueStates = ['running', 'waiting', 'later', 'again', 'dead'] as const
export type QueueState = (typeof queueStates)[number]
export type QueuedJob = {
  id: number
  task: string
  payload: Record<string, unknown>
  state: QueueState
  attempts: number
  maxAttempts: number
  problem: string | null
  key: string | null
  createdAt: string
  runAt: string
}
export type WorkState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
export type Work = {
  id: string
  task: string
  keeper: string | null
  aboutKind: string | null
  aboutId: string | null
  state: WorkState
  done: number
  total: number | null
  /** Key of a room's words, with what fills its holes. */
  message: string | null
  messageValues: Record<string, string | number>
  result: Record<string, unknown> | null
  resultFile: string | null
  problem: string | null
  attempt: number
  cancelAskedAt: string | null
  createdAt: string
  startedAt: string | null
  movedAt: string
  endedAt: string | null
}

/** Who runs the installation reads the queue and reruns what died. */
export const mayTendJobs = (actor: Actor): Verdict => (holds(actor, 'steward') ? yes : no('jobs.refused.steward'))

/**
 * Inside a deed: starts long work whose progress the actor can follow at its page; answers the progress id, known at once.
 * `about` is the thing the work is for; a page of that thing finds it with `listWork`.
 */
export async function startWork<Payload extends object>(
  actor: Actor,
  db: Db,
  _deed: Deed,
  task: Task<Payload>,
  payload: Omit<Payload, 'progressId'>,
  options: { about?: { kind: string; id: string }; runAt?: Temporal.Instant; queue?: string } = {},
): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`select jobs.start(${task.name}, ${JSON.stringify(payload)}::jsonb, ${actor.personId}::uuid,
    ${options.about?.kind ?? null}, ${options.about?.id ?? null}::uuid, ${options.runAt?.toString() ?? null}::timestamptz, ${options.queue ?? null}) as id`.execute(
    db,
  )
  return rows[0]!.id
}

/** Work and how far it is; {@link Absent} if it is not the actor's to follow. */
export async function findWork(_actor: Actor, db: Db, id: string): Promise<Work> {
  const { rows } = await sql<Work>`select * from jobs.progress where id = ${id}`.execute(db)
  return found(rows[0])
}

/** The work about a thing, or all the work that the actor asked for, newest first. */
export async function listWork(
  actor: Actor,
  db: Db,
  options: { about?: string; limit?: number } = {},
): Promise<Work[]> {
  const { rows } = await sql<Work>`select * from jobs.progress
    where ${options.about ? sql`about_id = ${options.about}` : sql`keeper = ${actor.personId}`}
    order by created_at desc limit ${options.limit ?? 20}`.execute(db)
  return rows
}

/** Asks work to stop: what waits never begins, what runs stops at its next step. {@link Absent} if there is nothing to stop. */
export function cancelWork(actor: Actor, id: string): Promise<void> {
  return record(actor, 'work.cancelled', { about: { kind: 'work', id } }, async (db) => {
    const { rows } = await sql<{ stopped: boolean }>`select jobs.cancel(${id}) as stopped`.execute(db)
    if (!rows[0]!.stopped) throw new Absent()
  })
}

/** The queue, newest first; `before` is the id of the last one shown. Empty for who may not read it. */
export async function listQueue(
  actor: Actor,
  db: Db,
  options: { state?: QueueState; limit?: number; before?: number } = {},
): Promise<QueuedJob[]> {
  if (actor.kind !== 'system') require(mayTendJobs(actor))
  const { rows } =
    await sql<QueuedJob>`select * from jobs.list_queue(${options.state ?? null}, ${options.limit ?? 50}, ${options.before ?? null})`.execute(
      db,
    )
  return rows
}

/** The jobs that were tried as often as they may be, and failed. */
export function listDead(
  actor: Actor,
  db: Db,
  options: { limit?: number; before?: number } = {},
): Promise<QueuedJob[]> {
  return listQueue(actor, db, { ...options, state: 'dead' })
}

export type QueueCount = { state: QueueState; count: number; oldest: string }

/** How many jobs are in each state, and since when the oldest has been due. For health checks too. */
export async function countQueue(db: Db): Promise<QueueCount[]> {
  return (await sql<QueueCount>`select * from jobs.count_queue()`.execute(db)).rows
}

/** Whether a jobs' process is at work on this database now. */
export async function jobsAtWork(db: Db): Promise<boolean> {
  return (await sql<{ atWork: boolean }>`select jobs.at_work() as at_work`.execute(db)).rows[0]!.atWork
}

/** Gives a dead job all its attempts again. {@link Absent} if it is not dead (any more). */
export function rerunJob(actor: Actor, id: number): Promise<void> {
  require(mayTendJobs(actor))
  return record(actor, 'job.rerun', { about: { kind: 'job' }, reason: String(id) }, async (db) => {
    const { rows } = await sql<{ task: string | null }>`select jobs.rerun(${id}) as task`.execute(db)
    if (!rows[0]!.task) throw new Absent()
  })
}

/** Takes a dead job out of the queue for good, with a reason that stays in the record. */
export function discardJob(actor: Actor, id: number, reason: string): Promise<void> {
  require(mayTendJobs(actor))
  return record(actor, 'job.discarded', { about: { kind: 'job' }, reason: `${id}: ${reason}` }, async (db) => {
    const { rows } = await sql<{ task: string | null }>`select jobs.discard(${id}) as task`.execute(db)
    if (!rows[0]!.task) throw new Absent()
  })
}

export type Finding = { name: string; good: boolean; detail: Record<string, unknown>; at: string }

/** The latest of each thing that the nightly work checks. */
export async function listFindings(actor: Actor, db: Db): Promise<Finding[]> {
  if (actor.kind !== 'system') require(mayTendJobs(actor))
  const { rows } =
    await sql<Finding>`select distinct on (name) name, good, detail, at from jobs.finding order by name, at desc`.execute(
      db,
    )
  return rows
}
