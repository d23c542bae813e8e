// The jobs' process: started, told what it needs, kept alive and ended by `main.ts`. Does nothing without it.
import { once } from 'node:events'
import pino from 'pino'
import { runJobs, upkeepTasks } from '#kit/jobs'
import { orderly } from '#kit/process'
import type { Settings } from './config.ts'

/** What `main.ts` tells it, by message. */
export type JobsOrder = { ownerAddress: string; settings: Settings }

// A signal to the whole group (Ctrl-C, a service manager) is for the main process, which then asks us to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

await orderly(
  async (ending) => {
    const [order] = (await once(process, 'message', { signal: ending.signal })) as [JobsOrder]
    const jobs = runJobs({ ownerAddress: order.ownerAddress, tasks: upkeepTasks(), log: pino({ level: 'info' }) })
    ending.add('the jobs', () => jobs.stop())
  },
  { signals: [], patience: 15_000 },
)
