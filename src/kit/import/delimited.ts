import { Readable } from 'node:stream'
import { parse, type CsvError } from 'csv-parse'
import { parse as parseNow } from 'csv-parse/sync'
import { decoded } from './encoding.ts'
import { limits, noCells, Unreadable, type ImportFile, type Reading, type Row } from './file.ts'

const delimiters = [',', ';', '\t', '|'] as const

const options = (delimiter: string) => ({
  delimiter,
  // All three at once: registers are glued together from files of different systems.
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: limits.record,
})

const headLines = (head: string, whole: boolean): string => {
  if (whole) return head
  const last = Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r'))
  return last > 0 ? head.slice(0, last) : head
}

const filled = (record: string[]): number => record.filter((cell) => cell.trim() !== '').length

/** The rows of a piece of text, or none where this delimiter makes no sense of it. */
const tryRows = (text: string, delimiter: string): string[][] => {
  // The beginning of a long file may end inside a quoted cell: drop lines from its end until it closes.
  let piece = text
  for (let attempt = 0; attempt < 20 && piece !== ''; attempt++) {
    try {
      return parseNow(piece, options(delimiter)) as string[][]
    } catch (error) {
      if ((error as CsvError).code !== 'CSV_QUOTE_NOT_CLOSED') return []
      piece = piece.slice(0, Math.max(piece.lastIndexOf('\n', piece.length - 2), 0))
    }
  }
  return []
}

const mode = (numbers: number[]): { value: number; share: number } => {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  const best = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0]
  return { value: best[0], share: numbers.length === 0 ? 0 : best[1] / numbers.length }
}

export type Shape = { delimiter: string; header: number; names: string[] }

/**
 * The delimiter, the header row and the names of a delimited text, from its beginning. The delimiter is the one under
 * which most rows have the same number of cells, more than one; the header is the first row with at least half as many
 * filled cells as the rows usually have, so that a title above the table is stepped over.
 */
export const shapeOf = (beginning: string, whole: boolean): Shape => {
  const stated = /^sep=(.)\r?\n/.exec(beginning)
  const text = headLines(stated ? beginning.slice(stated[0].length) : beginning, whole)
  const candidates = (stated ? [stated[1]!] : delimiters).map((delimiter) => {
    const rows = tryRows(text, delimiter).slice(0, 500)
    const usual = mode(rows.map((row) => row.length))
    return { delimiter, rows, usual, score: usual.value > 1 ? usual.share * (1 + Math.log2(usual.value) / 10) : 0 }
  })
  const best = candidates.reduce((winner, next) => (next.score > winner.score ? next : winner))
  const rows = best.rows.length > 0 ? best.rows : tryRows(text, ',')
  const header = Math.max(
    rows.findIndex((row) => filled(row) * 2 >= Math.max(best.usual.value, 1)),
    0,
  )
  return { delimiter: best.delimiter, header: header + (stated ? 1 : 0), names: columnNames(rows[header] ?? []) }
}

/**
 * One path for each column: its header, trimmed; `#3` where the header is empty; ` (2)` after a name that came before.
 */
export const columnNames = (header: readonly string[]): string[] => {
  if (header.length > limits.columns) throw new Unreadable('too-many-columns', { limit: limits.columns })
  const seen = new Map<string, number>()
  return header.map((cell, index) => {
    const name = cell.normalize('NFC').replace(/\s+/g, ' ').trim() || `#${index + 1}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}

/** A row of cells as a record: empty cells beyond the last column are no cells, filled ones are a flaw. */
export const rowOf = (number: number, line: number | null, record: string[], columns: readonly string[]): Row => {
  const cells = noCells()
  let found = record.length
  while (found > columns.length && record[found - 1]!.trim() === '') found--
  for (let index = 0; index < found; index++) cells[columns[index] ?? `#${index + 1}`] = record[index]!
  const flaws: Row['flaws'] =
    found === columns.length ? [] : [{ code: 'ragged', expected: columns.length, found: record.length }]
  return { number, line, cells, raw: record, flaws }
}

/**
 * The rows of a CSV or TSV as they stream in. A row without a single filled cell is no row. A quote that never closes
 * ends in `Unreadable('quote-not-closed')` with the line where it opened.
 */
export async function* readDelimited(file: ImportFile, reading: Reading): AsyncGenerator<Row> {
  const columns = reading.columns ?? []
  const header = reading.header ?? -1
  const parser = parse({ ...options(reading.delimiter ?? ','), info: true })
  const source = Readable.from(decoded(file, reading.encoding), { objectMode: false, encoding: 'utf8' })
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let index = -1
  let number = 0
  let line = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      index++
      const begins = line
      line = info.lines + 1
      if (index <= header || filled(record) === 0) continue
      number++
      yield rowOf(number, begins, record, columns)
    }
  } catch (error) {
    throw unreadable(error)
  } finally {
    source.destroy()
    parser.destroy()
  }
}

const unreadable = (error: unknown): unknown => {
  const { code, lines } = error as CsvError & { lines?: number }
  if (code === 'CSV_QUOTE_NOT_CLOSED') return new Unreadable('quote-not-closed', { line: lines ?? 0 }, error)
  if (code === 'CSV_MAX_RECORD_SIZE') return new Unreadable('record-too-long', { line: lines ?? 0 }, error)
  return error
}
