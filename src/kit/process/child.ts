import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'

/** A process of ours that is started again whenever it dies. */
export type Child = {
  /** The number of the process that runs now; undefined between two lives. */
  pid(): number | undefined
  /** Asks it to end, waits, and forces it after `patience` milliseconds. */
  stop(patience?: number): Promise<void>
}

/**
 * Starts `file` as a process of its own and sends it `message` (what it needs to know: secrets travel this way, not through the environment).
 * When it dies it is started again, after 0.5 s at first and 30 s at most; a life longer than a minute is a fresh beginning.
 */
export function keepChild(file: string, message: object, log: (line: string) => void): Child {
  const stopping = new AbortController()
  // Run like us (source maps, `.tsx`), but not as a test.
  const execArgv = process.execArgv.filter((word) => !word.startsWith('--test'))
  let child: ChildProcess | undefined
  const life = (async () => {
    for (let wait = 500; !stopping.signal.aborted; wait = Math.min(wait * 2, 30_000)) {
      const begun = performance.now()
      child = fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv })
      child.on('error', (error) => log(`The process of ${file} could not be reached: ${error.message}`))
      const ended = once(child, 'exit') as Promise<[number | null, string | null]>
      child.send(message, () => {})
      const [code, signal] = await ended
      child = undefined
      if (stopping.signal.aborted) return
      if (performance.now() - begun > 60_000) wait = 500
      log(`The process of ${file} ended by itself (${signal ?? `code ${code}`}): starting it again.`)
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })()
  return {
    pid: () => child?.pid,
    async stop(patience = 20_000) {
      stopping.abort()
      if (child?.connected) child.send('end', () => {})
      else child?.kill('SIGKILL')
      const timer = setTimeout(() => child?.kill('SIGKILL'), patience)
      await life
      clearTimeout(timer)
    },
  }
}
