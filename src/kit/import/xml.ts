import { decode, type Look } from './encoding.ts'
import { elementsAt, walk, wellFormed, xmlText, type Element } from './elements.ts'
import { limits, noCells, Unreadable, type ImportFile, type Reading, type Row } from './file.ts'

/** Attributes that name the element they stand on, most telling first. */
const naming = ['nombre', 'name', 'nome', 'key', 'clave', 'chave', 'campo', 'field', 'qualifier', 'id']

/** The encoding of an XML file: its mark, else its declaration where the bytes bear it out, else what the bytes look like. */
export const xmlEncoding = (look: Look): string => {
  const { label, byteOrderMark } = look.encoding
  const declared = /^\s*<\?xml[^>]*encoding=["']([\w.:-]+)["']/.exec(decode(look.head.subarray(0, 400), 'latin1'))?.[1]
  if (byteOrderMark || declared === undefined || label.startsWith('utf-16')) return label
  try {
    const { encoding } = new TextDecoder(declared)
    return encoding === 'utf-8' ? label : encoding
  } catch {
    return label
  }
}

const depth = (path: string): number => path.split('/').length

type Open = { path: string; parts: number; children: Map<string, number> }

/**
 * The element that repeats as the record: of those that hold others, or several attributes, and stand more than once
 * under one parent, the one nearest to the root; of two equally near, the one that occurs more often. Where nothing
 * repeats, the file may hold a single record: the first child of the root that holds others.
 */
const recordElement = (xml: string): string | undefined => {
  const repeated = new Map<string, number>()
  let single: string | undefined
  const open: Open[] = []
  walk(xml, {
    open: (name, attributes) => {
      const parent = open.at(-1)
      if (parent !== undefined) parent.parts++
      open.push({
        path: parent === undefined ? name : `${parent.path}/${name}`,
        parts: Object.keys(attributes).length > 1 ? 1 : 0,
        children: new Map(),
      })
    },
    text: () => {},
    close: () => {
      const closed = open.pop()!
      const parent = open.at(-1)
      for (const [path, count] of closed.children) if (count > 1) repeated.set(path, (repeated.get(path) ?? 0) + count)
      if (parent === undefined || closed.parts === 0 || open.length > 6) return
      parent.children.set(closed.path, (parent.children.get(closed.path) ?? 0) + 1)
      if (open.length === 1) single ??= closed.path
    },
  })
  const best = [...repeated].sort((a, b) => depth(a[0]) - depth(b[0]) || b[1] - a[1])[0]
  return best?.[0] ?? single
}

const tooDeep = (depth: number): void => {
  if (depth > limits.depth) throw new Unreadable('nested-too-deep', { depth: limits.depth })
}

/**
 * Which elements an attribute names: the same element stands several times under one parent, and one of the naming
 * attributes is on each, not always with the same value.
 */
const nameElements = (element: Element, path: string, named: Record<string, string>, depth: number): void => {
  tooDeep(depth)
  for (const [name, group] of Map.groupBy(element.children, (child) => child.name)) {
    const here = path === '' ? name : `${path}/${name}`
    if (group.length > 1 && named[here] === undefined) {
      const attribute = naming.find((candidate) => {
        const values = group.map((child) => child.attributes[candidate])
        return values.every((value) => value !== undefined && value.length < 80) && new Set(values).size > 1
      })
      if (attribute !== undefined) named[here] = attribute
    }
    for (const child of group) nameElements(child, here, named, depth + 1)
  }
}

/** The record element of an XML file and the elements inside it that an attribute names. */
export const xmlShape = async (
  file: ImportFile,
  encoding: string,
): Promise<{ records: string; named: Record<string, string> }> => {
  const xml = await wellFormed(file, encoding)
  const records = recordElement(xml)
  if (records === undefined) throw new Unreadable('no-records')
  const named: Record<string, string> = {}
  let looked = 0
  elementsAt(xml, records, (element) => {
    if (looked++ < 500) nameElements(element, '', named, 0)
  })
  return { records, named }
}

const put = (cells: Record<string, string>, path: string, text: string): void => {
  const before = cells[path]
  cells[path] = before === undefined || before === '' ? text : text === '' ? before : `${before}\n${text}`
}

/**
 * Cells of a record: an element's own text under its path; an attribute under `path@name`; an element that an attribute
 * names under `campo[nombre=x]`, its other attributes left out, because they describe the cell (`tipo="s"`).
 */
const collect = (
  element: Element,
  path: string,
  plain: string,
  named: Record<string, string>,
  cells: Record<string, string>,
  depth: number,
): void => {
  tooDeep(depth)
  for (const child of element.children) {
    const childPlain = plain === '' ? child.name : `${plain}/${child.name}`
    const attribute = named[childPlain]
    const value = attribute === undefined ? undefined : child.attributes[attribute]
    const segment = value === undefined ? child.name : `${child.name}[${attribute}=${value}]`
    const childPath = path === '' ? segment : `${path}/${segment}`
    if (attribute === undefined)
      for (const name of Object.keys(child.attributes))
        if (!name.startsWith('xmlns')) put(cells, `${childPath}@${name}`, child.attributes[name]!)
    if (child.children.length === 0) put(cells, childPath, child.text)
    else {
      if (child.text.trim() !== '') put(cells, childPath, child.text.trim())
      collect(child, childPath, childPlain, named, cells, depth + 1)
    }
  }
}

/** The records of an XML file. `raw` is the element as it stands in the file. */
export async function* readXml(file: ImportFile, reading: Reading): AsyncGenerator<Row> {
  const xml = await xmlText(file, reading.encoding)
  const named = reading.named ?? {}
  const rows: Row[] = []
  let line = 1
  let counted = 0
  elementsAt(xml, reading.records ?? '', (element, start, end) => {
    const cells = noCells()
    for (const name of Object.keys(element.attributes))
      if (!name.startsWith('xmlns')) put(cells, `@${name}`, element.attributes[name]!)
    if (element.children.length === 0 && element.text.trim() !== '') put(cells, '.', element.text.trim())
    collect(element, '', '', named, cells, 0)
    for (let at = xml.indexOf('\n', counted); at !== -1 && at < start; at = xml.indexOf('\n', at + 1)) {
      line++
      counted = at + 1
    }
    rows.push({ number: rows.length + 1, line, cells, raw: xml.slice(start, end), flaws: [] })
  })
  yield* rows
}

/** The tags around the records, opened and closed, with the namespaces that they declare. */
export const xmlFrame = async (file: ImportFile, reading: Reading): Promise<{ before: string; after: string }> => {
  const xml = await xmlText(file, reading.encoding)
  const around = (reading.records ?? '').split('/').slice(0, -1)
  const tags: string[] = []
  walk(xml, {
    open: (name, attributes) => {
      if (tags.length >= around.length || name !== around[tags.length]) return
      const spaces = Object.entries(attributes).filter(([attribute]) => attribute.startsWith('xmlns'))
      tags.push(`<${[name, ...spaces.map(([space, uri]) => `${space}="${escaped(uri)}"`)].join(' ')}>`)
    },
    text: () => {},
    close: () => {},
  })
  const after = around.toReversed().map((name) => `</${name}>`)
  return { before: tags.join(''), after: after.join('') }
}

/** Text as it stands between tags or in an attribute. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
