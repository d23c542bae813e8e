import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspectFile } from '#kit/import'
import type { InstitutionMapping } from '../mapping.ts'
import { suggestMapping } from '../suggest.ts'
import {
  absent,
  argentina,
  buenosAires,
  dryRun,
  madridCsv,
  madridJson,
  madridXml,
  mexico,
  peru,
  peruAll,
  portugal,
  register,
  type Outcome,
} from './registers.ts'

const options = { skip: absent }

/** Every row is accounted for once, and every refused row says why. */
const addsUp = (outcome: Outcome, rows: number): void => {
  assert.equal(outcome.rows, rows)
  assert.equal(outcome.inspection.rows, rows)
  assert.equal(outcome.accepted.length + outcome.refused + outcome.leftOut, rows)
  assert.equal(new Set(outcome.findings.filter(({ refuses }) => refuses).map(({ row }) => row)).size, outcome.refused)
}

test('Argentina: 1,182 museums, year 0 unknown, namesakes kept apart, precision of coordinates', options, async () => {
  const outcome = await dryRun(register('argentina_museos_datosabiertos.csv'), argentina)
  addsUp(outcome, 1182)
  assert.equal(outcome.accepted.length, 1182)
  assert.equal(outcome.accepted.filter(({ founded }) => founded === '').length, 539 + 71)
  assert.equal(outcome.accepted.filter(({ founded }) => founded === '0').length, 0)
  const count = (precision: string | null): number =>
    outcome.accepted.filter(({ coordinatesPrecision }) => coordinatesPrecision === precision).length
  assert.deepEqual([count('exact'), count('approximate'), count('city')], [1179, 2, 1])
  // 49 names repeat; five pairs are also near one another.
  assert.deepEqual(outcome.notes, {
    'value-unknown': 87,
    'email-wrong': 1,
    'repeated-name-near': 5,
    'telephone-wrong': 3,
  })
  assert.equal(outcome.inspection.columns.find(({ path }) => path === 'año_inauguracion')?.dates?.zeros, 71)
})

test(
  'Mexico: 1,322 museums, unknown and year-only dates, no place at 0, 0, postcodes with their zeros',
  options,
  async () => {
    const outcome = await dryRun(register('mexico_sic_museo_directorio.xml'), mexico)
    addsUp(outcome, 1322)
    assert.equal(outcome.accepted.length, 1322)
    assert.equal(outcome.notes['coordinates-zero'], 199)
    assert.equal(outcome.accepted.filter(({ latitude }) => latitude === null).length, 199)
    assert.equal(outcome.accepted.filter(({ founded }) => founded === '').length, 59)
    assert.equal(outcome.accepted.filter(({ founded }) => /^\d{4}$/.test(founded)).length, 149)
    assert.equal(outcome.accepted.filter(({ name }) => name !== name.trim()).length, 0)
    assert.ok(outcome.accepted.some(({ postcode }) => postcode === '02420'))
    const dates = outcome.inspection.columns.find(({ path }) => path.includes('fecha_fundacion'))!.dates!
    assert.deepEqual(dates.suspects, [{ value: '1000-01-01', count: 59 }])
    assert.deepEqual(dates.suggestion, { unknown: ['1000-01-01'], januaryFirst: 'year' })
  },
)

test('Mexico: where nobody has said what 1000-01-01 means, those rows are refused, not guessed', options, async () => {
  const rules = mexico.rules.map((rule) => ({ ...rule, dates: { unknown: [], januaryFirst: 'day' as const } }))
  const outcome = await dryRun(register('mexico_sic_museo_directorio.xml'), { ...mexico, rules })
  addsUp(outcome, 1322)
  assert.equal(outcome.refused, 59)
  assert.deepEqual(outcome.reasons, { 'date-may-be-unknown': 59 })
})

test('Portugal: labels that are numbers and one museum at two places are refused', options, async () => {
  const outcome = await dryRun(register('portugal_wikidata_museus_2021.json'), portugal)
  addsUp(outcome, 288)
  assert.deepEqual(outcome.reasons, { 'name-is-number': 1, 'repeated-at-two-places': 2 })
  assert.equal(outcome.accepted.length, 285)
})

test('Peru: latitude and longitude are found exchanged in every located row', options, async () => {
  const file = register('peru_mincetur_recursos_turisticos.csv')
  const outcome = await dryRun(file, peruAll)
  addsUp(outcome, 5587)
  assert.deepEqual(outcome.reasons, { 'coordinates-swapped': 4487 })
  assert.equal(outcome.accepted.length, 1100)
  const mended = await dryRun(file, { ...peruAll, place: { ...peruAll.place, swapped: 'correct' } })
  addsUp(mended, 5587)
  assert.equal(mended.refused, 0)
  assert.equal(
    mended.accepted.filter(({ latitude }) => latitude !== null && latitude < 0.1 && latitude > -18.5).length,
    4487,
  )
})

test('Peru: what is no museum is left out by rule, and said to be', options, async () => {
  const file = register('peru_mincetur_recursos_turisticos.csv')
  const mended: InstitutionMapping = { ...peru, place: { ...peru.place, swapped: 'correct' } }
  const outcome = await dryRun(file, mended)
  addsUp(outcome, 5587)
  assert.deepEqual([outcome.accepted.length, outcome.refused, outcome.leftOut], [164, 0, 5423])
  assert.equal(outcome.notes['coordinates-swapped'], 164)
})

test('Buenos Aires: 136 museums of OpenStreetMap', options, async () => {
  const outcome = await dryRun(register('argentina_caba_osm_museums.geojson'), buenosAires)
  addsUp(outcome, 136)
  assert.equal(outcome.accepted.length, 136)
  assert.equal(outcome.accepted.filter(({ latitude }) => latitude !== null).length, 136)
  assert.ok(outcome.accepted.some(({ founded }) => founded === '187X'))
})

test('Madrid: three forms of the same data give the same museums', options, async () => {
  const forms = [
    await dryRun(register('madrid_201132-0-museos.csv'), madridCsv),
    await dryRun(register('madrid_201132-0-museos.xml'), madridXml),
    await dryRun(register('madrid_201132-0-museos.json'), madridJson),
  ]
  for (const form of forms) {
    addsUp(form, 67)
    assert.equal(form.accepted.length, 67)
  }
  const essential = ({ accepted }: Outcome): unknown =>
    accepted
      .map(({ name, city, postcode, latitude, longitude, accessibility, website, identifiers }) => ({
        name,
        city,
        postcode,
        latitude,
        longitude,
        accessibility,
        website,
        identifiers,
      }))
      .toSorted((a, b) => a.identifiers[0]!.value.localeCompare(b.identifiers[0]!.value))
  const [csv, xml, json] = forms.map(essential)
  assert.deepEqual(xml, csv)
  assert.deepEqual(json, csv)
  // All else is equal in CSV and XML too, but for the opening hours of one museum, which the source itself tells differently.
  const differing = forms[0]!.accepted.filter((museum) => {
    const twin = forms[1]!.accepted.find(({ identifiers }) => identifiers[0]!.value === museum.identifiers[0]!.value)
    return JSON.stringify(museum) !== JSON.stringify(twin)
  })
  assert.deepEqual(
    differing.map(({ name }) => name),
    ['Planetario de Madrid'],
  )
  const clean = forms[0]!.accepted.find(({ name }) => name === 'Casa Museo Lope de Vega')!
  assert.match(clean.descriptions['es']!, /mi güertecillo y estudio/)
})

test(
  'the first proposal for each register finds its name, its country, its place and its identifier',
  options,
  async () => {
    const expected: [string, string, string[]][] = [
      [
        'argentina_museos_datosabiertos.csv',
        'AR',
        ['nombre', 'Latitud', 'Longitud', 'año_inauguracion', 'jurisdiccion', 'CP'],
      ],
      [
        'mexico_sic_museo_directorio.xml',
        'MX',
        ['museo_nombre', 'museo_id', 'gmaps_latitud', 'museo_fecha_fundacion', 'museo_cp', 'museo_adscripcion'],
      ],
      [
        'peru_mincetur_recursos_turisticos.csv',
        'PE',
        ['NOMBRE DEL RECURSO', 'CODIGO DEL RECURSO', 'LATITUD', 'REGIÓN'],
      ],
      ['argentina_caba_osm_museums.geojson', 'AR', ['name', '@id', 'geometry.latitude', 'opening_hours', 'wikidata']],
      ['madrid_201132-0-museos.csv', 'ES', ['NOMBRE', 'PK', 'LATITUD', 'HORARIO', 'CODIGO-POSTAL', 'EMAIL']],
      ['portugal_wikidata_museus_2021.json', '', ['itemLabel', 'item', 'geo']],
    ]
    for (const [name, country, columns] of expected) {
      const inspection = await inspectFile(register(name))
      const { mapping, filters } = suggestMapping(inspection, 'x', 'es')
      const used = mapping.rules.flatMap(({ from }) => from.map((path) => /=([^\]]+)\]$/.exec(path)?.[1] ?? path))
      assert.deepEqual(
        columns.filter((column) => !used.includes(column)),
        [],
        name,
      )
      assert.equal(mapping.rules.find(({ field }) => field === 'country')?.constant ?? '', country, name)
      assert.deepEqual(mapping.only, [])
      if (name.startsWith('peru'))
        assert.deepEqual(filters, [{ column: 'TIPO DE CATEGORÍA', is: 'among', values: ['Museos y otros'] }])
    }
  },
)
