import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'

// The fallback faces of styles/fonts.css stand in for ours until they arrive: same widths, same lines, so that nothing
// jumps. Their figures follow from the fonts, here computed again.

const require = createRequire(import.meta.url)
const sheet = readFileSync(join(import.meta.dirname, '../../../styles/fonts.css'), 'utf8')

/** How often each letter comes in Spanish text, spaces included; our pages are read most in Spanish. */
const often: Record<string, number> = {
  e: 13.68,
  a: 12.53,
  o: 8.68,
  s: 7.98,
  r: 6.87,
  n: 6.71,
  i: 6.25,
  d: 5.86,
  l: 4.97,
  c: 4.68,
  t: 4.63,
  u: 3.93,
  m: 3.15,
  p: 2.51,
  b: 1.42,
  g: 1.01,
  v: 0.9,
  y: 0.9,
  q: 0.88,
  h: 0.7,
  f: 0.69,
  z: 0.52,
  j: 0.44,
  x: 0.22,
  w: 0.02,
  k: 0.01,
  ' ': 18,
}

/** Widths in thousandths of an em of the fonts that machines have, from their published metrics (Arial has Helvetica's). */
const arial =
  'a556b556c500d556e556f278g556h556i222j222k500l222m833n556o556p556q556r333s500t278u556v500w722x500y500z500 278'
const arialBold =
  'a556b611c556d611e556f333g611h611i278j278k556l278m889n611o611p611q611r389s556t333u611v556w778x556y556z500 278'
const times =
  'a444b500c444d500e444f333g500h500i278j278k500l278m778n500o500p500q500r333s389t278u500v500w722x500y500z444 250'

const faces = [
  {
    name: 'Quipu Text Fallback',
    weight: '400',
    file: 'atkinson-hyperlegible-next/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf',
    stand: arial,
  },
  {
    name: 'Quipu Text Fallback',
    weight: '700',
    file: 'atkinson-hyperlegible-next/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf',
    stand: arialBold,
  },
  {
    name: 'Quipu Display Fallback',
    weight: '500',
    file: 'newsreader/500Medium/Newsreader_500Medium.ttf',
    stand: times,
  },
]

for (const { name, weight, file, stand } of faces) {
  test(`${name} ${weight} has the measure of the face it stands in for`, () => {
    const font = read(require.resolve(`@expo-google-fonts/${file}`))
    const widths = Object.fromEntries(
      [...stand.matchAll(/(.)(\d{3})/g)].map(([, letter, width]) => [letter, Number(width)]),
    )
    const size = average(font.widths, font.em) / average(widths, 1000)
    const rule = sheet
      .split('@font-face')
      .find((one) => one.includes(`'${name}'`) && one.includes(`font-weight: ${weight}`))
    assert.ok(rule)
    const said = (property: string) => Number(new RegExp(`${property}: ([\\d.]+)%`).exec(rule)?.[1])
    near(said('size-adjust'), size * 100)
    near(said('ascent-override'), (font.ascent / font.em / size) * 100)
    near(said('descent-override'), (font.descent / font.em / size) * 100)
    near(said('line-gap-override'), (font.gap / font.em / size) * 100)
  })
}

test('every face is swapped in, never waited for', () => {
  const ours = sheet.split('@font-face').filter((one) => one.includes('font:'))
  assert.equal(ours.length, 9)
  for (const face of ours) assert.match(face, /font-display: swap/)
})

function near(said: number, computed: number) {
  assert.ok(Math.abs(said - computed) < 0.2, `${said} is said, ${computed.toFixed(2)} computed`)
}

function average(widths: Record<string, number>, em: number): number {
  const letters = Object.entries(often)
  const all = letters.reduce((sum, [, share]) => sum + share, 0)
  return letters.reduce((sum, [letter, share]) => sum + share * (widths[letter]! / em), 0) / all
}

/** The measures of a TrueType font: head, hhea, hmtx and the Unicode table of cmap (format 4). */
function read(path: string) {
  const bytes = readFileSync(path)
  const table = (tag: string): number => {
    for (let at = 12; at < 12 + bytes.readUInt16BE(4) * 16; at += 16) {
      if (bytes.toString('latin1', at, at + 4) === tag) return bytes.readUInt32BE(at + 8)
    }
    throw new Error(`no table ${tag}`)
  }
  const [head, hhea, hmtx, cmap] = [table('head'), table('hhea'), table('hmtx'), table('cmap')]
  const wide = bytes.readUInt16BE(hhea + 34)
  const subtables = Array.from(
    { length: bytes.readUInt16BE(cmap + 2) },
    (_, i) => cmap + bytes.readUInt32BE(cmap + 8 + i * 8),
  )
  const unicode = subtables.find((at) => bytes.readUInt16BE(at) === 4)!
  const segments = bytes.readUInt16BE(unicode + 6) / 2
  const glyph = (code: number): number => {
    for (let i = 0; i < segments; i++) {
      if (code > bytes.readUInt16BE(unicode + 14 + i * 2)) continue
      const start = bytes.readUInt16BE(unicode + 16 + segments * 2 + i * 2)
      const delta = bytes.readInt16BE(unicode + 16 + segments * 4 + i * 2)
      const at = unicode + 16 + segments * 6 + i * 2
      const range = bytes.readUInt16BE(at)
      if (range === 0) return (code + delta) & 0xffff
      return (bytes.readUInt16BE(at + range + (code - start) * 2) + delta) & 0xffff
    }
    throw new Error(`no glyph for ${code}`)
  }
  const widths = Object.fromEntries(
    Object.keys(often).map((letter) => [
      letter,
      bytes.readUInt16BE(hmtx + Math.min(glyph(letter.codePointAt(0)!), wide - 1) * 4),
    ]),
  )
  return {
    em: bytes.readUInt16BE(head + 18),
    ascent: bytes.readInt16BE(hhea + 4),
    descent: -bytes.readInt16BE(hhea + 6),
    gap: bytes.readInt16BE(hhea + 8),
    widths,
  }
}
