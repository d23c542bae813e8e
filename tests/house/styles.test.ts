import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
// @ts-expect-error -- plain JavaScript, read by any Node; its types are in its comments
import { parse as parseSheet } from '../../bin/floor.mjs'
import { filesLike, lineOf, nodes, sources, SyntaxKind, textOfFile } from './sources.ts'

type Sheet = (
  | { prelude: string; declarations: { property: string; value: string }[] }
  | { prelude: string; rules: Sheet }
  | { statement: string }
)[]

const physical =
  /^(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:right|left)(?:-\w+)?|right|left|border-(?:top|bottom)-(?:left|right)-radius)$/
const physicalValues: Record<string, RegExp> = {
  'text-align': /\b(?:left|right)\b/,
  float: /\b(?:left|right)\b/,
  clear: /\b(?:left|right)\b/,
  transform: /translateX|translate\(\s*-?[1-9.]/,
  translate: /^-?[1-9.]/,
}

describe('styles', () => {
  it('know no left and right, so that Arabic is the same page mirrored', (t: TestContext) => {
    const files = filesLike('src/**/*.css')
    const faults: string[] = []
    let examined = 0
    for (const path of files) {
      const sheet = parseSheet(textOfFile(path).replaceAll(/\/\*[\s\S]*?\*\//g, '')) as Sheet
      for (const { prelude, property, value } of declarationsOf(sheet)) {
        examined += 1
        if (/^@(?:font-face|page)/.test(prelude)) continue
        if (physical.test(property) || physicalValues[property]?.test(value))
          faults.push(`${path} ${prelude} { ${property}: ${value} }`)
      }
    }
    t.diagnostic(`examined ${examined} declarations in ${files.length} sheets`)
    assert.ok(examined >= 400 && files.length >= 5, 'the law went blind')
    assert.deepEqual(faults, [])
  })

  it('are in sheets alone: no element of a page carries a style or a script', (t: TestContext) => {
    const faults: string[] = []
    let examined = 0
    for (const source of sources()) {
      if (!source.path.startsWith('src/')) continue
      for (const node of nodes(source.tree)) {
        if (node.kind !== SyntaxKind.JsxAttribute) continue
        examined += 1
        const name = (node as unknown as { name: { text: string } }).name.text
        // A letter has no sheet; and what a component of ours calls its style is no attribute of a page.
        const letter = source.path.startsWith('src/kit/mail/')
        const element = node.parent.parent as unknown as { tagName?: { text?: string } }
        if (!/^[a-z]/.test(element.tagName?.text ?? 'a')) continue
        if ((name === 'style' && !letter) || /^on[A-Z]/.test(name))
          faults.push(`${source.path}:${lineOf(source, node)} ${name}`)
      }
    }
    t.diagnostic(`examined ${examined} attributes`)
    assert.ok(examined >= 300, 'the law went blind')
    assert.deepEqual(faults, [])
  })
})

function* declarationsOf(sheet: Sheet): Generator<{ prelude: string; property: string; value: string }> {
  for (const node of sheet) {
    if ('statement' in node) continue
    if ('rules' in node) yield* declarationsOf(node.rules)
    else for (const declaration of node.declarations) yield { prelude: node.prelude, ...declaration }
  }
}
