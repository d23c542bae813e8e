import { Readable } from 'node:stream'
import readWorkbook, { type CellValue } from 'read-excel-file/node'
import { fromBufferPromise } from 'yauzl'
import { ZipFile } from 'yazl'
import { columnNames, rowOf } from './delimited.ts'
import { limits, Unreadable, wholeFile, type ImportFile, type Reading, type Row } from './file.ts'

export type Sheet = { name: string; rows: string[][] }

const megabytes = limits.unpacked / 1024 ** 2

/**
 * The parts of an xlsx that hold text, unpacked under a limit and packed again without compression. The library that
 * reads the cells trusts its input and reads the zip as it streams, so that neither a bomb nor a part that the zip's own
 * directory doesn't name may reach it.
 */
const harmless = async (bytes: Uint8Array): Promise<Buffer> => {
  const packed = new ZipFile()
  let parts = 0
  let unpacked = 0
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      lazyEntries: true,
    })
    for await (const entry of zip.eachEntry()) {
      if (++parts > limits.parts) throw new Unreadable('too-many-parts', { limit: limits.parts })
      if (!/\.xml(\.rels)?$/.test(entry.fileName)) continue
      if (unpacked + entry.uncompressedSize > limits.unpacked) throw new Unreadable('unpacks-too-large', { megabytes })
      const pieces: Buffer[] = []
      // yauzl ends the stream with an error as soon as a part grows past the size that it declares.
      for await (const piece of await zip.openReadStreamPromise(entry)) {
        unpacked += (piece as Buffer).byteLength
        if (unpacked > limits.unpacked) throw new Unreadable('unpacks-too-large', { megabytes })
        pieces.push(piece as Buffer)
      }
      packed.addBuffer(Buffer.concat(pieces), entry.fileName, { compress: false })
    }
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('not-a-workbook', {}, error)
  }
  packed.end()
  const pieces: Buffer[] = []
  for await (const piece of packed.outputStream) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

const cellText = (cell: CellValue | null | undefined): string => {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) {
    const text = cell.toISOString()
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19)
  }
  return String(cell)
}

/** All sheets of a workbook as text: dates as ISO, numbers in their shortest form, an empty cell as ''. */
export const sheetsOf = async (file: ImportFile): Promise<Sheet[]> => {
  const archive = await harmless(await wholeFile(file))
  try {
    const sheets = await readWorkbook(Readable.from([archive], { objectMode: false }), { trim: false })
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) }))
  } catch (error) {
    throw new Unreadable('not-a-workbook', {}, error)
  }
}

const filled = (row: string[]): number => row.filter((cell) => cell.trim() !== '').length

/**
 * The sheet with most filled rows, its header and its columns. The header is the first row with at least half as many
 * filled cells as the fullest row.
 */
export const sheetShape = (sheets: Sheet[]): { sheet: string; header: number; names: string[] } => {
  const best = sheets.toSorted((a, b) => b.rows.filter(filled).length - a.rows.filter(filled).length)[0]
  const rows = best?.rows.filter((row) => filled(row) > 0) ?? []
  if (best === undefined || rows.length === 0) throw new Unreadable('no-records')
  const widest = rows.slice(0, 500).reduce((most, row) => Math.max(most, filled(row)), 0)
  const header = rows.findIndex((row) => filled(row) * 2 >= widest)
  return { sheet: best.name, header, names: columnNames(rows[header]!) }
}

/** The rows of one sheet; a row without a filled cell is no row. `Unreadable('no-such-sheet')` where it is gone. */
export async function* readSpreadsheet(file: ImportFile, reading: Reading): AsyncGenerator<Row> {
  const sheet = (await sheetsOf(file)).find(({ name }) => name === reading.sheet)
  if (sheet === undefined) throw new Unreadable('no-such-sheet', { sheet: reading.sheet ?? '' })
  const columns = reading.columns ?? []
  let index = -1
  let number = 0
  for (const [at, record] of sheet.rows.entries()) {
    if (filled(record) === 0) continue
    index++
    if (index <= (reading.header ?? -1)) continue
    number++
    // Empty cells at the end of a row are not written into an xlsx: their absence is no flaw.
    while (record.length < columns.length) record.push('')
    yield rowOf(number, at + 1, record, columns)
  }
}
