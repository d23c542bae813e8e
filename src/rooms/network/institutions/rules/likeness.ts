import { fold, wordsOf } from './fold.ts'

/** What two entries are compared by. Coordinates in decimal degrees; `names` holds every name in every language. */
export type Comparable = {
  id: string
  names: string[]
  city: string
  latitude: number | null
  longitude: number | null
  /** The coordinates tell the town, not the door. */
  vague: boolean
  /** `scheme|issuer|value` of identifiers that name one thing in the world. */
  identifiers: string[]
  website: string
}

/** How alike two entries are, from 0 to 1, and by what. `metres` is null where either has no coordinates. */
export type Likeness = { score: number; name: number; metres: number | null; shared: 'identifier' | 'website' | null }

// Words that half of all museums carry tell little; articles and prepositions nothing.
const empty = new Set([
  'de',
  'del',
  'la',
  'el',
  'los',
  'las',
  'lo',
  'y',
  'e',
  'i',
  'o',
  'a',
  'en',
  'da',
  'do',
  'das',
  'dos',
  'no',
  'na',
  'ao',
  'of',
  'the',
  'and',
  'at',
  'in',
  'von',
  'der',
  'di',
  'ال',
])
const weak = new Set([
  'museo',
  'museu',
  'museum',
  'museos',
  'museus',
  'museums',
  'musee',
  'casa',
  'house',
  'sala',
  'centro',
  'center',
  'centre',
  'galeria',
  'gallery',
  'parque',
  'park',
  'sitio',
  'site',
  'municipal',
  'nacional',
  'national',
  'regional',
  'provincial',
  'estadual',
  'estatal',
  'comunitario',
  'comunitaria',
  'publico',
  'publica',
  'memorial',
  'archivo',
  'arquivo',
  'fundacion',
  'fundacao',
  'instituto',
  'متحف',
  'المتحف',
])
const middling = new Set([
  'arte',
  'art',
  'artes',
  'arts',
  'historia',
  'history',
  'historico',
  'historica',
  'arqueologia',
  'arqueologico',
  'archaeology',
  'archaeological',
  'ciencia',
  'ciencias',
  'science',
  'natural',
  'naturais',
  'etnografico',
  'etnografia',
  'sacro',
  'religioso',
])

function weightOf(word: string): number {
  return empty.has(word) ? 0.05 : weak.has(word) ? 0.3 : middling.has(word) ? 0.6 : 1
}

function trigrams(word: string): Set<string> {
  const padded = `  ${word} `
  const grams = new Set<string>()
  for (let at = 0; at + 3 <= padded.length; at += 1) grams.add(padded.slice(at, at + 3))
  return grams
}

/** How alike two words are by their letters in threes, 0 to 1; a word and its typing error share a good third. */
export function wordLikeness(one: string, other: string): number {
  if (one === other) return 1
  const [a, b] = [trigrams(one), trigrams(other)]
  let shared = 0
  for (const gram of a) if (b.has(gram)) shared += 1
  return shared / (a.size + b.size - shared)
}

/**
 * How alike two names are, 0 to 1, the same both ways: each word looks for its like in the other name, and words count by how much they tell.
 * "Museo de la Sal" and "Museo Sal" are nearly one; "Museo Municipal de Salta" and "Museo Municipal de Sucre" are not.
 */
export function nameLikeness(one: string, other: string): number {
  const [a, b] = [wordsOf(one), wordsOf(other)]
  if (a.length === 0 || b.length === 0) return 0
  if (a.join(' ') === b.join(' ')) return 1
  return Math.min(covered(a, b), covered(b, a))
}

function covered(words: readonly string[], by: readonly string[]): number {
  let total = 0
  let found = 0
  for (const word of words) {
    const weight = weightOf(word)
    const best = by.reduce((most, candidate) => Math.max(most, wordLikeness(word, candidate)), 0)
    total += weight
    // Short of a typing error, letters in common are chance.
    found += weight * (best >= 0.4 ? best : 0)
  }
  return total === 0 ? 0 : found / total
}

const earth = 6_371_000
type Place = { latitude: number; longitude: number }

/** Metres between two places on the globe (great circle). */
export function metresBetween(one: Place, other: Place): number {
  const rad = Math.PI / 180
  const half = (degrees: number) => Math.sin((degrees * rad) / 2) ** 2
  const a =
    half(other.latitude - one.latitude) +
    Math.cos(one.latitude * rad) * Math.cos(other.latitude * rad) * half(other.longitude - one.longitude)
  return 2 * earth * Math.asin(Math.min(1, Math.sqrt(a)))
}

/** From this score on a pair is shown to whoever keeps the register. */
export const worthAsking = 0.6

/**
 * How likely two entries are one institution. A shared identifier settles it; a shared website nearly, where the place allows; else the best likeness
 * of any two of their names counts by how near they stand: in full within 200 m, by half at 5 km, hardly beyond a town.
 */
export function likeness(one: Comparable, other: Comparable): Likeness {
  let name = 0
  for (const a of one.names) for (const b of other.names) name = Math.max(name, nameLikeness(a, b))
  const [here, there] = [placeOf(one), placeOf(other)]
  const metres = here && there ? metresBetween(here, there) : null
  if (one.identifiers.some((identifier) => other.identifiers.includes(identifier))) {
    return { score: 1, name, metres, shared: 'identifier' }
  }
  const site = siteOf(one.website)
  const shared = site !== '' && site === siteOf(other.website) ? 'website' : null
  const near = nearness(one, other, metres)
  // Branches of one institution share its website: only those of like names that may stand in one place are drawn together by it.
  const drawn = shared && name >= 0.5 && (metres === null || near >= 0.5) ? 0.6 + 0.35 * name : 0
  return { score: Math.max(name * near, drawn), name, metres, shared }
}

function placeOf({ latitude, longitude }: Comparable): Place | null {
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

function nearness(one: Comparable, other: Comparable, metres: number | null): number {
  const sameCity = one.city !== '' && fold(one.city) === fold(other.city)
  if (metres === null) return sameCity ? 0.9 : one.city === '' || other.city === '' ? 0.65 : 0.3
  const slack = one.vague || other.vague ? 10_000 : 200
  const byDistance = 1 / (1 + Math.max(0, metres - slack) / 5000)
  return sameCity ? Math.max(byDistance, 0.75) : byDistance
}

/** A web address as one compares it: host without www, path without its last slash; '' for none. */
function siteOf(website: string): string {
  if (website === '' || !URL.canParse(website)) return ''
  const { hostname, pathname, search } = new URL(website)
  return hostname.replace(/^www\./u, '') + pathname.replace(/\/+$/u, '') + search
}

export type Pair = { one: string; other: string; likeness: Likeness }

/**
 * All pairs worth asking about, most alike first, each with the smaller id first. Only those are compared that share an identifier,
 * a website or a telling word, or stand within some 2 km: time grows with the entries, not with their square.
 */
export function likelyPairs(entries: readonly Comparable[], apart: (one: string, other: string) => boolean): Pair[] {
  const seen = new Set<number>()
  const pairs: Pair[] = []
  for (const [key, block] of blocksOf(entries)) {
    // A word that very many share tells nothing here; those that matter meet by place, or by name and town.
    if (block.length > (key.startsWith('t') ? 40 : 400)) continue
    for (const [i, a] of block.entries()) {
      for (const b of block.slice(i + 1)) {
        const both = a * entries.length + b
        if (seen.has(both)) continue
        seen.add(both)
        const found = likeness(entries[a]!, entries[b]!)
        if (found.score < worthAsking) continue
        const [one, other] = [entries[a]!.id, entries[b]!.id].sort() as [string, string]
        if (!apart(one, other)) pairs.push({ one, other, likeness: found })
      }
    }
  }
  return pairs.sort((a, b) => b.likeness.score - a.likeness.score || (a.one + a.other < b.one + b.other ? -1 : 1))
}

function blocksOf(entries: readonly Comparable[]): Map<string, number[]> {
  const blocks = new Map<string, number[]>()
  for (const [at, entry] of entries.entries()) {
    const keys = entry.identifiers.map((identifier) => `i ${identifier}`)
    const site = siteOf(entry.website)
    if (site !== '') keys.push(`w ${site}`)
    for (const name of entry.names) {
      const words = wordsOf(name)
      keys.push(`n ${words.join(' ')} ${fold(entry.city)}`)
      for (const word of words) if (weightOf(word) === 1) keys.push(`t ${word.slice(0, 5)}`)
    }
    if (entry.latitude !== null && entry.longitude !== null) {
      const [row, column] = [Math.floor(entry.latitude / 0.02), Math.floor(entry.longitude / 0.02)]
      for (const down of [0, 1]) for (const right of [0, 1]) keys.push(`g ${row + down} ${column + right}`)
    }
    for (const key of new Set(keys)) {
      const block = blocks.get(key)
      if (block) block.push(at)
      else blocks.set(key, [at])
    }
  }
  return blocks
}
