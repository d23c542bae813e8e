import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startCluster } from './cluster.ts'
import { keptSecret } from './folder.ts'
import { readLock, whoHolds } from './lock.ts'
import { adoptDatabase, prepareDatabase, requireModestApp } from './roles.ts'
import type { Addresses } from './roles.ts'

type Wanted = {
  databaseUrl: string | null
  dataFolder: string
  secret: string
  log: (line: string) => void
  /** Aborted when this process has been asked to end. */
  leaving?: AbortSignal
}
type Taken = Addresses & { stop(): Promise<void> }

/**
 * The installation's database, ready to be migrated: the embedded one (started, in `dataFolder/postgres`) or the one that `databaseUrl` names.
 * `stop` ends what was started. Throws `StartRefused` with a sentence, having ended what it began.
 */
export async function takeDatabase(options: Wanted): Promise<Taken> {
  const { databaseUrl, dataFolder, secret, log, leaving } = options
  if (databaseUrl !== null) return { ...(await adoptDatabase(databaseUrl, secret)), stop: async () => {} }
  const cluster = await startCluster({ folder: join(dataFolder, 'postgres'), log, ...(leaving && { leaving }) })
  try {
    const addresses = await prepareDatabase(cluster.superuserAddress, 'quipu')
    await requireModestApp(addresses.appAddress)
    return { ...addresses, stop: () => cluster.stop() }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

/**
 * The same for a command that may run beside the server: where a Quipu holds the embedded database, it is used as it runs, and `stop` leaves it running.
 */
export async function reachDatabase(options: Wanted): Promise<Taken> {
  const folder = join(options.dataFolder, 'postgres')
  const lock = options.databaseUrl === null ? readLock(join(folder, 'cluster')) : undefined
  const passwordFile = join(folder, 'superuser.password')
  if (lock && existsSync(passwordFile)) {
    const password = keptSecret(passwordFile)
    if ((await whoHolds(lock.port, password)) === 'kept') {
      const addresses = await prepareDatabase(
        `postgres://postgres:${password}@127.0.0.1:${lock.port}/postgres`,
        'quipu',
      )
      return { ...addresses, stop: async () => {} }
    }
  }
  return takeDatabase(options)
}
