// `npm run demo [-- --reset]`: fills the embedded database of this folder with the demo network; with `--reset` throws the demo away first.
// A database that holds a real network is never touched.
import { join } from 'node:path'
import { migrate, openDatabase } from '#kit/db'
import { installJobs } from '#kit/jobs'
import { takeDatabase } from '#kit/postgres'
import pg from 'pg'
import { projectFolder, readSettings } from '../src/config.ts'
import { fillDemo, mayFill } from './fill.ts'

const say = (line: string): void => console.log(line)
const settings = readSettings(process.env)
const { ownerAddress, appAddress, stop } = await takeDatabase({ ...settings, log: say })
const database = openDatabase({ address: appAddress })
try {
  await migrate(ownerAddress, join(projectFolder, 'db/migrations'))
  await installJobs(ownerAddress)
  if (!(await mayFill(database))) {
    say('This database holds a real network: the demo fills empty databases only.')
    process.exitCode = 1
  } else {
    if (process.argv.includes('--reset')) await empty(ownerAddress)
    await migrate(ownerAddress, join(projectFolder, 'db/migrations'))
    await installJobs(ownerAddress)
    await fillDemo(database, say)
    say('The demo network is ready: npm start')
  }
} finally {
  await database.close()
  await stop()
}

/** Drops every schema of the demo; the migrations build them anew. */
async function empty(address: string): Promise<void> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')`,
    )
    for (const { name } of rows) await client.query(`drop schema ${pg.escapeIdentifier(name)} cascade`)
  } finally {
    await client.end()
  }
}
