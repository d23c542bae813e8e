import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { feature } from 'topojson-client'
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import type { GeometryCollection, Topology } from 'topojson-specification'

/** The outline of a country, known by its ISO 3166-1 code of two letters. */
export type Country = Feature<Polygon | MultiPolygon, { code: string }>

const kept = new Map<string, FeatureCollection<Polygon | MultiPolygon, { code: string }>>()

/**
 * The outlines of the world's countries, from `world-atlas` (Natural Earth, in the public domain), read once. Maps thin
 * `fine` outlines to what can be seen; `coarse` is for maps so small that even this is too much.
 */
export function atlas(detail: 'coarse' | 'fine' = 'fine'): FeatureCollection<Polygon | MultiPolygon, { code: string }> {
  const known = kept.get(detail)
  if (known) return known
  const file = createRequire(import.meta.url).resolve(
    `world-atlas/countries-${detail === 'coarse' ? '110m' : '50m'}.json`,
  )
  const world = JSON.parse(readFileSync(file, 'utf8')) as Topology<{ countries: GeometryCollection }>
  const { features } = feature(world, world.objects.countries)
  const made: FeatureCollection<Polygon | MultiPolygon, { code: string }> = {
    type: 'FeatureCollection',
    features: features.map((one) => ({ ...one, properties: { code: letters(one.id) } }) as Country),
  }
  kept.set(detail, made)
  return made
}

/** ISO 3166-1 by two letters from the three digits that the atlas carries; '' for territories that ISO does not number. */
function letters(digits: string | number | undefined): string {
  if (digits === undefined) return ''
  // CLDR counts the digits among the aliases of a region, so that every runtime knows them.
  const region = new Intl.Locale(`und-${String(digits).padStart(3, '0')}`).region ?? ''
  return /^[A-Z]{2}$/u.test(region) ? region : ''
}
