// The console's own way in: whoever starts the program may always make a steward.
import { system } from '#kit/access'
import type { Database } from '#kit/db'
import { sql } from '#kit/db'
import { read } from '#kit/record'
import type { Language } from '#kit/words'
import { invitationPath, inviteSteward } from '#network'

/** A single-use path, good for two days, by which a steward comes in. With an address: that one's, and earlier links of the same address end. */
export async function stewardLink(database: Database, address = '', language: Language = 'es'): Promise<string> {
  const token = await inviteSteward(system(database, 'console'), address.trim().toLowerCase(), language)
  return invitationPath(language, token)
}

/** The path for the first steward, where the network is real and has none and no link was made yet; else null. Printed at the first start. */
export async function firstStewardLink(database: Database, language: Language = 'es'): Promise<string | null> {
  const needed = await read(system(database, 'console'), async (db) => {
    const { rows } = await sql<{ needed: boolean }>`
      select not exists (select from network.network where demo) and not exists (select from network.role_grant where role = 'steward' and valid @> now())
        and not exists (select from network.invitation where role = 'steward' and accepted_at is null and withdrawn_at is null and expires_at > now()) as needed`.execute(
      db,
    )
    return rows[0]!.needed
  })
  return needed ? stewardLink(database, '', language) : null
}
