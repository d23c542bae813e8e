/**
 * Reads a page as a person does, with eyes or with a screen reader: by role and by name, never by class.
 */
import { ancestors, elements, isUnseen, readHtml, textOf, type Element } from './html.ts'

/** What the fields of a form hold when nothing is typed, in the order of the page. */
export type Entry = [name: string, value: string]

export type Page = {
  readonly root: Element
  readonly title: string
  readonly language: string
  readonly direction: string
  /** The text that is seen, whole. */
  readonly text: string
  /** Every element of this role that is not hidden; with a name, those of that accessible name and no other. */
  all(role: string, name?: string | RegExp): Element[]
  /** The one element of this role and name; throws and lists what there is when there is none or more than one. */
  one(role: string, name?: string | RegExp): Element
  /** Their accessible names, in order. */
  names(role: string): string[]
  /** The field under this label; throws and lists the labels. */
  field(label: string | RegExp): Element
  /** The rows of a table as texts, the head's row first. */
  rows(table?: string | RegExp): string[][]
  /** The accessible description of an element: its hint and its problem. */
  description(of: Element): string
}

/** Reads one page. Throws where the HTML is not well formed (see `html.ts`). */
export function readPage(html: string): Page {
  const root = readHtml(html)
  const everything = [...elements(root)]
  const seen = everything.filter((element) => !isUnseen(element) && ![...ancestors(element)].some(isUnseen))
  const byId = new Map(
    everything.filter(({ attributes }) => attributes.id).map((element) => [element.attributes.id!, element]),
  )

  const name = (element: Element) => nameOf(element, byId, everything)
  const all = (role: string, wanted?: string | RegExp) =>
    seen.filter((element) => roleOf(element, byId, everything) === role && matches(name(element), wanted))
  const names = (role: string) => all(role).map(name)
  const one = (role: string, wanted?: string | RegExp) => {
    const found = all(role, wanted)
    if (found.length === 1) return found[0]!
    const there =
      names(role)
        .map((each) => `“${each}”`)
        .join(', ') || 'none'
    throw new Error(`${found.length || 'No'} ${role} named ${String(wanted ?? 'anything')}; the page has: ${there}`)
  }
  const isField = ({ tag, attributes }: Element) =>
    (tag === 'input' && !['hidden', 'submit', 'button', 'image'].includes(attributes.type ?? '')) ||
    tag === 'select' ||
    tag === 'textarea'

  return {
    root,
    title: textOf(everything.find(({ tag }) => tag === 'title') ?? root),
    language: root.attributes.lang ?? '',
    direction: root.attributes.dir ?? 'ltr',
    text: textOf(everything.find(({ tag }) => tag === 'body') ?? root),
    all,
    names,
    one,
    field: (label) => {
      const fields = seen.filter(isField)
      const found = fields.filter((field) => matches(name(field), label))
      if (found.length === 1) return found[0]!
      const there = fields.map((field) => `“${name(field)}”`).join(', ') || 'none'
      throw new Error(`${found.length || 'No'} field under ${String(label)}; the page has: ${there}`)
    },
    rows: (wanted) =>
      [...elements(one('table', wanted))]
        .filter(({ tag }) => tag === 'tr')
        .map((row) => row.children.filter((cell) => typeof cell !== 'string').map(textOf)),
    description: (element) => described(element, byId),
  }
}

/** What a browser would send for this form when `button` is pressed: its successful controls. */
export function entriesOf(form: Element, button?: Element): Entry[] {
  const entries: Entry[] = []
  for (const element of elements(form)) {
    const { tag, attributes } = element
    const { name, type = 'text', value } = attributes
    if (!name || 'disabled' in attributes || [...ancestors(element)].some(isDisabledFieldset)) continue
    if (tag === 'textarea') entries.push([name, element.children.join('').replace(/^\n/, '')])
    else if (tag === 'select') for (const chosen of chosenOf(element)) entries.push([name, chosen])
    else if (tag === 'button' ? element === button : type === 'submit' && element === button)
      entries.push([name, value ?? ''])
    else if (tag !== 'input' || ['submit', 'button', 'image', 'reset', 'file'].includes(type)) continue
    else if (type === 'checkbox' || type === 'radio') {
      if ('checked' in attributes) entries.push([name, value ?? 'on'])
    } else entries.push([name, value ?? ''])
  }
  return entries
}

function isDisabledFieldset({ tag, attributes }: Element): boolean {
  return tag === 'fieldset' && 'disabled' in attributes
}

function chosenOf(select: Element): string[] {
  const options = [...elements(select)].filter(({ tag }) => tag === 'option')
  const value = (option: Element) => option.attributes.value ?? textOf(option)
  const chosen = options.filter(({ attributes }) => 'selected' in attributes)
  if ('multiple' in select.attributes) return chosen.map(value)
  const one = chosen.at(-1) ?? options.find(({ attributes }) => !('disabled' in attributes))
  return one ? [value(one)] : []
}

function matches(name: string, wanted: string | RegExp | undefined): boolean {
  if (wanted === undefined) return true
  return typeof wanted === 'string' ? name === wanted : wanted.test(name)
}

const byTag: Record<string, string> = {
  button: 'button',
  textarea: 'textbox',
  nav: 'navigation',
  main: 'main',
  aside: 'complementary',
  search: 'search',
  table: 'table',
  tr: 'row',
  td: 'cell',
  ul: 'list',
  ol: 'list',
  menu: 'list',
  li: 'listitem',
  article: 'article',
  dialog: 'dialog',
  fieldset: 'group',
  details: 'group',
  summary: 'summary',
  progress: 'progressbar',
  meter: 'meter',
  output: 'status',
  figure: 'figure',
  option: 'option',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  dt: 'term',
  dd: 'definition',
  time: 'time',
  hr: 'separator',
  blockquote: 'blockquote',
}
const byType: Record<string, string> = {
  checkbox: 'checkbox',
  radio: 'radio',
  number: 'spinbutton',
  range: 'slider',
  search: 'searchbox',
  submit: 'button',
  button: 'button',
  reset: 'button',
  image: 'button',
  hidden: '',
}

/** The role that assistive technology is told (HTML-AAM, the part of it that Quipu's pages use). */
function roleOf(element: Element, byId: Map<string, Element>, everything: Element[]): string {
  const { tag, attributes } = element
  if (attributes.role) return attributes.role
  if (tag === 'a') return 'href' in attributes ? 'link' : ''
  if (tag === 'input') return attributes.list ? 'combobox' : (byType[attributes.type ?? 'text'] ?? 'textbox')
  if (tag === 'select') return 'multiple' in attributes || Number(attributes.size ?? 1) > 1 ? 'listbox' : 'combobox'
  if (tag === 'th') return attributes.scope?.startsWith('row') ? 'rowheader' : 'columnheader'
  if (tag === 'img') return attributes.alt === '' ? 'presentation' : 'img'
  if (tag === 'header' || tag === 'footer') {
    const inside = [...ancestors(element)].some((around) =>
      ['article', 'aside', 'main', 'nav', 'section'].includes(around.tag),
    )
    return inside ? '' : tag === 'header' ? 'banner' : 'contentinfo'
  }
  if (tag === 'section' || tag === 'form') {
    return nameOf(element, byId, everything) === '' ? '' : tag === 'form' ? 'form' : 'region'
  }
  return byTag[tag] ?? ''
}

const namedByContent = new Set(
  'a button summary option td th li h1 h2 h3 h4 h5 h6 caption legend label dt dd time'.split(' '),
)

/** The accessible name (accname, the part of it that Quipu's pages use). */
function nameOf(element: Element, byId: Map<string, Element>, everything: Element[]): string {
  const { tag, attributes } = element
  if (attributes['aria-labelledby']) return referred(attributes['aria-labelledby'], byId)
  if (attributes['aria-label']) return attributes['aria-label'].trim()
  if (tag === 'input' && ['submit', 'button', 'reset'].includes(attributes.type ?? '')) return attributes.value ?? ''
  if (tag === 'img' || attributes.type === 'image') return attributes.alt ?? ''
  if (['input', 'select', 'textarea', 'output', 'meter', 'progress'].includes(tag)) {
    const label =
      everything.find((each) => each.tag === 'label' && attributes.id && each.attributes.for === attributes.id) ??
      [...ancestors(element)].find((around) => around.tag === 'label')
    return label ? labelText(label) : (attributes.title ?? '')
  }
  const heading = { fieldset: 'legend', table: 'caption', figure: 'figcaption', details: 'summary', svg: 'title' }[tag]
  if (heading) {
    const found = element.children.find((child) => typeof child !== 'string' && child.tag === heading)
    return found ? textOf(found as Element) : (attributes.title ?? '')
  }
  if (namedByContent.has(tag) || ['link', 'button', 'tab'].includes(attributes.role ?? '')) {
    return contentName(element) || (attributes.title ?? '')
  }
  return attributes.title ?? ''
}

/** Text of the content, in which a picture counts by its alternative. */
function contentName(element: Element): string {
  const words = (of: Element): string =>
    of.children
      .map((child) => {
        if (typeof child === 'string') return child
        if (isUnseen(child)) return ''
        if (child.tag === 'img') return ` ${child.attributes.alt ?? ''} `
        if (child.attributes['aria-label']) return ` ${child.attributes['aria-label']} `
        return ['div', 'p', 'li', 'br'].includes(child.tag) ? ` ${words(child)} ` : words(child)
      })
      .join('')
  return words(element)
    .replace(/[ \t\n\r]+/g, ' ')
    .trim()
}

/** A label's text without that of the field it wraps. */
function labelText(label: Element): string {
  const words = (of: Element): string =>
    of.children
      .map((child) => {
        if (typeof child === 'string') return child
        return isUnseen(child) || ['input', 'select', 'textarea'].includes(child.tag) ? '' : ` ${words(child)} `
      })
      .join('')
  return words(label)
    .replace(/[ \t\n\r]+/g, ' ')
    .trim()
}

function described(element: Element, byId: Map<string, Element>): string {
  return referred(element.attributes['aria-describedby'] ?? '', byId)
}

function referred(ids: string, byId: Map<string, Element>): string {
  return ids
    .split(/\s+/)
    .filter(Boolean)
    .map((id) => {
      const found = byId.get(id)
      if (!found) throw new Error(`The page refers to the id ${id}, which is not there`)
      return contentName(found)
    })
    .join(' ')
    .trim()
}
