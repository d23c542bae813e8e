import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Row } from '#kit/import'
import { checkRow, newContext, type Outcome } from '../check.ts'
import { countryCodes, countryNumber, readCountry } from '../countries.ts'
import { emptyMapping, faultsOf, type FieldRule, type InstitutionMapping } from '../mapping.ts'
import { vocabulary } from '../headers.ts'
import { isField } from '../fields.ts'
import { speak, languages } from '#kit/words'
import { words } from '../words/index.ts'

const columns = [
  'name',
  'country',
  'latitude',
  'longitude',
  'identifier',
  'city',
  'email',
  'founded',
  'type',
  'kind',
] as const

const mapping = (changes: Partial<InstitutionMapping> = {}, rules: Partial<FieldRule> = {}): InstitutionMapping => ({
  ...emptyMapping('test', 'es'),
  rules: columns.map((field) => ({ field, from: [field], ...rules })),
  ...changes,
})

const peruvian = { name: 'Museo de Arte', country: 'PE', identifier: '1' }
let number = 0
const row = (cells: Record<string, string>): Row => ({
  number: ++number,
  line: null,
  cells: { ...peruvian, identifier: String(number), ...cells },
  raw: null,
  flaws: [],
})

const check = (cells: Record<string, string>, using = mapping(), context = newContext()): Outcome =>
  checkRow(using, row(cells), context)
const codes = (outcome: Outcome): string[] => outcome.findings.map(({ code }) => code)

test('tells where a point lies, and what would bring it home', () => {
  const lima = { latitude: '-12.0464', longitude: '-77.0428' }
  const cases: [Record<string, string>, string[], [number, number] | null][] = [
    [lima, [], [-12.0464, -77.0428]],
    [{ latitude: '-77.0428', longitude: '-12.0464' }, ['coordinates-swapped'], null],
    [{ latitude: '12.0464', longitude: '-77.0428' }, ['coordinates-sign'], null],
    [{ latitude: '-12.0464', longitude: '77.0428' }, ['coordinates-sign'], null],
    [{ latitude: '0', longitude: '0' }, ['coordinates-zero'], null],
    [{ latitude: '', longitude: '' }, [], null],
    [{ latitude: '-12.0464', longitude: '' }, ['coordinates-halved'], null],
    [{ latitude: 's/d', longitude: 's/d' }, ['coordinates-unreadable'], null],
    [{ latitude: '-16.5', longitude: '-68.15' }, ['coordinates-elsewhere'], null],
    [{ latitude: '-30', longitude: '-120' }, ['coordinates-outside'], null],
    // Islas Ballestas and the like: no island of the outline, but in Peru's waters.
    [{ latitude: '-13.737', longitude: '-76.397' }, ['coordinates-offshore'], [-13.737, -76.397]],
  ]
  for (const [cells, expected, point] of cases) {
    const outcome = check(cells)
    assert.deepEqual(codes(outcome), expected, JSON.stringify(cells))
    if (outcome.outcome === 'left-out') assert.fail()
    assert.deepEqual([outcome.draft.latitude, outcome.draft.longitude], point ?? [null, null])
  }
})

test('mends, empties or refuses coordinates as the mapping says, and says which', () => {
  const swapped = { latitude: '-77.0428', longitude: '-12.0464' }
  const at = (remedy: 'refuse' | 'correct' | 'empty') => {
    const outcome = check(swapped, mapping({ place: { swapped: remedy, sign: 'refuse', outside: 'refuse' } }))
    if (outcome.outcome === 'left-out') return assert.fail()
    const [finding] = outcome.findings
    return [outcome.outcome, finding!.refuses, finding!.remedy, outcome.draft.latitude, finding!.values?.['latitude']]
  }
  assert.deepEqual(at('refuse'), ['refused', true, undefined, null, '-12.0464'])
  assert.deepEqual(at('correct'), ['accepted', false, 'corrected', -12.0464, '-12.0464'])
  assert.deepEqual(at('empty'), ['accepted', false, 'emptied', null, '-12.0464'])
})

test('says everything that is wrong with a row at once', () => {
  const outcome = check({
    name: 'Q42',
    country: 'Narnia',
    email: 'x',
    founded: 'ayer',
    type: 'Arte',
    latitude: '1',
    longitude: '',
  })
  assert.equal(outcome.outcome, 'refused')
  assert.deepEqual(codes(outcome), [
    'name-is-number',
    'country-unknown',
    'email-wrong',
    'not-a-date',
    'value-unknown',
    'coordinates-halved',
  ])
  assert.deepEqual(
    outcome.findings.map(({ column }) => column),
    ['name', 'country', 'email', 'founded', 'type', 'latitude'],
  )
})

test('a cell that cannot be read is left empty where the mapping says so, and noted', () => {
  const outcome = check({ email: 'a@b.org; x@y', founded: 'ayer' }, mapping({}, { onProblem: 'empty' }))
  if (outcome.outcome !== 'accepted') return assert.fail()
  assert.deepEqual([outcome.draft.email, outcome.draft.founded], ['a@b.org', ''])
  assert.deepEqual(
    outcome.findings.map(({ code, value, remedy }) => [code, value, remedy]),
    [
      ['email-wrong', 'x@y', 'emptied'],
      ['not-a-date', 'ayer', 'emptied'],
    ],
  )
})

test('name, country and the identifier that the mapping names must be there', () => {
  assert.deepEqual(codes(check({ name: ' ', country: '', identifier: '' })), [
    'name-missing',
    'country-missing',
    'identifier-missing',
  ])
  const here = newContext(['CL'])
  assert.deepEqual(codes(checkRow(mapping(), row({}), here)), ['country-not-here'])
})

test('recognises a museum that the file has had before', () => {
  const lima = { latitude: '-12.0464', longitude: '-77.0428' }
  const close = { latitude: '-12.0465', longitude: '-77.0429' }
  const far = { latitude: '-13.5', longitude: '-71.97' }
  const second = (first: Record<string, string>, next: Record<string, string>, using = mapping()): Outcome => {
    const context = newContext()
    assert.equal(checkRow(using, row({ identifier: 'A', ...first }), context).outcome, 'accepted')
    return checkRow(using, row({ identifier: 'A', ...next }), context)
  }
  assert.deepEqual(codes(second(lima, lima)), ['repeated-row'])
  assert.deepEqual(codes(second(lima, far)), ['repeated-at-two-places'])
  assert.deepEqual(codes(second(lima, { ...lima, name: 'Otro' })), ['repeated-identifier'])
  assert.deepEqual(codes(second(lima, { ...close, identifier: 'B', name: 'MUSEO de ARTE.' })), ['repeated-name-near'])
  assert.deepEqual(codes(second(lima, { ...far, identifier: 'B' })), [])
  assert.deepEqual(codes(second({ city: 'Lima' }, { city: 'LIMA', identifier: 'B' })), ['repeated-name-near'])
  assert.deepEqual(codes(second({ city: 'Lima' }, { city: 'Cusco', identifier: 'B' })), [])
  const leaveOut = mapping({ repeated: { identifier: 'leave-out', near: 'refuse', metres: 150 } })
  assert.equal(second(lima, lima, leaveOut).outcome, 'left-out')
  assert.equal(second(lima, { ...close, identifier: 'B' }, leaveOut).outcome, 'refused')
})

test('a refused row is not remembered: its mended copy may follow', () => {
  const context = newContext()
  assert.equal(checkRow(mapping(), row({ identifier: 'A', email: 'x' }), context).outcome, 'refused')
  assert.equal(checkRow(mapping(), row({ identifier: 'A', email: 'x@y.org' }), context).outcome, 'accepted')
})

test('a mapping that cannot be run says everything that it lacks', () => {
  const lacking: InstitutionMapping = {
    ...emptyMapping('', 'es'),
    only: [{ column: 'gone', is: 'filled' }],
    rules: [
      { field: 'latitude', from: ['lat'] },
      { field: 'easting', from: ['x'] },
      { field: 'northing', from: ['y'] },
      { field: 'city', from: [] },
      { field: 'city', from: ['lat'] },
    ],
  }
  assert.deepEqual(
    faultsOf(lacking, ['lat', 'x', 'y'])
      .map(({ field, words: key }) => `${field} ${key.slice(15)}`)
      .sort(),
    [
      'city column-missing',
      'city field-twice',
      'country country-missing',
      'longitude coordinates-halved',
      'name name-missing',
      'only no-such-column',
      'point coordinates-twice',
      'source source-missing',
      'zone zone-missing',
    ],
  )
  assert.deepEqual(faultsOf(mapping(), columns), [])
})

test('knows countries by code and by name in four languages', () => {
  for (const text of ['PE', 'pe', 'Perú', 'Peru', 'PERU', 'بيرو']) assert.equal(readCountry(text), 'PE', text)
  assert.equal(readCountry('Brasil'), 'BR')
  assert.equal(readCountry('República Dominicana'), 'DO')
  assert.equal(readCountry('Narnia'), null)
  assert.equal(countryNumber('PE'), '604')
  assert.equal(new Set(countryCodes().map(countryNumber)).size, countryCodes().length)
  assert.ok(countryCodes().length > 240)
})

test('every reason has its sentence in every language, and every word of the vocabulary a field', () => {
  const reasons = [
    'ragged',
    'name-missing',
    'name-is-number',
    'country-missing',
    'country-unknown',
    'country-not-here',
    'identifier-missing',
    'value-unknown',
    'too-long',
    'coordinates-unreadable',
    'coordinates-halved',
    'coordinates-zero',
    'coordinates-swapped',
    'coordinates-sign',
    'coordinates-outside',
    'coordinates-elsewhere',
    'coordinates-offshore',
    'not-a-date',
    'date-order-unknown',
    'date-may-be-unknown',
    'date-may-be-year',
    'email-wrong',
    'web-address-wrong',
    'telephone-wrong',
    'postcode-wrong',
    'wikidata-wrong',
    'isil-wrong',
    'yes-or-no-wrong',
    'repeated-row',
    'repeated-identifier',
    'repeated-at-two-places',
    'repeated-name-near',
  ]
  for (const language of languages) {
    const t = speak(words, language)
    for (const reason of reasons) assert.ok(t.has(`problem.${reason}`), `${language} ${reason}`)
  }
  for (const { field } of vocabulary) assert.ok(isField(field), field)
})
