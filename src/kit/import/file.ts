/**
 * What an import reads, and what it promises: a file that can be opened more than once (it lies in storage, never in
 * memory), the way it is to be read, and its rows one after another.
 */

/** A file that lies somewhere and can be read from its beginning as often as it takes. */
export type ImportFile = { name: string; open: () => AsyncIterable<Uint8Array> }

export type Format = 'csv' | 'xlsx' | 'json' | 'json-lines' | 'sparql' | 'geojson' | 'xml'

/**
 * How a file is read: found by `inspectFile`, kept with the import as data, and given to `readRows`, so that the
 * second reading sees exactly what the first one saw.
 */
export type Reading = {
  format: Format
  /** A label that `TextDecoder` knows; `utf-8` for the formats that carry no text of their own. */
  encoding: string
  byteOrderMark: boolean
  /** csv: what stands between two cells. */
  delimiter?: string
  /** csv, xlsx: which row that is not blank holds the names of the columns, from 0; null where there is none. */
  header?: number | null
  /** csv, xlsx: the path of each column in the order of the file. */
  columns?: string[]
  /** xlsx: the name of the sheet. */
  sheet?: string
  /** json: the dotted path of the list of records ('' is the file itself); xml: the path of the record element. */
  records?: string
  /** xml: the elements that an attribute names (`<campo nombre="x">`), by path, with that attribute. */
  named?: Record<string, string>
}

export type RowFlaw = { code: 'ragged'; expected: number; found: number }

/**
 * One record of the file. `number` counts records from 1. `line` is where it begins: the line of a text file, the row
 * of a sheet. `cells` hold the text as it stands in the file, by path; a cell that is not there has no key. `raw` is the
 * record in its own format (the cells of a line, a JSON value, an element as text) and serves to write it back.
 */
export type Row = { number: number; line: number | null; cells: Record<string, string>; raw: unknown; flaws: RowFlaw[] }

/** What no import may exceed. Bytes, unless the name says otherwise. */
export const limits = {
  /** A file that is read as it streams: csv, tsv, one JSON record a line. */
  streamed: 1024 ** 3,
  /** A file that has to be seen whole: json, xml, xlsx. */
  whole: 32 * 1024 ** 2,
  /** An xlsx once unpacked. */
  unpacked: 192 * 1024 ** 2,
  /** Parts inside an xlsx. */
  parts: 5000,
  /** Characters of one record. */
  record: 4 * 1024 ** 2,
  /** Columns or paths. */
  columns: 2000,
  /** How deep records may nest. */
  depth: 32,
} as const

/**
 * The file cannot be read, and why: `code` is a key under `reading.unreadable`, `values` fill its sentence. Thrown by
 * `inspectFile` and while rows are read; it never means that one cell is wrong.
 */
export class Unreadable extends Error {
  code: string
  values: Record<string, string | number>
  constructor(code: string, values: Record<string, string | number> = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(values)}`, { cause })
    this.name = 'Unreadable'
    this.code = code
    this.values = values
  }
}

/** An empty set of cells. A column may be called `constructor`: nothing is inherited. */
export const noCells = (): Record<string, string> => Object.create(null) as Record<string, string>

/** The whole file as one piece of memory, or `Unreadable('too-large')` before it grows past `limits.whole`. */
export const wholeFile = async (file: ImportFile): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of file.open()) {
    size += piece.byteLength
    if (size > limits.whole) throw new Unreadable('too-large', { megabytes: limits.whole / 1024 ** 2 })
    pieces.push(piece)
  }
  return Buffer.concat(pieces, size)
}
