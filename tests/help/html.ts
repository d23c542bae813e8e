/**
 * A strict reader of HTML. Pages of Quipu come from Preact, so whatever a browser would have to mend in them (a tag left
 * open, a paragraph around a block, an id used twice) is a fault of ours: this reader throws where a browser would guess.
 */
export type Element = {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (Element | string)[]
  readonly parent: Element | null
}

const empty = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))
const raw = new Set(['script', 'style'])
const textOnly = new Set(['textarea', 'title'])
const blocks = new Set(
  (
    'address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hr main menu nav ol p pre search section table ul'
  ).split(' '),
)
const interactive = new Set(['a', 'button', 'input', 'select', 'textarea', 'label', 'summary', 'details'])
const parents: Record<string, readonly string[]> = {
  li: ['ul', 'ol', 'menu'],
  tr: ['thead', 'tbody', 'tfoot'],
  td: ['tr'],
  th: ['tr'],
  thead: ['table'],
  tbody: ['table'],
  tfoot: ['table'],
  caption: ['table'],
  dt: ['dl', 'div'],
  dd: ['dl', 'div'],
  legend: ['fieldset'],
  option: ['select', 'optgroup', 'datalist'],
  source: ['picture', 'video', 'audio'],
  summary: ['details'],
}
const references: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

/**
 * Reads one whole document into its root element (`html`).
 * Throws an `Error` whose message names the fault and quotes the text around it.
 */
export function readHtml(html: string): Element {
  const root: Element = { tag: '#document', attributes: {}, children: [], parent: null }
  const ids = new Set<string>()
  let open = root
  let at = 0

  const fault = (why: string): never => {
    throw new Error(`${why}, near: ${html.slice(Math.max(0, at - 120), at + 120).replace(/\s+/g, ' ')}`)
  }
  const decode = (text: string) =>
    text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
      if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
      if (decimal) return String.fromCodePoint(Number(decimal))
      return references[name] ?? fault(`The reference ${whole} is not one that Quipu writes`)
    })
  const say = (text: string) => {
    if (text === '') return
    if (open === root && text.trim() !== '') fault('Text stands outside of the document')
    open.children.push(decode(text))
  }

  if (!/^<!doctype html>/i.test(html)) fault('The document does not begin with <!doctype html>')
  at = html.indexOf('>') + 1

  while (at < html.length) {
    const next = html.indexOf('<', at)
    say(html.slice(at, next < 0 ? html.length : next))
    if (next < 0) break
    at = next
    if (html.startsWith('<!--', at)) {
      at = html.indexOf('-->', at) + 3
      if (at < 3) fault('A comment is not closed')
      continue
    }
    const closing = /^<\/([a-z][a-z0-9-]*)\s*>/i.exec(html.slice(at, at + 80))
    if (closing) {
      if (closing[1]!.toLowerCase() !== open.tag.toLowerCase()) fault(`</${closing[1]}> closes <${open.tag}>`)
      open = open.parent!
      at += closing[0].length
      continue
    }
    const opening = /<([a-z][a-zA-Z0-9-]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*"|='[^']*')?)*)\s*(\/?)>/y
    opening.lastIndex = at
    const found = opening.exec(html)
    if (!found) return fault('A tag cannot be read')
    const tag = found[1]!
    const attributes: Record<string, string> = {}
    for (const [, written, double, single] of found[2]!.matchAll(/\s+([^\s"'<>/=]+)(?:="([^"]*)"|='([^']*)')?/g)) {
      const name = written!.toLowerCase()
      if (name in attributes) fault(`<${tag}> has the attribute ${name} twice`)
      attributes[name] = decode(double ?? single ?? '')
    }
    const id = attributes.id
    if (id !== undefined) {
      if (ids.has(id)) fault(`The id ${id} is used twice`)
      ids.add(id)
    }
    const element: Element = { tag, attributes, children: [], parent: open }
    mayStand(element, fault)
    open.children.push(element)
    at = opening.lastIndex
    const inSvg = isInSvg(element)
    if (raw.has(tag) || textOnly.has(tag)) {
      if (inSvg && tag === 'title') {
        open = element
        continue
      }
      const end = html.toLowerCase().indexOf(`</${tag}`, at)
      if (end < 0) fault(`<${tag}> is not closed`)
      const text = html.slice(at, end)
      if (text !== '') element.children.push(raw.has(tag) ? text : decode(text))
      at = html.indexOf('>', end) + 1
    } else if (empty.has(tag) || (inSvg && found[3] === '/')) continue
    else if (found[3] === '/') fault(`<${tag}/> closes itself, which browsers do not see`)
    else open = element
  }
  if (open !== root) fault(`<${open.tag}> is not closed`)
  const document = root.children.filter((child) => typeof child !== 'string')
  if (document.length !== 1 || document[0]!.tag !== 'html') fault('The document is not one <html>')
  return document[0]!
}

/** Every element under `from`, itself included, in the order of the document. */
export function* elements(from: Element): Generator<Element> {
  yield from
  for (const child of from.children) if (typeof child !== 'string') yield* elements(child)
}

/** The elements that hold this one, nearest first. */
export function* ancestors(of: Element): Generator<Element> {
  for (let at = of.parent; at; at = at.parent) yield at
}

/** The text that a reader sees in it, with white space drawn together as a browser does. */
export function textOf(element: Element): string {
  const words = (of: Element): string =>
    of.children
      .map((child) => (typeof child === 'string' ? child : isUnseen(child) ? '' : separated(child, words(child))))
      .join('')
  return words(element)
    .replace(/[ \t\n\r]+/g, ' ')
    .trim()
}

/** True for what neither eye nor screen reader meets. */
export function isUnseen(element: Element): boolean {
  const { tag, attributes } = element
  return (
    'hidden' in attributes ||
    attributes['aria-hidden'] === 'true' ||
    ['script', 'style', 'template', 'head'].includes(tag)
  )
}

function separated(element: Element, words: string): string {
  const alone =
    blocks.has(element.tag) || ['li', 'td', 'th', 'tr', 'dt', 'dd', 'br', 'option', 'caption'].includes(element.tag)
  return alone ? ` ${words} ` : words
}

function isInSvg(element: Element): boolean {
  if (element.tag === 'svg' || element.tag === 'math') return true
  for (const { tag } of ancestors(element)) if (tag === 'svg' || tag === 'math') return true
  return false
}

function mayStand(element: Element, fault: (why: string) => never) {
  const { tag, parent } = element
  if (isInSvg(element)) return
  const wanted = parents[tag]
  if (wanted && parent && !wanted.includes(parent.tag)) fault(`<${tag}> stands in <${parent.tag}>`)
  for (const around of ancestors(element)) {
    if (around.tag === 'p' && blocks.has(tag)) fault(`<${tag}> stands in <p>, which a browser closes before it`)
    if (around.tag === 'form' && tag === 'form') fault('A form stands in a form')
    if ((around.tag === 'a' || around.tag === 'button') && interactive.has(tag))
      fault(`<${tag}> stands in <${around.tag}>`)
  }
}
