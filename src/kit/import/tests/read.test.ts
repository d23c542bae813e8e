import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { inspectFile, limits, Unreadable } from '../index.ts'
import { cellsOf, fileOf, rowsOf, zipOf } from './files.ts'

const unreadable =
  (code: string) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof Unreadable, String(error))
    assert.equal(error.code, code)
    return true
  }

const table = 'nombre,ciudad\nMuseo de Añoranzas,Cádiz\nMuseo 2,Málaga\n'

test('reads the same table in every encoding', async () => {
  const expected = [
    { nombre: 'Museo de Añoranzas', ciudad: 'Cádiz' },
    { nombre: 'Museo 2', ciudad: 'Málaga' },
  ]
  const swapped = (buffer: Buffer): Buffer => buffer.swap16()
  const encoded: [string, string, boolean, Buffer][] = [
    ['UTF-8', 'utf-8', false, Buffer.from(table)],
    ['UTF-8 with mark', 'utf-8', true, Buffer.from(`\ufeff${table}`)],
    ['UTF-16 little', 'utf-16le', true, Buffer.from(`\ufeff${table}`, 'utf16le')],
    ['UTF-16 big', 'utf-16be', true, swapped(Buffer.from(`\ufeff${table}`, 'utf16le'))],
    ['UTF-16 without mark', 'utf-16le', false, Buffer.from(table, 'utf16le')],
    ['Latin-1', 'iso-8859-1', false, Buffer.from(table, 'latin1')],
  ]
  for (const [name, label, byteOrderMark, bytes] of encoded) {
    const file = fileOf(bytes)
    const { reading } = await inspectFile(file)
    assert.deepEqual([reading.encoding, reading.byteOrderMark], [label, byteOrderMark], name)
    assert.deepEqual(await cellsOf(file), expected, name)
  }
  const windows = fileOf(Buffer.concat([Buffer.from('nombre,nota\nMuseo,'), Buffer.from([0x93, 0x61, 0x94, 0x80])]))
  assert.equal((await inspectFile(windows)).reading.encoding, 'windows-1252')
  assert.deepEqual(await cellsOf(windows), [{ nombre: 'Museo', nota: '“a”€' }])
})

test('a byte that is not UTF-8 far from the beginning is still seen', async () => {
  const long = `nombre,ciudad\n${'Museo,Lima\n'.repeat(30_000)}`
  const file = fileOf(Buffer.concat([Buffer.from(long), Buffer.from('Museo,Cádiz\n', 'latin1')]), 'x.csv', 65_536)
  const { reading, rows } = await inspectFile(file)
  assert.deepEqual([reading.encoding, rows], ['iso-8859-1', 30_001])
})

test('finds delimiter and header under blank lines, titles and a stated separator', async () => {
  const shapes: [string, string, string][] = [
    ['a;b\n1;2\n', ';', 'a'],
    ['a\tb\n1\t2\n', '\t', 'a'],
    ['a|b\n1|2\n', '|', 'a'],
    ['\n\n\n\na;b;\n1;"2\n3";\n', ';', 'a'],
    ['Directorio de museos, 2020;;\na;b;c\n1,5;2;3\n4,5;5;6\n', ';', 'a'],
    ['sep=;\r\na;b\r\n1;2\r\n', ';', 'a'],
    ['a;b\n"1;x,y,z";2\n"3;x,y";4\n', ';', 'a'],
  ]
  for (const [text, delimiter, first] of shapes) {
    const { reading, columns } = await inspectFile(fileOf(text))
    assert.deepEqual([reading.delimiter, columns[0]?.path], [delimiter, first], text)
  }
})

test('an empty last column is none; empty, repeated and case-differing names are told apart', async () => {
  const file = fileOf('Número;número;;x;x;\n1;2;3;4;5;\n')
  const { columns } = await inspectFile(file)
  assert.deepEqual(
    columns.map(({ path }) => path),
    ['Número', 'número', '#3', 'x', 'x (2)'],
  )
})

test('reads line ends inside cells, mixed line ends, and tells the line of each row', async () => {
  const file = fileOf('a,b\r\n"uno\ndos",2\r\n\r\n3,4\n5,6\r')
  const rows = await rowsOf(file)
  assert.deepEqual(
    rows.map(({ number, line, cells }) => [number, line, cells['a']]),
    [
      [1, 2, 'uno\ndos'],
      [2, 4, '3'],
      [3, 6, '5'],
    ],
  )
})

test('reports rows that are too long or too short, and steps over rows of empty cells', async () => {
  const file = fileOf('a,b,c\n1,2,3\n1,2\n1,2,3,\n1,2,3,4\n,,\n')
  const inspection = await inspectFile(file)
  assert.equal(inspection.rows, 4)
  assert.equal(inspection.ragged, 2)
  const rows = await rowsOf(file, inspection)
  assert.deepEqual(
    rows.map(({ flaws }) => flaws),
    [[], [{ code: 'ragged', expected: 3, found: 2 }], [], [{ code: 'ragged', expected: 3, found: 4 }]],
  )
})

test('a table survives being written with any delimiter', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', ',', ';', '"', '\n', ' ', '|', 'ñ'), maxLength: 8 })
  const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 3, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom(',', ';', '\t', '|'), async (cells, delimiter) => {
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
      const text = [['uno', 'dos', 'tres'], ...cells].map((row) => row.map(quoted).join(delimiter)).join('\n')
      const read = await rowsOf(fileOf(text))
      const expected = cells.filter((row) => row.some((value) => value.trim() !== ''))
      assert.deepEqual(
        read.map(({ raw }) => raw),
        expected,
      )
    }),
    { numRuns: 60 },
  )
})

test('columns are described: how far they are filled, samples, values, looks', async () => {
  const { columns } = await inspectFile(
    fileOf('tipo;año;lat;mail\nArte;0;-12.0464;a@b.org\nHistoria;1999;-12.0500;\nArte;2001;-12.1000;c@d.org\n'),
  )
  assert.deepEqual(
    columns.map(({ path, filled, distinct }) => [path, filled, distinct]),
    [
      ['tipo', 3, 2],
      ['año', 3, 3],
      ['lat', 3, 3],
      ['mail', 2, 2],
    ],
  )
  assert.deepEqual(columns[0]!.values, [
    { value: 'Arte', count: 2 },
    { value: 'Historia', count: 1 },
  ])
  assert.equal(columns[1]!.dates?.zeros, 1)
  assert.equal(columns[2]!.looks.latitude, 3)
  assert.equal(columns[3]!.looks['e-mail'], 2)
})

test('reads records of JSON wherever they are, one a line too, lists and all', async () => {
  const record = {
    id: 1,
    nombre: 'Museo',
    lugar: { ciudad: 'Lima', 'código.postal': '01' },
    temas: ['arte', 'sal'],
    fotos: [{ u: 'a' }, { u: 'b' }],
    nada: null,
  }
  const cells = {
    id: '1',
    nombre: 'Museo',
    'lugar.ciudad': 'Lima',
    'lugar.código\\.postal': '01',
    temas: 'arte\nsal',
    'fotos.u': 'a\nb',
  }
  assert.deepEqual(await cellsOf(fileOf(JSON.stringify([record]))), [cells])
  const wrapped = fileOf(`\ufeff\n${JSON.stringify({ info: { n: 1 }, data: { items: [record, record] } })}`)
  assert.equal((await inspectFile(wrapped)).reading.records, 'data.items')
  assert.deepEqual(await cellsOf(wrapped), [cells, cells])
  const lines = fileOf(`${JSON.stringify(record)}\n\n${JSON.stringify(record)}\n`)
  assert.equal((await inspectFile(lines)).reading.format, 'json-lines')
  assert.deepEqual(
    (await rowsOf(lines)).map(({ number, line }) => [number, line]),
    [
      [1, 1],
      [2, 3],
    ],
  )
})

test('reads SPARQL results with their languages, and GeoJSON with a point for each shape', async () => {
  const sparql = {
    head: { vars: ['item', 'label'] },
    results: {
      bindings: [
        { item: { type: 'uri', value: 'x/Q1' }, label: { type: 'literal', 'xml:lang': 'pt', value: 'Museu' } },
      ],
    },
  }
  assert.deepEqual(await cellsOf(fileOf(JSON.stringify(sparql))), [
    { item: 'x/Q1', label: 'Museu', 'label@lang': 'pt' },
  ])
  const square = [
    [
      [0, 0],
      [0, 2],
      [2, 2],
      [2, 0],
      [0, 0],
    ],
  ]
  const features = {
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        id: 7,
        properties: { name: 'A', 'addr:city': 'Lima' },
        geometry: { type: 'Point', coordinates: [-77.04, -12.05] },
      },
      { type: 'Feature', properties: { name: 'B' }, geometry: { type: 'Polygon', coordinates: square } },
      { type: 'Feature', properties: { name: 'C' }, geometry: null },
    ],
  }
  const [point, shape, none] = await cellsOf(fileOf(JSON.stringify(features)))
  assert.deepEqual(point, {
    '@feature': '7',
    name: 'A',
    'addr:city': 'Lima',
    'geometry.type': 'Point',
    'geometry.longitude': '-77.04',
    'geometry.latitude': '-12.05',
  })
  assert.ok(Math.abs(Number(shape!['geometry.longitude']) - 1) < 0.01)
  assert.deepEqual(none, { name: 'C' })
})

test('reads XML: the repeated element, cells named by an attribute, CDATA, nesting, its own encoding', async () => {
  const named = `<?xml version="1.0" encoding="ISO-8859-1"?><!-- <reg/> --><registros><info><a>1</a></info>
    <reg><campo nombre="id" tipo="i">1</campo><campo nombre='nombre'><![CDATA[ Museo de A&oacute;<b>]]></campo><campo nombre="vacío"/></reg>
    <reg><campo nombre="id" tipo="i">2</campo><campo nombre="nombre">Cádiz &lt;&#38;&#xe1;</campo></reg></registros>`
  const file = fileOf(Buffer.from(named, 'latin1'))
  const { reading } = await inspectFile(file)
  assert.deepEqual(
    [reading.records, reading.named, reading.encoding],
    ['registros/reg', { campo: 'nombre' }, 'windows-1252'],
  )
  assert.deepEqual(await cellsOf(file), [
    { 'campo[nombre=id]': '1', 'campo[nombre=nombre]': ' Museo de A&oacute;<b>', 'campo[nombre=vacío]': '' },
    { 'campo[nombre=id]': '2', 'campo[nombre=nombre]': 'Cádiz <&á' },
  ])
  const nested = fileOf(
    '<m:list xmlns:m="urn:m"><m:museum id="1" a=">"><name lang="es">X</name><place><city>Lima</city></place><tag>a</tag><tag>b</tag></m:museum><m:museum id="2" a="b"/></m:list>',
  )
  assert.deepEqual(await cellsOf(nested), [
    { '@id': '1', '@a': '>', name: 'X', 'name@lang': 'es', 'place/city': 'Lima', tag: 'a\nb' },
    { '@id': '2', '@a': 'b' },
  ])
})

const sheet = (rows: string): Record<string, string> => ({
  '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
  'xl/workbook.xml':
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Museos" sheetId="1" r:id="r1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
  'xl/styles.xml':
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
  'xl/worksheets/sheet1.xml': `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`,
})
const text = (reference: string, value: string): string =>
  `<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`

test('reads a workbook: under a title, with dates, numbers and gaps', async () => {
  const rows = `<row r="1">${text('A1', 'Directorio')}</row>
    <row r="3">${text('A3', 'nombre')}${text('B3', 'fundado')}${text('C3', 'cp')}</row>
    <row r="4">${text('A4', 'Museo')}<c r="B4" s="1"><v>36526</v></c>${text('C4', '02420')}</row>
    <row r="5">${text('A5', 'Otro')}<c r="C5"><v>0.1</v></c></row>`
  const file = fileOf(await zipOf(sheet(rows)), 'museos.xlsx')
  const inspection = await inspectFile(file)
  assert.deepEqual(
    [inspection.reading.format, inspection.reading.sheet, inspection.rows, inspection.ragged],
    ['xlsx', 'Museos', 2, 0],
  )
  const found = await rowsOf(file, inspection)
  assert.deepEqual(
    found.map(({ line, cells }) => [line, { ...cells }]),
    [
      [4, { nombre: 'Museo', fundado: '2000-01-01', cp: '02420' }],
      [5, { nombre: 'Otro', fundado: '', cp: '0.1' }],
    ],
  )
})

test('refuses what would do harm or cannot be read, each with its reason', async () => {
  const refused: [string, string | Uint8Array][] = [
    ['empty', ''],
    ['no-records', 'nombre,ciudad\n'],
    ['quote-not-closed', `a,b\n1,2\n${'1,2\n'.repeat(30)}"uno,2\n3,4\n`],
    ['not-json', '{"a": [1,'],
    ['no-records', '{"a":\n1}'],
    ['not-xml', '<a><b></a>'],
    ['not-xml', '<a><b x="1" y="2"/><b x="1" y="2"/></a><c/>'],
    ['declares-entities', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><b><c>&x;</c></b></a>'],
    ['declares-entities', '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]><a>&y;</a>'],
    ['not-a-workbook', await zipOf({ 'readme.txt': 'x' })],
    ['not-a-workbook', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(40)])],
    ['old-office', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['not-a-table', Buffer.from('\u0000\u0001binary\u0000')],
    ['nested-too-deep', `[${'{"a":'.repeat(40)}1${'}'.repeat(40)}]`],
    ['too-many-columns', `${Array.from({ length: limits.columns + 1 }, (_, index) => `c${index}`).join(',')}\n1\n`],
  ]
  for (const [code, content] of refused)
    await assert.rejects(inspectFile(fileOf(content, 'x', 1024)), unreadable(code), code)
})

/** The same zip, its directory saying another size for the sheet than it has. */
const claiming = (zip: Buffer, size: number): Buffer => {
  const changed = Buffer.from(zip)
  for (let at = changed.indexOf('PK\u0001\u0002'); at !== -1; at = changed.indexOf('PK\u0001\u0002', at + 4)) {
    const name = changed.subarray(at + 46, at + 46 + changed.readUInt16LE(at + 28)).toString()
    if (name === 'xl/worksheets/sheet1.xml') changed.writeUInt32LE(size, at + 24)
  }
  return changed
}

test('a workbook that unpacks into too much, or into more than it says, is refused before it is read', async () => {
  const zip = await zipOf({ ...sheet(''), 'xl/worksheets/sheet1.xml': Buffer.alloc(1024 ** 2, ' ') })
  const huge = fileOf(claiming(zip, limits.unpacked + 1), 'bomb.xlsx')
  await assert.rejects(inspectFile(huge), unreadable('unpacks-too-large'))
  await assert.rejects(inspectFile(fileOf(claiming(zip, 1000), 'liar.xlsx')), unreadable('not-a-workbook'))
})

test('a file that must be seen whole is refused above its limit while it streams', async () => {
  let handed = 0
  const piece = Buffer.alloc(1024 ** 2, 0x20)
  piece[0] = 0x5b
  const file = {
    name: 'endless.json',
    async *open() {
      for (let at = 0; at < 40; at++) {
        handed++
        yield piece
      }
    },
  }
  await assert.rejects(inspectFile(file), unreadable('too-large'))
  assert.ok(handed < 80)
})
