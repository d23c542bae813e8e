// Who holds the cluster's folder. PostgreSQL leaves `postmaster.pid` behind when it is killed, and its number may since
// have been given to any other program; so the number alone says nothing.
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { StartRefused } from './refused.ts'
import type { Programs } from './launch.ts'

/** The name under which a running Quipu keeps one connection open: who holds the cluster. */
export const keeperName = 'quipu keeper'
/** Its name from the moment its Quipu has been asked to end. */
export const leavingName = 'quipu keeper, leaving'

/** What `postmaster.pid` says; `status` is PostgreSQL's own word (`starting`, `ready`, `stopping`). */
export type Lock = { pid: number; port: number; status: string }

/** Reads `postmaster.pid`; `undefined` when there is none, or it is not whole yet. */
export function readLock(cluster: string): Lock | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    return Number.isInteger(pid) && pid > 0
      ? { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() }
      : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A dead process that nobody has taken note of, as in a container without an init; PostgreSQL would take it for alive. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Whether a living process is, as far as this system can tell, the PostgreSQL of this very folder. */
function isOurPostgres(pid: number, cluster: string): boolean {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
    } catch {
      try {
        return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
      } catch {
        return false
      }
    }
  }
  const [command, ...words] =
    process.platform === 'win32'
      ? ['tasklist', '/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']
      : ['ps', '-o', 'comm=', '-p', String(pid)]
  return /postgres/i.test(spawnSync(command!, words, { encoding: 'utf8' }).stdout ?? '')
}

/**
 * `kept`: a living Quipu holds it; `left`: one that is ending; `orphan`: it answers and nobody holds it;
 * `mute`: it does not answer (it is starting or stopping).
 */
export async function whoHolds(port: number, password: string): Promise<'kept' | 'left' | 'orphan' | 'mute'> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ name: string }>(
      'select application_name as name from pg_stat_activity where application_name = any ($1)',
      [[keeperName, leavingName]],
    )
    const names = rows.map(({ name }) => name)
    return names.includes(keeperName) ? 'kept' : names.includes(leavingName) ? 'left' : 'orphan'
  } catch {
    return 'mute'
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * Makes sure that nothing else runs on the cluster, seeing through what a killed process left:
 * waits for a PostgreSQL that is shutting down, or whose Quipu has been asked to end, ends one that nobody holds any more, removes a lock whose number now belongs
 * to another program. Throws `StartRefused` when a living Quipu holds the folder, or when PostgreSQL does not end in 60 s.
 */
export async function clearLock(
  cluster: string,
  password: string,
  programs: Programs,
  log: (line: string) => void,
): Promise<void> {
  const end = Date.now() + 60_000
  // One look may fall just after a Quipu was killed, or just before one takes hold: ten alike in a row are believed.
  const seen = { kept: 0, left: 0, orphan: 0, mute: 0 }
  let told = false
  for (;;) {
    const lock = readLock(cluster)
    if (!lock || !isAlive(lock.pid)) return // PostgreSQL itself sees through a lock whose process is gone.
    if (isZombie(lock.pid) || !isOurPostgres(lock.pid, cluster)) {
      log(`postmaster.pid names process ${lock.pid}, which is not this PostgreSQL: an old lock, removed.`)
      rmSync(join(cluster, 'postmaster.pid'), { force: true })
      return
    }
    const holder = await whoHolds(lock.port, password)
    Object.assign(seen, { kept: 0, left: 0, orphan: 0, mute: 0, [holder]: seen[holder] + 1 })
    if (seen.kept >= 10)
      throw new StartRefused(
        `Another Quipu is running on this data folder (${cluster}). Stop it first, or set QUIPU_DATA to another folder.`,
      )
    if (Date.now() > end)
      throw new StartRefused(
        `PostgreSQL (process ${lock.pid}) still runs on ${cluster} and does not end. Stop it, then start again.`,
      )
    if (seen.orphan === 10) stopPostgres(lock.pid, cluster, programs)
    if (!told && holder !== 'kept') log(`Waiting for the PostgreSQL of an earlier run (process ${lock.pid}) to end.`)
    told ||= holder !== 'kept'
    await pause(100)
  }
}

/** Asks PostgreSQL to end its sessions and shut down cleanly ("fast shutdown"). */
export function stopPostgres(pid: number, cluster: string, programs: Programs): void {
  if (process.platform === 'win32') {
    spawnSync(programs.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-W'], { windowsHide: true })
    return
  }
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    // It has ended in the meantime.
  }
}
