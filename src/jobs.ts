// The jobs' process: started, told what it needs, kept alive and ended by `main.ts`. Does nothing without it.
import { once } from 'node:events'
import pino from 'pino'
import { openDatabase } from '#kit/db'
import { runJobs } from '#kit/jobs'
import { orderly } from '#kit/process'
import { tasks, type JobsOrder } from './tasks.ts'

// A signal to the whole group (Ctrl-C, a service manager) is for the main process, which then asks us to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

await orderly(
  async (ending) => {
    const [order] = (await once(process, 'message', { signal: ending.signal })) as [JobsOrder]
    const { ownerAddress } = order
    const database = openDatabase({ address: ownerAddress, connections: 1, applicationName: 'quipu jobs' })
    ending.add('the connections', () => database.close())
    const jobs = runJobs({ ownerAddress, tasks: tasks(order, database), log: pino({ level: 'info' }) })
    ending.add('the jobs', () => jobs.stop())
  },
  { signals: [], patience: 15_000 },
)
