import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { bitsFor, count, countBoth, intersect, numbersOf, setBit, unite } from '../index/bits.ts'
import { boundsOf, clustersOf, nearestTo } from '../index/places.ts'
import {
  buildIndex,
  facetModes,
  facets,
  hasRoom,
  replaceIn,
  type Facet,
  type Listed,
  type RegisterIndex,
} from '../index/register-index.ts'
import { find, pageOf, type Wish } from '../index/search.ts'
import { slipsBetween } from '../index/words.ts'

const museum = (id: string, name: string, more: Partial<Listed> = {}): Listed => ({
  id,
  name,
  names: [],
  countryCode: 'PE',
  region: '',
  city: '',
  identifiers: [],
  kind: 'museum',
  type: null,
  legalKind: null,
  admission: null,
  collections: [],
  services: [],
  accessibility: [],
  latitude: null,
  longitude: null,
  completeness: 50,
  ...more,
})
const ids = (index: RegisterIndex, wish: Partial<Wish>, many = 100): string[] => {
  const hits = find(index, { words: '', chosen: {}, ...wish })
  return pageOf(index, hits, 0, many)
}

describe('sets of bits', () => {
  test('count, meet and join as sets do', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 299 }))
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const set = (of: number[]) => {
          const bits = bitsFor(300)
          for (const one of of) setBit(bits, one)
          return bits
        }
        const both = a.filter((one) => b.includes(one))
        equal(count(set(a)), a.length)
        equal(countBoth(set(a), set(b)), both.length)
        deepEqual(
          [...numbersOf(set(a))],
          [...a].sort((x, y) => x - y),
        )
        const met = set(a)
        intersect(met, set(b))
        equal(count(met), both.length)
        const joined = set(a)
        unite(joined, set(b))
        equal(count(joined), new Set([...a, ...b]).size)
      }),
    )
  })
})

describe('words', () => {
  test('slips of the hand', () => {
    equal(slipsBetween('ceramica', 'ceramcia', 2), 1)
    equal(slipsBetween('arqueologia', 'arqeologia', 2), 1)
    equal(slipsBetween('sal', 'oro', 1), 2)
    equal(slipsBetween('museo', 'museo', 0), 0)
  })
})

describe('search', () => {
  const index = buildIndex([
    museum('1', 'Museo de la Sal', { city: 'Maras', identifiers: ['PE-SAL'], names: ['Kachi Wasi', 'متحف الملح'] }),
    museum('2', 'Museo de Cerámica Salvadoreña', { countryCode: 'SV' }),
    museum('3', 'Casa Museo José Olaya', { city: 'Salinas' }),
    museum('4', 'Museo Arqueológico de Ancash', { region: 'Áncash' }),
    museum('5', 'Museo de la Sal y del Mar'),
  ])
  test('finds without accents or case, in any language and by identifier', () => {
    deepEqual(ids(index, { words: 'CERAMICA' }), ['2'])
    deepEqual(ids(index, { words: 'áncash' }), ['4'])
    deepEqual(ids(index, { words: 'kachi' }), ['1'])
    deepEqual(ids(index, { words: 'الملح' }), ['1'])
    deepEqual(
      ids(index, { words: 'pe-sal' }),
      ['1', '5'].filter((id) => id === '1'),
    )
  })
  test('puts the very name first, then names that have it, then places', () => {
    deepEqual(ids(index, { words: 'museo de la sal' }), ['1', '5', '2', '3'])
  })
  test('reads a slip only where nothing is found as typed, and says so', () => {
    const hits = find(index, { words: 'arqeologico', chosen: {} })
    deepEqual(hits.readAs, [{ typed: 'arqeologico', read: 'arqueologico' }])
    deepEqual(pageOf(index, hits, 0, 9), ['4'])
    deepEqual(find(index, { words: 'sal', chosen: {} }).readAs, [])
    equal(find(index, { words: 'zzzzzz', chosen: {} }).total, 0)
  })
  test('words that only join are no condition', () => {
    equal(find(index, { words: 'de la', chosen: {} }).total > 0, true)
    deepEqual(ids(index, { words: 'la sal del mar' }), ['5', '1'])
  })
})

/** The same questions answered plainly, museum by museum. */
function plainly(all: readonly Listed[], chosen: Wish['chosen'], but?: Facet): Listed[] {
  const valuesOf = (it: Listed, facet: Facet): readonly (string | null)[] =>
    ({
      country: [it.countryCode],
      type: [it.type],
      kind: [it.kind],
      legal: [it.legalKind],
      admission: [it.admission],
      collection: it.collections,
      service: it.services,
      accessibility: it.accessibility,
    })[facet]
  return all.filter((it) =>
    facets.every((facet) => {
      const wanted = chosen[facet] ?? []
      if (wanted.length === 0 || facet === but) return true
      const has = (value: string) => valuesOf(it, facet).includes(value)
      return facetModes[facet] === 'any' ? wanted.some(has) : wanted.every(has)
    }),
  )
}

describe('counts', () => {
  const value = fc.constantFrom('a', 'b', 'c')
  const listed = fc.record({
    name: fc.constantFrom('Sal', 'Oro', 'Sal y Oro', 'Mar'),
    countryCode: fc.constantFrom('PE', 'BR'),
    type: fc.option(value),
    admission: fc.option(value),
    services: fc.uniqueArray(value),
    collections: fc.uniqueArray(value),
  })
  const wish = fc.record({
    country: fc.subarray(['PE', 'BR']),
    type: fc.subarray(['a', 'b']),
    service: fc.subarray(['a', 'b']),
    collection: fc.subarray(['a', 'c']),
  })

  test('are exactly those of looking at each museum, through any sequence of changes', () => {
    fc.assert(
      fc.property(
        fc.array(listed, { maxLength: 60 }),
        fc.array(fc.tuple(fc.nat(59), fc.option(listed)), { maxLength: 20 }),
        wish,
        (first, changes, chosen) => {
          let all = first.map((it, at) => museum(`m${at}`, it.name, it))
          const index = buildIndex(all, 5000)
          for (const [at, next] of changes) {
            const id = `m${at}`
            all = all.filter((it) => it.id !== id)
            const fresh = next ? [museum(id, next.name, next)] : []
            all.push(...fresh)
            replaceIn(index, [id], fresh)
          }
          const hits = find(index, { words: '', chosen })
          equal(hits.total, plainly(all, chosen).length)
          for (const facet of ['country', 'type', 'service', 'collection', 'admission'] as const) {
            const base = plainly(all, chosen, facetModes[facet] === 'any' ? facet : undefined)
            for (const one of ['a', 'b', 'c', 'PE', 'BR']) {
              const expected = plainly(base, { [facet]: [one] }).length
              equal(hits.counts[facet].get(one) ?? 0, expected, `${facet} ${one}`)
            }
          }
          const shown = pageOf(index, hits, 0, 1000)
          deepEqual(
            [...shown].sort(),
            plainly(all, chosen)
              .map(({ id }) => id)
              .sort(),
          )
          const names = shown.map((id) => all.find((it) => it.id === id)!.name)
          deepEqual(
            names.map((name) => name.toLowerCase()),
            names.map((name) => name.toLowerCase()).sort(),
          )
        },
      ),
      { numRuns: 60 },
    )
  })
  test('pages do not overlap and leave nothing out', () => {
    const index = buildIndex(Array.from({ length: 95 }, (_, at) => museum(`m${at}`, `Museo ${at}`)))
    const hits = find(index, { words: 'museo', chosen: {} })
    const pages = [0, 30, 60, 90].flatMap((from) => pageOf(index, hits, from, 30))
    equal(new Set(pages).size, 95)
  })
  test('an index that is full says so', () => {
    const index = buildIndex([museum('a', 'A')], 2)
    ok(hasRoom(index, 2))
    ok(!hasRoom(index, 3))
  })
})

describe('places', () => {
  const index = buildIndex([
    museum('lima', 'A', { latitude: -12.05, longitude: -77.04 }),
    museum('callao', 'B', { latitude: -12.06, longitude: -77.13 }),
    museum('cusco', 'C', { latitude: -13.53, longitude: -71.97 }),
    museum('nowhere', 'D'),
  ])
  const all = find(index, { words: '', chosen: {} })
  test('the numbers of a map add up to the hits', () => {
    const bounds = boundsOf(index, all.bits)!
    const { clusters, placed, unplaced } = clustersOf(index, all.bits, bounds, 4)
    deepEqual([placed, unplaced], [3, 1])
    deepEqual(
      clusters.map(({ count: many }) => many),
      [2, 1],
    )
    equal(boundsOf(index, bitsFor(4)), null)
  })
  test('two groups that a line of the grid parts are one', () => {
    const row = buildIndex(
      [1, 2, 3, 4].map((at) =>
        museum(`r${at}`, 'A', { latitude: 0.999 + at * 0.0006, longitude: 0.999 + at * 0.0006 }),
      ),
    )
    const hits = find(row, { words: '', chosen: {} })
    const { clusters } = clustersOf(row, hits.bits, { south: 0, west: 0, north: 2, east: 2 }, 2)
    deepEqual(
      clusters.map(({ count: many }) => many),
      [4],
    )
  })
  test('the nearest come first and the far are left out', () => {
    deepEqual(
      nearestTo(index, 'lima', 5).map(({ id }) => id),
      ['callao'],
    )
    deepEqual(nearestTo(index, 'nowhere', 5), [])
  })
})
