// How our processes begin and end: whatever is started is ended, once, in the opposite order; the jobs' process is kept alive; a port is found.
// Speaks English, to whoever keeps the installation, on the terminal or in the system's log.
export { orderly } from './ending.ts'
export type { Ending } from './ending.ts'
export { keepChild } from './child.ts'
export type { Child } from './child.ts'
export { builtAssets } from './assets.ts'
export { listen, refuseTakenPort } from './listen.ts'
export type { Place } from './listen.ts'

/** Tells the keeper of the installation something, in a line. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
