// Styles are written with logical properties and tokens. Browsers at the floor (Chrome 49, Firefox 52, Safari 11.1,
// Android 4.4) know some of neither. This turns the built sheet into one that they read too:
//
// - what is the same in both directions becomes physical (`margin-block-start` → `margin-top`, `padding-inline: 1rem` →
//   `padding-left` and `padding-right`): pages are never set vertically;
// - what depends on direction stays logical, and is said again for older browsers, once a direction, in a block at the
//   end that only they read;
// - a value made of tokens is preceded by the same value with the light theme's tokens written out.

/** @typedef {{ property: string, value: string }} Declaration */
/** @typedef {{ prelude: string, declarations: Declaration[] } | { prelude: string, rules: Node[] } | { statement: string }} Node */

/** The sheet as browsers at the floor can read it, for the newer ones unchanged in effect. @param {string} css */
export function forTheFloor(css) {
  const nodes = parse(css)
  const tokens = lightTokens(nodes)
  const main = nodes.map((node) => withFallbacks(node, tokens))
  const old = nodes.map((node) => directional(node, tokens)).filter((node) => node !== null)
  if (old.length > 0) main.push({ prelude: '@supports not (inset-inline-start:0)', rules: old })
  return main.map(write).join('')
}

/** Reads a sheet that has no comments and no nesting but of at-rules, as esbuild writes it. @param {string} css @returns {Node[]} */
export function parse(css) {
  let at = 0
  return rules()

  function rules() {
    /** @type {Node[]} */
    const found = []
    while (at < css.length) {
      while (/\s/.test(css[at] ?? '')) at++
      if (at >= css.length) break
      if (css[at] === '}') {
        at++
        break
      }
      const prelude = until('{;').trim()
      if (css[at] === ';' || at >= css.length) {
        at++
        found.push({ statement: prelude + ';' })
        continue
      }
      at++
      if (/^@(?:media|supports|layer|container)/.test(prelude)) found.push({ prelude, rules: rules() })
      else if (prelude.startsWith('@') && prelude.includes('keyframes')) found.push({ prelude, rules: rules() })
      else found.push({ prelude, declarations: declarations() })
    }
    return found
  }

  function declarations() {
    /** @type {Declaration[]} */
    const found = []
    while (at < css.length && css[at] !== '}') {
      const text = until(';}').trim()
      if (css[at] === ';') at++
      const colon = text.indexOf(':')
      if (colon > 0) found.push({ property: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() })
    }
    at++
    return found
  }

  /** @param {string} ends */
  function until(ends) {
    const from = at
    let depth = 0
    while (at < css.length) {
      const char = css[at]
      if (char === '"' || char === "'") {
        at++
        while (at < css.length && css[at] !== char) at += css[at] === '\\' ? 2 : 1
      } else if (char === '(' || char === '[') depth++
      else if (char === ')' || char === ']') depth--
      else if (depth === 0 && ends.includes(char ?? '')) break
      at++
    }
    return css.slice(from, at)
  }
}

/** @param {Node} node @returns {string} */
export function write(node) {
  if ('statement' in node) return node.statement
  if ('rules' in node) return node.rules.length > 0 ? `${node.prelude}{${node.rules.map(write).join('')}}` : ''
  if (node.declarations.length === 0) return ''
  return `${node.prelude}{${node.declarations.map(({ property, value }) => `${property}:${value}`).join(';')}}`
}

/** The tokens of the light theme: those set on `:root` outside of any condition. @param {Node[]} nodes */
function lightTokens(nodes) {
  /** @type {Map<string, string>} */
  const tokens = new Map()
  for (const node of nodes) {
    if (!('declarations' in node) || !node.prelude.split(',').some((one) => one === ':root' || one === 'body')) continue
    for (const { property, value } of node.declarations) if (property.startsWith('--')) tokens.set(property, value)
  }
  return tokens
}

/** @param {string} value @param {Map<string, string>} tokens @returns {string | null} */
function spelled(value, tokens) {
  let text = value
  for (let round = 0; round < 5 && text.includes('var('); round++) {
    text = text.replace(/var\((--[\w-]+)\)/g, (whole, name) => tokens.get(name) ?? whole)
  }
  return text.includes('var(') ? null : text
}

/** @param {Node} node @param {Map<string, string>} tokens @returns {Node} */
function withFallbacks(node, tokens) {
  if ('statement' in node) return node
  if ('rules' in node) {
    // A theme or a contrast that an old browser cannot ask for needs no second spelling.
    const modern = /prefers-|forced-colors/.test(node.prelude)
    return { prelude: node.prelude, rules: node.rules.map((one) => withFallbacks(one, modern ? new Map() : tokens)) }
  }
  return {
    prelude: node.prelude,
    declarations: node.declarations.flatMap(physical).flatMap((one) => both(one, tokens)),
  }
}

/** @param {Declaration} one @param {Map<string, string>} tokens @returns {Declaration[]} */
function both(one, tokens) {
  if (one.property.startsWith('--') || !one.value.includes('var(')) return [one]
  const value = spelled(one.value, tokens)
  return value === null ? [one] : [{ property: one.property, value }, one]
}

const sizes = { 'inline-size': 'width', 'block-size': 'height' }
const edges = { 'block-start': 'top', 'block-end': 'bottom' }

/** The physical declarations of one that means the same in both directions; else the declaration itself. @param {Declaration} one @returns {Declaration[]} */
function physical({ property, value }) {
  const size = /^(min-|max-)?(inline-size|block-size)$/.exec(property)
  if (size) return [{ property: (size[1] ?? '') + sizes[/** @type {keyof typeof sizes} */ (size[2])], value }]
  const edge = /^(margin|padding|border|inset|scroll-margin|scroll-padding)-(block-start|block-end)(-\w+)?$/.exec(
    property,
  )
  if (edge) return [{ property: side(edge[1], edges[/** @type {keyof typeof edges} */ (edge[2])], edge[3]), value }]
  const axis =
    /^(margin|padding|border|inset|scroll-margin|scroll-padding)-(block|inline)(-(?:color|width|style))?$/.exec(
      property,
    )
  if (!axis) return [{ property, value }]
  const values = axis[1] === 'border' && !axis[3] ? [value] : words(value)
  const [start, end = start] = values
  if (axis[2] === 'inline' && start !== end) {
    return [
      { property: `${axis[1]}-inline-start`, value: start ?? '' },
      { property: `${axis[1]}-inline-end`, value: end ?? '' },
    ]
  }
  const [first, second] = axis[2] === 'block' ? ['top', 'bottom'] : ['left', 'right']
  return [
    { property: side(axis[1], first, axis[3]), value: start ?? '' },
    { property: side(axis[1], second, axis[3]), value: end ?? '' },
  ]
}

/** @param {string | undefined} base @param {string | undefined} which @param {string | undefined} [rest] */
function side(base, which, rest) {
  return base === 'inset' ? `${which}` : `${base}-${which}${rest ?? ''}`
}

/** The words of a value, those in brackets whole. @param {string} value */
function words(value) {
  return value.match(/(?:[^\s()]+|\((?:[^()]|\([^()]*\))*\))+/g) ?? []
}

/** What of a node depends on direction, said once for each. @param {Node} node @param {Map<string, string>} tokens @returns {Node | null} */
function directional(node, tokens) {
  if ('statement' in node) return null
  if ('rules' in node) {
    if (/prefers-|forced-colors|keyframes/.test(node.prelude)) return null
    const rules = node.rules.map((one) => directional(one, tokens)).filter((one) => one !== null)
    return rules.length > 0 ? { prelude: node.prelude, rules } : null
  }
  const left = turned(node.declarations, tokens, 'left', 'right')
  if (left.length === 0) return null
  const right = turned(node.declarations, tokens, 'right', 'left')
  return {
    prelude: '@media all',
    rules: [
      { prelude: under(node.prelude, 'ltr'), declarations: left },
      { prelude: under(node.prelude, 'rtl'), declarations: right },
    ],
  }
}

/** @param {Declaration[]} declarations @param {Map<string, string>} tokens @param {string} start @param {string} end @returns {Declaration[]} */
function turned(declarations, tokens, start, end) {
  return declarations.flatMap(physical).flatMap(({ property, value }) => {
    const match = /^(margin|padding|border|inset)-inline-(start|end)(-\w+)?$/.exec(property)
    if (!match) return []
    return [
      {
        property: side(match[1], match[2] === 'start' ? start : end, match[3]),
        value: spelled(value, tokens) ?? value,
      },
    ]
  })
}

/** @param {string} selectors @param {'ltr' | 'rtl'} dir */
function under(selectors, dir) {
  return selectors
    .split(/,(?![^([]*[)\]])/)
    .map((one) =>
      /^(?::root|html)/.test(one) ? one.replace(/^(:root|html)/, `$1[dir=${dir}]`) : `[dir=${dir}] ${one}`,
    )
    .join(',')
}
