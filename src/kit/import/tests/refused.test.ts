import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspectFile, writeRefused } from '../index.ts'
import { cellsOf, collect, fileOf, zipOf } from './files.ts'

const reasons = (number: number): string | undefined =>
  number === 2 ? 'Falta el país; el nombre dice "x", y; más' : undefined

const again = async (content: string | Uint8Array) => {
  const file = fileOf(content)
  const { reading } = await inspectFile(file)
  const bytes = await collect(writeRefused(file, reading, { column: 'motivo', reasons }))
  const written = fileOf(bytes)
  return {
    before: await cellsOf(file),
    after: await cellsOf(written),
    inspection: await inspectFile(written),
    bytes,
    reading,
  }
}

const expectSecond = ({ before, after }: Awaited<ReturnType<typeof again>>, reason: string): void => {
  const { [reason]: said, ...rest } = after[0]!
  assert.equal(after.length, 1)
  assert.equal(said, reasons(2))
  assert.deepEqual(rest, before[1])
}

test('refused rows of a delimited file come back with their reason, in Unicode, with the same delimiter', async () => {
  const result = await again(
    Buffer.from('\n\nnombre;ciudad;\n"A; ""b""";Lima;\n Córdoba ;"dos\nlíneas";\nC;D;\n', 'latin1'),
  )
  expectSecond(result, 'motivo')
  assert.equal(result.inspection.reading.delimiter, ';')
  assert.deepEqual([result.inspection.reading.encoding, result.inspection.reading.byteOrderMark], ['utf-8', true])
})

test('refused rows of every JSON kind come back in the same frame', async () => {
  const list = [
    { id: 1, a: { b: 'x' } },
    { id: 2, a: { b: 'y' } },
    { id: 3, a: { b: 'z' } },
  ]
  for (const content of [
    JSON.stringify(list),
    JSON.stringify({ '@graph': list }),
    JSON.stringify({ a: { 'b.c': list } }),
  ]) {
    const result = await again(content)
    expectSecond(result, 'motivo')
    assert.equal(result.inspection.reading.records, result.reading.records)
  }
  const one = list.map((item) => JSON.stringify(item)).join('\n')
  const twice = await again(`${one}\n${one}`)
  assert.equal(twice.after.length, 1)
  assert.equal(twice.bytes.toString().trim().split('\n').length, 1)
  const bindings = list.map(({ id }) => ({ id: { type: 'literal', value: String(id) } }))
  expectSecond(await again(JSON.stringify({ head: { vars: ['id'] }, results: { bindings } })), 'motivo')
  const features = list.map(({ id }) => ({
    type: 'Feature',
    properties: { id },
    geometry: { type: 'Point', coordinates: [id, id] },
  }))
  const geo = await again(JSON.stringify({ type: 'FeatureCollection', features }))
  expectSecond(geo, 'motivo')
  assert.equal(geo.inspection.reading.format, 'geojson')
})

test('refused rows of XML come back in their elements, the reason as one more cell', async () => {
  const plain = await again(
    '<l:m xmlns:l="urn:l"><l:r><a>1</a><b>x</b></l:r><l:r><a>2</a><b/></l:r><l:r><a>3</a></l:r></l:m>',
  )
  assert.match(plain.bytes.toString(), /<l:m xmlns:l="urn:l">\n<l:r><a>2<\/a><b\/><motivo>Falta/)
  const named =
    '<rs><r><c n="1" nombre="id">1</c><c nombre="x">a</c></r><r><c nombre="id">2</c><c nombre="x"><![CDATA[b & c]]></c></r></rs>'
  const result = await again(named)
  const { c: said, ...rest } = result.after[0] ?? {}
  assert.equal(said, undefined)
  assert.deepEqual(rest, { ...result.before[1], 'c[nombre=motivo]': reasons(2) })
})

test('refused rows of a workbook come back as a workbook, and may be refused again', async () => {
  const first = await again(await workbook())
  expectSecond(first, 'motivo')
  assert.deepEqual([first.inspection.reading.format, first.inspection.reading.sheet], ['xlsx', 'Museos'])
  const { reading } = first.inspection
  const twice = writeRefused(fileOf(first.bytes), reading, { column: 'otra vez', reasons: () => 'x' })
  assert.deepEqual(await cellsOf(fileOf(await collect(twice))), [{ ...first.after[0], 'otra vez': 'x' }])
})

const workbook = async (): Promise<Buffer> => {
  let rowNumber = 0
  const row = (...cells: string[]): string => {
    rowNumber++
    const written = cells.map((cell, at) => `<c r="${'ABC'[at]}${rowNumber}" t="inlineStr"><is><t>${cell}</t></is></c>`)
    return `<row>${written.join('')}</row>`
  }
  const rows = [
    row('nombre', 'cp', 'nota'),
    row('A', '01', ''),
    row('B &amp; &lt;c&gt;', '02420', ''),
    row('C', '3', 'x'),
  ]
  return zipOf({
    'xl/workbook.xml':
      '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Museos" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.join('')}</sheetData></worksheet>`,
  })
}
