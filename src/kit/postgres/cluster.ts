import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { appendFileSync, realpathSync, writeFileSync } from 'node:fs'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { chooseLauncher, findPrograms, giveFiles, launch } from './launch.ts'
import type { Launcher, Programs } from './launch.ts'
import { keptSecret, proveFolder } from './folder.ts'
import { clearLock, keeperName, leavingName, readLock, stopPostgres } from './lock.ts'
import { StartRefused, diskSentence } from './refused.ts'
import { clusterAccess, clusterSettings } from './settings.ts'

/** The version of PostgreSQL that is brought along, and the oldest that a `DATABASE_URL` may name. */
export const majorVersion = 18

/** A running PostgreSQL of our own. `superuserAddress` is a `postgres://` URL of the database `postgres`. */
export type Cluster = { port: number; superuserAddress: string; stop(): Promise<void> }

export type ClusterOptions = {
  /** Where the cluster lives: `cluster/` (its files), `postgres.log`, and passwords of mode 600. Made if missing. */
  folder: string
  /** The port on 127.0.0.1; a free one is taken when not given. */
  port?: number
  /** Told, in a sentence, what the keeper of the installation may want to know. */
  log?: (line: string) => void
  /** False only for tests: faster, and lost when the machine fails. */
  durable?: boolean
  /** Aborted when this Quipu has been asked to end: from then on another one waits for the folder instead of being refused. */
  leaving?: AbortSignal
}

type Running = { child: ChildProcess; keeper: Client }

/**
 * Starts the embedded PostgreSQL of a folder, making it first when there is none (about 1 s), and waits until it answers.
 * If it dies it is started again, on the same port, until `stop()`; if this process dies it shuts down.
 * Throws `StartRefused` with a sentence when something outside stands in the way: see `refused.ts`.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { folder, durable = true, log = () => {} } = options
  const cluster = join(folder, 'cluster')
  const logFile = join(folder, 'postgres.log')
  proveFolder(folder, !existsSync(cluster))
  const programs = await findPrograms()
  const launcher = chooseLauncher(programs, folder, cluster)
  const password = keptSecret(join(folder, 'superuser.password'))
  if (existsSync(logFile) && statSync(logFile).size > 8 * 1024 * 1024) renameSync(logFile, `${logFile}.1`)
  if (!existsSync(cluster)) await makeCluster(programs, launcher, folder, durable)
  checkVersion(cluster)
  await clearLock(cluster, password, programs, log)
  giveFiles(launcher, cluster)
  writeSettings(launcher, cluster, durable)

  const port = options.port ?? (await freePort())
  const superuserAddress = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  const start = () => run(programs, launcher, folder, port, superuserAddress)
  const watch: Watch = { running: await start(), stopping: new AbortController() }
  options.leaving?.addEventListener('abort', () => {
    void watch.running.keeper.query(`set application_name = '${leavingName}'`).catch(() => {})
  })
  const atExit = () => stopPostgres(watch.running.child.pid!, cluster, programs)
  process.on('exit', atExit)
  const stop = async () => {
    await end(watch.running, cluster, programs)
    process.off('exit', atExit)
  }
  const watching = keepRunning(watch, start, log).then(stop)

  return {
    port,
    superuserAddress,
    async stop() {
      watch.stopping.abort()
      await stop()
      await watching
    },
  }
}

type Watch = { running: Running; stopping: AbortController }

/** Waits for PostgreSQL to die and starts it again, more patiently each time (a full disk may take hours to be freed). */
async function keepRunning(watch: Watch, start: () => Promise<Running>, log: (line: string) => void): Promise<void> {
  const { signal } = watch.stopping
  for (;;) {
    const { child } = watch.running
    if (isRunning(child)) await once(child, 'exit')
    if (signal.aborted) return
    log(`PostgreSQL ended by itself (${child.signalCode ?? `code ${child.exitCode}`}): starting it again.`)
    for (let wait = 100, back = false; !back; wait = Math.min(wait * 2, 5000)) {
      await pause(wait, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      try {
        watch.running = await start()
        back = true
        log('PostgreSQL is back.')
      } catch (error) {
        log(`PostgreSQL cannot be started yet: ${(error as Error).message}`)
      }
    }
  }
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null

/** initdb, in a folder beside that is renamed when it is whole: an interrupted one leaves nothing that looks like a cluster. */
async function makeCluster(programs: Programs, launcher: Launcher, folder: string, durable: boolean): Promise<void> {
  for (const name of readdirSync(folder))
    if (name.startsWith('cluster.new-')) rmSync(join(folder, name), { recursive: true, force: true })
  const growing = join(folder, `cluster.new-${process.pid}`)
  const output = join(folder, `.initdb-${process.pid}.log`)
  const passwordFile = join(folder, 'superuser.password')
  mkdirSync(growing, { mode: 0o700 })
  giveFiles(launcher, growing)
  // The program that reads it may be another user without the right to read ours; it is removed as soon as it is read.
  const lent = join(growing, '..', `.lent-${process.pid}`)
  writeFileSync(lent, readFileSync(passwordFile), { mode: 0o600 })
  giveFiles(launcher, lent)
  const log = openSync(output, 'w')
  try {
    const words = ['--pgdata', growing, '--username=postgres', `--pwfile=${lent}`, '--auth=scram-sha-256']
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    const child = launch(launcher, programs.initdb, [...words, ...locale, ...(durable ? [] : ['--no-sync'])], log)
    const [code, signal] = await once(child, 'exit')
    if (code !== 0) {
      const said = readFileSync(output, 'utf8')
      throw new StartRefused(diskSentence(folder, said) ?? `initdb failed (${signal ?? code}): ${lastLines(said)}`)
    }
    writeFileSync(join(growing, 'pg_hba.conf'), clusterAccess)
    appendFileSync(join(growing, 'postgresql.conf'), "\ninclude 'quipu.conf'\n")
    writeSettings(launcher, growing, durable)
    renameSync(growing, join(folder, 'cluster'))
  } catch (error) {
    // When another start was faster its cluster is as good as ours.
    if (!existsSync(join(folder, 'cluster', 'PG_VERSION'))) {
      if (error instanceof StartRefused) throw error
      throw new StartRefused(diskSentence(folder, String(error)) ?? String(error))
    }
  } finally {
    closeSync(log)
    for (const path of [lent, output, growing]) rmSync(path, { recursive: true, force: true })
  }
}

function checkVersion(cluster: string): void {
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (version !== String(majorVersion))
    throw new StartRefused(
      `${cluster} was made by PostgreSQL ${version} and this Quipu brings PostgreSQL ${majorVersion}. Make a backup with the Quipu that wrote it and restore it here.`,
    )
}

function writeSettings(launcher: Launcher, cluster: string, durable: boolean): void {
  const path = join(cluster, 'quipu.conf')
  const wanted = `# Written by Quipu at each start; change settings with ALTER SYSTEM.\n${clusterSettings(durable)}`
  if (!existsSync(path) || readFileSync(path, 'utf8') !== wanted) {
    writeFileSync(`${path}.new`, wanted, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  if (launcher.owner) for (const name of ['quipu.conf', 'pg_hba.conf']) giveFiles(launcher, join(cluster, name))
}

/** Starts `postgres` and returns when it answers; throws with the reason that its log gives when it ends instead. */
async function run(
  programs: Programs,
  launcher: Launcher,
  folder: string,
  port: number,
  superuserAddress: string,
): Promise<Running> {
  const cluster = realpathSync(join(folder, 'cluster'))
  const logFile = join(folder, 'postgres.log')
  const before = existsSync(logFile) ? statSync(logFile).size : 0
  const log = openSync(logFile, 'a', 0o600)
  const child = launch(launcher, programs.postgres, ['-D', cluster, '-p', String(port)], log)
  closeSync(log)
  const ended = once(child, 'exit').then(
    () => undefined,
    (error) => String(error),
  )
  for (;;) {
    const over = await Promise.race([ended.then((error) => ({ error })), pause(20)])
    if (over) {
      const said = over.error ?? readFileSync(logFile).subarray(before).toString()
      if (/lock file "postmaster.pid" already exists/.test(said))
        throw new StartRefused(`Another Quipu is starting on this data folder (${folder}).`)
      throw new StartRefused(diskSentence(folder, said) ?? `PostgreSQL does not start: ${lastLines(said)}`)
    }
    const lock = readLock(cluster)
    if (lock && (lock.pid === child.pid || process.platform === 'win32') && lock.status === 'ready') break
  }
  const keeper = new Client({ connectionString: superuserAddress, application_name: keeperName, keepAlive: true })
  keeper.on('error', () => {}) // It ends with PostgreSQL, whose end is watched.
  try {
    await keeper.connect()
  } catch (error) {
    child.kill('SIGINT')
    await ended
    throw new StartRefused(
      (error as { code?: string }).code === '28P01'
        ? `The password in ${join(folder, 'superuser.password')} is not that of the database beside it. Restore both from the same copy.`
        : `PostgreSQL started and does not answer: ${(error as Error).message}`,
    )
  }
  return { child, keeper }
}

async function end({ child, keeper }: Running, cluster: string, programs: Programs): Promise<void> {
  await keeper.end().catch(() => {})
  if (!isRunning(child)) return
  const ended = once(child, 'exit')
  stopPostgres(child.pid!, cluster, programs)
  const patience = setTimeout(() => child.kill('SIGQUIT'), 60_000) // An immediate shutdown loses nothing: it recovers at the next start.
  await ended
  clearTimeout(patience)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

function lastLines(said: string): string {
  return said.trim().split('\n').slice(-3).join(' / ')
}
