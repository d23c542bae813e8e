import { ParseOption, XmlDocument } from 'libxml2-wasm'
import { decode } from './encoding.ts'
import { Unreadable, wholeFile, type ImportFile } from './file.ts'

/** An element with what stands in it. `text` is its own text, without that of the elements inside it. */
export type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string }

export type Listener = {
  open: (name: string, attributes: Record<string, string>, start: number) => void
  text: (text: string) => void
  close: (end: number) => void
}

/**
 * The text of a whole XML file, decoded, its line ends `\n`. A file that declares entities is refused: no register needs
 * them, and they are how a small file becomes a large one.
 */
export const xmlText = async (file: ImportFile, encoding: string): Promise<string> => {
  const text = decode(await wholeFile(file), encoding).trimStart()
  if (/<!ENTITY/i.test(text)) throw new Unreadable('declares-entities')
  // The text is decoded already: what the declaration says of its encoding no longer holds.
  return text.replace(/^<\?xml[^>]*\?>/, '').replace(/\r\n?/g, '\n')
}

/**
 * The same, known to be well-formed: libxml2 has parsed it, with nothing loaded from outside. Done once, when a file is
 * inspected. The document lives no longer than that: reading a million cells through it costs more than walking the text.
 */
export const wellFormed = async (file: ImportFile, encoding: string): Promise<string> => {
  const text = await xmlText(file, encoding)
  try {
    XmlDocument.fromString(text, {
      option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_COMPACT,
    }).dispose()
  } catch (error) {
    throw new Unreadable('not-xml', { detail: (error as Error).message.trim().split('\n')[0] ?? '' }, error)
  }
  return text
}

const references: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const character = (name: string): string => {
  if (name[0] !== '#') return references[name] ?? `&${name};`
  return String.fromCodePoint(name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)))
}

const plain = (text: string): string =>
  text.includes('&') ? text.replace(/&(#x?[\da-f]+|\w+);/gi, (_, name: string) => character(name)) : text

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d

/** The attributes between two positions of a tag. By hand, because a register has a million of them. */
const attributesOf = (xml: string, from: number, to: number): Record<string, string> => {
  const attributes: Record<string, string> = {}
  let at = from
  while (at < to) {
    while (at < to && isBlank(xml.charCodeAt(at))) at++
    const equals = xml.indexOf('=', at)
    if (equals === -1 || equals >= to) break
    let quote = equals + 1
    while (isBlank(xml.charCodeAt(quote))) quote++
    const end = xml.indexOf(xml[quote]!, quote + 1)
    if (end === -1) break
    attributes[xml.slice(at, equals).trimEnd()] = plain(xml.slice(quote + 1, end))
    at = end + 1
  }
  return attributes
}

const none: Record<string, string> = Object.freeze({})

/** The end of a tag: the first `>` outside quotes. */
const tagEnd = (xml: string, start: number): number => {
  let quote = 0
  for (let at = start; at < xml.length; at++) {
    const here = xml.charCodeAt(at)
    if (quote !== 0) quote = here === quote ? 0 : quote
    else if (here === 0x3e) return at
    else if (here === 0x22 || here === 0x27) quote = here
  }
  return xml.length
}

/** Where something that is no element ends: a comment, an instruction, the document type. -1: it is something else. */
const pastAside = (xml: string, at: number): number => {
  if (xml.startsWith('<!--', at)) return xml.indexOf('-->', at) + 3
  if (xml.startsWith('<?', at)) return xml.indexOf('?>', at) + 2
  if (!xml.startsWith('<!DOCTYPE', at)) return -1
  const subset = xml.indexOf('[', at)
  const end = tagEnd(xml, at)
  return (subset !== -1 && subset < end ? xml.indexOf('>', xml.indexOf(']', subset)) : end) + 1
}

/** Walks well-formed XML and tells what opens, what stands between, and what closes. `start` and `end` are positions. */
export const walk = (xml: string, listener: Listener): void => {
  let at = xml.indexOf('<')
  while (at !== -1) {
    const next = xml.charCodeAt(at + 1)
    let past: number
    if (next === 0x2f) {
      past = xml.indexOf('>', at) + 1
      listener.close(past)
    } else if (xml.startsWith('<![CDATA[', at)) {
      past = xml.indexOf(']]>', at) + 3
      listener.text(xml.slice(at + 9, past - 3))
    } else if (next === 0x21 || next === 0x3f) {
      past = pastAside(xml, at)
    } else {
      const end = tagEnd(xml, at)
      past = end + 1
      const empty = xml[end - 1] === '/'
      const last = empty ? end - 1 : end
      let space = at + 1
      while (space < last && !isBlank(xml.charCodeAt(space))) space++
      listener.open(xml.slice(at + 1, space), space === last ? none : attributesOf(xml, space, last), at)
      if (empty) listener.close(past)
    }
    if (past <= at) throw new Unreadable('not-xml', { detail: '' })
    at = xml.indexOf('<', past)
    if (at > past) listener.text(plain(xml.slice(past, at)))
  }
}

/** Hands over each element at one path (`registros/reg`), whole, with where it stands in the text. */
export const elementsAt = (
  xml: string,
  path: string,
  found: (element: Element, start: number, end: number) => void,
): void => {
  const wanted = path.split('/')
  const names: string[] = []
  const open: Element[] = []
  let start = 0
  walk(xml, {
    open: (name, attributes, at) => {
      names.push(name)
      if (open.length === 0) {
        if (names.length !== wanted.length || !wanted.every((step, index) => names[index] === step)) return
        start = at
      }
      const element = { name, attributes, children: [], text: '' }
      open.at(-1)?.children.push(element)
      open.push(element)
    },
    text: (text) => {
      const element = open.at(-1)
      if (element !== undefined) element.text += text
    },
    close: (end) => {
      names.pop()
      const element = open.pop()
      if (element !== undefined && open.length === 0) found(element, start, end)
    },
  })
}
