import { mkdir, readdir, readFile, rename, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { reachOf, system } from '#kit/access'
import { sql, type Database } from '#kit/db'
import type { Log } from '#kit/jobs'
import { readReturned } from './bounce.ts'

/** Takes in one returned message: the letter is marked, and an address that is dead or complained gets no more. True if it was about a letter of ours. */
export async function takeReturned(database: Database, raw: Uint8Array): Promise<boolean> {
  const returned = await readReturned(raw)
  if (!returned?.messageId) return false
  const bounced = returned.kind === 'bounced'
  const told = bounced ? [returned.status, returned.diagnostic].filter(Boolean).join(' ') : null
  const { rows } = await database.transaction(reachOf(system(database, 'mail')), 'write', (db) =>
    sql<{
      ours: boolean
    }>`select mail.take_returned(${returned.messageId}, ${returned.kind}, ${bounced && returned.permanent}, ${told}) as ours`.execute(
      db,
    ),
  )
  return rows[0]!.ours
}

const largest = 5 * 1024 * 1024

/** Reads the messages in a Maildir's `new` folder: those that were bounces are removed, the others moved to `cur` for a person to read. */
export async function readMaildir(folder: string, database: Database, log: Log): Promise<void> {
  const names = await readdir(join(folder, 'new')).catch(() => [])
  if (names.length > 0) await mkdir(join(folder, 'cur'), { recursive: true })
  for (const name of names) {
    const path = join(folder, 'new', name)
    const small = (await stat(path)).size <= largest
    const ours = small && (await takeReturned(database, await readFile(path)))
    if (ours) await unlink(path)
    else await rename(path, join(folder, 'cur', `${name}:2,`))
  }
  if (names.length > 0) log.info({ count: names.length }, 'returned mail was read')
}
