/**
 * What a run prints: a line for each group and each file, the failures in full, and at the end node:test's own counts.
 */
import type { TestsStream } from 'node:test'
import { relative } from 'node:path'
import { inspect } from 'node:util'

type Ended = {
  name: string
  nesting: number
  file?: string
  skip?: string | boolean
  todo?: string | boolean
  details: { duration_ms: number; type?: string; error?: Error & { failureType?: string } }
}

type Tally = { tests: number; failed: number; skipped: number; milliseconds: number }

/**
 * Prints the events of a run as they come and resolves to the number of failures, counted as node:test counts them,
 * with files that could not be read among them. A run without a single test counts as one failure.
 */
export async function report(events: TestsStream, groupOf: (file: string) => string): Promise<number> {
  const groups = new Map<string, Tally>()
  const failures: string[] = []
  const path: string[] = []
  let file: { name: string; tally: Tally } | undefined
  let group = ''
  let rootFile = ''
  let passed = 0
  let failed = 0

  const closeFile = () => {
    if (!file) return
    const { tests, failed, skipped, milliseconds } = file.tally
    const marks = [failed ? `${failed} failed` : '', skipped ? `${skipped} skipped` : ''].filter(Boolean).join(', ')
    console.log(
      `  ${failed ? '✖' : '✔'} ${relative(process.cwd(), file.name)}  ${tests}  ${seconds(milliseconds)}${marks && `  ${marks}`}`,
    )
    file = undefined
  }
  const open = (name: string) => {
    if (file?.name === name) return
    closeFile()
    if (groupOf(name) !== group) {
      group = groupOf(name)
      console.log(`\n${group}`)
    }
    file = { name, tally: empty() }
  }

  const ended = (event: Ended, ok: boolean) => {
    // A test told by a helper counts for the file whose suite it is in.
    const name = event.nesting > 0 ? rootFile : (event.file ?? '')
    open(name)
    path.length = event.nesting
    path[event.nesting] = event.name
    const sum = groups.get(group) ?? empty()
    groups.set(group, sum)
    const isSuite = event.details.type === 'suite'
    for (const tally of [file!.tally, sum]) {
      // A suite's own time holds that of its tests: only what stands at the root is added up.
      if (event.nesting === 0) tally.milliseconds += event.details.duration_ms
      if (isSuite) continue
      tally.tests += 1
      if (!ok && !event.todo) tally.failed += 1
      if (event.skip) tally.skipped += 1
    }
    if (!ok && !event.todo && !saysOnlyThatItsTestsFailed(event)) {
      const text = failure(event, path)
      failures.push(text)
      console.log(text)
    }
  }

  for await (const { type, data } of events as AsyncIterable<{ type: string; data: never }>) {
    if (type === 'test:start') {
      const { nesting, name, file: begun = '' } = data as Ended
      if (nesting === 0) rootFile = begun
      path.length = nesting
      path[nesting] = name
    } else if (type === 'test:pass') ended(data, true)
    else if (type === 'test:fail') ended(data, false)
    else if (type === 'test:stdout' || type === 'test:stderr')
      process.stdout.write((data as { message: string }).message)
    else if (type === 'test:summary') {
      const summary = data as { file?: string; counts: Record<string, number> }
      if (summary.file === undefined) {
        passed = summary.counts.passed ?? 0
        failed = (summary.counts.failed ?? 0) + (summary.counts.cancelled ?? 0)
      }
    } else if (type === 'test:diagnostic') {
      const { message, nesting } = data as { message: string; nesting: number }
      if (!/^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /.test(message)) {
        if (nesting <= 1) console.log(`    ${message}`)
        continue
      }
      if (message.startsWith('tests ')) {
        closeFile()
        summarise(groups, failures)
      }
      console.log(`# ${message}`)
    }
  }
  return Math.max(failed, failures.length, passed === 0 ? 1 : 0)
}

function summarise(groups: Map<string, Tally>, failures: string[]) {
  if (failures.length > 0) {
    console.log(`\nWhat failed, once more:\n${failures.join('\n')}`)
  }
  console.log('')
  for (const [name, tally] of groups) {
    console.log(`${name.padEnd(16)} ${String(tally.tests).padStart(5)} tests  ${seconds(tally.milliseconds)}`)
  }
  console.log('')
}

function failure(event: Ended, path: string[]): string {
  const error = event.details.error?.cause ?? event.details.error
  const told = error instanceof Error ? (error.stack ?? error.message) : inspect(error, { depth: 6 })
  return `    ✖ ${path.slice(0, event.nesting + 1).join(' › ')}\n${told.replace(/^/gm, '      ')}`
}

function saysOnlyThatItsTestsFailed(event: Ended): boolean {
  return event.details.error?.failureType === 'subtestsFailed'
}

function empty(): Tally {
  return { tests: 0, failed: 0, skipped: 0, milliseconds: 0 }
}

function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}
