import { bitsFor, count, countBoth, hasBit, intersect, numbersOf, unite, type Bits } from './bits.ts'
import { foldedWords, joining } from './folded.ts'
import { uniteWith } from './postings.ts'
import { facetModes, facets, type Facet, type RegisterIndex } from './register-index.ts'
import { beginningWith, meantBy } from './words.ts'

/** What is asked of the register: words in any language, and values of facets by code. */
export type Wish = { words: string; chosen: { [facet in Facet]?: readonly string[] } }

export type Hits = {
  bits: Bits
  /** Exactly how many. */
  total: number
  /** For each value of each facet, exactly how many hits there are with it; of a facet of which any choice will do, as if nothing of it were chosen. */
  counts: { [facet in Facet]: Map<string, number> }
  /** Words that were read as others, because nothing was found with them as typed. */
  readAs: { typed: string; read: string }[]
  /** Those with every word in a name; they come first. Null when no words were asked. */
  named: Bits | null
  typed: string[]
}

/** Finds and counts. Every number is exact; nothing is read from the database. */
export function find(index: RegisterIndex, wish: Wish): Hits {
  const typed = foldedWords(wish.words.slice(0, 200))
    .filter((word) => !joining.has(word))
    .slice(0, 12)
  const chosen = facets.flatMap((facet) => {
    const values = wish.chosen[facet] ?? []
    return values.length > 0 ? [{ facet, bits: chosenBits(index, facet, values) }] : []
  })
  const narrowed = (start: Bits, but?: Facet): Bits => {
    const bits = start.slice()
    for (const one of chosen) if (one.facet !== but) intersect(bits, one.bits)
    return bits
  }
  let text = textHits(index, typed, false)
  let bits = narrowed(text.bits)
  // Only where nothing is found as typed are words read as others: who types well is never second-guessed.
  if (typed.length > 0 && count(text.bits) === 0) {
    text = textHits(index, typed, true)
    bits = narrowed(text.bits)
  }
  const counts = Object.fromEntries(
    facets.map((facet) => {
      const open = facetModes[facet] === 'any' && chosen.some((one) => one.facet === facet)
      const counted = counterOf(open ? narrowed(text.bits, facet) : bits)
      return [facet, new Map([...index.values[facet]].map(([value, having]) => [value, counted(having)]))]
    }),
  ) as Hits['counts']
  return { bits, total: count(bits), counts, readAs: text.readAs, named: text.named, typed }
}

/** Counts how many of these a set has: word by word where they are many, one by one where they are few. */
function counterOf(base: Bits): (having: Bits) => number {
  const total = count(base)
  if (total > 1500) return (having) => countBoth(base, having)
  const few = numbersOf(base)
  return (having) => {
    let both = 0
    for (const slot of few) if (hasBit(having, slot)) both += 1
    return both
  }
}

function chosenBits(index: RegisterIndex, facet: Facet, values: readonly string[]): Bits {
  const sets = values.map((value) => index.values[facet].get(value) ?? bitsFor(index.capacity))
  const bits = sets[0]!.slice()
  for (const set of sets.slice(1)) (facetModes[facet] === 'any' ? unite : intersect)(bits, set)
  return bits
}

type TextHits = { bits: Bits; named: Bits | null; readAs: Hits['readAs'] }

/** Who has every word: as typed or as a beginning (of three letters and more, and of the last word, which may still be being typed); with `guess` also as a slip of the hand. */
function textHits(index: RegisterIndex, typed: readonly string[], guess: boolean): TextHits {
  const bits = index.alive.slice()
  if (typed.length === 0) return { bits, named: null, readAs: [] }
  const named = index.alive.slice()
  const readAs: TextHits['readAs'] = []
  for (const [at, word] of typed.entries()) {
    const begins = word.length >= 3 || (at === typed.length - 1 && word.length === 2)
    const words = begins ? beginningWith(index.words, word) : [word]
    if (guess) {
      const meant = meantBy(index.words, word)
      if (words.length === 0 && meant[0] !== undefined) readAs.push({ typed: word, read: meant[0] })
      words.push(...meant)
    }
    const inNames = bitsFor(index.capacity)
    const anywhere = bitsFor(index.capacity)
    for (const one of words) {
      const entry = index.words.known.get(one)
      uniteWith(inNames, entry?.names)
      uniteWith(anywhere, entry?.elsewhere)
    }
    unite(anywhere, inNames)
    intersect(bits, anywhere)
    intersect(named, inNames)
  }
  return { bits, named, readAs }
}

const weighedAtMost = 2000

/** The ids of one page of the hits: the best first where words were asked, else by name. */
export function pageOf(index: RegisterIndex, hits: Hits, from: number, many: number): string[] {
  const slots =
    hits.named && hits.total <= weighedAtMost
      ? weighed(index, hits).slice(from, from + many)
      : inTurn(index, hits, from, many)
  return slots.map((slot) => index.ids[slot]!)
}

/** By name, those with every word in a name before the others. */
function inTurn(index: RegisterIndex, { bits, named }: Hits, from: number, many: number): number[] {
  const found: number[] = []
  let passed = 0
  for (const first of named ? [true, false] : [true]) {
    for (const slot of index.order) {
      if (!hasBit(bits, slot) || (named && hasBit(named, slot) !== first)) continue
      if (passed >= from) found.push(slot)
      passed += 1
      if (found.length === many) return found
    }
  }
  return found
}

/** The best first: whole words in the name before beginnings, short names before long ones, then the fuller entry, then by name. */
function weighed(index: RegisterIndex, { bits, typed, readAs }: Hits): number[] {
  const wanted = typed.map((word) => readAs.find((one) => one.typed === word)?.read ?? word)
  const phrase = wanted.join(' ')
  const scored = Array.from(numbersOf(bits), (slot) => {
    const name = index.sortNames[slot]!
    const words = name.split(' ')
    let score = name === phrase ? 4 : name.startsWith(phrase) ? 2 : name.includes(phrase) ? 1 : 0
    for (const word of wanted) score += words.includes(word) ? 3 : words.some((one) => one.startsWith(word)) ? 2 : 0
    return { slot, name, score: score - words.length / 50 + index.completeness[slot]! / 1000 }
  })
  scored.sort(
    (a, b) =>
      b.score - a.score ||
      (a.name < b.name ? -1 : a.name > b.name ? 1 : index.ids[a.slot]! < index.ids[b.slot]! ? -1 : 1),
  )
  return scored.map(({ slot }) => slot)
}
