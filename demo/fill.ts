import { system, type Actor } from '#kit/access'
import type { Database } from '#kit/db'
import { read } from '#kit/record'
import { fillGovernance, fillNetwork } from './governance.ts'
import { fillDecisions, fillFront, fillMandates } from './life.ts'
import { fillMuseums, fillRepresentatives } from './museums.ts'
import { fillPeople } from './people.ts'
import { fillReturns } from './returns.ts'

/**
 * Fills a database with the demo network, through the rooms' own actions, so that it can hold nothing impossible.
 * Every step looks first whether it was done, so a fill that broke goes on where it stopped, and a second one changes nothing.
 */
export async function fillDemo(database: Database, say: (line: string) => void): Promise<void> {
  const office = system(database, 'demo')
  for (const [name, step] of steps) {
    const done = await step(office)
    if (done > 0) say(`Demo: ${name} (${done})`)
  }
}

const steps: [string, (office: Actor) => Promise<number>][] = [
  ['network and countries', fillNetwork],
  ['bodies', fillGovernance],
  ['people', fillPeople],
  ['museums', fillMuseums],
  ['representatives', fillRepresentatives],
  ['mandates', fillMandates],
  ['decisions', fillDecisions],
  ['news and library', fillFront],
  ['yearly returns', fillReturns],
]

/** Whether this database may be filled: nothing is in it yet, or it is a demo that was begun. */
export async function mayFill(database: Database): Promise<boolean> {
  const network = await read(system(database, 'demo'), (db) =>
    db.selectFrom('network.network').select('demo').executeTakeFirst(),
  )
  return network === undefined || network.demo
}
