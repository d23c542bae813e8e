import { sql, type RawBuilder } from 'kysely'
import { every, holds, no, scopesOf, when, yes, type Actor, type Deeds, type Scene, type Verdict } from '#kit/access'
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

/** Every deed of this alcove and who may do it, for an import of the scene's country that somebody else brought. */
export const deeds: Deeds = {
  'import.brought': (actor, scene) => mayBring(actor, scene.country),
  'import.brought-of-several-countries': (actor) => mayBring(actor, null),
  'import.mapped': (actor, scene) => mayHandle(actor, standingIn(scene)),
  'import.started': (actor, scene) => mayEnterAs(actor, standingIn(scene), 'submitted'),
  'import.started-as-listed': (actor, scene) => mayEnterAs(actor, standingIn(scene), 'listed'),
  'import.undo-started': (actor, scene) => mayHandle(actor, standingIn(scene)),
  'import-mapping.kept': (actor) => mayImport(actor),
}

const standingIn = (scene: Scene): ImportStanding => ({ countryCode: scene.country, personId: null, state: 'mapping' })
