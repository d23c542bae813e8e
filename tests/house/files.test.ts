import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { filesLike, importsOf, lineOf, nodes, sources, SyntaxKind, textOfFile, type Node } from './sources.ts'

/** What a person wrote here, and may read: everything but what is generated or locked. */
const written = () =>
  filesLike([
    '*.{md,json,yaml}',
    '.{npmrc,gitignore,oxlintrc.json,oxfmtrc.json}',
    '{src,tests,demo,bench,bin,db,docs}/**/*.*',
    '.ci/*',
  ]).filter(
    (path) =>
      !/^(package-lock\.json|tests\/output\/)/.test(path) &&
      !/\.(png|jpe?g|webp|avif|woff2?|ttf|pdf|xlsx|zip)$/.test(path),
  )

describe('files', () => {
  it('that are long say why', (t: TestContext) => {
    // A test file is a list of cases, each read by itself.
    const files = filesLike('{src,tests,demo,bench,bin}/**/*.{ts,tsx,mjs,css}').filter(
      (path) => !/\.test\.tsx?$/.test(path),
    )
    const faults = files.flatMap((path) => {
      const lines = textOfFile(path).split('\n')
      const head = lines.slice(0, 3).join('\n')
      const reason = /(?:\/\/|\/\*|^ \*).*\b(?:because|generated|longer)\b/im.test(head)
      return lines.length <= 301 || reason ? [] : [`${path} has ${lines.length - 1} lines`]
    })
    t.diagnostic(`examined ${files.length} files`)
    assert.ok(files.length >= 150, 'the law went blind')
    assert.deepEqual(faults, [])
  })

  it('and folders are named by the trade, in small letters', (t: TestContext) => {
    const files = filesLike('{src,tests,demo,bench,bin,db,docs}/**/*.*')
    const parts = new Set(files.flatMap((path) => path.split('/').map((part) => part.split('.')[0]!)))
    const drawers = [...parts].filter((part) =>
      /^(utils?|helpers?|common|services?|managers?|misc|lib|shared)$/i.test(part),
    )
    const shouting = files.filter((path) => !/^[a-z0-9_./-]+$/.test(path) && !/(^|\/)[A-Z]+\.md$/.test(path))
    t.diagnostic(`examined ${parts.size} names`)
    assert.ok(parts.size >= 150, 'the law went blind')
    assert.deepEqual(drawers, [])
    assert.deepEqual(shouting, [])
  })

  it('speak of Quipu alone: no registry, no machine, nothing of how it came about', (t: TestContext) => {
    // Each written so that it does not find itself.
    const forbidden: [RegExp, string][] = [
      [
        /https?:\/\/[^\s'"]*(?:registry\.npm[j]s|npm\.pk[g]|artifacto[r]y|verdacci[o]|codeartifac[t]|nexus\.)/i,
        'names a registry',
      ],
      [/(?<![\w.-])\/(?:wor[k]|hom[e]|User[s]|roo[t])\/[a-z]/i, 'names a path of some machine'],
      [
        /\b(?:anthropi[c]|claud[e]|chatgp[t]|copilo[t]|opena[i]|sub-?agen[t]s?|languag[e] model)/i,
        'speaks of how it was written',
      ],
      [
        /\b(?:issue|ticket)s? #?\d+\b|\bgit worktre[e]\b|\bthis sessio[n]'s brief/i,
        'speaks of how its work is organised',
      ],
      [/^(?:<{7}|>{7}) /, 'holds what a merge could not decide'],
      [/(?<![|:('])\b(?:TOD[O]|FIXM[E]|XX[X])\b(?!\|)/, 'is unfinished'],
    ]
    const files = written()
    const faults = files.flatMap((path) =>
      textOfFile(path)
        .split('\n')
        .flatMap((line, at) =>
          forbidden.filter(([pattern]) => pattern.test(line)).map(([, why]) => `${path}:${at + 1} ${why}`),
        ),
    )
    t.diagnostic(`examined ${files.length} files`)
    assert.ok(files.length >= 200, 'the law went blind')
    assert.deepEqual(faults, [])
  })

  it('of the lock name no address, and every package its hash', (t: TestContext) => {
    const lock = JSON.parse(textOfFile('package-lock.json')) as { packages: Record<string, Record<string, unknown>> }
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
    t.diagnostic(`examined ${packages.length} packages`)
    assert.ok(packages.length >= 150, 'the law went blind')
    assert.deepEqual(
      packages.filter(([, { resolved }]) => resolved).map(([path]) => path),
      [],
    )
    assert.deepEqual(
      packages.filter(([, { integrity, inBundle, link }]) => !integrity && !inBundle && !link).map(([path]) => path),
      [],
    )
  })

  it('of sources export by name, and are no classes but errors', (t: TestContext) => {
    const faults: string[] = []
    let examined = 0
    for (const source of sources()) {
      if (!source.path.startsWith('src/')) continue
      for (const node of nodes(source.tree)) {
        examined += 1
        if (node.kind === SyntaxKind.ExportAssignment)
          faults.push(`${source.path}:${lineOf(source, node)} exports by default`)
        if (node.kind !== SyntaxKind.ClassDeclaration && node.kind !== SyntaxKind.ClassExpression) continue
        // Custom elements and errors are classes because the platform says so.
        const heritage = source.text.slice(node.getStart(source.tree), node.getStart(source.tree) + 160)
        if (!/extends\s+\w*(?:Error|HTMLElement|Refused|Problems|Absent|Island)\b/.test(heritage)) {
          faults.push(`${source.path}:${lineOf(source, node)} is a class`)
        }
      }
    }
    t.diagnostic(`examined ${examined} nodes of syntax`)
    assert.ok(examined >= 20_000, 'the law went blind')
    assert.deepEqual(faults, [])
  })
})

describe('handlers', () => {
  it('have at most twelve lines, or a reason', (t: TestContext) => {
    const faults: string[] = []
    let examined = 0
    for (const source of sources()) {
      if (!/^src\/rooms\/.*routes(\/[^/]+)?\.tsx?$/.test(source.path)) continue
      for (const node of nodes(source.tree)) {
        const { expression, arguments: given } = node as unknown as {
          expression?: { text?: string }
          arguments?: Node[]
        }
        if (
          node.kind !== SyntaxKind.CallExpression ||
          !['get', 'post', 'put', 'patch', 'remove'].includes(expression?.text ?? '')
        )
          continue
        const handler = [...(given ?? [])].find(
          ({ kind }) => kind === SyntaxKind.ArrowFunction || kind === SyntaxKind.FunctionExpression,
        )
        if (!handler) continue
        examined += 1
        const body = (handler as unknown as { body: Node }).body
        const text = source.text.slice(body.getStart(source.tree), body.end)
        const lines = text.split('\n').length - (text.startsWith('{') ? 2 : 0)
        if (lines > 12 && !/\/\/ .*\bbecause\b/.test(text))
          faults.push(`${source.path}:${lineOf(source, node)} has ${lines} lines`)
      }
    }
    t.diagnostic(`examined ${examined} handlers`)
    assert.ok(examined >= 1, 'the law went blind')
    assert.deepEqual(faults, [])
  })
})

describe('migrations', () => {
  it('are numbered without gaps and begin with a sentence', (t: TestContext) => {
    const files = filesLike('db/migrations/*.sql').map((path) => path.split('/').pop()!)
    t.diagnostic(`examined ${files.length} migrations`)
    assert.ok(files.length >= 10)
    assert.deepEqual(
      files.map((name) => Number(name.slice(0, 4))),
      files.map((_, at) => at + 1),
    )
    assert.deepEqual(
      files.filter((name) => !/^\d{4}_[a-z]+(?:-[a-z]+)*\.sql$/.test(name)),
      [],
    )
    const silent = files.filter((name) => !/^-- \p{Lu}[^\n]{20,}/u.test(textOfFile(`db/migrations/${name}`)))
    assert.deepEqual(silent, [])
  })
})

describe('libraries', () => {
  it('are named in package.json, and those for tests stay in tests', (t: TestContext) => {
    const { dependencies, devDependencies, overrides } = JSON.parse(textOfFile('package.json')) as Record<
      string,
      Record<string, string | Record<string, string>>
    >
    // A version that package.json pins beneath another package is named there too.
    const pinned = new Set(
      Object.values(overrides!).flatMap((one) => (typeof one === 'string' ? [] : Object.keys(one))),
    )
    const lock = JSON.parse(textOfFile('package-lock.json')) as { packages: Record<string, unknown> }
    const typed = new Set(Object.keys(lock.packages).map((path) => path.replace('node_modules/', '')))
    const faults: string[] = []
    let examined = 0
    for (const source of sources()) {
      for (const { from, line, typesOnly } of importsOf(source)) {
        if (/^[.#]|^node:/.test(from)) continue
        examined += 1
        const name = from.startsWith('@') ? from.split('/').slice(0, 2).join('/') : from.split('/')[0]!
        const known = name in dependencies! || (typesOnly && typed.has(`@types/${name}`))
        const inTests = /(^|\/)tests\//.test(source.path) || source.path.startsWith('bench/')
        if (!known && !(inTests && (name in devDependencies! || pinned.has(name))))
          faults.push(`${source.path}:${line} imports ${from}`)
      }
    }
    t.diagnostic(`examined ${examined} imports of libraries`)
    assert.ok(examined >= 50, 'the law went blind')
    assert.deepEqual(faults, [])
  })
})
