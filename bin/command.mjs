// What the commands beside the server share: settings, the database (the running server's, where there is one), and sentences instead of stacks.
import { join } from 'node:path'
import { projectFolder, readSettings } from '../src/config.ts'
import { DatabaseTooNew, MigrationRewritten } from '../src/kit/db/index.ts'
import { reachDatabase, takeDatabase } from '../src/kit/postgres/index.ts'

export const migrationsFolder = join(projectFolder, 'db/migrations')

/**
 * Runs a command with `{ settings, ownerAddress, appAddress }` and ends the process: 0 when it succeeds, 1 with a sentence when it does not.
 * `alone`: refuse while a Quipu serves this data.
 */
export async function command(work, { alone = false } = {}) {
  let stop
  try {
    const settings = readSettings(process.env)
    const taken = await (alone ? takeDatabase : reachDatabase)({ ...settings, log: console.error })
    stop = taken.stop
    await work({ settings, ...taken })
  } catch (error) {
    const isSentence =
      error.name === 'StartRefused' || error instanceof DatabaseTooNew || error instanceof MigrationRewritten
    console.error(isSentence ? error.message : error)
    process.exitCode = 1
  }
  await stop?.()
  process.exit()
}
