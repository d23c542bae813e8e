import { geoCentroid } from 'd3-geo'
import { decode, decoded } from './encoding.ts'
import { limits, noCells, Unreadable, wholeFile, type Format, type ImportFile, type Reading, type Row } from './file.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Item = { [key: string]: Json }

const isItem = (value: Json | undefined): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parseWhole = async (file: ImportFile, encoding: string): Promise<Json> => {
  const text = decode(await wholeFile(file), encoding)
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new Unreadable('not-json', { detail: (error as Error).message }, error)
  }
}

/** A step into an object: `address.postal-code`. A dot inside a key is written `\.`. */
const step = (path: string, key: string): string => {
  const name = key.replaceAll('\\', '\\\\').replaceAll('.', '\\.')
  return path === '' ? name : `${path}.${name}`
}

const stepsOf = (path: string): string[] =>
  path === '' ? [] : path.match(/(?:\\.|[^.\\])+/g)!.map((part) => part.replaceAll('\\.', '.').replaceAll('\\\\', '\\'))

/**
 * Puts a value into cells by dotted path. Lists are written one value a line; lists of objects line by line under the
 * path of each key, so that `images[].url` becomes `images.url`.
 */
const flatten = (value: Json, path: string, cells: Record<string, string>, depth = 0): void => {
  if (value === null) return
  if (depth > limits.depth) throw new Unreadable('nested-too-deep', { depth: limits.depth })
  if (Array.isArray(value)) {
    for (const part of value) flatten(part, path, cells, depth + 1)
  } else if (typeof value === 'object') {
    for (const key of Object.keys(value)) flatten(value[key]!, step(path, key), cells, depth + 1)
  } else {
    const text = String(value)
    cells[path] = path in cells && cells[path] !== '' ? `${cells[path]}\n${text}` : text
  }
}

/** Where the records are: the longest list of objects, the outer one of two that are equally long. */
const recordsPath = (value: Json): string | undefined => {
  let best: { path: string; count: number } | undefined
  const visit = (here: Json, path: string, depth: number): void => {
    if (Array.isArray(here)) {
      const count = here.filter(isItem).length
      if (count > 0 && (best === undefined || count > best.count)) best = { path, count }
      // Lists inside records are parts of records.
    } else if (isItem(here) && depth < 6) {
      for (const key of Object.keys(here)) visit(here[key]!, step(path, key), depth + 1)
    }
  }
  visit(value, '', 0)
  return best?.path
}

const at = (value: Json, path: string): Json | undefined =>
  stepsOf(path).reduce<Json | undefined>((here, key) => (isItem(here) ? here[key] : undefined), value)

const formatOf = (value: Json): Format => {
  if (!isItem(value)) return 'json'
  if (value.type === 'FeatureCollection' && Array.isArray(value.features)) return 'geojson'
  if (isItem(value.head) && isItem(value.results) && Array.isArray(value.results.bindings)) return 'sparql'
  return 'json'
}

/** A file that holds one JSON object a line is recognised by its first two lines, or its only one. */
const oneALine = (beginning: string): boolean => {
  const lines = beginning.split(/\r?\n/).filter((line) => line.trim() !== '')
  try {
    const first = JSON.parse(lines[0]!) as Json
    // A single line is a file of one record only if no list of records is in it.
    return (
      isItem(first) && (lines.length > 1 ? lines[1]!.trimStart().startsWith('{') : recordsPath(first) === undefined)
    )
  } catch {
    return false
  }
}

/** Which kind of JSON a file is, and where its records are. Throws `Unreadable` where there are none. */
export const jsonShape = async (
  file: ImportFile,
  encoding: string,
  beginning: string,
): Promise<{ format: Format; records: string }> => {
  if (oneALine(beginning)) return { format: 'json-lines', records: '' }
  const value = await parseWhole(file, encoding)
  const format = formatOf(value)
  if (format === 'geojson') return { format, records: 'features' }
  if (format === 'sparql') return { format, records: 'results.bindings' }
  const records = recordsPath(value)
  if (records === undefined) throw new Unreadable('no-records')
  return { format, records }
}

const bindingCells = (binding: Item): Record<string, string> => {
  const cells = noCells()
  for (const name of Object.keys(binding)) {
    const term = binding[name]
    if (!isItem(term)) continue
    cells[name] = String(term.value ?? '')
    if (typeof term['xml:lang'] === 'string') cells[`${name}@lang`] = term['xml:lang']
  }
  return cells
}

/** A feature's properties by name, and one point for its geometry: the point itself, else the middle of the shape. */
const featureCells = (feature: Item): Record<string, string> => {
  const cells = noCells()
  if (feature.id !== undefined && feature.id !== null) cells['@feature'] = String(feature.id)
  if (isItem(feature.properties)) flatten(feature.properties, '', cells)
  const geometry = feature.geometry
  if (isItem(geometry) && typeof geometry.type === 'string') {
    cells['geometry.type'] = geometry.type
    const point =
      geometry.type === 'Point' && Array.isArray(geometry.coordinates)
        ? (geometry.coordinates as number[])
        : geoCentroid(geometry as unknown as GeoJSON.Geometry)
    if (Number.isFinite(point[0]) && Number.isFinite(point[1])) {
      cells['geometry.longitude'] = String(point[0])
      cells['geometry.latitude'] = String(point[1])
    }
  }
  return cells
}

const itemCells = (item: Json): Record<string, string> => {
  const cells = noCells()
  flatten(item, '', cells)
  return cells
}

async function* lines(file: ImportFile, encoding: string): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of decoded(file, encoding)) {
    const parts = (rest + piece).split('\n')
    rest = parts.pop()!
    if (rest.length > limits.record) throw new Unreadable('record-too-long', { line: 0 })
    yield* parts
  }
  yield rest
}

async function* readLines(file: ImportFile, reading: Reading): AsyncGenerator<Row> {
  let line = 0
  let number = 0
  for await (const text of lines(file, reading.encoding)) {
    line++
    if (text.trim() === '') continue
    number++
    let value: Json
    try {
      value = JSON.parse(text) as Json
    } catch (error) {
      throw new Unreadable('not-json-on-line', { line }, error)
    }
    yield { number, line, cells: itemCells(value), raw: value, flaws: [] }
  }
}

/** The records of a JSON file of any of the four kinds, in their order. */
export async function* readJson(file: ImportFile, reading: Reading): AsyncGenerator<Row> {
  if (reading.format === 'json-lines') {
    yield* readLines(file, reading)
    return
  }
  const list = at(await parseWhole(file, reading.encoding), reading.records ?? '')
  if (!Array.isArray(list)) throw new Unreadable('no-records')
  const cellsOf = reading.format === 'sparql' ? bindingCells : reading.format === 'geojson' ? featureCells : itemCells
  let number = 0
  for (const item of list) {
    number++
    yield { number, line: null, cells: cellsOf(item as Item), raw: item, flaws: [] }
  }
}

/** Wraps records as the file had them: `@graph` → `{"@graph":[…]}`. */
export const jsonFrame = (records: string): { before: string; after: string } => {
  const steps = stepsOf(records)
  return {
    before: `${steps.map((key) => `{${JSON.stringify(key)}:`).join('')}[`,
    after: `]${'}'.repeat(steps.length)}`,
  }
}
