// Starting Quipu as a stranger would, from outside, and seeing what it leaves: for the traps.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Waits until `condition` gives something true, or throws with `what` after `seconds`. */
export async function until(condition, what, seconds = 30) {
  for (const end = Date.now() + seconds * 1000; ; await pause(50)) {
    const found = await condition()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain: ${typeof what === 'function' ? what() : what}`)
  }
}

/**
 * Runs a command in a process group of its own, as `user` (a number) if given. `listening(seconds)` waits for the address it prints;
 * `ended(seconds)` for its exit code; `said()` is all it printed; `interrupt()` is Ctrl-C.
 */
export function run(words, { cwd, env = {}, user } = {}) {
  const identity = user === undefined ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--']
  const [command, ...rest] = [...identity, ...words]
  // Nothing of what npm or the tests told this process is told to that one, but the way to the network.
  const kept = Object.entries(process.env).filter(([name]) =>
    /^(PATH|TMPDIR|HOME|LANG)$|proxy$|cert|^npm_config_registry$/i.test(name),
  )
  const child = spawn(command, rest, {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(kept), ...env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data))
  let code
  const exit = once(child, 'exit').then(([status, signal]) => (code = status ?? signal))
  return {
    child,
    said: () => said,
    async listening(seconds = 60) {
      const found = await until(
        () => {
          if (code !== undefined) throw new Error(`ended with ${code} instead of listening:\n${said}`)
          return /Quipu listens on (http:\S+)/.exec(said)
        },
        () => `listening:\n${said}`,
        seconds,
      )
      return found[1].replace('localhost', '127.0.0.1')
    },
    async ended(seconds = 60) {
      await Promise.race([exit, pause(seconds * 1000)])
      if (code === undefined) throw new Error(`does not end:\n${said}`)
      return code
    },
    interrupt: () => process.kill(-child.pid, 'SIGINT'),
    kill: () => {
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has ended.
      }
    },
  }
}

/** Every living process that works on a data folder, told by its words or its environment: `[{ pid, words }]`. */
export function processesOn(folder) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const read = (file) => readFileSync(join('/proc', name, file), 'utf8')
        if (/^\d+ \(.*\) Z/s.test(read('stat'))) return []
        const words = read('cmdline').split('\0')
        const works =
          words.some((word) => word.startsWith(folder)) || read('environ').split('\0').includes(`QUIPU_DATA=${folder}`)
        return works ? [{ pid: Number(name), words }] : []
      } catch {
        return [] // It has ended, or is somebody else's.
      }
    })
}

/** The one process on a folder whose words match. */
export function theProcess(folder, pattern) {
  const found = processesOn(folder).filter(({ words }) => words.some((word) => pattern.test(word)))
  if (found.length !== 1)
    throw new Error(`${found.length} processes match ${pattern}: ${JSON.stringify(processesOn(folder))}`)
  return found[0].pid
}

/** Throws unless everything that worked on the folder is gone within `seconds`. */
export async function nothingLeft(folder, seconds = 20) {
  await until(
    () => processesOn(folder).length === 0,
    () => `processes are left: ${JSON.stringify(processesOn(folder))}`,
    seconds,
  )
}

/** The status of a page, redirections followed. */
export async function statusOf(address) {
  const answer = await fetch(address)
  await answer.arrayBuffer()
  return answer.status
}

/** The address of the embedded database of a running Quipu, as superuser. */
export function superuser(data, database = 'quipu') {
  const password = readFileSync(join(data, 'postgres/superuser.password'), 'utf8')
  const port = readFileSync(join(data, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[3]
  return `postgres://postgres:${password}@127.0.0.1:${port}/${database}`
}

export const isRoot = process.getuid?.() === 0
export const hasGit = (root) => existsSync(join(root, '.git'))
