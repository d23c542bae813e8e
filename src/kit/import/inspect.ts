import { profileDates, type DateColumn } from './cells/dates.ts'
import { looksOf, type Look as CellLook } from './cells/looks.ts'
import { cleanLine } from './cells/text.ts'
import { readDelimited, shapeOf } from './delimited.ts'
import { decode, lookOver, type Look } from './encoding.ts'
import { limits, Unreadable, type ImportFile, type Reading, type Row } from './file.ts'
import { jsonShape, readJson } from './json.ts'
import { readSpreadsheet, sheetShape, sheetsOf } from './spreadsheet.ts'
import { readXml, xmlEncoding, xmlShape } from './xml.ts'

export type Column = {
  path: string
  /** Rows with something other than blanks in this column. */
  filled: number
  /** Up to five different values, cleaned, cut at 160 characters. */
  samples: string[]
  /** How many different values there are; null above 1,000. */
  distinct: number | null
  /** Every value with how often it stands there, most frequent first, where there are at most 60 short ones. */
  values: { value: string; count: number }[] | null
  /** What its cells look like: how many of the first 500 filled ones, by look. */
  looks: Partial<Record<CellLook, number>>
  /** How many cells `looks` counted. */
  looked: number
  /** Set where the column holds dates, or years written as 0. */
  dates: DateColumn | null
}

export type Inspection = {
  name: string
  reading: Reading
  bytes: number
  rows: number
  /** Rows whose number of cells is not that of the header. */
  ragged: number
  columns: Column[]
}

const isZip = (head: Uint8Array): boolean => head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4

/** Compound files: .xls, .doc. They look like nothing else and deserve their own sentence. */
const isOldOffice = (head: Uint8Array): boolean => head[0] === 0xd0 && head[1] === 0xcf && head[2] === 0x11

const readingOf = async (file: ImportFile, look: Look): Promise<Reading> => {
  const { encoding, head, bytes } = look
  if (isOldOffice(head)) throw new Unreadable('old-office')
  if (isZip(head)) {
    const { sheet, header, names } = sheetShape(await sheetsOf(file))
    return { format: 'xlsx', encoding: 'utf-8', byteOrderMark: false, sheet, header, columns: names }
  }
  const text = { encoding: encoding.label, byteOrderMark: encoding.byteOrderMark }
  const beginning = decode(head, encoding.label)
  const first = beginning.trimStart()[0]
  if (first === '<') {
    const label = xmlEncoding(look)
    return { format: 'xml', ...text, encoding: label, ...(await xmlShape(file, label)) }
  }
  if (first === '{' || first === '[') return { ...text, ...(await jsonShape(file, encoding.label, beginning)) }
  if (beginning.includes('\0')) throw new Unreadable('not-a-table')
  const { delimiter, header, names } = shapeOf(beginning, bytes === head.length)
  return { format: 'csv', ...text, delimiter, header, columns: names }
}

/**
 * The rows of a file, read as `reading` says, in their order. Delimited text and one JSON record a line stream; the
 * other kinds are held in memory up to `limits.whole`. Throws `Unreadable`.
 */
export const readRows = (file: ImportFile, reading: Reading): AsyncGenerator<Row> => {
  if (reading.format === 'csv') return readDelimited(file, reading)
  if (reading.format === 'xlsx') return readSpreadsheet(file, reading)
  return reading.format === 'xml' ? readXml(file, reading) : readJson(file, reading)
}

type Tally = {
  filled: number
  samples: Set<string>
  counts: Map<string, number> | null
  looks: Partial<Record<CellLook, number>>
  looked: number
  dates: Map<string, number>
}

const dateLike = /^\s*(?:\d{4}-\d{2}-\d{2}|0+)(?:\s|T|$)/

const newTally = (): Tally => ({
  filled: 0,
  samples: new Set(),
  counts: new Map(),
  looks: {},
  looked: 0,
  dates: new Map(),
})

const add = (tally: Tally, cell: string): void => {
  tally.filled++
  if (dateLike.test(cell)) tally.dates.set(cell, (tally.dates.get(cell) ?? 0) + 1)
  if (tally.counts !== null) {
    const value = cell.length > 200 ? cell.slice(0, 200) : cell
    tally.counts.set(value, (tally.counts.get(value) ?? 0) + 1)
    if (tally.counts.size > 1000) tally.counts = null
  }
  if (tally.samples.size < 5) tally.samples.add(cleanLine(cell).slice(0, 160))
  if (tally.looked < 500) {
    tally.looked++
    for (const look of looksOf(cell)) tally.looks[look] = (tally.looks[look] ?? 0) + 1
  }
}

const valuesOf = (counts: Tally['counts']): Column['values'] => {
  if (counts === null || counts.size > 60) return null
  const values = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
  return values.every(({ value }) => value.length <= 120) ? values : null
}

const columnOf = (path: string, tally: Tally): Column => {
  const dates = profileDates(tally.dates)
  return {
    path,
    filled: tally.filled,
    samples: [...tally.samples].filter((sample) => sample !== ''),
    distinct: tally.counts?.size ?? null,
    values: valuesOf(tally.counts),
    looks: tally.looks,
    looked: tally.looked,
    dates: dates.days > 0 || (dates.zeros > 0 && (tally.looks.year ?? 0) * 2 > tally.looked) ? dates : null,
  }
}

const blank = /^\s*$/

/**
 * Finds out what a file is (format, encoding, delimiter, header, record element) and reads it once to the end to tell
 * its columns or paths with samples and how far they are filled. A column without a name and without a value is none.
 * Throws `Unreadable` with the reason where nothing can be read.
 */
export const inspectFile = async (file: ImportFile): Promise<Inspection> => {
  const look = await lookOver(file)
  const reading = await readingOf(file, look)
  const tallies = new Map<string, Tally>((reading.columns ?? []).map((path) => [path, newTally()]))
  let rows = 0
  let ragged = 0
  for await (const row of readRows(file, reading)) {
    rows++
    if (row.flaws.length > 0) ragged++
    for (const path in row.cells) {
      let tally = tallies.get(path)
      if (tally === undefined) {
        if (tallies.size >= limits.columns) throw new Unreadable('too-many-columns', { limit: limits.columns })
        tally = newTally()
        tallies.set(path, tally)
      }
      const cell = row.cells[path]!
      if (!blank.test(cell)) add(tally, cell)
    }
  }
  if (rows === 0) throw new Unreadable('no-records')
  const columns = [...tallies]
    .filter(([path, tally]) => tally.filled > 0 || !/^#\d+$/.test(path))
    .map(([path, tally]) => columnOf(path, tally))
  return { name: file.name, reading, bytes: look.bytes, rows, ragged, columns }
}
