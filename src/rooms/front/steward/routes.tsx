import './addresses.ts'
import { holds, require } from '#kit/access'
import { countSignIns } from '#kit/auth'
import { get, page, room, type Ask, type Room } from '#kit/http'
import { countQueue, jobsAtWork } from '#kit/jobs'
import { countLetters } from '#kit/mail'
import { maySeeInstallation } from './access.ts'
import { listFailures } from './failures.ts'
import { listSlowQueries, listUnderWay, measureDatabase, measureDisk, newestBackup, type Running } from './queries.ts'
import { backupStanding } from './rules.ts'
import { Installation } from './views/installation.tsx'
import { words } from './words/index.ts'

async function installationPage(ask: Ask, running: Running) {
  const { actor } = ask
  require(maySeeInstallation(actor))
  const request = (ask.query.get('request') ?? '').trim().slice(0, 80)
  const told = await ask.read(async (db) => ({
    atWork: await jobsAtWork(db),
    jobs: await countQueue(db),
    letters: await countLetters(actor, db),
    failures: await listFailures(actor, db, { request }),
    underWay: await listUnderWay(actor, db),
    databaseBytes: await measureDatabase(actor, db),
    signIns: await countSignIns(db, actor.now.subtract({ hours: 24 })),
  }))
  // PostgreSQL may carry the extension and yet not count: that must not take the page along.
  const slow = await ask.read((db) => listSlowQueries(actor, db)).catch(() => null)
  const backup = newestBackup(running)
  return page(
    <Installation
      {...told}
      asked={request}
      slow={slow}
      disk={await measureDisk(running)}
      backup={backup}
      backupStanding={backupStanding(backup && Temporal.Instant.from(backup.at), actor.now)}
      settings={running.settings}
      maySteward={holds(actor, 'steward')}
    />,
  )
}

/** The steward's page: how the installation fares. What only the process knows comes along. */
export const stewardRoom = (running: Running): Room =>
  room('front', words, [get('steward', '/{steward}', (ask) => installationPage(ask, running))])
