/**
 * Finds sentences for people in code. By rule, not by file: what is shown on a page, and what reads like a sentence, counts;
 * what speaks to whoever builds or keeps Quipu (errors, logs, refusals at the start) and what speaks to machines (SQL,
 * headers, class names) does not.
 */
import { lineOf, nodes, SyntaxKind, type Node, type Source } from './sources.ts'

type Found = { line: number; text: string }

/** Attributes and properties of ours whose text people meet. */
const shown = new Set([
  'title',
  'alt',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'placeholder',
  'label',
  'lead',
  'hint',
  'caption',
  'legend',
  'summary',
  'empty',
  'heading',
])

export function humanTexts(source: Source): { seen: number; found: Found[] } {
  const found: Found[] = []
  let seen = 0
  // What stands at the top of src, and a file that can refuse the start, speaks to the steward at the terminal, in English.
  const atTerminal = /\bStartRefused\b|#kit\/process'/.test(source.text) || /^src\/[^/]+\.ts$/.test(source.path)
  for (const node of nodes(source.tree)) {
    const text = textOf(node)
    if (text === undefined) continue
    seen += 1
    const say = () => found.push({ line: lineOf(source, node), text: text.trim().replace(/\s+/g, ' ').slice(0, 80) })
    if (node.kind === SyntaxKind.JsxText) {
      // A name such as GeoJSON or OpenAPI 3.1 is the same in every language.
      const named = text
        .trim()
        .split(/\s+/)
        .every((word) => /\p{Lu}.*\p{Lu}|^[\d.]+$/u.test(word))
      if (/\p{L}{2}/u.test(text) && !named) say()
    } else if (isShown(node)) {
      if (/\p{L}{2}/u.test(text)) say()
    } else if (readsLikeASentence(text) && !speaksElsewhere(node, atTerminal)) say()
  }
  return { seen, found }
}

function textOf(node: Node): string | undefined {
  const { text, head, templateSpans } = node as unknown as {
    text: string
    head: { text: string }
    templateSpans: { literal: { text: string } }[]
  }
  if (
    node.kind === SyntaxKind.JsxText ||
    node.kind === SyntaxKind.StringLiteral ||
    node.kind === SyntaxKind.NoSubstitutionTemplateLiteral
  )
    return text
  if (node.kind === SyntaxKind.TemplateExpression)
    return [head.text, ...[...templateSpans].map(({ literal }) => literal.text)].join('…')
  return undefined
}

/** The literal is the value of an attribute that is shown. */
function isShown(node: Node): boolean {
  let at: Node | undefined = node.parent
  while (at && [SyntaxKind.JsxExpression, SyntaxKind.ParenthesizedExpression].includes(at.kind)) at = at.parent
  if (at?.kind !== SyntaxKind.JsxAttribute) return false
  return shown.has((at as unknown as { name: { text: string } }).name.text)
}

function readsLikeASentence(text: string): boolean {
  const trimmed = text.trim()
  if (
    /^(select|insert|update|delete|create|alter|drop|begin|with|grant|revoke|call|set|show|copy|listen|lock)\b/i.test(
      trimmed,
    )
  )
    return false
  const words = trimmed.split(/\s+/)
  if (words.length < 2) return false
  // A list of words is no sentence: it has no small words that join them.
  if (
    words.length >= 8 &&
    words.every((word) => /^[\p{Ll}\p{Lo}]+$/u.test(word) && !/^(?:de|la|el|que|the|of|to|em|do)$/.test(word))
  )
    return false
  if (/\p{Script=Arabic}{2}\s+\S*\p{Script=Arabic}{2}/u.test(text)) return true
  // Names: 'Samsung Internet', 'Not Found'.
  if (words.every((word) => /^[\p{Lu}\d]/u.test(word))) return false
  const plain = words.filter((word) => /^[¿¡"“(]?\p{L}[\p{Ll}’']+[.,:;!?)”"]*$/u.test(word))
  if (/[¿¡áéíóúñãõçê]/iu.test(trimmed) && plain.length >= 2) return true
  const begins = /^[“"(]?\p{Lu}(?:\p{Ll}+|\s)/u.test(trimmed)
  return begins && plain.length >= 2 && plain.length >= words.length * 0.6
}

const outsidePages =
  /(?:Error|Refused|Gone|TooNew|Misset|fault|fail|refuse|say|log|warn|error|info|debug|write|describe|it|test|assert|ok|equal|startsWith|includes|endsWith)$/

/** The literal goes to an error, a log, a query, or another place that no page shows. */
function speaksElsewhere(node: Node, atTerminal: boolean): boolean {
  if (atTerminal) return true
  for (let at: Node | undefined = node.parent; at; at = at.parent) {
    const { expression, tag, name: part } = at as unknown as { expression?: Node; tag?: Node; name?: { text?: string } }
    // A list written as one text.
    if (at.kind === SyntaxKind.PropertyAccessExpression && part?.text === 'split') return true
    if (at.kind === SyntaxKind.TaggedTemplateExpression && tag) return true
    if (at.kind === SyntaxKind.CallExpression || at.kind === SyntaxKind.NewExpression) {
      const called = expression ? (expression as unknown as { text?: string; name?: { text: string } }) : undefined
      const name = called?.name?.text ?? called?.text ?? (expression?.kind === SyntaxKind.SuperKeyword ? 'Error' : '')
      if (outsidePages.test(name)) return true
    }
    // What says its own language is content, not the interface: a sample, or what somebody typed.
    const { name } = at as unknown as { name?: { text?: string } }
    if (at.kind === SyntaxKind.PropertyAssignment && /(?:^|\.)(?:es|pt|en|ar|qu)$/.test(name?.text ?? '')) return true
    // A type is no text; nor is what a page is not drawn from.
    if (at.kind === SyntaxKind.LiteralType || at.kind === SyntaxKind.ImportDeclaration) return true
    if (at.kind === SyntaxKind.FunctionDeclaration || at.kind === SyntaxKind.JsxElement) return false
  }
  return false
}
