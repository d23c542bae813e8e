import { join } from 'node:path'
import { startCluster } from './cluster.ts'
import { adoptDatabase, prepareDatabase, requireModestApp } from './roles.ts'
import type { Addresses } from './roles.ts'

/**
 * The installation's database, ready to be migrated: the embedded one (started, in `dataFolder/postgres`) or the one that `databaseUrl` names.
 * `stop` ends what was started. Throws `StartRefused` with a sentence, having ended what it began.
 */
export async function takeDatabase(options: {
  databaseUrl: string | null
  dataFolder: string
  secret: string
  log: (line: string) => void
}): Promise<Addresses & { stop(): Promise<void> }> {
  const { databaseUrl, dataFolder, secret, log } = options
  if (databaseUrl !== null) return { ...(await adoptDatabase(databaseUrl, secret)), stop: async () => {} }
  const cluster = await startCluster({ folder: join(dataFolder, 'postgres'), log })
  try {
    const addresses = await prepareDatabase(cluster.superuserAddress, 'quipu')
    await requireModestApp(addresses.appAddress)
    return { ...addresses, stop: () => cluster.stop() }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}
