import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
// @ts-expect-error -- plain JavaScript, read by any Node; its types are in its comments
import { buildAssets } from '../../../../bin/assets.mjs'
// @ts-expect-error -- the same
import { forTheFloor, parse } from '../../../../bin/floor.mjs'

const styles = join(import.meta.dirname, '../../../styles')
const folder = mkdtempSync(join(tmpdir(), 'quipu-assets-'))
let manifest: Record<string, string> = {}
const built = (name: string) => readFileSync(join(folder, manifest[name]!.replace('/assets/', '')))
const bytes = (names: string[]) => names.reduce((sum, name) => sum + built(name).length, 0)

before(async () => {
  manifest = await buildAssets({ into: folder })
})
after(() => rmSync(folder, { recursive: true }))

test('the sheet and the script stay light', () => {
  const sheet = gzipSync(built('quipu.css'), { level: 9 }).length
  const script = gzipSync(built('islands.js'), { level: 9 }).length
  assert.ok(sheet <= 14_000, `quipu.css is ${sheet} bytes compressed`)
  assert.ok(script <= 6_000, `islands.js is ${script} bytes compressed`)
})

test('fonts are at most 90 kB for Latin pages and 130 kB for Arabic ones', () => {
  const latin = bytes(['text-400.woff2', 'text-400-italic.woff2', 'text-700.woff2', 'display-500.woff2'])
  const arabic = bytes(['text-400.woff2', 'text-700.woff2', 'naskh-400.woff2', 'naskh-700.woff2'])
  assert.ok(latin <= 90 * 1024, `${latin} bytes`)
  assert.ok(arabic <= 130 * 1024, `${arabic} bytes`)
})

test('names change with content and only with it; the files of one build stay through the next', async () => {
  const again = await buildAssets({ into: folder })
  assert.deepEqual(again, manifest)
  assert.equal(readdirSync(folder).length, Object.keys(manifest).length + 1)
  // A sheet of the build before, and one from long ago.
  const known = { ...manifest, 'quipu.css': '/assets/quipu.0123456789.css' }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(known))
  for (const file of ['quipu.0123456789.css', 'quipu.abcdef0123.css']) writeFileSync(join(folder, file), '')
  assert.deepEqual(await buildAssets({ into: folder }), manifest)
  assert.ok(existsSync(join(folder, 'quipu.0123456789.css')))
  assert.ok(!existsSync(join(folder, 'quipu.abcdef0123.css')))
  for (const [name, address] of Object.entries(manifest)) {
    const [stem, ending] = [name.replace(/\.[^.]+$/, ''), name.split('.').at(-1)]
    assert.match(address, new RegExp(`^/assets/${stem}\\.[0-9a-f]{10}\\.${ending}$`))
  }
})

test('styles are written with logical properties only', () => {
  let seen = 0
  for (const file of readdirSync(styles).filter((one) => one.endsWith('.css'))) {
    const source = readFileSync(join(styles, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')
    for (const [, property = '', value = ''] of source.matchAll(/^\s*([\w-]+):\s*([^;{]+);/gm)) {
      seen++
      assert.doesNotMatch(
        property,
        /^(?:left|right|top|bottom)$|(?:margin|padding|border)-(?:left|right|top|bottom)/,
        `${file}: ${property}`,
      )
      assert.doesNotMatch(
        `${property}: ${value}`,
        /^(?:text-align|float|clear): (?:left|right)/,
        `${file}: ${property}`,
      )
    }
  }
  assert.ok(seen > 900, `${seen} declarations seen`)
})

test('every size that a page asks for in type follows the reader’s own', () => {
  for (const file of readdirSync(styles).filter((one) => one.endsWith('.css') && one !== 'print.css')) {
    const source = readFileSync(join(styles, file), 'utf8')
    assert.doesNotMatch(source, /font-size:\s*[\d.]+(?:px|pt)/, file)
  }
})

test('what is the same in both directions becomes physical, what is not is said again for older browsers', () => {
  assert.equal(
    forTheFloor('.a{margin-block:1px 2px;padding-inline:3px;inset-block-start:0;inline-size:4px}'),
    '.a{margin-top:1px;margin-bottom:2px;padding-left:3px;padding-right:3px;top:0;width:4px}',
  )
  assert.equal(
    forTheFloor('.a,.b:not(.c,.d){margin-inline-start:1px;border-inline:1px solid}'),
    '.a,.b:not(.c,.d){margin-inline-start:1px;border-left:1px solid;border-right:1px solid}' +
      '@supports not (inset-inline-start:0){@media all{[dir=ltr] .a,[dir=ltr] .b:not(.c,.d){margin-left:1px}[dir=rtl] .a,[dir=rtl] .b:not(.c,.d){margin-right:1px}}}',
  )
})

test('a token is preceded by its light value, wherever older browsers may read it', () => {
  assert.equal(
    forTheFloor(
      ':root{--ink:#111;--text:var(--ink)}.a{color:var(--text)}@media (prefers-contrast:more){.a{color:var(--ink)}}',
    ),
    ':root{--ink:#111;--text:var(--ink)}.a{color:#111;color:var(--text)}@media (prefers-contrast:more){.a{color:var(--ink)}}',
  )
})

test('strings, brackets and data addresses survive the reading', () => {
  const css = '.a::after{content:"};{\\"";background:url(data:image/svg+xml;utf8,x)}@import "x;y";'
  assert.equal(forTheFloor(css), css)
})

test('no rule that older browsers need stands beside a selector that they do not know', () => {
  let rules = 0
  const walk = (
    nodes: { prelude?: string; rules?: unknown[]; declarations?: { property: string; value: string }[] }[],
  ) => {
    for (const node of nodes) {
      if (node.rules) walk(node.rules as typeof nodes)
      else if (node.prelude && node.declarations) {
        rules++
        const parts = node.prelude.split(/,(?![^(]*\))/)
        const unknown = parts.filter((one) =>
          /:(?:is|where|has|focus-visible|focus-within|dir)\b|::(?!before|after|first-letter|-webkit|-moz|placeholder)/.test(
            one,
          ),
        )
        assert.ok(unknown.length === 0 || unknown.length === parts.length, node.prelude)
      }
    }
  }
  walk(parse(built('quipu.css').toString()))
  assert.ok(rules > 300, `${rules} rules seen`)
})
