import { foldedWords } from './folded.ts'
import { bitsFor, clearBit, hasBit, setBit, type Bits } from './bits.ts'
import { addWord, noWords, sortWords, type WordIndex } from './words.ts'

/** One publicly listed institution, as much as is searched, counted and mapped. */
export type Listed = {
  id: string
  name: string
  /** Further names in all languages, those of merged entries among them. */
  names: string[]
  countryCode: string
  region: string
  city: string
  identifiers: string[]
  kind: string
  type: string | null
  legalKind: string | null
  admission: string | null
  collections: string[]
  services: string[]
  accessibility: string[]
  latitude: number | null
  longitude: number | null
  completeness: number
}

/** The facets, and how several choices of one go together: any of them, or all of them. */
export const facetModes = {
  country: 'any',
  type: 'any',
  kind: 'any',
  legal: 'any',
  admission: 'any',
  collection: 'any',
  service: 'all',
  accessibility: 'all',
} as const
export type Facet = keyof typeof facetModes
export const facets = Object.keys(facetModes) as Facet[]

const valuesOf: { [facet in Facet]: (it: Listed) => readonly (string | null)[] } = {
  country: (it) => [it.countryCode],
  type: (it) => [it.type],
  kind: (it) => [it.kind],
  legal: (it) => [it.legalKind],
  admission: (it) => [it.admission],
  collection: (it) => it.collections,
  service: (it) => it.services,
  accessibility: (it) => it.accessibility,
}

/**
 * The public register in memory. Each institution has a slot; a changed one gets a new slot and its old one dies, so that postings are only ever
 * added to. Values of facets are sets of slots, words lead to slots, and `order` holds the slots by name.
 */
export type RegisterIndex = {
  capacity: number
  used: number
  living: number
  alive: Bits
  slots: Map<string, number>
  ids: string[]
  /** The name's words, folded: to sort by and to weigh hits. */
  sortNames: string[]
  order: Uint32Array<ArrayBuffer>
  completeness: Uint8Array
  latitude: Float64Array
  longitude: Float64Array
  values: { [facet in Facet]: Map<string, Bits> }
  words: WordIndex
}

/** An index with room for this many slots. */
export function emptyIndex(capacity: number): RegisterIndex {
  return {
    capacity,
    used: 0,
    living: 0,
    alive: bitsFor(capacity),
    slots: new Map(),
    ids: [],
    sortNames: [],
    order: new Uint32Array(0),
    completeness: new Uint8Array(capacity),
    latitude: new Float64Array(capacity),
    longitude: new Float64Array(capacity),
    values: Object.fromEntries(facets.map((facet) => [facet, new Map()])) as RegisterIndex['values'],
    words: noWords(),
  }
}

/** Whether that many more fit, and the dead do not yet outweigh: else one builds anew. */
export function hasRoom(index: RegisterIndex, more: number): boolean {
  return index.used + more <= index.capacity && index.used - index.living + more < Math.max(2000, index.capacity / 3)
}

/** Takes these institutions out, and puts in those of them that are listed, as they stand now. All at once, so that no search sees a part. */
export function replaceIn(index: RegisterIndex, touched: Iterable<string>, listed: readonly Listed[]): void {
  for (const id of touched) {
    const slot = index.slots.get(id)
    if (slot === undefined) continue
    clearBit(index.alive, slot)
    index.slots.delete(id)
    index.living -= 1
  }
  const first = index.used
  for (const it of listed) addSlot(index, it)
  if (listed.length > 5000) sortWords(index.words)
  index.order = inOrder(index, first)
}

/** The index of these institutions. `room` is how many more shall fit without building anew. */
export function buildIndex(listed: readonly Listed[], room = 1024 + Math.ceil(listed.length / 4)): RegisterIndex {
  const index = emptyIndex(listed.length + room)
  for (const it of listed) addSlot(index, it)
  sortWords(index.words)
  index.order = inOrder(index, 0)
  return index
}

function addSlot(index: RegisterIndex, it: Listed): void {
  const slot = index.used
  const words = index.alive.length
  index.used += 1
  index.living += 1
  index.slots.set(it.id, slot)
  index.ids[slot] = it.id
  setBit(index.alive, slot)
  const name = foldedWords(it.name)
  index.sortNames[slot] = name.join(' ')
  index.completeness[slot] = it.completeness
  index.latitude[slot] = it.latitude ?? Number.NaN
  index.longitude[slot] = it.longitude ?? Number.NaN
  for (const facet of facets) {
    for (const value of valuesOf[facet](it)) {
      if (value === null) continue
      let bits = index.values[facet].get(value)
      if (!bits) index.values[facet].set(value, (bits = bitsFor(index.capacity)))
      setBit(bits, slot)
    }
  }
  const inNames = new Set([...name, ...it.names.flatMap(foldedWords)])
  const elsewhere = new Set([it.city, it.region, ...it.identifiers].flatMap(foldedWords))
  for (const identifier of it.identifiers) elsewhere.add(identifier.toLowerCase())
  for (const word of inNames) addWord(index.words, word, slot, true, words)
  for (const word of elsewhere) addWord(index.words, word, slot, false, words)
}

/** The slots by name: those from `first` on are sorted in among the others; the dead are left out. */
function inOrder(index: RegisterIndex, first: number): Uint32Array<ArrayBuffer> {
  const { alive, ids, order, sortNames, used } = index
  const compare = (one: number, other: number): number => {
    const [a, b] = [sortNames[one]!, sortNames[other]!]
    if (a !== b) return a < b ? -1 : 1
    return ids[one]! < ids[other]! ? -1 : 1
  }
  const fresh: number[] = []
  for (let slot = first; slot < used; slot += 1) if (hasBit(alive, slot)) fresh.push(slot)
  fresh.sort(compare)
  const merged = new Uint32Array(index.living)
  let at = 0
  let from = 0
  for (const slot of fresh) {
    // Where it belongs among those before is found by halving: few come at a time, and names are dear to compare.
    let low = from
    let high = order.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compare(order[middle]!, slot) < 0) low = middle + 1
      else high = middle
    }
    for (; from < low; from += 1) if (hasBit(alive, order[from]!)) merged[at++] = order[from]!
    merged[at++] = slot
  }
  for (; from < order.length; from += 1) if (hasBit(alive, order[from]!)) merged[at++] = order[from]!
  return merged
}
