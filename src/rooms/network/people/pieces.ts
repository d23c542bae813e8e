import { Refused } from '#kit/access'
import type { Db } from '#kit/db'
import type { Ask, Typed } from '#kit/http'
import type { Option } from '#kit/view'
import { formats } from '#kit/words'
import { findInstitution, searchInstitutions, searchReached } from './queries.ts'

/** The person who asks; a visitor is asked to sign in. */
export function ownId(ask: Ask): string {
  if (!ask.actor.personId) throw new Refused('kit.refused.sign-in')
  return ask.actor.personId
}

/** What the words typed into a lookup have found, once they were sought by its button; undefined before. */
export async function foundInstitutions(ask: Ask, db: Db, typed: Typed | undefined): Promise<Option[] | undefined> {
  const sought = typed?.['institution.words']
  if (typeof sought !== 'string' || sought.trim() === '') return undefined
  const { countryName } = formats(ask.language)
  return (await searchInstitutions(ask.actor, db, sought)).map(({ id, name, city, countryCode }) => ({
    value: id,
    label: [name, city, countryName(countryCode)].filter(Boolean).join(', '),
  }))
}

export async function chosenInstitution(ask: Ask, db: Db, typed: Typed | undefined): Promise<Option | null> {
  const id = typed?.['institution'] ?? ask.query.get('institution')
  if (typeof id !== 'string' || id === '') return null
  const found = await findInstitution(ask.actor, db, id).catch(() => null)
  return found ? { value: found.id, label: [found.name, found.city].filter(Boolean).join(', ') } : null
}

export async function foundPeople(ask: Ask, db: Db, typed: Typed | undefined): Promise<Option[] | undefined> {
  const sought = typed?.['person.words']
  if (typeof sought !== 'string' || sought.trim() === '') return undefined
  const { countryName } = formats(ask.language)
  return (await searchReached(ask.actor, db, sought)).map(({ id, name, countryCode, profession }) => ({
    value: id,
    label: [name, profession, countryCode ? countryName(countryCode) : ''].filter(Boolean).join(', '),
  }))
}
