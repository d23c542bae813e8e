import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { geoContains } from 'd3-geo'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { countryNumber } from '../countries.ts'
import { countryAt, distance, outlineOf, whereabouts } from '../outline.ts'

const shapes = (): Map<string, GeoJSON.Feature> => {
  const file = new URL(import.meta.resolve('world-atlas/countries-10m.json'))
  const topology = JSON.parse(readFileSync(file, 'utf8')) as Topology<{ countries: GeometryCollection }>
  return new Map(feature(topology, topology.objects.countries).features.map((shape) => [String(shape.id), shape]))
}

test('agrees with d3-geo on what is inside, away from the line itself', () => {
  const all = shapes()
  for (const code of ['AR', 'PE', 'EC', 'MX', 'ES', 'PT', 'UY']) {
    const outline = outlineOf(code)!
    const shape = all.get(countryNumber(code)!)!
    const point = fc.tuple(
      fc.double({ min: outline.south - 1, max: outline.north + 1, noNaN: true }),
      fc.double({ min: outline.west - 1, max: outline.east + 1, noNaN: true }),
    )
    fc.assert(
      fc.property(point, ([latitude, longitude]) => {
        const here = whereabouts(outline, latitude, longitude)
        if (here === 'near') return
        assert.equal(here === 'inside', geoContains(shape, [longitude, latitude]), `${code} ${latitude} ${longitude}`)
      }),
      { numRuns: 40 },
    )
  }
})

test('knows islands, quays, waters and neighbours', () => {
  const places: [string, number, number, string][] = [
    ['PE', -12.0464, -77.0428, 'inside'],
    ['EC', -0.74, -90.31, 'inside'], // Galápagos
    ['CL', -27.15, -109.42, 'inside'], // Rapa Nui
    ['ES', 28.12, -15.43, 'inside'], // Las Palmas
    ['PT', 37.8, -25.5, 'inside'], // São Miguel
    ['PT', 37.74, -25.67, 'near'], // the quay of Ponta Delgada
    ['PE', -13.737, -76.397, 'offshore'],
    ['PE', -16.5, -68.15, 'outside'], // La Paz
    ['UY', -34.6, -58.38, 'outside'], // Buenos Aires, across the river
  ]
  for (const [code, latitude, longitude, expected] of places)
    assert.equal(whereabouts(outlineOf(code)!, latitude, longitude), expected, `${code} ${latitude} ${longitude}`)
  assert.equal(countryAt(-16.5, -68.15), 'BO')
  assert.equal(countryAt(-30, -120), undefined)
  assert.equal(outlineOf('XX'), undefined)
})

test('measures distances', () => {
  const madrid = { latitude: 40.4168, longitude: -3.7038 }
  const lima = { latitude: -12.0464, longitude: -77.0428 }
  assert.ok(Math.abs(distance(madrid, lima) - 9506) < 20, String(distance(madrid, lima)))
  assert.equal(distance(madrid, madrid), 0)
})
