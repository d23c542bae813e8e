import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartRefused, diskSentence } from './refused.ts'

/** Less than this is not enough even to write a lock; PostgreSQL would stop half way. */
const leastFreeBytes = 24 * 1024 * 1024
/** What a new cluster and its first write-ahead log take. */
const newClusterBytes = 160 * 1024 * 1024

/**
 * Makes the folder if it is missing (only its owner may enter) and proves that it can be written and has room.
 * Throws `StartRefused` with a sentence otherwise; leaves nothing behind.
 */
export function proveFolder(folder: string, isNew: boolean): void {
  const probe = join(folder, `.probe-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(probe, 'x')
    rmSync(probe)
  } catch (error) {
    try {
      rmSync(probe, { force: true })
    } catch {
      // There was nothing to remove.
    }
    throw new StartRefused(diskSentence(folder, String(error)) ?? `${folder} cannot be used: ${String(error)}`)
  }
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < (isNew ? newClusterBytes : leastFreeBytes))
    throw new StartRefused(diskSentence(folder, 'ENOSPC')!)
}

/**
 * A secret kept in a file that only its owner reads (mode 600): read if it is there, else made once from 24 random bytes.
 * Two processes that come at once get the same one.
 */
export function keptSecret(path: string): string {
  try {
    writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const secret = readFileSync(path, 'utf8').trim()
  if (secret.length < 20) throw new StartRefused(`${path} should hold a secret and is damaged. Restore it from a copy.`)
  return secret
}
