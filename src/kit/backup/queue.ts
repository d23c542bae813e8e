// Jobs that wait travel in the queue's own terms (what, with what, when, how often tried), so that a newer queue can take them.
import type { Client } from 'pg'

/** One waiting or failed job. */
export type KeptJob = {
  identifier: string
  payload: unknown
  queue: string | null
  runAt: string
  attempts: number
  maxAttempts: number
  key: string | null
  priority: number
  flags: string[] | null
  lastError: string | null
}

/** The jobs of the queue as lines of JSON, oldest first; undefined where there is no queue yet. */
export async function keptJobs(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('graphile_worker._private_jobs') is not null as there`,
  )
  if (!rows[0]!.there) return undefined
  const jobs = await client.query<{ job: KeptJob }>(`
    select json_build_object('identifier', t.identifier, 'payload', j.payload, 'queue', q.queue_name, 'runAt', j.run_at, 'attempts', j.attempts,
      'maxAttempts', j.max_attempts, 'key', j.key, 'priority', j.priority,
      'flags', (select array_agg(flag) from jsonb_object_keys(j.flags) flag), 'lastError', j.last_error) as job
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
    order by j.id`)
  return jobs.rows.map(({ job }) => `${JSON.stringify(job)}\n`).join('')
}

/** Puts jobs back; those that had failed for good wait for a steward as they did. */
export async function putJobsBack(client: Client, lines: string): Promise<number> {
  const jobs = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as KeptJob)
  await client.query('delete from graphile_worker._private_jobs')
  for (const job of jobs) {
    const { rows } = await client.query<{ id: string }>(
      'select id from graphile_worker.add_job($1, $2::json, $3, $4, $5, $6, $7, $8)',
      [
        job.identifier,
        JSON.stringify(job.payload),
        job.queue,
        job.runAt,
        job.maxAttempts,
        job.key,
        job.priority,
        job.flags,
      ],
    )
    if (job.attempts > 0)
      await client.query('update graphile_worker._private_jobs set attempts = $2, last_error = $3 where id = $1', [
        rows[0]!.id,
        job.attempts,
        job.lastError,
      ])
  }
  return jobs.length
}
