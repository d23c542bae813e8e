import { Logger } from 'graphile-worker'
import type { Log } from './task.ts'

const levels = { error: 'error', warning: 'warn', info: 'info', debug: 'info' } as const

/** The queue's own words on our log: its warnings and errors; that a job succeeded is told by `runJobs` itself. */
export function queueLogger(log: Log): Logger {
  return new Logger((scope) => (level, message) => {
    if (level === 'error' || level === 'warning') {
      // A failed task is logged by whoever ran it, without the stack of the queue.
      if (message.startsWith('Failed task')) return
      log[levels[level]]({ ...scope }, message)
    }
  })
}

export function quietLogger(): Logger {
  return new Logger(() => () => undefined)
}
