// `npm test [-- network]`: makes sure of what the tests need, then runs them under the Node that Quipu brings along.
// Plain JavaScript that any Node from 20 up can read: it may run before anything is installed.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { ensureInstalled, fail, ownNode, root } from './install.mjs'

ensureInstalled({ dev: true })
const words = ['--import', './bin/tsx-hook.mjs', 'tests/run.ts', ...process.argv.slice(2)]
const tests = spawn(ownNode(), words, {
  cwd: root,
  env: { ...process.env, QUIPU_TEST_RUN: '1' },
  // Through the fourth one the tests learn that they should end, also when this process is killed.
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
})
tests.on('error', (error) => fail(`The tests could not be run: ${error.message}`))
tests.on('exit', (status, signal) => process.exit(status ?? 128 + (constants.signals[signal] ?? 0)))
// Ctrl-C reaches the tests too; that they hear of it twice does no harm.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => tests.kill('SIGTERM'))
