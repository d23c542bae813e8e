import { type GeoProjection, type GeoStream, geoBounds, geoMercator, geoPath } from 'd3-geo'
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { atlas } from './atlas.ts'

export type Outlines = FeatureCollection<Polygon | MultiPolygon, { code: string }>

/** The size of the picture, in units of its own. */
export const width = 640
export const height = 560

type Shown = {
  outlines?: Outlines | undefined
  points?: readonly { latitude: number; longitude: number }[] | undefined
  countries?: readonly { code: string }[] | undefined
  /** West, south, east, north. */
  frame?: readonly [number, number, number, number] | undefined
}

type Shape = { code: string; d: string }
type Extent = { type: 'MultiPoint'; coordinates: [number, number][] } | FeatureCollection

/** Where everything lies in the picture, and the outlines that are seen in it. */
export function picture(of: Shown): { projection: GeoProjection; shapes: readonly Shape[] } {
  const projection = geoMercator()
  projection.fitExtent(
    [
      [12, 12],
      [width - 12, height - 12],
    ],
    extentOf(of),
  )
  // A little beyond the edges, so that no outline is drawn along them.
  projection.clipExtent([
    [-9, -9],
    [width + 9, height + 9],
  ])
  // Degrees across the picture: a continent is well drawn by the coarse outlines, a country is not.
  const across = (width / projection.scale()) * (180 / Math.PI)
  const outlines = of.outlines ?? atlas(across > 75 ? 'coarse' : 'fine')
  return { projection, shapes: drawn(outlines, projection) }
}

/** What the projection is fitted to: the frame asked for, else the countries that are marked, else the points, else the world. */
function extentOf({ frame, points = [], countries = [], outlines = atlas('coarse') }: Shown): Extent {
  if (frame) {
    const [west, south, east, north] = frame
    return {
      type: 'MultiPoint',
      coordinates: [
        [west, south],
        [east, north],
      ],
    }
  }
  const codes = new Set(countries.map((one) => one.code))
  const marked = outlines.features.filter((one) => codes.has(one.properties.code))
  if (marked.length > 0) return { type: 'FeatureCollection', features: marked }
  if (points.length === 0) {
    // Nothing to fit to: the inhabited world, without the ice at both ends.
    return {
      type: 'MultiPoint',
      coordinates: [
        [-168, -55],
        [178, 71],
      ],
    }
  }
  const longitudes = points.map((one) => one.longitude)
  const latitudes = points.map((one) => one.latitude)
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)]
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)]
  // One place alone, or places close together, are shown with a few degrees around them.
  const pad = Math.max(2, (8 - Math.max(east - west, north - south)) / 2)
  return {
    type: 'MultiPoint',
    coordinates: [
      [west - pad, Math.max(-80, south - pad)],
      [east + pad, Math.min(80, north + pad)],
    ],
  }
}

const kept = new Map<string, readonly Shape[]>()
const sheets = new WeakMap<Outlines, number>()
let lastSheet = 0

/** The outlines as paths. The same frame is asked for again and again, so the last hundred are kept. */
function drawn(outlines: Outlines, projection: GeoProjection): readonly Shape[] {
  const sheet = sheets.get(outlines) ?? ++lastSheet
  sheets.set(outlines, sheet)
  const name = [sheet, projection.scale(), ...projection.translate()].join(' ')
  const known = kept.get(name)
  if (known) return known
  const draw = geoPath(thinned(projection)).digits(1)
  const seen = seenThrough(projection)
  const shapes = outlines.features.flatMap((outline) => {
    // Nobody keeps a museum there, and on this projection it would be the largest land of all.
    if (outline.properties.code === 'AQ') return []
    const d = seen(outline) ? draw(outline) : null
    return d ? [{ code: outline.properties.code, d }] : []
  })
  if (kept.size >= 100) kept.delete(kept.keys().next().value!)
  kept.set(name, shapes)
  return shapes
}

/** The projection, sparing points that lie closer than a pixel or so to the one before: an outline keeps its look at a fraction of its length. */
function thinned(projection: GeoProjection): { stream: (out: GeoStream) => GeoStream } {
  return {
    stream(out) {
      let last: [number, number] | null = null
      return projection.stream({
        point(x, y) {
          if (last && Math.abs(x - last[0]) < 1.3 && Math.abs(y - last[1]) < 1.3) return
          last = [x, y]
          out.point(x, y)
        },
        lineStart() {
          last = null
          out.lineStart()
        },
        lineEnd: () => out.lineEnd(),
        polygonStart: () => out.polygonStart(),
        polygonEnd: () => out.polygonEnd(),
      })
    },
  }
}

const bounds = new WeakMap<object, [[number, number], [number, number]]>()

/** Tells whether an outline can lie in the picture at all, by its bounds, which are kept: most of the world is not drawn. */
function seenThrough(projection: GeoProjection): (outline: Feature<Polygon | MultiPolygon>) => boolean {
  // Beyond half the globe the corners wrap around and tell nothing.
  const across = (width / projection.scale()) * (180 / Math.PI)
  if (across > 170) return () => true
  const [west = -180, south = -90] = projection.invert?.([0, height]) ?? []
  const [east = 180, north = 90] = projection.invert?.([width, 0]) ?? []
  return (outline) => {
    const known = bounds.get(outline) ?? geoBounds(outline)
    bounds.set(outline, known)
    const [[left, bottom], [right, top]] = known
    // A country on both sides of the date line has its west beyond its east: it is drawn to be safe.
    return bottom <= north && top >= south && (left > right || (left <= east && right >= west))
  }
}
