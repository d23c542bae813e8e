// `npm test [-- network]`: makes sure of what the tests need, then runs them under the Node that Quipu brings along.
// Plain JavaScript that any Node from 20 up can read: it may run before anything is installed.
import { spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import { ensureInstalled, fail, ownNode, root } from './install.mjs'

ensureInstalled({ dev: true })
const { status, signal, error } = spawnSync(
  ownNode(),
  ['--import', './bin/tsx-hook.mjs', 'tests/run.ts', ...process.argv.slice(2)],
  { cwd: root, env: { ...process.env, QUIPU_TEST_RUN: '1' }, stdio: ['ignore', 'inherit', 'inherit'] },
)
if (error) fail(`The tests could not be run: ${error.message}`)
process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : status)
