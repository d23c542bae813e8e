import { applyRule, fromUtm, readCoordinate, readNumber, readPoint, readZone, type Point } from '#kit/import'
import type { Report } from './check.ts'
import type { Field, InstitutionDraft } from './fields.ts'
import type { FieldRule, InstitutionMapping, Remedy } from './mapping.ts'
import { countryAt, outlineOf, whereabouts, type Outline, type Whereabouts } from './outline.ts'

type Cells = Readonly<Record<string, string>>

/** What the cells say of the place: a point, nothing, or a reason. `text` is what stood there. */
type Found = { point: Point | null; text: string; column: string; code?: string; field: Field; rule?: FieldRule }

const ruleOf = (mapping: InstitutionMapping, field: Field): FieldRule | undefined =>
  mapping.rules.find((rule) => rule.field === field)

const pair = (mapping: InstitutionMapping, cells: Cells, first: FieldRule, second: FieldRule): Found => {
  const [a, b] = [applyRule(first, cells), applyRule(second, cells)]
  const [x, y] = [a.values[0] ?? '', b.values[0] ?? '']
  const found = {
    text: `${x} ${y}`.trim(),
    column: x === '' && y !== '' ? b.column : a.column,
    field: first.field,
    rule: first,
    point: null,
  }
  if (x === '' && y === '') return found
  if (x === '' || y === '') return { ...found, code: 'coordinates-halved' }
  if (first.field === 'easting') {
    const zone = readZone(applyRule(ruleOf(mapping, 'zone')!, cells).values[0] ?? '')
    const [easting, northing] = [readNumber(x), readNumber(y)]
    if (easting === 0 && northing === 0) return { ...found, code: 'coordinates-zero' }
    const point = zone === null || easting === null || northing === null ? null : fromUtm(easting, northing, zone)
    return point === null ? { ...found, code: 'coordinates-unreadable' } : { ...found, point }
  }
  const latitude = readCoordinate(x, 'latitude')
  const longitude = readCoordinate(y, 'longitude')
  if (latitude !== null && longitude !== null) return { ...found, point: { latitude, longitude } }
  // A latitude above 90° may be a longitude in the wrong column: it is read, and then judged by the country's outline.
  const [asLongitude, asLatitude] = [readCoordinate(x, 'longitude'), readCoordinate(y, 'latitude')]
  if (asLongitude === null || asLatitude === null) return { ...found, code: 'coordinates-unreadable' }
  return { ...found, point: { latitude: asLongitude, longitude: asLatitude } }
}

const find = (mapping: InstitutionMapping, cells: Cells): Found | undefined => {
  const point = ruleOf(mapping, 'point')
  if (point !== undefined) {
    const { values, column } = applyRule(point, cells)
    const text = values[0] ?? ''
    const read = text === '' ? null : readPoint(text, point.order ?? 'latitude-first')
    return {
      point: read,
      text,
      column,
      field: 'point',
      rule: point,
      ...(text !== '' && read === null && { code: 'coordinates-unreadable' }),
    }
  }
  const latitude = ruleOf(mapping, 'latitude')
  if (latitude !== undefined) return pair(mapping, cells, latitude, ruleOf(mapping, 'longitude')!)
  const easting = ruleOf(mapping, 'easting')
  return easting === undefined ? undefined : pair(mapping, cells, easting, ruleOf(mapping, 'northing')!)
}

const onGlobe = ({ latitude }: Point): boolean => Math.abs(latitude) <= 90

const seenFrom = (outline: Outline, point: Point): Whereabouts =>
  onGlobe(point) ? whereabouts(outline, point.latitude, point.longitude) : 'outside'

const isIn = (outline: Outline, point: Point): boolean => seenFrom(outline, point) !== 'outside'

/** What would bring a point into its country, or undefined. Changing places is tried first: it is the commoner slip. */
const correction = (outline: Outline, point: Point): { code: string; point: Point } | undefined => {
  const swapped = { latitude: point.longitude, longitude: point.latitude }
  if (isIn(outline, swapped)) return { code: 'coordinates-swapped', point: swapped }
  const mirrored = [
    { latitude: point.latitude, longitude: -point.longitude },
    { latitude: -point.latitude, longitude: point.longitude },
    { latitude: -point.latitude, longitude: -point.longitude },
  ].find((candidate) => isIn(outline, candidate))
  return mirrored === undefined ? undefined : { code: 'coordinates-sign', point: mirrored }
}

/**
 * Reads the place of a row and holds it against the outline of its country. A point outside that would be inside with
 * latitude and longitude exchanged, or with a lost sign, is reported with that proposal; it is applied only where the
 * mapping says so. 0, 0 is no place.
 */
export const placeOf = (draft: InstitutionDraft, mapping: InstitutionMapping, cells: Cells, report: Report): void => {
  const found = find(mapping, cells)
  if (found === undefined || (found.point === null && found.code === undefined)) return
  const { column, field, text: value } = found
  const wrong = (code: string, remedy: Remedy | 'keep', proposed?: Point, values?: Record<string, string>): void =>
    report({
      column,
      field,
      code,
      value,
      ...(values && { values }),
      ...(proposed && { values: { latitude: String(proposed.latitude), longitude: String(proposed.longitude) } }),
      refuses: remedy === 'refuse',
      ...(remedy !== 'refuse' && {
        remedy: ({ correct: 'corrected', empty: 'emptied', keep: 'noted' } as const)[remedy],
      }),
    })
  const put = (point: Point): void => {
    draft.latitude = point.latitude
    draft.longitude = point.longitude
  }
  const { point } = found
  if (found.code === 'coordinates-zero' || (point?.latitude === 0 && point.longitude === 0)) {
    wrong('coordinates-zero', 'empty')
    return
  }
  if (point === null) {
    wrong(found.code ?? 'coordinates-unreadable', found.rule?.onProblem ?? 'refuse')
    return
  }
  const outline = draft.countryCode === '' ? undefined : outlineOf(draft.countryCode)
  const where = outline === undefined ? 'inside' : seenFrom(outline, point)
  if (outline === undefined || where !== 'outside') {
    if (!onGlobe(point)) wrong('coordinates-unreadable', found.rule?.onProblem ?? 'refuse')
    else put(point)
    if (where === 'offshore') wrong('coordinates-offshore', 'keep')
    return
  }
  const mended = correction(outline, point)
  if (mended === undefined) {
    const country = onGlobe(point) ? countryAt(point.latitude, point.longitude) : undefined
    if (country === undefined) wrong('coordinates-outside', mapping.place.outside)
    else wrong('coordinates-elsewhere', mapping.place.outside, undefined, { country })
    if (mapping.place.outside === 'keep' && onGlobe(point)) put(point)
    return
  }
  const remedy = mended.code === 'coordinates-swapped' ? mapping.place.swapped : mapping.place.sign
  wrong(mended.code, remedy, mended.point)
  if (remedy === 'correct') put(mended.point)
}
