import { describe, it } from 'node:test'

type Trap = { name: string; suite?: boolean }
type Each = (trap: Trap, barred: string | false, attempt: () => Promise<unknown>) => Promise<void>

// The most important of the traps that `tests/setup/traps.mjs` tries; they find processes in /proc.
describe('setting Quipu up', { skip: process.platform !== 'linux' && 'reads /proc' }, async () => {
  const { tryTraps } = (await import(new URL('./traps.mjs', import.meta.url).href)) as {
    tryTraps(options: { short: boolean; each: Each }): Promise<void>
  }
  await tryTraps({
    short: true,
    each: async ({ name, suite }, barred, attempt) => {
      if (suite) it(name, { skip: barred }, async () => void (await attempt()))
    },
  })
})
