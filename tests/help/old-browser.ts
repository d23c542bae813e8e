// @ts-expect-error -- plain JavaScript, read by any Node; its types are in its comments
import { parse, write } from '../../bin/floor.mjs'

type Declaration = { property: string; value: string }
type Node =
  | { statement: string }
  | { prelude: string; rules: Node[] }
  | { prelude: string; declarations: Declaration[] }

/** Properties that some browser at the floor (Chrome 49, Firefox 52, Safari 11.1, Android 4.4) does not know. */
const newer = [
  /^--/,
  /-(?:inline|block)(?:-|$)/,
  /^(?:inline|block)-size$/,
  /^inset/,
  /^(?:row-|column-)?gap$/,
  /^grid/,
  /^place-/,
  /^aspect-ratio$/,
  /^accent-color$/,
  /^color-scheme$/,
  /^text-wrap$/,
  /^text-decoration-(?:color|thickness|style|line)$/,
  /^text-underline-offset$/,
  /^text-size-adjust$/,
  /^paint-order$/,
  /^overflow-wrap$/,
  /^scroll/,
  /^forced-color-adjust$/,
  /^font-variant-numeric$/,
  /^appearance$/,
  /^break-/,
  /^contain|^content-visibility/,
  /^object-fit$/,
]

/** Values that make such a browser drop the declaration. */
const newerValues = [
  /var\(/,
  /\b(?:min|max|clamp|env|color-mix)\(/,
  /\bfit-content\b/,
  /\bmax-content\b/,
  /^(?:sticky|contents|revert)$/,
]

/** Selectors that make it drop the whole rule. */
const newerSelectors = /:(?:is|where|has|focus-visible|focus-within|dir)\b|::marker|::details-content|::placeholder/

/** The sheet as a browser at the floor, or one older still, takes it in: what it does not know is gone. */
export function asOldBrowsersSee(css: string): string {
  return (old(parse(css)) as unknown[]).map((node) => write(node)).join('')
}

function old(nodes: Node[]): Node[] {
  return nodes.flatMap((node): Node[] => {
    if ('statement' in node) return [node]
    if ('rules' in node) {
      if (node.prelude.startsWith('@supports not')) return old(node.rules)
      if (/^@(?:supports|container|layer)|prefers-|forced-colors|keyframes/.test(node.prelude)) return []
      return [{ prelude: node.prelude, rules: old(node.rules) }]
    }
    if (newerSelectors.test(node.prelude)) return []
    const declarations = node.declarations.filter(
      ({ property, value }) => !newer.some((one) => one.test(property)) && !newerValues.some((one) => one.test(value)),
    )
    return [{ prelude: node.prelude, declarations }]
  })
}
