import { numbersOf, type Bits } from './bits.ts'
import type { RegisterIndex } from './register-index.ts'
import { metresBetween } from '../trade.ts'

/** West and east may be in any order of the globe; none of the network's museums lies across the date line. Degrees, WGS 84. */
export type Bounds = { south: number; west: number; north: number; east: number }

/** Hits that stand together on the map: how many, where their middle is, and one of them, by which the place is called. */
export type Cluster = { count: number; latitude: number; longitude: number; id: string; bounds: Bounds }

/** The bounds of all hits that have a place, or null. */
export function boundsOf(index: RegisterIndex, bits: Bits): Bounds | null {
  let [south, west, north, east] = [91, 181, -91, -181]
  for (const slot of numbersOf(bits)) {
    const latitude = index.latitude[slot]!
    if (Number.isNaN(latitude)) continue
    const longitude = index.longitude[slot]!
    if (latitude < south) south = latitude
    if (latitude > north) north = latitude
    if (longitude < west) west = longitude
    if (longitude > east) east = longitude
  }
  return north < south ? null : { south, west, north, east }
}

/**
 * The hits within bounds gathered by a grid of at most `cells` × `cells`, the most numerous first; and how many of the hits have no place, so that a map's numbers add up.
 */
export function clustersOf(
  index: RegisterIndex,
  bits: Bits,
  bounds: Bounds,
  cells: number,
): { clusters: Cluster[]; placed: number; unplaced: number } {
  const step = Math.max(bounds.north - bounds.south, bounds.east - bounds.west, 1e-6) / cells
  // A row of numbers for each cell: how many, the sums of their places, their bounds, and the last slot seen.
  const size = cells * cells
  const [counts, slots] = [new Uint32Array(size), new Uint32Array(size)]
  const [latitudes, longitudes] = [new Float64Array(size), new Float64Array(size)]
  const [south, west] = [new Float64Array(size).fill(91), new Float64Array(size).fill(181)]
  const [north, east] = [new Float64Array(size).fill(-91), new Float64Array(size).fill(-181)]
  let unplaced = 0
  let placed = 0
  for (const slot of numbersOf(bits)) {
    const latitude = index.latitude[slot]!
    const longitude = index.longitude[slot]!
    if (Number.isNaN(latitude)) {
      unplaced += 1
      continue
    }
    if (latitude < bounds.south || latitude > bounds.north || longitude < bounds.west || longitude > bounds.east)
      continue
    placed += 1
    const row = Math.min(cells - 1, Math.floor((latitude - bounds.south) / step))
    const cell = row * cells + Math.min(cells - 1, Math.floor((longitude - bounds.west) / step))
    counts[cell]! += 1
    slots[cell] = slot
    latitudes[cell]! += latitude
    longitudes[cell]! += longitude
    if (latitude < south[cell]!) south[cell] = latitude
    if (latitude > north[cell]!) north[cell] = latitude
    if (longitude < west[cell]!) west[cell] = longitude
    if (longitude > east[cell]!) east[cell] = longitude
  }
  const clusters: Cluster[] = []
  for (const [cell, count] of counts.entries()) {
    if (count === 0) continue
    clusters.push({
      count,
      latitude: latitudes[cell]! / count,
      longitude: longitudes[cell]! / count,
      id: index.ids[slots[cell]!]!,
      bounds: { south: south[cell]!, west: west[cell]!, north: north[cell]!, east: east[cell]! },
    })
  }
  clusters.sort((a, b) => b.count - a.count)
  return { clusters: gathered(clusters, step), placed, unplaced }
}

/** Groups that would cover one another on the map, because a line of the grid parted them, are one: the smaller joins the larger. */
function gathered(clusters: readonly Cluster[], step: number): Cluster[] {
  const apart: Cluster[] = []
  for (const one of clusters) {
    const near = apart.find(
      (other) =>
        Math.abs(other.latitude - one.latitude) < step * 0.9 && Math.abs(other.longitude - one.longitude) < step * 0.9,
    )
    if (!near) {
      apart.push({ ...one, bounds: { ...one.bounds } })
      continue
    }
    const count = near.count + one.count
    near.latitude = (near.latitude * near.count + one.latitude * one.count) / count
    near.longitude = (near.longitude * near.count + one.longitude * one.count) / count
    near.count = count
    near.bounds = {
      south: Math.min(near.bounds.south, one.bounds.south),
      west: Math.min(near.bounds.west, one.bounds.west),
      north: Math.max(near.bounds.north, one.bounds.north),
      east: Math.max(near.bounds.east, one.bounds.east),
    }
  }
  return apart.sort((a, b) => b.count - a.count)
}

/** The nearest others to an institution, within 200 km, with their distance in metres. */
export function nearestTo(index: RegisterIndex, id: string, many: number): { id: string; metres: number }[] {
  const slot = index.slots.get(id)
  if (slot === undefined || Number.isNaN(index.latitude[slot]!)) return []
  const here = { latitude: index.latitude[slot]!, longitude: index.longitude[slot]! }
  const wide = 1.8 / Math.max(0.1, Math.cos((here.latitude * Math.PI) / 180))
  const found: { id: string; metres: number }[] = []
  for (const other of index.order) {
    const latitude = index.latitude[other]!
    // A box first: the exact distance is dear.
    if (!(Math.abs(latitude - here.latitude) < 1.8) || other === slot) continue
    const longitude = index.longitude[other]!
    if (Math.abs(longitude - here.longitude) > wide) continue
    const metres = metresBetween(here, { latitude, longitude })
    if (metres <= 200_000) found.push({ id: index.ids[other]!, metres })
  }
  return found.sort((a, b) => a.metres - b.metres || (a.id < b.id ? -1 : 1)).slice(0, many)
}
