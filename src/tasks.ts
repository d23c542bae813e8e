// What the jobs' process knows to do, one line each: the counterpart of the rooms in `app.tsx`.
import { join } from 'node:path'
import { sql, type Database, type Db } from '#kit/db'
import { authRetention } from '#kit/auth'
import { backupTasks } from '#kit/backup'
import { diskStorage, fileRetention, fileTasks, openUploads } from '#kit/files'
import { upkeepTasks, type AnyTask } from '#kit/jobs'
import { mailRetention, mailTasks, readSmtp, type Correspondent } from '#kit/mail'
import { subscriptionRetention, subscriptionTasks } from '#kit/subscriptions'
import { isLanguage } from '#kit/words'
import { reachOf, system } from '#kit/access'
import { failureRetention } from '#front'
import { importTasks, peopleRetention, returnTasks } from '#network'
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
    ...upkeepTasks({
      retention: [...authRetention, ...mailRetention, ...fileRetention, ...subscriptionRetention, ...peopleRetention, ...failureRetention],
    }),
    ...mailTasks({
      smtp: settings.smtpUrl === null ? null : readSmtp(settings.smtpUrl),
      origin,
      secret,
      demo,
      network: (language) => networkName(database, language),
      bounces: join(dataFolder, 'returned-mail'),
    }),
    ...fileTasks(openFiles(settings)),
    ...subscriptionTasks({ correspondents: findCorrespondents }),
    ...importTasks(openFiles(settings)),
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

/** Where and in what language people are written to; whoever was erased or has no address is left out. */
async function findCorrespondents(db: Db, personIds: readonly string[]): Promise<ReadonlyMap<string, Correspondent>> {
  const { rows } = await sql<{
    id: string
    email: string
    name: string
    language: string
    zone: string
    country: string | null
  }>`
    select p.id, c.email, p.full_name as name, p.preferred_language as language, p.zone, p.country_code as country
    from network.person p join network.person_contact c on c.person_id = p.id
    where p.id = any (${personIds}::uuid[]) and c.email is not null and p.erased_at is null`.execute(db)
  return new Map(
    rows.map(({ id, email, name, language, zone, country }) => [
      id,
      { personId: id, address: email, name, language: isLanguage(language) ? language : 'es', zone, country },
    ]),
  )
}
