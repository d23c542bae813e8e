import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
// @ts-expect-error -- plain JavaScript, read by any Node; its types are in its comments
import { parse } from '../../../../bin/floor.mjs'

type Rule = { prelude: string; declarations?: { property: string; value: string }[]; rules?: Rule[] }

const dyes = ['cochineal', 'indigo', 'ochre', 'chilca', 'maize', 'walnut', 'teal']

/** What is written or drawn on what: 4.5:1 for text, 3:1 for shapes, edges of fields and the focus ring (WCAG 2.2, 1.4.3 and 1.4.11). */
const pairs: { over: string[]; on: string[]; least: number }[] = [
  { over: ['ink', 'ink-soft', ...dyes], on: ['paper', 'sheet'], least: 4.5 },
  { over: ['ink', 'ink-soft'], on: ['field'], least: 4.5 },
  // The words on buttons: paper on ink, and on the dye that a button takes under the pointer.
  { over: ['paper'], on: ['ink', 'indigo', 'cochineal'], least: 4.5 },
  { over: ['line-strong', 'cord'], on: ['paper', 'sheet'], least: 3 },
  { over: ['line-strong', 'cochineal', 'indigo'], on: ['field'], least: 3 },
]

const themes = readThemes()

test('every theme is there', () => {
  assert.deepEqual(Object.keys(themes), ['light', 'dark', 'more contrast', 'more contrast, dark', 'print'])
})

for (const [theme, tokens] of Object.entries(themes)) {
  test(`every pair of colours can be told apart: ${theme}`, () => {
    let seen = 0
    for (const { over, on, least } of pairs) {
      for (const one of over) {
        for (const other of on) {
          const found = contrast(tokens[one]!, tokens[other]!)
          assert.ok(
            found >= least,
            `${one} (${tokens[one]}) on ${other} (${tokens[other]}): ${found.toFixed(2)}:1, wants ${least}:1`,
          )
          seen++
        }
      }
    }
    assert.equal(seen, 30)
  })
}

test('asking for more contrast gives more', () => {
  for (const dye of dyes) {
    assert.ok(contrast(themes['more contrast']![dye]!, '#ffffff') >= 7, dye)
    assert.ok(contrast(themes['more contrast, dark']![dye]!, '#000000') >= 7, dye)
  }
})

/** The tokens of each theme, each on top of those that it changes. */
function readThemes(): Record<string, Record<string, string>> {
  const tokens = read('tokens.css')
  const under = (rules: Rule[], media: string) =>
    of(rules.filter((rule) => rule.prelude === `@media ${media}`).flatMap((rule) => rule.rules ?? []))
  const light = of(tokens)
  const dark = { ...light, ...under(tokens, '(prefers-color-scheme: dark)') }
  const more = under(tokens, '(prefers-contrast: more)')
  return {
    light,
    dark,
    'more contrast': { ...light, ...more },
    'more contrast, dark': {
      ...dark,
      ...more,
      ...under(tokens, '(prefers-contrast: more) and (prefers-color-scheme: dark)'),
    },
    print: { ...light, ...under(read('print.css'), 'print') },
  }
}

function read(file: string): Rule[] {
  return parse(
    readFileSync(join(import.meta.dirname, '../../../styles', file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, ''),
  ) as Rule[]
}

function of(rules: Rule[]): Record<string, string> {
  return Object.fromEntries(
    rules
      .filter((rule) => rule.prelude === ':root' && rule.declarations)
      .flatMap((rule) => rule.declarations!.map(({ property, value }) => [property.slice(2), value])),
  ) as Record<string, string>
}

/** WCAG's contrast of two colours. */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  assert.match(colour, /^#[0-9a-f]{6}$/, `${colour} is a colour`)
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
