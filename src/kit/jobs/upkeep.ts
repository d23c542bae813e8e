import { read, verifyHistory } from '#kit/record'
import { applyRetention, jobsRetention, type Retention } from './retention.ts'
import { tellFinding } from './findings.ts'
import { defineTask, type AnyTask } from './task.ts'

/** What the house does every night by itself: proves its history, and lets go of what its retention rules no longer keep. */
export function upkeepTasks(options: { retention?: readonly Retention[] } = {}): AnyTask[] {
  const retention = [...jobsRetention, ...(options.retention ?? [])]
  return [
    defineTask(
      'record.verify',
      async (_payload, { actor, database, log }) => {
        const problems = await read(actor, verifyHistory)
        await tellFinding(database, 'history', problems.length === 0, {
          count: problems.length,
          first: problems.slice(0, 20),
        })
        if (problems.length > 0) log.error({ problems: problems.slice(0, 20) }, 'the history does not hold')
      },
      { schedule: '10 2 * * *', attempts: 3, queue: 'night' },
    ),
    defineTask(
      'retention.apply',
      async (_payload, { actor, database }) => {
        await tellFinding(database, 'retention', true, await applyRetention(actor, retention))
      },
      { schedule: '40 2 * * *', attempts: 5, queue: 'night' },
    ),
  ]
}
