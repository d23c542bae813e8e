/**
 * A real site for the browser tests: the hall over a database filled with the demo network, on a port of this machine.
 */
import { fillDemo } from '#demo/fill'
import { listen } from '#kit/process'
import { testDatabase, type TestDatabase } from './database.ts'
import { beforeLeaving } from './ground.ts'
import { testHall, type TestHall } from './hall.ts'

export type Site = { hall: TestHall; address: string; database: TestDatabase }

let filled: Promise<string> | undefined

/** The name of a database that holds the demo network and that nobody is connected to: clone it (`testDatabase(name)`). */
export function demoTemplate(): Promise<string> {
  return (filled ??= (async () => {
    const { name, asOwner, close } = await testDatabase()
    await fillDemo(asOwner, () => {})
    await close()
    return name
  })())
}

/** Opens a site over a demo network of its own. */
export async function openSite(): Promise<Site> {
  const database = await testDatabase(await demoTemplate())
  const hall = await testHall(database.database, { origin: undefined })
  const { address, close } = await listen(hall.fetch as never, { host: '127.0.0.1', port: 41_000, portChosen: false })
  beforeLeaving(close)
  return { hall, address, database }
}
