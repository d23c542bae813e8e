import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compareWords, languages } from '#kit/words'
import { boundaryOf, fileWords, isRights, MultipartBroken, readParts, rights, sniff, type Part } from '../index.ts'
import { bareName } from '../multipart.ts'
import { rangeOf, sizeOf } from '../serve.ts'

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))))
const iso = (...brands: string[]) =>
  bytes([0, 0, 0, 16 + 4 * brands.length], 'ftyp', brands[0]!, [0, 0, 0, 0], ...brands)

describe('what a file is', () => {
  const cases: [string, Buffer, string, string][] = [
    ['JPEG', bytes([0xff, 0xd8, 0xff, 0xe0]), 'a.jpg', 'image/jpeg'],
    ['JPEG that says PNG', bytes([0xff, 0xd8, 0xff, 0xe1]), 'a.png', 'image/jpeg'],
    ['PNG', bytes([0x89], 'PNG\r\n', [0x1a], '\n'), 'a.png', 'image/png'],
    ['WebP', bytes('RIFF', [1, 0, 0, 0], 'WEBPVP8 '), 'a', 'image/webp'],
    ['AVIF', iso('avif', 'mif1', 'miaf'), 'a.avif', 'image/avif'],
    ['GIF', bytes('GIF89a'), 'a.gif', 'image/gif'],
    ['TIFF', bytes('II*', [0]), 'a.tif', 'image/tiff'],
    ['PDF', bytes('%PDF-1.7\n'), 'a.pdf', 'application/pdf'],
    ['MP4', iso('isom', 'iso2', 'avc1'), 'a.mp4', 'video/mp4'],
    ['MP3', bytes('ID3', [4]), 'a.mp3', 'audio/mpeg'],
    ['MP3 without tags', bytes([0xff, 0xfb, 0x90, 0x44]), 'a.mp3', 'audio/mpeg'],
    ['ZIP', bytes('PK', [3, 4]), 'a.docx', 'application/zip'],
    ['CSV', bytes('nombre;país\n'), 'a.csv', 'text/csv'],
    ['CSV in an old encoding', bytes('Museo de la Naci\xf3n;Lima\n'), 'a.csv', 'text/csv'],
    ['CSV that begins with a bracket', bytes('[id],nombre\n'), 'a.csv', 'text/csv'],
    ['CSV in UTF-16', Buffer.from('\ufeffnombre\tpaís\n', 'utf16le'), 'a.csv', 'text/csv'],
    ['JSON', bytes('[{"a":1}]'), 'a.json', 'application/json'],
    ['GeoJSON', bytes('{"type": "FeatureCollection", "features": []}'), 'a.json', 'application/geo+json'],
    ['XML', bytes('<?xml version="1.0"?><museos/>'), 'a.xml', 'application/xml'],
    [
      'SVG',
      bytes('<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg">'),
      'a.svg',
      'image/svg+xml',
    ],
    ['captions', bytes('WEBVTT\n\n00:00'), 'a.vtt', 'text/vtt'],
    ['text', bytes('Hola'), 'a.txt', 'text/plain'],
    ['HEIC', iso('heic', 'mif1'), 'a.jpg', 'heic'],
    ['HEIF without a codec named first', iso('mif1', 'heic'), 'a.heif', 'heic'],
    ['raw', bytes('II*', [0]), 'a.NEF', 'raw'],
    ['old Word', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'a.doc', 'old-office'],
    ['program', bytes('MZ', [0x90, 0]), 'a.jpg', 'program'],
    ['script', bytes('#!/bin/sh\n'), 'a.txt', 'program'],
    ['page', bytes('  <!DOCTYPE html><html>'), 'a.txt', 'page'],
    ['page in XML', bytes('<?xml version="1.0"?><html xmlns="x">'), 'a.xml', 'page'],
    ['script in a table', bytes('a,b\n<script>alert(1)</script>'), 'a.csv', 'page'],
    ['archive', bytes([0x1f, 0x8b, 8]), 'a.csv', 'archive'],
    ['nothing', Buffer.alloc(0), 'a.txt', 'empty'],
    ['noise', Buffer.from([1, 2, 3, 4, 5, 6]), 'a.txt', 'unknown'],
    ['words of an unknown ending', bytes('hello'), 'a.bat', 'unknown'],
  ]
  for (const [name, head, file, wanted] of cases)
    it(`${name} is ${wanted}`, () => {
      const found = sniff(head, file)
      assert.equal('kind' in found ? found.kind : found.refused, wanted)
    })
  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (head, name) => void sniff(head, name)))
  })
})

describe('forms with files', () => {
  const part = (head: string, content: Uint8Array | string) => [
    Buffer.from(`--B\r\n${head}\r\n\r\n`),
    Buffer.from(content as string),
    Buffer.from('\r\n'),
  ]
  async function* chunked(whole: Uint8Array, size: number) {
    for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size)
  }
  const readAll = async (body: Uint8Array, size = 7) => {
    const found: [string, Part['file'], string][] = []
    for await (const { name, file, bytes: content } of readParts(chunked(body, size), 'B')) {
      const parts: Uint8Array[] = []
      for await (const piece of content) parts.push(Uint8Array.from(piece))
      found.push([name, file, Buffer.concat(parts).toString('latin1')])
    }
    return found
  }
  const field = (name: string) => `Content-Disposition: form-data; name="${name}"`

  it('come apart as they were put together, in whatever pieces they arrive', async () => {
    // Contents made of what boundaries are made of are the ones that could be torn.
    const content = fc
      .array(fc.constantFrom('\r', '\n', '-', 'B', '\r\n--', '\r\n--A', 'x', '\0', '\xff'), { maxLength: 30 })
      .map((signs) => signs.join(''))
    await fc.assert(
      fc.asyncProperty(fc.array(content, { maxLength: 5 }), fc.integer({ min: 1, max: 50 }), async (contents, size) => {
        const whole = contents.filter((one) => !one.includes('\r\n--B'))
        const body = Buffer.concat([
          ...whole.flatMap((one, n) => part(field(`f${n}`), Buffer.from(one, 'latin1'))),
          Buffer.from('--B--\r\n'),
        ])
        assert.deepEqual(
          await readAll(body, size),
          whole.map((one, n) => [`f${n}`, null, one]),
        )
      }),
      { numRuns: 200 },
    )
  })
  it('name their files as browsers do', async () => {
    const body = Buffer.concat([
      ...part(
        'Content-Disposition: form-data; name="photo"; filename="C:\\fakepath\\mi %22foto%22.jpg"\r\nContent-Type: image/jpeg',
        'x',
      ),
      ...part('content-disposition: form-data; filename="ñandú.png"; name="b"', ''),
      ...part('Content-Disposition: form-data; name="none"; filename=""', ''),
      Buffer.from('--B--'),
    ])
    assert.deepEqual(await readAll(body), [
      ['photo', { name: 'mi foto .jpg', type: 'image/jpeg' }, 'x'],
      ['b', { name: 'ñandú.png', type: '' }, ''],
      ['none', { name: '', type: '' }, ''],
    ])
  })
  it('may leave a part unread', async () => {
    const body = Buffer.concat([...part(field('a'), 'x'.repeat(100)), ...part(field('b'), 'y'), Buffer.from('--B--')])
    const names: string[] = []
    for await (const { name, bytes: content } of readParts(chunked(body, 10), 'B')) {
      names.push(name)
      for await (const _piece of content) break
    }
    assert.deepEqual(names, ['a', 'b'])
  })
  for (const [name, body] of [
    ['cut short', '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\nx'],
    ['without a name', '--B\r\nContent-Type: text/plain\r\n\r\nx\r\n--B--'],
    ['with an endless head', `--B\r\n${'x'.repeat(40_000)}`],
    ['of another boundary', '--C\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--C--'],
  ] as const)
    it(`are refused when ${name}`, () => assert.rejects(readAll(Buffer.from(body), 1000), MultipartBroken))
  it('hold little in memory', async () => {
    let made = 0
    async function* endless() {
      yield Buffer.from(`--B\r\n${field('a')}\r\n\r\n`)
      for (; made < 256; made += 1) yield Buffer.alloc(1024 * 1024, 0x61)
      yield Buffer.from('\r\n--B--')
    }
    let read = 0
    let ahead = 0
    for await (const { bytes: content } of readParts(endless(), 'B'))
      for await (const piece of content) {
        read += piece.length
        ahead = Math.max(ahead, made * 1024 * 1024 - read)
      }
    assert.equal(read, 256 * 1024 * 1024)
    assert.ok(ahead <= 2 * 1024 * 1024, `${ahead} bytes were read ahead`)
  })
  it('tell their boundary', () => {
    assert.equal(boundaryOf('multipart/form-data; boundary=----WebKit1'), '----WebKit1')
    assert.equal(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b"'), 'a b')
    assert.equal(boundaryOf('text/plain'), null)
    assert.equal(boundaryOf(null), null)
  })
})

describe('small things of files', () => {
  it('names lose folders and signs, not letters', () => {
    assert.equal(bareName('../../etc/passwd'), 'passwd')
    assert.equal(bareName('cañón\u202Egpj.exe'), 'cañón gpj.exe')
    assert.equal(bareName(`${'x'.repeat(300)}.tiff`), `${'x'.repeat(195)}.tiff`)
  })
  it('ranges are read as HTTP says', () => {
    assert.deepEqual(rangeOf('bytes=0-9', 100), { from: 0, to: 9 })
    assert.deepEqual(rangeOf('bytes=90-', 100), { from: 90, to: 99 })
    assert.deepEqual(rangeOf('bytes=-10', 100), { from: 90, to: 99 })
    assert.deepEqual(rangeOf('bytes=50-999', 100), { from: 50, to: 99 })
    for (const outside of ['bytes=100-', 'bytes=-0']) assert.equal(rangeOf(outside, 100), 'outside')
    for (const other of [null, 'bytes=5-2', 'items=0-1', 'bytes=0-1,4-5', 'bytes=-'])
      assert.equal(rangeOf(other, 100), null)
  })
  it('sizes are read from addresses', () => {
    assert.deepEqual(sizeOf('800.jpg'), { width: 800, kind: 'image/jpeg' })
    assert.equal(sizeOf('800.svg'), null)
  })
  for (const language of languages)
    it(`words are whole in ${language}`, () =>
      assert.deepEqual(compareWords(fileWords.texts.es, fileWords.texts[language], language), []))
  it('every right and every refusal has its sentence', () => {
    const said = JSON.parse(readFileSync(new URL('../words/es.json', import.meta.url), 'utf8'))
    assert.deepEqual(Object.keys(said.rights).sort(), Object.keys(rights).sort())
    assert.ok(!isRights('toString'))
    for (const why of [
      'heic',
      'old-office',
      'program',
      'page',
      'archive',
      'unknown',
      'macro',
      'broken',
      'empty',
      'raw',
    ])
      assert.ok(said.problem[why], why)
  })
})
