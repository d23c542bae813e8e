import { runMigrations } from 'graphile-worker'
import { quietLogger } from './log.ts'

/** Makes or brings up to date the queue's own schema (`graphile_worker`), as the owner. At each start, after the migrations; 0.1 s. */
export async function installJobs(ownerAddress: string): Promise<void> {
  await runMigrations({ connectionString: ownerAddress, maxPoolSize: 1, logger: quietLogger() })
}
