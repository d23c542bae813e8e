export type Axis = 'latitude' | 'longitude'
export type Point = { latitude: number; longitude: number }
/** In which order two numbers stand in one cell. Well-known text (`Point(…)`) always has longitude first. */
export type Order = 'latitude-first' | 'longitude-first'

const largest = { latitude: 90, longitude: 180 } as const

// Letters of the four quarters in Spanish, Portuguese and English: O is oeste, W is west; L is leste.
const south = /[SWO]/i
const letters = { latitude: /[NS]/i, longitude: /[EWOL]/i } as const

const plainNumber = /^[+-]?\d{1,3}(?:[.,]\d+)?$/
const parts =
  /^([+-])?(\d{1,3})(?:[°º]|\s)\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:['′’´]|\s|$)\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:["″”]|''|′′|’’|\s|$))?$/
const degreesOnly = /^([+-])?(\d{1,3}(?:[.,]\d+)?)\s*[°º]$/

const decimal = (text: string): number => Number(text.replace(',', '.'))

/**
 * One coordinate in degrees, from decimal degrees with point or comma, or degrees, minutes and seconds with signs or
 * blanks between them and a letter or a sign for the half of the globe. Null where it is none, or lies beyond the axis.
 */
export const readCoordinate = (text: string, axis: Axis): number | null => {
  const bare = text.trim().replaceAll('−', '-')
  let value: number | null = null
  if (plainNumber.test(bare)) value = decimal(bare)
  else {
    const letter = /^[NSEWOL](?=[\s\d])|[NSEWOL]$/i.exec(bare)?.[0]
    if (letter !== undefined && !letters[axis].test(letter)) return null
    const measure = (letter === undefined ? bare : bare.replace(/^[NSEWOL]\s*|\s*[NSEWOL]$/i, '')).trim()
    const found = parts.exec(measure)
    const whole = degreesOnly.exec(measure)
    if (found !== null) {
      const [, , degrees, minutes, seconds] = found
      if (decimal(minutes!) >= 60 || decimal(seconds ?? '0') >= 60) return null
      value = decimal(degrees!) + decimal(minutes!) / 60 + decimal(seconds ?? '0') / 3600
    } else if (whole !== null) value = decimal(whole[2]!)
    else if (letter !== undefined && plainNumber.test(measure)) value = Math.abs(decimal(measure))
    if (value === null) return null
    const negative = measure.startsWith('-')
    if (letter !== undefined && negative && !south.test(letter)) return null
    if (negative || (letter !== undefined && south.test(letter))) value = -Math.abs(value)
  }
  return Math.abs(value) <= largest[axis] ? value : null
}

const knownText =
  /^(?:SRID=4326;)?\s*(?:<[^>]*>\s*)?POINT\s*(?:Z\s*)?\(\s*(-?\d+(?:\.\d+)?(?:e-?\d+)?)\s+(-?\d+(?:\.\d+)?(?:e-?\d+)?)(?:\s+-?[\d.]+)?\s*\)$/i

// In this order, because a comma may also part decimals: `-7,74   -35,22` and `40,41; -3,69` before `40.41, -3.69`.
const marks = [/\s*[;|/\n]\s*/, /\s*,\s+|\s+,/]
const blanks = [/(?<=\d)\s{2,}(?=[+-]?\d)/, /(?<=\d)\s+(?=[+-]?\d)/]
const beforeLetter = /(?<=[^NSEWOL\s])\s*(?=[NSEWOL]\s*\d)/i
const afterLetter = /(?<=[NSEWOL])\s*,?\s*(?=[+-]?\d)/i

const halves = (text: string): [string, string] | null => {
  const letters = /^[NSEWOL]/i.test(text) ? beforeLetter : afterLetter
  for (const pattern of [...marks, letters, ...blanks]) {
    const found = text.split(pattern).filter((half) => half !== '')
    if (found.length === 2) return [found[0]!, found[1]!]
  }
  const commas = text.split(',')
  return commas.length === 2 && commas.every((half) => half.includes('.')) ? [commas[0]!, commas[1]!] : null
}

/**
 * A point from one cell: `Point(-8.6 41.1)`, `-12.05, -77.04`, `-7,74   -35,22`, `12°02′45″S 77°01′50″W`. Letters tell
 * the axes where they are written; else `order` does. Null where the cell holds no two coordinates.
 */
export const readPoint = (text: string, order: Order): Point | null => {
  const bare = text.trim().replaceAll('−', '-').replaceAll('\u00a0', ' ')
  const known = knownText.exec(bare)
  if (known !== null) return within(Number(known[2]), Number(known[1]))
  const pair = halves(bare.replace(/^[([]\s*|\s*[)\]]$/g, ''))
  if (pair === null) return null
  const lettered = /[NS]\s*$|^\s*[NS]/i.test(pair[0])
    ? pair
    : /[NS]\s*$|^\s*[NS]/i.test(pair[1])
      ? [pair[1], pair[0]]
      : null
  const [first, second] = lettered ?? (order === 'latitude-first' ? pair : [pair[1], pair[0]])
  const latitude = readCoordinate(first!, 'latitude')
  const longitude = readCoordinate(second!, 'longitude')
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

const within = (latitude: number, longitude: number): Point | null =>
  Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null

export type Zone = { number: number; south: boolean }

/** A UTM zone as it is written: `30N`, `19S`, `30 T` (a band letter from N on is north); null for anything else. */
export const readZone = (text: string): Zone | null => {
  const found = /^\s*(?:UTM\s*)?(\d{1,2})\s*([C-HJ-NP-X])?\s*$/i.exec(text)
  if (found === null || found[2] === undefined) return null
  const number = Number(found[1])
  const letter = found[2].toUpperCase()
  if (number < 1 || number > 60) return null
  // `S` alone is read as south, as registers of the region write it, not as the northern band S.
  return { number, south: letter === 'S' || letter < 'N' }
}

// WGS84 and ETRS89 have the same ellipsoid to 0.1 mm.
const axis = 6378137
const flattening = 1 / 298.257223563
const third = flattening / (2 - flattening)
const scale = 0.9996
const radius = (axis / (1 + third)) * (1 + third ** 2 / 4 + third ** 4 / 64)
const beta = [
  third / 2 - (2 * third ** 2) / 3 + (37 * third ** 3) / 96,
  third ** 2 / 48 + third ** 3 / 15,
  (17 * third ** 3) / 480,
]
const delta = [
  2 * third - (2 * third ** 2) / 3 - 2 * third ** 3,
  (7 * third ** 2) / 3 - (8 * third ** 3) / 5,
  (56 * third ** 3) / 15,
]

/**
 * A point from UTM metres, by Krüger's series to the third order (exact to a few millimetres within the zone;
 * L. Krüger 1912, in the form of Kawase 2011). Null outside what UTM can hold.
 */
export const fromUtm = (easting: number, northing: number, zone: Zone): Point | null => {
  if (easting < 100_000 || easting > 900_000 || northing < 0 || northing > 10_000_000) return null
  const xi = (northing - (zone.south ? 10_000_000 : 0)) / (scale * radius)
  const eta = (easting - 500_000) / (scale * radius)
  let xiPrime = xi
  let etaPrime = eta
  for (const [index, coefficient] of beta.entries()) {
    const order = 2 * (index + 1)
    xiPrime -= coefficient * Math.sin(order * xi) * Math.cosh(order * eta)
    etaPrime -= coefficient * Math.cos(order * xi) * Math.sinh(order * eta)
  }
  const chi = Math.asin(Math.sin(xiPrime) / Math.cosh(etaPrime))
  const phi = delta.reduce((sum, coefficient, index) => sum + coefficient * Math.sin(2 * (index + 1) * chi), chi)
  const lambda = Math.atan2(Math.sinh(etaPrime), Math.cos(xiPrime))
  return within((phi * 180) / Math.PI, zone.number * 6 - 183 + (lambda * 180) / Math.PI)
}
