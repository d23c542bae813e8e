/**
 * Runs the tests, all in this one process: `npm test` runs every group in order; `npm test -- network` one room's,
 * `-- words` one kit tool's, `-- house` or `-- browser` one group's; several words, and paths, may be given.
 *
 * One process, because starting one for each file would cost more than all the tests together. What follows from it is
 * told in `docs/developer/tests.md`.
 */
import { existsSync, globSync } from 'node:fs'
import { run } from 'node:test'
import { join } from 'node:path'
// @ts-expect-error -- plain JavaScript, read by any Node; its types are in its comments
import { buildAssets } from '../bin/assets.mjs'
import { layGround, leaveGround } from './help/ground.ts'
import { report } from './help/report.ts'

const root = join(import.meta.dirname, '..')
process.chdir(root)

const first = 'tests/help/first.ts'

const groups: { name: string; holds: (file: string) => boolean }[] = [
  { name: 'ground', holds: (file) => file === first },
  {
    name: 'kit and rules',
    holds: (file) => file.startsWith('src/kit/') || /^src\/rooms\/[^/]+\/tests\/rules/.test(file),
  },
  { name: 'rooms', holds: (file) => file.startsWith('src/') || file.startsWith('demo/') || file.startsWith('bench/') },
  { name: 'house', holds: (file) => file.startsWith('tests/house/') || file.startsWith('tests/help/') },
  { name: 'set-up', holds: (file) => file.startsWith('tests/setup/') },
  { name: 'browser', holds: (file) => file.startsWith('tests/browser/') },
]

const groupOf = (file: string) => groups.findIndex((group) => group.holds(file))

const all = globSync('{src,tests,demo,bench}/**/*.test.{ts,tsx}')
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => groupOf(file) >= 0)
  .sort((a, b) => groupOf(a) - groupOf(b) || (a < b ? -1 : 1))

const files = chosen(process.argv.slice(2))
const end = (status: number) => void leaveGround().finally(() => process.exit(status))
process.once('SIGINT', () => end(130))
process.once('SIGTERM', () => end(143))
// Whoever asked for the tests is gone.
process.once('disconnect', () => end(143))
process.channel?.unref()

const began = performance.now()
await buildAssets()
await layGround()
console.log(`assets built, database migrated: ${((performance.now() - began) / 1000).toFixed(1)} s`)

const events = run({
  files: [first, ...files].map((file) => join(root, file)),
  isolation: 'none',
  concurrency: false,
})
const failed = await report(events, (file) => groups[groupOf(file.slice(root.length + 1))]!.name)
process.exitCode = failed === 0 ? 0 : 1

/** The files that the words of the command name, in the order of the groups; leaves with a sentence if there are none. */
function chosen(words: string[]): string[] {
  if (words.length === 0) return all
  const found = new Set<string>()
  for (const word of words) {
    const here = all.filter((file) => named(file, word))
    if (here.length === 0) {
      console.error(`There is no test named by “${word}”. There are: ${names().join(', ')}, or a path.`)
      process.exit(1)
    }
    for (const file of here) found.add(file)
  }
  return all.filter((file) => found.has(file))
}

function named(file: string, word: string): boolean {
  if (word.includes('/')) return file === word.replace(/^\.\//, '') || file.startsWith(join(word, '/'))
  if (existsSync(`src/rooms/${word}`) || existsSync(`src/kit/${word}`)) {
    return file.startsWith(`src/rooms/${word}/`) || file.startsWith(`src/kit/${word}/`)
  }
  return file.startsWith(`tests/${word}/`) || file.startsWith(`src/${word}/`) || file.startsWith(`${word}/`)
}

function names(): string[] {
  const folder = (file: string) =>
    /^src\/(?:rooms|kit)\/([^/]+)\//.exec(file)?.[1] ?? /^tests\/([^/]+)\//.exec(file)?.[1]
  return [...new Set(all.map(folder).filter((name) => name !== undefined))].sort()
}
