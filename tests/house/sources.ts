/**
 * Every source file, read by the compiler itself: for the laws that look into code. TypeScript 7 offers its syntax trees
 * through an interface that may still change; that is why all use of it is here, and why each law says how much it saw.
 */
import { mkdirSync, readFileSync, globSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { API } from 'typescript/unstable/sync'
import { SyntaxKind, type Node, type SourceFile } from 'typescript/unstable/ast'
import { root } from '../help/ground.ts'

export { SyntaxKind, type Node }

export type Source = {
  /** From the root of the repository, with `/`. */
  path: string
  text: string
  tree: SourceFile
}

/** Paths from the root of the repository, with `/`, sorted. */
export function filesLike(pattern: string | string[]): string[] {
  return globSync(pattern, { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.includes('node_modules/'))
    .sort()
}

export function textOfFile(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

let read: Source[] | undefined

/** All TypeScript sources of the repository. Read once a run. */
export function sources(): Source[] {
  return (read ??= parse(filesLike('{src,tests,demo,bench}/**/*.{ts,tsx}').filter((path) => !path.endsWith('.d.ts'))))
}

/** Reads files that need not be on disk, for the laws' own tests. */
export function parse(paths: string[], texts: Record<string, string> = {}): Source[] {
  const folder = join(root, 'node_modules/.cache/quipu/house')
  mkdirSync(folder, { recursive: true })
  const project = join(folder, 'tsconfig.json')
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(folder, path), text)
  const at = (path: string) => join(path in texts ? folder : root, path)
  // Only the trees are wanted: no library, nothing resolved, nothing checked.
  const compilerOptions = {
    noLib: true,
    noResolve: true,
    types: [],
    jsx: 'preserve',
    module: 'esnext',
    moduleResolution: 'bundler',
    allowImportingTsExtensions: true,
    noEmit: true,
  }
  writeFileSync(project, JSON.stringify({ compilerOptions, files: paths.map(at) }))
  const api = new API({ cwd: folder })
  try {
    const program = api.updateSnapshot({ openProjects: [project] }).getProjects()[0]!.program
    return paths.map((path) => {
      const tree = program.getSourceFile(at(path))
      if (!tree) throw new Error(`The compiler gave no tree for ${path}`)
      // Walked once now: the trees are fetched as they are looked at, which needs the compiler running.
      for (const _ of nodes(tree));
      return { path, text: tree.text, tree }
    })
  } finally {
    api.close()
  }
}

/** Every node under this one, itself first. */
export function* nodes(from: Node): Generator<Node> {
  yield from
  const children: Node[] = []
  from.forEachChild((child: Node) => void children.push(child))
  for (const child of children) yield* nodes(child)
}

export function lineOf(source: Source, node: Node): number {
  return source.text.slice(0, node.getStart(source.tree)).split('\n').length
}

export type Import = { from: string; line: number; typesOnly: boolean }

/** Everything that a file imports: statically, dynamically, for its types, or to export it again. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = []
  for (const node of nodes(source.tree)) {
    const loose = node as unknown as {
      moduleSpecifier?: Node & { text: string }
      importClause?: {
        phaseModifier?: number
        isTypeOnly?: boolean
        name?: Node
        namedBindings?: { elements?: { isTypeOnly: boolean }[] }
      }
      isTypeOnly?: boolean
      expression?: Node
      arguments?: (Node & { text: string })[]
      argument?: { literal?: Node & { text: string } }
    }
    const add = (from: string, typesOnly: boolean) => found.push({ from, line: lineOf(source, node), typesOnly })
    if (node.kind === SyntaxKind.ImportDeclaration && loose.moduleSpecifier) {
      const clause = loose.importClause
      const elements = clause?.namedBindings?.elements
      const typed =
        clause?.phaseModifier === SyntaxKind.TypeKeyword ||
        clause?.isTypeOnly === true ||
        (clause !== undefined &&
          !clause.name &&
          elements !== undefined &&
          elements.length > 0 &&
          [...elements].every((one) => one.isTypeOnly))
      add(loose.moduleSpecifier.text, typed)
    } else if (node.kind === SyntaxKind.ExportDeclaration && loose.moduleSpecifier) {
      add(loose.moduleSpecifier.text, loose.isTypeOnly === true)
    } else if (node.kind === SyntaxKind.CallExpression && loose.expression?.kind === SyntaxKind.ImportKeyword) {
      const [what] = loose.arguments ?? []
      if (what?.kind === SyntaxKind.StringLiteral) add(what.text, false)
    } else if (node.kind === SyntaxKind.ImportType && loose.argument?.literal) {
      add(loose.argument.literal.text, true)
    }
  }
  return found
}
