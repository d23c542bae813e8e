// `npm run migrate`: brings the database up to this Quipu without starting it (a start does the same).
import { migrate } from '../src/kit/db/index.ts'
import { installJobs } from '../src/kit/jobs/index.ts'
import { command, migrationsFolder } from './command.mjs'

await command(
  async ({ ownerAddress }) => {
    const ran = await migrate(ownerAddress, migrationsFolder)
    await installJobs(ownerAddress)
    console.log(ran.length === 0 ? 'The database is up to date.' : `Migrations run: ${ran.join(', ')}.`)
  },
  { alone: true },
)
