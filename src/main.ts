// What `npm start` runs: settings → database → listen → jobs. Each step says how it ends; the end comes in the opposite order.
import { extname, join } from 'node:path'
import pino from 'pino'
import { DatabaseTooNew, MigrationRewritten, migrate, openDatabase } from '#kit/db'
import { believed } from '#kit/http'
import { installJobs } from '#kit/jobs'
import { readSmtp } from '#kit/mail'
import { takeDatabase } from '#kit/postgres'
import { builtAssets, keepChild, listen, orderly, refuseTakenPort, say } from '#kit/process'
import { openHall } from './app.tsx'
import { begin } from './beginning.ts'
import { projectFolder, readSettings, settingsInForce } from './config.ts'
import { openFiles, type JobsOrder } from './tasks.ts'

const isSentence = (error: unknown) => error instanceof DatabaseTooNew || error instanceof MigrationRewritten
const jobsFile = join(process.argv[1]!, `../jobs${extname(process.argv[1]!)}`)

await orderly(
  async (ending) => {
    const settings = readSettings(process.env)
    await refuseTakenPort(settings)
    const { ownerAddress, appAddress, stop } = await takeDatabase({ ...settings, log: say, leaving: ending.signal })
    ending.add('PostgreSQL', stop)
    await migrate(ownerAddress, join(projectFolder, 'db/migrations'))
    await installJobs(ownerAddress)
    const database = openDatabase({ address: appAddress })
    ending.add('the connections', () => database.close())
    const { demo, welcome } = await begin(database, settings, say)
    const hall = openHall({
      database,
      secret: settings.secret,
      oidc: settings.oidc,
      files: openFiles(settings),
      smtp: settings.smtpUrl === null ? null : readSmtp(settings.smtpUrl),
      running: { dataFolder: settings.dataFolder, settings: settingsInForce(process.env) },
      proxies: believed(settings.proxies.join(',')),
      origin: settings.publicAddress ?? undefined,
      ...builtAssets(join(projectFolder, 'build/assets'), process.env.NODE_ENV !== 'production'),
      log: pino({ level: process.stdout.isTTY ? 'warn' : 'info' }),
    })
    const { address, close } = await listen(hall.fetch, settings)
    const order: JobsOrder = { ownerAddress, settings, origin: settings.publicAddress ?? address, demo }
    const jobs = keepChild(jobsFile, order, say)
    ending.add('the jobs', () => jobs.stop())
    ending.add('the pages', () => Promise.all([hall.drain(10_000), close()]))
    say(`Quipu listens on ${order.origin}`)
    for (const line of welcome((name, params) => order.origin + hall.book.address(name, params, 'es'))) say(line)
  },
  { isSentence },
)
