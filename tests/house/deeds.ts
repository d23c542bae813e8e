/** The deeds that the sources can do, read from every call of `record`. */
import { lineOf, nodes, sources, SyntaxKind, type Node, type Source } from './sources.ts'

export type DeedFound = { name: string; path: string; line: number }

/**
 * Every deed by its name, where it is done; and the calls whose deed cannot be read from the source. A name kept in a constant
 * is followed to it; of a name made from parts (`affiliation.${event}`) the part before the first hole is known, and `*`.
 */
export function deedsDone(): { deeds: DeedFound[]; unsaid: string[] } {
  const deeds: DeedFound[] = []
  const unsaid: string[] = []
  for (const source of sources()) {
    if (!source.path.startsWith('src/') || source.path.includes('/tests/')) continue
    for (const node of nodes(source.tree)) {
      const { expression, arguments: given } = node as unknown as { expression?: { text?: string }; arguments?: Node[] }
      if (node.kind !== SyntaxKind.CallExpression || expression?.text !== 'record' || !given) continue
      const [, name] = [...given]
      const names = name ? literals(name, source) : []
      if (names.length === 0) unsaid.push(`${source.path}:${lineOf(source, node)}`)
      for (const one of names) deeds.push({ name: one, path: source.path, line: lineOf(source, node) })
    }
  }
  return { deeds, unsaid }
}

/** The names that an argument can come to. */
function literals(node: Node, source: Source): string[] {
  const { text, whenTrue, whenFalse, expression, head } = node as unknown as {
    text: string
    whenTrue?: Node
    whenFalse?: Node
    expression?: Node
    head?: { text: string }
  }
  if (node.kind === SyntaxKind.StringLiteral) return [text]
  if (node.kind === SyntaxKind.TemplateExpression && head?.text.endsWith('.')) return [`${head.text}*`]
  if (node.kind === SyntaxKind.ConditionalExpression)
    return [...literals(whenTrue!, source), ...literals(whenFalse!, source)]
  if (node.kind === SyntaxKind.ParenthesizedExpression) return literals(expression!, source)
  if (node.kind === SyntaxKind.ElementAccessExpression || node.kind === SyntaxKind.PropertyAccessExpression)
    return literals(expression!, source)
  return node.kind === SyntaxKind.Identifier ? inConstant(text, source) : []
}

/** The deeds' names that stand in the constant of this name. */
function inConstant(name: string, source: Source): string[] {
  for (const node of nodes(source.tree)) {
    const declared = node as unknown as { name?: { text?: string }; initializer?: Node }
    if (node.kind !== SyntaxKind.VariableDeclaration || declared.name?.text !== name || !declared.initializer) continue
    return [...nodes(declared.initializer)]
      .filter(({ kind }) => kind === SyntaxKind.StringLiteral)
      .map((one) => (one as unknown as { text: string }).text)
      .filter((text) => /^[a-z][a-z-]*\.[a-z][a-z-]*$/.test(text))
  }
  return []
}
