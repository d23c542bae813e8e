// What the jobs' process knows to do, one line each: the counterpart of the rooms in `app.tsx`.
import { join } from 'node:path'
import { sql, type Database } from '#kit/db'
import { authRetention } from '#kit/auth'
import { backupTasks } from '#kit/backup'
import { diskStorage, fileRetention, fileTasks, openUploads } from '#kit/files'
import { upkeepTasks, type AnyTask } from '#kit/jobs'
import { mailRetention, mailTasks, readSmtp } from '#kit/mail'
import { reachOf, system } from '#kit/access'
import { returnTasks } from '#network'
import type { Settings } from './config.ts'

/** What `main.ts` tells the jobs' process, by message. `origin` is the address under which people reach the pages. */
export type JobsOrder = { ownerAddress: string; settings: Settings; origin: string; demo: boolean }

/** Where stored files are, and uploads that are under way. */
export function openFiles({ dataFolder }: Settings) {
  const storage = diskStorage(join(dataFolder, 'files'))
  return { storage, uploads: openUploads(storage, join(dataFolder, 'uploads')) }
}

/** The tasks of an installation. `database`: with the owner's reach, as the tasks themselves have. */
export function tasks({ ownerAddress, settings, origin, demo }: JobsOrder, database: Database): AnyTask[] {
  const { secret, secretKept, dataFolder } = settings
  return [
    ...upkeepTasks({ retention: [...authRetention, ...mailRetention, ...fileRetention] }),
    ...mailTasks({
      smtp: settings.smtpUrl === null ? null : readSmtp(settings.smtpUrl),
      origin,
      secret,
      demo,
      network: (language) => networkName(database, language),
      bounces: join(dataFolder, 'returned-mail'),
    }),
    ...fileTasks(openFiles(settings)),
    ...returnTasks(openFiles(settings)),
    ...backupTasks({
      ownerAddress,
      filesFolder: join(dataFolder, 'files'),
      into: join(dataFolder, 'backups'),
      secret: { value: secret, kept: secretKept },
    }),
  ]
}

async function networkName(database: Database, language: string): Promise<string> {
  const { rows } = await database.transaction(reachOf(system(database, 'mail')), 'read', (db) =>
    sql<{ name: string | null }>`select text.reads(name_id, ${language}) as name from network.network`.execute(db),
  )
  return rows[0]?.name ?? 'Quipu'
}
