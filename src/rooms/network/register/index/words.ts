import { addPosting, noPostings, type Postings } from './postings.ts'

/** The words of the register: where each occurs, in names and elsewhere, and which words begin like or look like another. */
export type WordIndex = {
  known: Map<string, WordEntry>
  /** In alphabetical order up to `sorted`; those after came since and are few. */
  list: string[]
  sorted: number
  /** For typing errors: three letters → places in `list`. */
  grams: Map<string, number[]>
}
export type WordEntry = { names: Postings; elsewhere: Postings }

export const noWords = (): WordIndex => ({ known: new Map(), list: [], sorted: 0, grams: new Map() })

/** Notes that a word stands in a name, or elsewhere in an entry. */
export function addWord(index: WordIndex, word: string, slot: number, inName: boolean, words: number): void {
  let entry = index.known.get(word)
  if (!entry) {
    entry = { names: noPostings(), elsewhere: noPostings() }
    index.known.set(word, entry)
    for (const gram of gramsOf(word)) {
      const places = index.grams.get(gram)
      if (places) places.push(index.list.length)
      else index.grams.set(gram, [index.list.length])
    }
    index.list.push(word)
  }
  addPosting(inName ? entry.names : entry.elsewhere, slot, words)
}

/** Puts the words in order once many were added: beginnings are then found by halving. */
export function sortWords(index: WordIndex): void {
  index.list.sort()
  index.sorted = index.list.length
  index.grams = new Map()
  for (const [place, word] of index.list.entries()) {
    for (const gram of gramsOf(word)) {
      const places = index.grams.get(gram)
      if (places) places.push(place)
      else index.grams.set(gram, [place])
    }
  }
}

/** All words that begin so, the word itself among them. */
export function beginningWith(index: WordIndex, beginning: string): string[] {
  let low = 0
  let high = index.sorted
  while (low < high) {
    const middle = (low + high) >>> 1
    if (index.list[middle]! < beginning) low = middle + 1
    else high = middle
  }
  const found: string[] = []
  for (let at = low; at < index.sorted && index.list[at]!.startsWith(beginning); at += 1) found.push(index.list[at]!)
  for (let at = index.sorted; at < index.list.length; at += 1) {
    if (index.list[at]!.startsWith(beginning)) found.push(index.list[at]!)
  }
  return found
}

/**
 * The words that one may have meant, nearest first: one slip of the hand apart, two where the word has eight letters or more. A slip is a letter
 * too many, too few, another, or two neighbours swapped. Words under four letters are not guessed.
 */
export function meantBy(index: WordIndex, word: string, most = 12): string[] {
  if (word.length < 4) return []
  const slips = word.length < 8 ? 1 : 2
  const shared = new Map<number, number>()
  const grams = gramsOf(word)
  for (const gram of grams)
    for (const place of index.grams.get(gram) ?? []) shared.set(place, (shared.get(place) ?? 0) + 1)
  // One slip spoils at most three runs of three letters (four when neighbours are swapped).
  const least = Math.max(1, grams.size - 4 * slips)
  const near: { word: string; apart: number; often: number }[] = []
  for (const [place, times] of shared) {
    const candidate = index.list[place]!
    if (times < least || Math.abs(candidate.length - word.length) > slips) continue
    const apart = slipsBetween(word, candidate, slips)
    if (apart > slips) continue
    const { names, elsewhere } = index.known.get(candidate)!
    near.push({ word: candidate, apart, often: names.length + elsewhere.length })
  }
  near.sort((a, b) => a.apart - b.apart || b.often - a.often || (a.word < b.word ? -1 : 1))
  return near.slice(0, most).map((one) => one.word)
}

function gramsOf(word: string): Set<string> {
  const padded = ` ${word} `
  const grams = new Set<string>()
  for (let at = 0; at + 3 <= padded.length; at += 1) grams.add(padded.slice(at, at + 3))
  return grams
}

/** The slips between two words (optimal string alignment), or more than `limit` as soon as that is sure. */
export function slipsBetween(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    let least = i
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1]
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least > limit) return limit + 1
    before = last
    last = row
  }
  return last[other.length]!
}
