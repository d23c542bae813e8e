import { PassThrough } from 'node:stream'
import { ZipFile } from 'yazl'
import type { ImportFile, Reading, Row } from './file.ts'
import { readRows } from './inspect.ts'
import { jsonFrame } from './json.ts'
import { escaped, xmlFrame } from './xml.ts'

export type Refused = {
  /** What the new column is called, in the reader's language. */
  column: string
  /** The reasons of a row by its number, in the reader's language; undefined for a row that is not refused. */
  reasons: (number: number) => string | undefined
}

const quoted = (cell: string, delimiter: string): string =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) || /^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

type Kept = { row: Row; reason: string }

async function* kept(file: ImportFile, reading: Reading, refused: Refused): AsyncGenerator<Kept> {
  for await (const row of readRows(file, reading)) {
    const reason = refused.reasons(row.number)
    if (reason !== undefined) yield { row, reason }
  }
}

async function* delimitedText(file: ImportFile, reading: Reading, refused: Refused): AsyncGenerator<string> {
  const delimiter = reading.delimiter ?? ','
  const columns = reading.columns ?? []
  const line = (cells: readonly string[]): string =>
    `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\r\n`
  // The mark tells a spreadsheet program that this is Unicode: the reason may be in a script the first encoding hadn't.
  yield '\ufeff'
  if (reading.header !== null) yield line([...columns.map((name) => (/^#\d+$/.test(name) ? '' : name)), refused.column])
  for await (const { row, reason } of kept(file, reading, refused)) {
    const cells = (row.raw as string[]).slice()
    while (cells.length < columns.length) cells.push('')
    // A row that was too long keeps its cells; its reason comes after the last of them.
    yield line([...cells, reason])
  }
}

const withReason = (format: Reading['format'], raw: unknown, column: string, reason: string): unknown => {
  const record = raw as Record<string, unknown>
  if (format === 'sparql') return { ...record, [column]: { type: 'literal', value: reason } }
  if (format !== 'geojson') return { ...record, [column]: reason }
  return { ...record, properties: { ...(record.properties as object | null), [column]: reason } }
}

async function* jsonText(file: ImportFile, reading: Reading, refused: Refused): AsyncGenerator<string> {
  const lines = reading.format === 'json-lines'
  const frame = jsonFrame(reading.records ?? '')
  const names: string[] = []
  if (reading.format === 'geojson') frame.before = frame.before.replace('{', '{"type":"FeatureCollection",')
  if (!lines && reading.format !== 'sparql') yield `${frame.before}\n`
  let separator = ''
  const records: string[] = []
  for await (const { row, reason } of kept(file, reading, refused)) {
    const record = JSON.stringify(withReason(reading.format, row.raw, refused.column, reason))
    if (reading.format === 'sparql') {
      // The names of the variables come first in the file and are known last.
      for (const name of Object.keys(row.raw as object)) if (!names.includes(name)) names.push(name)
      records.push(record)
    } else {
      yield lines ? `${record}\n` : `${separator}${record}`
      separator = ',\n'
    }
  }
  if (reading.format === 'sparql')
    yield `{"head":{"vars":${JSON.stringify([...names, refused.column])}},"results":{"bindings":[\n${records.join(',\n')}\n]}}\n`
  else if (!lines) yield `\n${frame.after}\n`
}

/** A name that XML allows for an element: letters and digits of any script. */
const elementName = (text: string): string =>
  text.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^[^\p{L}_]+/u, '') || 'reason'

async function* xmlText(file: ImportFile, reading: Reading, refused: Refused): AsyncGenerator<string> {
  const frame = await xmlFrame(file, reading)
  const named = Object.entries(reading.named ?? {}).find(([path]) => !path.includes('/'))
  const [open, close] = named
    ? [`<${named[0]} ${named[1]}="${escaped(refused.column)}">`, `</${named[0]}>`]
    : [`<${elementName(refused.column)}>`, `</${elementName(refused.column)}>`]
  yield `<?xml version="1.0" encoding="UTF-8"?>\n${frame.before}\n`
  for await (const { row, reason } of kept(file, reading, refused)) {
    const element = row.raw as string
    const name = /^<([^\s/>]+)/.exec(element)![1]!
    const body = element.endsWith('/>') ? `${element.slice(0, -2)}>` : element.slice(0, element.lastIndexOf('</'))
    yield `${body}${open}${escaped(reason)}${close}</${name}>\n`
  }
  yield `${frame.after}\n`
}

const sheetParts: Record<string, string> = {
  '[Content_Types].xml':
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
  '_rels/.rels':
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}

// Characters that XML 1.0 cannot carry at all.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** A, B … Z, AA, AB …: how a workbook names its columns. */
const columnLetters = (index: number): string =>
  (index >= 26 ? columnLetters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))

const sheetRow = (cells: readonly string[], row: number): string =>
  `<row r="${row}">${cells
    .map(
      (cell, index) =>
        `<c r="${columnLetters(index)}${row}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell.replace(unprintable, ''))}</t></is></c>`,
    )
    .join('')}</row>`

async function* sheetText(file: ImportFile, reading: Reading, refused: Refused): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
  const columns = reading.columns ?? []
  let rows = 0
  if (reading.header !== null)
    yield sheetRow([...columns.map((name) => (/^#\d+$/.test(name) ? '' : name)), refused.column], ++rows)
  for await (const { row, reason } of kept(file, reading, refused))
    yield sheetRow([...(row.raw as string[]), reason], ++rows)
  yield '</sheetData></worksheet>'
}

async function* workbook(file: ImportFile, reading: Reading, refused: Refused): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>'
  const name = escaped((reading.sheet ?? 'Sheet1').slice(0, 31))
  for (const [path, part] of Object.entries(sheetParts)) zip.addBuffer(Buffer.from(declaration + part), path)
  zip.addBuffer(
    Buffer.from(
      `${declaration}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="${name}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/workbook.xml',
  )
  const sheet = new PassThrough()
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml')
  zip.end()
  const written = (async () => {
    try {
      for await (const text of sheetText(file, reading, refused))
        if (!sheet.write(text)) await new Promise((resolve) => sheet.once('drain', resolve))
      sheet.end()
    } catch (error) {
      sheet.destroy(error as Error)
      ;(zip.outputStream as PassThrough).destroy(error as Error)
    }
  })()
  for await (const piece of zip.outputStream) yield piece as Uint8Array
  await written
}

/**
 * The refused rows as a file of the same format, each with its reasons in one more column (or property, variable,
 * element) at its end, so that a person mends them where they are and brings the same file again. Text formats are
 * written in UTF-8 whatever the file was in. The file is read again as it streams out.
 */
export async function* writeRefused(file: ImportFile, reading: Reading, refused: Refused): AsyncGenerator<Uint8Array> {
  if (reading.format === 'xlsx') {
    yield* workbook(file, reading, refused)
    return
  }
  const write = reading.format === 'csv' ? delimitedText : reading.format === 'xml' ? xmlText : jsonText
  for await (const text of write(file, reading, refused)) yield Buffer.from(text, 'utf8')
}
