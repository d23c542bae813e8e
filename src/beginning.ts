// How an installation begins: as the demo network where that is allowed, else with a single-use link for its first steward.
import { fillDemo } from '../demo/fill.ts'
import { system } from '#kit/access'
import type { Database } from '#kit/db'
import { read } from '#kit/record'
import { inviteSteward } from '#network'
import { demoAllowed, type Settings } from './config.ts'

/** What to say when the pages are there; `page` gives a page's whole address. */
export type Welcome = (page: (name: string, params?: Record<string, string>) => string) => string[]

/**
 * Fills an empty database with the demo where `demoAllowed` says so, and goes on with a fill that broke. Answers whether this is a demo, and what to tell the
 * terminal once the pages are there: who can be signed in as, or the first steward's link (`address` makes the page's path of it).
 */
export async function begin(
  database: Database,
  settings: Settings,
  say: (line: string) => void,
): Promise<{ demo: boolean; welcome: Welcome }> {
  const office = system(database, 'start')
  const { network, stewards } = await read(office, async (db) => ({
    network: await db.selectFrom('network.network').select('demo').executeTakeFirst(),
    stewards: await db.selectFrom('network.roleGrant').select('id').where('role', '=', 'steward').limit(1).execute(),
  }))
  const demo = demoAllowed({
    ...settings,
    empty: network === undefined && stewards.length === 0,
    marked: network?.demo ?? false,
  })
  if (demo) {
    await fillDemo(database, say)
    return {
      demo,
      welcome: (page) => [`This is the demo network. Sign in as any of its people: ${page('auth.sign-in')}`],
    }
  }
  if (stewards.length > 0) return { demo, welcome: () => [] }
  // Made before anyone is listened to: once the pages are there, the start has nothing more to ask of the database.
  // No address: whoever holds the link says which is theirs.
  const token = await inviteSteward(office, '', 'es')
  return {
    demo,
    welcome: (page) => [
      'Nobody keeps this network yet. The first steward comes in once by this link:',
      page('network.invitation', { token }),
    ],
  }
}
