import { readFileSync } from 'node:fs'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { countryCodes, countryNumber } from './countries.ts'

/** Two ends of a straight piece of a country's outline, in degrees. */
type Edge = { x1: number; y1: number; x2: number; y2: number }

type Box = { south: number; north: number; west: number; east: number }

/** A country's outline, its pieces sorted into bands of latitude so that a point meets only those at its height. */
export type Outline = Box & { bands: Edge[][] }

export type Whereabouts = 'inside' | 'near' | 'offshore' | 'outside'

const bandHeight = 0.1
const kilometresPerDegree = 111.195

/** The outline is drawn at 1:10 million: it cuts off quays and headlands. */
const nearby = 5
/** Islets that the outline lacks lie in a country's waters (12 nautical miles) or a little beyond. */
const waters = 30

type Collection = { features: { id?: string | number; geometry: { type: string; coordinates: unknown } }[] }

let world: Map<string, number[][][]> | undefined

/** Rings of each country by numeric code. Natural Earth 1:10m (public domain), from the package `world-atlas`. */
const loadWorld = (): Map<string, number[][][]> => {
  const file = new URL(import.meta.resolve('world-atlas/countries-10m.json'))
  const topology = JSON.parse(readFileSync(file, 'utf8')) as Topology<{ countries: GeometryCollection }>
  const collection = feature(topology, topology.objects.countries) as unknown as Collection
  const found = new Map<string, number[][][]>()
  for (const { id, geometry } of collection.features) {
    if (id === undefined) continue
    const polygons =
      geometry.type === 'Polygon' ? [geometry.coordinates as number[][][]] : (geometry.coordinates as number[][][][])
    found.set(String(id), [...(found.get(String(id)) ?? []), ...polygons.flat()])
  }
  return found
}

const outlines = new Map<string, Outline | undefined>()

const boxOf = (rings: number[][][]): Box => {
  const box = { south: 90, north: -90, west: 180, east: -180 }
  for (const ring of rings)
    for (const [x, y] of ring as [number, number][]) {
      box.south = Math.min(box.south, y)
      box.north = Math.max(box.north, y)
      box.west = Math.min(box.west, x)
      box.east = Math.max(box.east, x)
    }
  return box
}

const draw = (rings: number[][][]): Outline => {
  const outline: Outline = { ...boxOf(rings), bands: [] }
  const last = Math.floor((outline.north - outline.south) / bandHeight)
  for (let band = 0; band <= last; band++) outline.bands.push([])
  for (const ring of rings)
    for (let at = 1; at < ring.length; at++) {
      const [x1, y1] = ring[at - 1] as [number, number]
      const [x2, y2] = ring[at] as [number, number]
      const edge = { x1, y1, x2, y2 }
      const low = Math.floor((Math.min(y1, y2) - outline.south) / bandHeight)
      const high = Math.floor((Math.max(y1, y2) - outline.south) / bandHeight)
      for (let band = low; band <= Math.min(high, last); band++) outline.bands[band]!.push(edge)
    }
  return outline
}

/** The outline of a country by its alpha-2 code, drawn at first use and kept; undefined where there is none. */
export const outlineOf = (code: string): Outline | undefined => {
  if (outlines.has(code)) return outlines.get(code)
  world ??= loadWorld()
  const rings = world.get(countryNumber(code) ?? '')
  const outline = rings === undefined ? undefined : draw(rings)
  outlines.set(code, outline)
  return outline
}

const contains = (outline: Outline, latitude: number, longitude: number): boolean => {
  const band = outline.bands[Math.floor((latitude - outline.south) / bandHeight)]
  if (band === undefined || longitude < outline.west || longitude > outline.east) return false
  let inside = false
  for (const { x1, y1, x2, y2 } of band)
    if (y1 > latitude !== y2 > latitude && longitude < x1 + ((latitude - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside
  return inside
}

const touches = (outline: Outline, latitude: number, longitude: number, kilometres: number): boolean => {
  const reach = kilometres / kilometresPerDegree
  const narrow = Math.max(Math.cos((latitude * Math.PI) / 180), 0.01)
  if (longitude < outline.west - reach / narrow || longitude > outline.east + reach / narrow) return false
  const low = Math.max(Math.floor((latitude - reach - outline.south) / bandHeight), 0)
  const high = Math.min(Math.floor((latitude + reach - outline.south) / bandHeight), outline.bands.length - 1)
  for (let band = low; band <= high; band++)
    for (const edge of outline.bands[band]!) {
      const [ax, ay] = [(edge.x1 - longitude) * narrow, edge.y1 - latitude]
      const [dx, dy] = [(edge.x2 - edge.x1) * narrow, edge.y2 - edge.y1]
      const length = dx * dx + dy * dy
      const along = length === 0 ? 0 : Math.min(Math.max(-(ax * dx + ay * dy) / length, 0), 1)
      if (Math.hypot(ax + along * dx, ay + along * dy) <= reach) return true
    }
  return false
}

let boxes: { code: string; box: Box }[] | undefined

/** The alpha-2 code of the country that a point lies in, or undefined at sea. Degrees. */
export const countryAt = (latitude: number, longitude: number): string | undefined => {
  world ??= loadWorld()
  boxes ??= countryCodes().flatMap((code) => {
    const rings = world!.get(countryNumber(code)!)
    return rings === undefined ? [] : [{ code, box: boxOf(rings) }]
  })
  return boxes.find(
    ({ code, box }) =>
      latitude >= box.south &&
      latitude <= box.north &&
      longitude >= box.west &&
      longitude <= box.east &&
      contains(outlineOf(code)!, latitude, longitude),
  )?.code
}

/**
 * Where a point lies, seen from a country: inside; within 5 km of its outline; within 30 km of it and in no other country
 * (an islet that the outline lacks); or outside. Degrees.
 */
export const whereabouts = (outline: Outline, latitude: number, longitude: number): Whereabouts => {
  if (contains(outline, latitude, longitude)) return 'inside'
  if (touches(outline, latitude, longitude, nearby)) return 'near'
  const atSea = touches(outline, latitude, longitude, waters) && countryAt(latitude, longitude) === undefined
  return atSea ? 'offshore' : 'outside'
}

/** Kilometres between two points on a sphere of the earth's mean radius. */
export const distance = (
  a: { latitude: number; longitude: number },
  b: { latitude: number; longitude: number },
): number => {
  const rad = Math.PI / 180
  const h =
    Math.sin(((b.latitude - a.latitude) * rad) / 2) ** 2 +
    Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * Math.sin(((b.longitude - a.longitude) * rad) / 2) ** 2
  return 2 * 6371.0088 * Math.asin(Math.min(Math.sqrt(h), 1))
}
