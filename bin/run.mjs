// `npm run dev`, `check`, `backup` and the like: makes sure that what a command needs is installed, and runs it under the Node that Quipu brings along.
// Plain JavaScript that any Node from 20 up can read.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled, fail, ownNode, root } from './install.mjs'

const sources = ['--import', './bin/tsx-hook.mjs']
const tool = (path) => [join('node_modules', path)]
const lint = [...tool('oxlint/bin/oxlint')]

/** Each command: what Node is given, one after the other until one fails; `dev`: it needs the development dependencies. */
const commands = {
  dev: { dev: true, steps: [['bin/dev.mjs']] },
  check: {
    dev: true,
    steps: [
      [...tool('typescript/bin/tsc'), '-p', '.'],
      lint,
      [...tool('oxfmt/bin/oxfmt'), '--check', 'src', 'tests', 'bin', 'bench', 'demo'],
      ['bin/test.mjs'],
    ],
  },
  lint: { dev: true, steps: [lint] },
  types: { dev: true, steps: [[...sources, 'bin/types.mjs']] },
  demo: { steps: [[...sources, 'demo/run.ts']] },
  bench: { dev: true, steps: [[...sources, 'bench/run.ts']] },
  permissions: { steps: [[...sources, 'bin/permissions.mjs']] },
  backup: { steps: [[...sources, 'bin/backup.mjs']] },
  restore: { steps: [[...sources, 'bin/restore.mjs']] },
  steward: { steps: [[...sources, 'bin/steward.mjs']] },
  migrate: { steps: [[...sources, 'bin/migrate.mjs']] },
}

const [name, ...words] = process.argv.slice(2)
const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined
if (!command) fail(`There is no command “${name ?? ''}”. There are: ${Object.keys(commands).join(', ')}.`)
ensureInstalled({ dev: command.dev === true })
const node = ownNode()
for (const step of command.steps) {
  const status = await run([...step, ...(step === command.steps.at(-1) ? words : [])])
  if (status !== 0) process.exit(status)
}

/** Runs Node with the words; resolves to its status. Signals of the terminal reach it by themselves; others are passed on. */
function run(words) {
  const program = words.find((word) => /\.(mjs|ts)$/.test(word) && !word.includes('tsx-hook')) ?? words[0]
  if (!existsSync(join(root, program))) fail(`${program}, which this command runs, is not in this copy of Quipu.`)
  return new Promise((resolve) => {
    const child = spawn(node, words, { cwd: root, stdio: 'inherit' })
    const pass = (signal) => child.kill(signal)
    process.on('SIGINT', () => {})
    process.on('SIGTERM', pass)
    process.on('SIGHUP', pass)
    child.on('error', (error) => fail(error.message))
    child.on('exit', (code, signal) => {
      process.removeAllListeners('SIGTERM').removeAllListeners('SIGHUP').removeAllListeners('SIGINT')
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
}
