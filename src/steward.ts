// The console's own way in: whoever starts the program may always make a steward.
import { system } from '#kit/access'
import type { Database } from '#kit/db'
import type { Language } from '#kit/words'
import { invitationPath, inviteSteward } from '#network'

/**
 * A single-use path, good for two days, by which a steward comes in; earlier ones of the same address end. With an address the account will be that one's; without,
 * whoever holds the link says which is theirs.
 */
export async function stewardLink(database: Database, address = '', language: Language = 'es'): Promise<string> {
  const token = await inviteSteward(system(database, 'console'), address.trim().toLowerCase(), language)
  return invitationPath(language, token)
}
