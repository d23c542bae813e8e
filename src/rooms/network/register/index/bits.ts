/** Sets of small whole numbers as bits: what the register's facets are counted with. A set has room for 32 numbers a word. */
export type Bits = Uint32Array<ArrayBuffer>

export const bitsFor = (capacity: number): Bits => new Uint32Array((capacity + 31) >>> 5)
export const setBit = (bits: Bits, at: number): void => void (bits[at >>> 5]! |= 1 << (at & 31))
export const clearBit = (bits: Bits, at: number): void => void (bits[at >>> 5]! &= ~(1 << (at & 31)))
export const hasBit = (bits: Bits, at: number): boolean => ((bits[at >>> 5]! >>> (at & 31)) & 1) === 1

/** Keeps in `bits` only what is in `other` too. */
export function intersect(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word += 1) bits[word]! &= other[word]!
}

/** Adds to `bits` what is in `other`. */
export function unite(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word += 1) bits[word]! |= other[word]!
}

/** How many numbers are in the set (or in both sets). Counts sixteen bits at a time by table: the fastest plain way there is here. */
export function count(bits: Bits): number {
  let total = 0
  for (let word = 0; word < bits.length; word += 1) {
    const value = bits[word]!
    if (value !== 0) total += ones[value & 0xffff]! + ones[value >>> 16]!
  }
  return total
}
export function countBoth(bits: Bits, other: Bits): number {
  let total = 0
  for (let word = 0; word < bits.length; word += 1) {
    const value = bits[word]! & other[word]!
    if (value !== 0) total += ones[value & 0xffff]! + ones[value >>> 16]!
  }
  return total
}

const ones = new Uint8Array(0x10000)
for (let value = 1; value < ones.length; value += 1) ones[value] = ones[value >>> 1]! + (value & 1)

/** The numbers of the set in their order. */
export function numbersOf(bits: Bits): Uint32Array<ArrayBuffer> {
  const found = new Uint32Array(count(bits))
  let at = 0
  for (let word = 0; word < bits.length; word += 1) {
    let rest = bits[word]!
    while (rest !== 0) {
      const lowest = rest & -rest
      found[at++] = (word << 5) + 31 - Math.clz32(lowest)
      rest ^= lowest
    }
  }
  return found
}
