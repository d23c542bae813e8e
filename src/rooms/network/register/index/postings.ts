import { setBit, type Bits } from './bits.ts'

/**
 * Where a word occurs: the slots in their order, four bytes each; where that would outweigh a set of bits, the set. Slots are only
 * ever added, and always a larger one than before.
 */
export type Postings = { slots: Uint32Array<ArrayBuffer>; length: number; bits: Bits | null }

export const noPostings = (): Postings => ({ slots: new Uint32Array(2), length: 0, bits: null })

export function addPosting(postings: Postings, slot: number, words: number): void {
  if (postings.bits) {
    setBit(postings.bits, slot)
    postings.length += 1
    return
  }
  if (postings.length > 0 && postings.slots[postings.length - 1] === slot) return
  if (postings.length === postings.slots.length) {
    if (postings.length * 2 > words) {
      postings.bits = new Uint32Array(words)
      for (let at = 0; at < postings.length; at += 1) setBit(postings.bits, postings.slots[at]!)
      postings.slots = new Uint32Array(0)
      return addPosting(postings, slot, words)
    }
    const grown = new Uint32Array(postings.length * 2)
    grown.set(postings.slots)
    postings.slots = grown
  }
  postings.slots[postings.length] = slot
  postings.length += 1
}

/** Adds all the slots of a word to a set. */
export function uniteWith(bits: Bits, postings: Postings | undefined): void {
  if (!postings) return
  if (postings.bits) {
    for (let word = 0; word < bits.length; word += 1) bits[word]! |= postings.bits[word]!
    return
  }
  for (let at = 0; at < postings.length; at += 1) setBit(bits, postings.slots[at]!)
}
