// `npm test [-- network]`: makes sure of what the tests need, then runs them under the Node that Quipu brings along.
// Plain JavaScript that any Node from 20 up can read: it may run before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.quipu-stamp.json')

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

if (!installed()) install()
const node = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
if (!existsSync(node)) {
  fail(`No Node for ${process.platform} ${process.arch} among the optional dependencies: see package.json.`)
}
run(node, ['--import', './bin/tsx-hook.mjs', 'tests/run.ts', ...process.argv.slice(2)], {
  ...process.env,
  QUIPU_TEST_RUN: '1',
})

/** True when `node_modules` holds what the lock file names, development dependencies included. */
function installed() {
  // A linked folder belongs to another working tree, which looks after it.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return true
  try {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8'))
    return stamp.lock === lock && stamp.dev === true
  } catch {
    return false
  }
}

function install() {
  console.log('Installing what the lock file names (once for each change of it).')
  // Without our own `.bin` in front, so that npm runs under the machine's Node and not under the one it replaces.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(modules))
    .join(delimiter)
  // `NODE_ENV=production` and `omit=dev` on the machine would leave the test's own tools out.
  const environment = { ...process.env, PATH: path, NODE_ENV: 'development' }
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], environment, process.platform === 'win32', true)
  writeFileSync(stampFile, JSON.stringify({ lock, dev: true }) + '\n')
}

/** Runs a program in the root and leaves with its status unless it succeeds, or unless more is to follow. */
function run(program, words, env = process.env, shell = false, more = false) {
  const result = spawnSync(program, words, { cwd: root, env, shell, stdio: ['ignore', 'inherit', 'inherit'] })
  if (result.error) fail(`${program} could not be run: ${result.error.message}`)
  if (result.signal) process.exit(128 + (constants.signals[result.signal] ?? 0))
  if (result.status !== 0 || !more) process.exit(result.status ?? 1)
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
