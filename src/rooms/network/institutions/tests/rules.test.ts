import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  canonical,
  changed,
  completeness,
  differences,
  entryFields,
  fillings,
  fold,
  foundedYear,
  freeSlug,
  groupedDays,
  lackingToSubmit,
  likelyPairs,
  likeness,
  metresBetween,
  nameLikeness,
  outcome,
  overtaken,
  readFounded,
  readHours,
  slugOf,
  wordsOf,
  worthAsking,
  writeHours,
  type Comparable,
  type Entry,
} from '../rules/index.ts'

const bare: Entry = {
  kind: 'museum',
  legalKind: null,
  type: null,
  collections: [],
  name: 'Museo de la Sal',
  nameLanguage: 'es',
  names: [],
  description: {},
  governingBody: '',
  region: '',
  city: '',
  address: '',
  postcode: '',
  latitude: null,
  longitude: null,
  coordinatesPrecision: null,
  founded: '',
  sizeClass: null,
  staffCount: null,
  resources: [],
  services: [],
  admission: null,
  admissionNote: '',
  opening: {},
  openingNote: '',
  accessibility: [],
  accessibilityNote: '',
  email: '',
  telephone: '',
  website: '',
  social: {},
  identifiers: [],
  closedPermanently: false,
}
const full: Entry = {
  ...bare,
  legalKind: 'public',
  type: 'history',
  collections: ['textiles'],
  description: { es: 'Sal.' },
  governingBody: 'Municipio',
  region: 'Cusco',
  city: 'Maras',
  address: 'Calle 1',
  latitude: -13.3,
  longitude: -72.1,
  coordinatesPrecision: 'exact',
  founded: '1978',
  sizeClass: 'small',
  staffCount: 4,
  resources: ['inventory'],
  services: ['shop'],
  admission: 'free',
  opening: { mo: [['09:00', '13:00']] },
  accessibility: ['lift'],
  email: 'a@b.pe',
  website: 'https://sal.pe',
  identifiers: [{ scheme: 'isil', issuer: '', value: 'PE-SAL' }],
}

describe('completeness', () => {
  test('a full entry lacks nothing; a picture is part of it', () => {
    deepEqual(completeness(full, 1), { percent: 100, missing: [] })
    deepEqual(completeness(full, 0), { percent: 96, missing: ['pictures'] })
  })
  test('a bare museum lacks what counts most first, and a ministry is not asked for opening hours', () => {
    equal(completeness(bare, 0).percent, 0)
    equal(completeness(bare, 0).missing[0], 'description')
    ok(!completeness({ ...bare, kind: 'ministry' }, 0).missing.includes('opening'))
  })
  test('filling a field never makes an entry less complete, and 100 means that nothing is missing', () => {
    const fields = Object.keys(entryFields) as (keyof Entry)[]
    fc.assert(
      fc.property(fc.subarray(fields), fc.constantFrom(...fields), fc.nat(1), (some, one, pictures) => {
        const entry = { ...bare, ...Object.fromEntries(some.map((field) => [field, full[field]])) }
        const before = completeness(entry, pictures)
        const after = completeness({ ...entry, [one]: full[one] }, pictures)
        ok(after.percent >= before.percent)
        equal(before.percent === 100, before.missing.length === 0)
      }),
    )
  })
  test('what must be said before sending', () => {
    deepEqual(lackingToSubmit(bare), ['type', 'legalKind', 'city', 'contact'])
    deepEqual(lackingToSubmit({ ...bare, kind: 'university', legalKind: 'public', city: 'Lima', telephone: '1' }), [])
  })
})

describe('founding years', () => {
  const cases: [string, ReturnType<typeof readFounded>][] = [
    ['1922', { earliest: 1922, latest: 1922, approximate: false, uncertain: false }],
    ['1922-05-18', { earliest: 1922, latest: 1922, approximate: false, uncertain: false }],
    ['1890~', { earliest: 1890, latest: 1890, approximate: true, uncertain: false }],
    ['1890?', { earliest: 1890, latest: 1890, approximate: false, uncertain: true }],
    ['1890%', { earliest: 1890, latest: 1890, approximate: true, uncertain: true }],
    ['192X', { earliest: 1920, latest: 1929, approximate: false, uncertain: false }],
    ['19XX', { earliest: 1900, latest: 1999, approximate: false, uncertain: false }],
    ['1880/1890~', { earliest: 1880, latest: 1890, approximate: true, uncertain: false }],
    ['../1890', { earliest: null, latest: 1890, approximate: false, uncertain: false }],
    ['1920/..', { earliest: 1920, latest: null, approximate: false, uncertain: false }],
    ['-0200', { earliest: -200, latest: -200, approximate: false, uncertain: false }],
    ['', null],
    ['1922-02-30', null],
    ['1922-13', null],
    ['22', null],
    ['192X-05', null],
    ['1X22', null],
    ['1890/1880', null],
    ['../..', null],
    ['hacia 1890', null],
    ['1/2/3', null],
  ]
  for (const [edtf, read] of cases) test(`“${edtf}”`, () => deepEqual(readFounded(edtf), read))
  test('a year to sort by only where it is known within ten years', () => {
    deepEqual(['1922', '192X', '19XX', '../1890', 'x', '1880/1885'].map(foundedYear), [
      1922,
      1920,
      null,
      null,
      null,
      1880,
    ])
  })
  test('whatever is typed is read or refused, never guessed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789X~?%-/.'), maxLength: 14 }), (typed) => {
        const read = readFounded(typed)
        if (read && read.earliest !== null && read.latest !== null) ok(read.earliest <= read.latest)
      }),
    )
  })
})

describe('opening hours', () => {
  test('are read as people type them', () => {
    deepEqual(readHours('9-13, 15:30–18.00'), [
      ['09:00', '13:00'],
      ['15:30', '18:00'],
    ])
    deepEqual(readHours('15-18 y 9h-13h30'), [
      ['09:00', '13:30'],
      ['15:00', '18:00'],
    ])
    deepEqual(readHours('20-24'), [['20:00', '24:00']])
    for (const wrong of ['mañana', '18-9', '9-25', '9-14, 13-15', '9', '9-10-11', '9:60-10'])
      equal(readHours(wrong), undefined, wrong)
  })
  test('written again they read the same', () => {
    const hour = fc.integer({ min: 0, max: 95 })
    fc.assert(
      fc.property(fc.uniqueArray(hour, { minLength: 2, maxLength: 6 }), (quarters) => {
        const clock = (at: number) =>
          `${String(Math.floor(at / 4)).padStart(2, '0')}:${String((at % 4) * 15).padStart(2, '0')}`
        const sorted = [...quarters].sort((a, b) => a - b)
        const spans = Array.from({ length: Math.floor(sorted.length / 2) }, (_, at): [string, string] => [
          clock(sorted[at * 2]!),
          clock(sorted[at * 2 + 1]!),
        ])
        deepEqual(readHours(writeHours(spans)), spans)
      }),
    )
  })
  test('days in a row with the same hours stand together; unknown days part them', () => {
    const same: [string, string][] = [['09:00', '17:00']]
    deepEqual(groupedDays({ mo: [], tu: same, we: same, fr: same }), [
      { from: 'mo', to: 'mo', spans: [] },
      { from: 'tu', to: 'we', spans: same },
      { from: 'fr', to: 'fr', spans: same },
    ])
  })
})

describe('addresses and folded words', () => {
  test('slugs', () => {
    equal(
      slugOf('Museo Nacional de Arqueología, Antropología e Historia del Perú'),
      'museo-nacional-de-arqueologia-antropologia-e-historia-del-peru',
    )
    equal(slugOf('  L’Àgora d’Andorra '), 'lagora-dandorra')
    equal(slugOf('المتحف الوطني'), 'المتحف-الوطني')
    equal(slugOf('!!!'), 'museum')
    ok(slugOf('a'.repeat(300)).length <= 80)
  })
  test('the first that is free: name, name and city, then a number', () => {
    equal(freeSlug('Museo Municipal', 'Salta', new Set()), 'museo-municipal')
    equal(freeSlug('Museo Municipal', 'Salta', new Set(['museo-municipal'])), 'museo-municipal-salta')
    equal(
      freeSlug('Museo Municipal', 'Salta', new Set(['museo-municipal', 'museo-municipal-salta'])),
      'museo-municipal-salta-2',
    )
  })
  test('folding twice changes nothing, and case and accents do not matter', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => equal(fold(fold(text)), fold(text))))
    equal(fold('ÑANDÚ Çà'), fold('nandu ca'))
    equal(fold('مُتحَف الآثار'), fold('متحف الاثار'))
    deepEqual(wordsOf("L'Hospitalet, d’Art (2ª)"), ['lhospitalet', 'dart', '2a'])
  })
})

describe('changes', () => {
  test('are what differs, whatever the order of sets', () => {
    deepEqual(differences(full, { collections: ['textiles'], city: 'Maras', services: ['cafe', 'shop'] }), {
      services: { before: ['shop'], after: ['cafe', 'shop'] },
    })
    equal(canonical(['a', 'b']), canonical(['b', 'a']))
    equal(canonical({ a: '', b: 1 }), canonical({ b: 1 }))
  })
  test('made, they lead to what was wished, and then nothing differs', () => {
    fc.assert(
      fc.property(fc.subarray(Object.keys(entryFields) as (keyof Entry)[]), (fields) => {
        const wished = Object.fromEntries(fields.map((field) => [field, full[field]])) as Partial<Entry>
        const changes = differences(bare, wished)
        deepEqual(differences(changed(bare, changes), wished), {})
        deepEqual(outcome(changes, []), {})
      }),
    )
  })
  test('a field written meanwhile is overtaken, unless it says what was wished', () => {
    const changes = differences(bare, { city: 'Maras', region: 'Cusco' })
    deepEqual(overtaken({ ...bare, city: 'Urubamba', region: 'Cusco' }, changes), ['city'])
  })
  test('a merge fills only what is empty, coordinates as one', () => {
    const filled = fillings({ ...bare, city: 'Lima' }, full)
    equal('city' in filled, false)
    deepEqual(filled.latitude, { before: null, after: -13.3 })
    deepEqual(fillings({ ...bare, latitude: 1, longitude: 2 }, full).longitude, undefined)
    deepEqual(fillings(full, full), {})
  })
})

describe('likeness', () => {
  const one = (id: string, name: string, more: Partial<Comparable> = {}): Comparable => ({
    id,
    names: [name],
    city: 'Salta',
    latitude: null,
    longitude: null,
    vague: false,
    identifiers: [],
    website: '',
    ...more,
  })
  test('names: the telling word decides', () => {
    equal(nameLikeness('Museo de la Sal', 'MUSEO DE LA SAL'), 1)
    ok(nameLikeness('Museo de la Sal', 'Museo Sal') > 0.9)
    ok(nameLikeness('Museo Municipal de Salta', 'Museo Municipal de Córdoba') < 0.6)
    ok(nameLikeness('Museo Arqueológico Rafael Larco', 'Museo Arqueologico Rafel Larco') > 0.8)
    equal(nameLikeness('', 'Museo'), 0)
  })
  test('is the same both ways and lies between 0 and 1', () => {
    const name = fc
      .array(fc.constantFrom('museo', 'sal', 'oro', 'de', 'la', 'municipal', 'lima', 'salta', 'arte'), { maxLength: 5 })
      .map((words) => words.join(' '))
    fc.assert(
      fc.property(name, name, (a, b) => {
        const score = nameLikeness(a, b)
        equal(score, nameLikeness(b, a))
        ok(score >= 0 && score <= 1 + 1e-9)
      }),
    )
  })
  test('two of one name: a city apart they are two, a street apart they may be one', () => {
    const here = { latitude: -24.78, longitude: -65.41 }
    ok(
      likeness(one('a', 'Museo del Vino', here), one('b', 'Museo del Vino', { latitude: -24.781, longitude: -65.411 }))
        .score > 0.95,
    )
    ok(
      likeness(
        one('a', 'Museo del Vino', here),
        one('b', 'Museo del Vino', { city: 'Mendoza', latitude: -32.89, longitude: -68.84 }),
      ).score < 0.1,
    )
    ok(
      likeness(one('a', 'Museo del Vino', { city: 'Salta' }), one('b', 'Museo del Vino', { city: 'Mendoza' })).score <
        worthAsking,
    )
    equal(
      likeness(one('a', 'X', { identifiers: ['isil||PE-1'] }), one('b', 'Y', { identifiers: ['isil||PE-1'] })).score,
      1,
    )
    ok(
      likeness(
        one('a', 'Museo del Vino', { website: 'https://www.vino.ar/' }),
        one('b', 'Museo del Vino y la Vid', { city: '', website: 'http://vino.ar' }),
      ).score > worthAsking,
    )
  })
  test('branches far apart that share a website are not drawn together', () => {
    const site = { website: 'https://museos.pe' }
    const far = likeness(
      one('a', 'Museo del Vino', { ...site, latitude: -12, longitude: -77 }),
      one('b', 'Museo del Vino', { ...site, city: 'Tacna', latitude: -18, longitude: -70 }),
    )
    ok(far.score < worthAsking)
  })
  test('metres', () => {
    ok(
      Math.abs(
        metresBetween({ latitude: -12.0464, longitude: -77.0428 }, { latitude: -13.5319, longitude: -71.9675 }) -
          575_000,
      ) < 5000,
    )
  })
  test('pairs are found without comparing all with all, and those told apart are left out', () => {
    const many = Array.from({ length: 400 }, (_, at) =>
      one(`x${String(at).padStart(3, '0')}`, `Museo ${['Norte', 'Sur', 'Alto', 'Bajo'][at % 4]} Quebrada${at}`, {
        city: `C${at}`,
      }),
    )
    const twins = [
      one('a', 'Museo del Quipu Roto', { city: 'Lima' }),
      one('b', 'Museo del Quippu Roto', { city: 'Lima' }),
    ]
    const found = likelyPairs([...many, ...twins], () => false).filter(({ one: first }) => first === 'a')
    deepEqual(
      found.map(({ other }) => other),
      ['b'],
    )
    deepEqual(
      likelyPairs(twins, () => true),
      [],
    )
  })
})
