import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { posix } from 'node:path'
import { compareWords, languages, type Tree } from '#kit/words'
import { humanTexts } from './sentences.ts'
import { filesLike, lineOf, nodes, parse, sources, SyntaxKind, textOfFile, type Node, type Source } from './sources.ts'

const folders = filesLike('src/**/es.json').map((path) => path.slice(0, -'/es.json'.length))

function leavesOf(tree: Tree, before = ''): string[] {
  return Object.entries(tree).flatMap(([name, branch]) => {
    if (typeof branch === 'string') return [before + name]
    return isPlural(branch) ? [before + name] : leavesOf(branch, `${before}${name}.`)
  })
}

const isPlural = (branch: Tree) =>
  Object.keys(branch).every((name) => ['zero', 'one', 'two', 'few', 'many', 'other'].includes(name))

describe('words', () => {
  it('are the same in four languages: keys, holes, marks and plurals', (t: TestContext) => {
    const faults: string[] = []
    let sentences = 0
    for (const folder of folders) {
      const tree = (language: string) => JSON.parse(textOfFile(`${folder}/${language}.json`)) as Tree
      const es = tree('es')
      sentences += leavesOf(es).length
      for (const language of languages) {
        const here = compareWords(es, tree(language), language)
        faults.push(...here.slice(0, 5).map(({ key, fault }) => `${folder}/${language}.json ${key} ${fault}`))
        if (here.length > 5) faults.push(`${folder}/${language}.json has ${here.length - 5} more`)
      }
    }
    t.diagnostic(`examined ${folders.length} folders with ${sentences} sentences in ${languages.length} languages`)
    assert.ok(folders.length >= 5 && sentences >= 300, 'the law went blind')
    assert.deepEqual(faults, [])
  })

  it('are there for every key that code names: problems, reasons of a refusal, what was done', (t: TestContext) => {
    const defined = new Map<string, Set<string>>()
    for (const source of sources()) {
      const [, name] = /\bdefineWords\(\s*'([a-z-]+)'/.exec(source.text) ?? []
      if (!name || source.path.includes('/tests/')) continue
      const folder = folders.find(
        (each) => each.startsWith(`${posix.dirname(source.path)}/`) || each === posix.dirname(source.path),
      )
      assert.ok(folder, `${source.path} defines words and has no es.json beside it`)
      defined.set(name, new Set(leavesOf(JSON.parse(textOfFile(`${folder}/es.json`)) as Tree)))
    }
    const faults: string[] = []
    let examined = 0
    for (const source of sources()) {
      if (!source.path.startsWith('src/') || source.path.includes('/tests/')) continue
      for (const { line, key } of keysNamed(source)) {
        examined += 1
        const [room = ''] = key.split('.')
        if (!defined.get(room)?.has(key.slice(room.length + 1))) faults.push(`${source.path}:${line} ${key}`)
      }
    }
    t.diagnostic(`examined ${examined} keys and ${defined.size} rooms and tools with words`)
    assert.ok(examined >= 50 && defined.size >= 5, 'the law went blind')
    assert.deepEqual(faults, [], 'no words file has these')
  })

  it('are nowhere else: no sentence stands in code', (t: TestContext) => {
    const faults: string[] = []
    let examined = 0
    for (const source of sources()) {
      // What a test or the demo writes is content, not the interface.
      if (!source.path.startsWith('src/') || source.path.includes('/tests/')) continue
      const { seen, found } = humanTexts(source)
      examined += seen
      for (const { line, text } of found) faults.push(`${source.path}:${line} ${text}`)
    }
    t.diagnostic(`examined ${examined} texts in code`)
    assert.ok(examined >= 2000, 'the law went blind')
    assert.deepEqual(faults, [])
  })

  it('refuses what it should: the law is tried on code made for it', () => {
    const [file] = parse(['wrong.tsx'], {
      'wrong.tsx': [
        'const a = <p>Hola</p>',
        'const b = <img alt="Una sala" src="x" />',
        'const c = <Field label="Correo" name="email" />',
        "const d = 'No encontramos ese museo.'",
        'const e = `La solicitud ${1} fue enviada`',
        "const f = 'متاحف الشبكة'",
        // What may stand:
        "throw new Error('The list ended too early')",
        'const g = <p class="card wide">{t("home.lead")} · </p>',
        "const h = sql`select name from network.museum where Kind = 'a b c'`",
        "const i = 'default-src none; img-src self'",
        "const j = ['h1 h2 h3 h4 h5'].join(' ')",
      ].join('\n'),
    })
    assert.deepEqual(
      humanTexts(file!).found.map(({ line }) => line),
      [1, 2, 3, 4, 5, 6],
    )
  })
})

/** The full keys (`room.key`) that a source hands to whoever will say them. */
function keysNamed(source: Source): { line: number; key: string }[] {
  const found: { line: number; key: string }[] = []
  for (const node of nodes(source.tree)) {
    const { text, parent } = node as unknown as {
      text: string
      parent: Node & { name?: { text: string }; expression?: { text?: string; name?: { text: string } } }
    }
    if (node.kind !== SyntaxKind.StringLiteral || !/^[a-z][a-z-]*(\.[a-z][\w-]*)+$/.test(text)) continue
    const property =
      parent.kind === SyntaxKind.PropertyAssignment && ['words', 'reason'].includes(parent.name?.text ?? '')
    const called = parent.expression?.name?.text ?? parent.expression?.text ?? ''
    const handed =
      [SyntaxKind.CallExpression, SyntaxKind.NewExpression].includes(parent.kind) &&
      ['no', 'when', 'Refused', 'tell', 'problem'].includes(called)
    if (property || handed) found.push({ line: lineOf(source, node), key: text })
  }
  return found
}
