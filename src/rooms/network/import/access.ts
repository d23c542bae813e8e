import { sql, type RawBuilder } from 'kysely'
import { every, holds, no, scopesOf, when, yes, type Actor, type Verdict } from '#kit/access'
import type { EntersAs } from './work/enter.ts'

/** As much of an import as permissions depend on. */
export type ImportStanding = { countryCode: string | null; personId: string | null; state: string }

const isOffice = (actor: Actor): boolean => actor.kind === 'system' || holds(actor, ['steward', 'editor'])
const isOfficer = (actor: Actor, country: string): boolean =>
  holds(actor, 'country-officer', { kind: 'country', id: country })

/** Who may bring a register: a country's officers that of their country; one that spans countries, the network's office. */
export const mayBring = (actor: Actor, country: string | null): Verdict => {
  if (isOffice(actor)) return yes
  return when(
    country !== null && isOfficer(actor, country),
    country === null ? 'import.refused.office' : 'import.refused.country',
  )
}

/** Whether there is any register that the actor may bring. */
export const mayImport = (actor: Actor): Verdict =>
  when(isOffice(actor) || scopesOf(actor, 'country-officer', 'country').length > 0, 'import.refused.import')

/** Who may map, check, run and undo an import: whoever may bring one of that country. */
export const mayHandle = (actor: Actor, it: ImportStanding): Verdict => mayBring(actor, it.countryCode)

/** What entries an import may enter. Only a country vouches for entries: its own officer alone may have them listed at once. */
export const mayEnterAs = (actor: Actor, it: ImportStanding, entersAs: EntersAs): Verdict => {
  if (entersAs !== 'listed' || actor.kind === 'system') return mayHandle(actor, it)
  const country = it.countryCode
  return every(mayHandle(actor, it), country !== null && isOfficer(actor, country) ? yes : no('import.refused.listing'))
}

/** Which imports an actor sees: the office and auditors all, officers and auditors of a country those of theirs, everyone their own. */
export const visibleImports = (actor: Actor, alias = 'm'): RawBuilder<boolean> => {
  if (actor.kind === 'system' || holds(actor, ['steward', 'editor', 'auditor'])) return sql<boolean>`true`
  const countries = scopesOf(actor, ['country-officer', 'auditor'], 'country')
  return sql<boolean>`(${sql.ref(`${alias}.personId`)} = ${actor.personId}::uuid or ${sql.ref(`${alias}.countryCode`)} = any (${countries}::text[]))`
}

/** Every deed of this alcove and who may do it, for the matrix of permissions. */
export const deeds = {
  'import.brought': mayBring,
  'import.mapped': mayHandle,
  'import.check-started': mayHandle,
  'import.started': mayEnterAs,
  'import.undo-started': mayHandle,
  'import-mapping.kept': mayImport,
} as const
