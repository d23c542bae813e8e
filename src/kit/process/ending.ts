import { StartRefused } from '#kit/postgres'

/** What has been started and must be ended. */
export type Ending = {
  /** Promises that `step` runs at the end, before those of everything started earlier. */
  add(what: string, step: () => Promise<unknown> | void): void
  /** Aborted as soon as the end is asked for. */
  signal: AbortSignal
}

type Options = {
  /** Who else may ask for the end: by default signals, the message `end`, and the death of the process that started this one. */
  signals?: NodeJS.Signals[]
  /** Errors that have a sentence for the keeper of the installation besides `StartRefused`; others are shown with their stack. */
  isSentence?: (error: unknown) => boolean
  /** Milliseconds that the end may take before it is forced. */
  patience?: number
}

/**
 * Runs a process: `begin` starts things and says in `ending` how each of them ends. The end comes when it is asked for, or when `begin` fails (then the exit code is 1
 * and everything that had been started is ended all the same). A second Ctrl-C does not wait.
 */
export async function orderly(begin: (ending: Ending) => Promise<void>, options: Options = {}): Promise<void> {
  const { signals = ['SIGINT', 'SIGTERM', 'SIGHUP'], isSentence = () => false, patience = 75_000 } = options
  const steps: { what: string; step: () => Promise<unknown> | void }[] = []
  const asked = new AbortController()
  let askedAt = 0
  const ask = () => {
    // One Ctrl-C reaches us more than once: from the terminal and from the process that started us.
    if (asked.signal.aborted && performance.now() - askedAt > 1500) process.exit(130)
    if (!asked.signal.aborted) askedAt = performance.now()
    asked.abort()
  }
  for (const signal of signals) process.on(signal, ask)
  process.on('message', (message) => message === 'end' && ask())
  process.once('disconnect', ask)
  const wait = new Promise<void>((resolve) => asked.signal.addEventListener('abort', () => resolve(), { once: true }))
  let code = 0
  try {
    await begin({
      signal: asked.signal,
      add(what, step) {
        steps.push({ what, step })
      },
    })
    await wait
  } catch (error) {
    code = asked.signal.aborted ? 0 : 1
    if (code > 0) complain(error, isSentence)
  }
  setTimeout(() => process.exit(code || 1), patience).unref()
  for (const { what, step } of steps.toReversed()) {
    try {
      await step()
    } catch (error) {
      process.stderr.write(`While ending (${what}): ${(error as Error).message}\n`)
    }
  }
  process.exit(code)
}

function complain(error: unknown, isSentence: (error: unknown) => boolean): void {
  const plain = error instanceof StartRefused || isSentence(error)
  process.stderr.write(`${plain || !(error instanceof Error) ? (error as Error).message : error.stack}\n`)
}
