import { isEmpty, type Entry, type EntryField } from './entry.ts'

/** What is counted of an entry: a field, or several of which one is enough, and pictures, which are no field. */
export type Wanted = EntryField | 'contact' | 'coordinates' | 'pictures'

/**
 * How much each piece counts. The weights follow what the region's register of museums asked its members to complete
 * first: what it is and where, when one can visit, what one finds, and whether everyone can enter.
 */
const museumWeights: readonly [Wanted, number][] = [
  ['description', 10],
  ['coordinates', 8],
  ['collections', 8],
  ['accessibility', 8],
  ['opening', 7],
  ['type', 6],
  ['legalKind', 6],
  ['services', 6],
  ['contact', 6],
  ['founded', 5],
  ['admission', 5],
  ['city', 4],
  ['address', 4],
  ['sizeClass', 4],
  ['pictures', 4],
  ['region', 3],
  ['website', 3],
  ['identifiers', 3],
  ['staffCount', 3],
  ['resources', 3],
  ['governingBody', 2],
]

/** A ministry or a university is not visited: of it the register wants to know who it is and how it is reached. */
const otherWeights: readonly [Wanted, number][] = [
  ['contact', 8],
  ['description', 7],
  ['legalKind', 6],
  ['city', 5],
  ['address', 5],
  ['website', 5],
  ['coordinates', 4],
  ['region', 3],
  ['identifiers', 2],
]

const visited = new Set<Entry['kind']>(['museum', 'archaeological-park', 'site'])

export type Completeness = {
  /** A whole percentage; 100 only when nothing is missing. */
  percent: number
  /** What is missing, what counts most first. */
  missing: Wanted[]
}

/** How complete an entry is, and what it lacks. `pictures` is how many it has. */
export function completeness(entry: Entry, pictures: number): Completeness {
  const weights = visited.has(entry.kind) ? museumWeights : otherWeights
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
  const lacking = weights.filter(([wanted]) => !has(entry, wanted, pictures))
  const lost = lacking.reduce((sum, [, weight]) => sum + weight, 0)
  return {
    percent: lost === 0 ? 100 : Math.min(99, Math.round(((total - lost) / total) * 100)),
    missing: lacking.map(([wanted]) => wanted),
  }
}

function has(entry: Entry, wanted: Wanted, pictures: number): boolean {
  if (wanted === 'pictures') return pictures > 0
  if (wanted === 'contact') return !isEmpty(entry.email) || !isEmpty(entry.telephone)
  if (wanted === 'coordinates') return entry.latitude !== null
  if (wanted === 'accessibility') return !isEmpty(entry.accessibility) || !isEmpty(entry.accessibilityNote)
  if (wanted === 'opening') return !isEmpty(entry.opening) || !isEmpty(entry.openingNote)
  return !isEmpty(entry[wanted])
}

/** What an entry must say before its country can be asked to validate it. */
export function lackingToSubmit(entry: Entry): Wanted[] {
  const needed: Wanted[] = visited.has(entry.kind)
    ? ['type', 'legalKind', 'city', 'contact']
    : ['legalKind', 'city', 'contact']
  return needed.filter((wanted) => !has(entry, wanted, 0))
}
