import type { Problem } from '#kit/access'
import { canonicalTag } from '#kit/words'
import { comparedMarks, markedRuns } from './marks.ts'
import type { Form } from './rules.ts'
import { quipuNamespace, xliffNamespace } from './xliff-out.ts'
import type { XmlElement, XmlTreeNode } from 'libxml2-wasm'

/** One unit of a file that came back: both sides put together again, and the revision it was exported with, if the tool kept it. */
export type ImportedUnit = { id: string; source: string; target: string; revision: number | null }

/** A file that came back. `problems` name the unit in `field`; units with problems are not among `units`. */
export type ImportedXliff = {
  source: string
  target: string
  units: ImportedUnit[]
  problems: Problem[]
  untranslated: number
}

const largest = 20_000_000

/**
 * Reads an XLIFF 2 file. No entity is expanded and no DOCTYPE is read; units that lost or doubled a protected hole or
 * link, that are translated in part, or that come twice are reported and left out. Units without any translation are
 * counted. A file that cannot be read gives one problem with an empty field and no units.
 */
export async function importXliff(file: string | Uint8Array): Promise<ImportedXliff> {
  if (file.length > largest) return unreadable('text.xliff.too-big')
  // Loaded when first asked for: the parser is a megabyte that most processes never need.
  const { ParseOption, XmlDocument, XmlText, XmlCData } = await import('libxml2-wasm')
  const options = { option: ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET }
  const isText: IsText = (node) => node instanceof XmlText || node instanceof XmlCData
  try {
    // A string is read as UTF-8 whatever its declaration says, because that is what it becomes.
    using document =
      typeof file === 'string'
        ? XmlDocument.fromString(file.replace(/^\ufeff?<\?xml[^>]*\?>/u, ''), options)
        : XmlDocument.fromBuffer(file, options)
    if (document.dtd) return unreadable('text.xliff.doctype')
    return readDocument(document.root, isText)
  } catch (error) {
    return unreadable('text.xliff.not-xml', {
      reason: String((error as Error).message)
        .split('\n')[0]!
        .slice(0, 200),
    })
  }
}

function unreadable(words: string, values?: Record<string, string>): ImportedXliff {
  return {
    source: '',
    target: '',
    units: [],
    problems: [{ field: '', words, ...(values && { values }) }],
    untranslated: 0,
  }
}

type IsText = (node: XmlTreeNode) => boolean

function readDocument(root: XmlElement, isText: IsText): ImportedXliff {
  if (root.name !== 'xliff' || root.namespaceUri !== xliffNamespace) return unreadable('text.xliff.not-xliff')
  const target = canonicalTag(root.attr('trgLang')?.value ?? '')
  const source = canonicalTag(root.attr('srcLang')?.value ?? '')
  if (!target || !source) return unreadable('text.xliff.no-target')
  const result: ImportedXliff = { source, target, units: [], problems: [], untranslated: 0 }
  const seen = new Set<string>()
  for (const node of root.find('.//x:unit', { x: xliffNamespace })) {
    const unit = readUnit(node as XmlElement, isText)
    const said = (words: string, values: Record<string, string> = {}) =>
      result.problems.push({ field: unit.id, words, values: { unit: unit.id, ...values } })
    if (seen.has(unit.id)) said('text.xliff.repeated')
    else if (unit.translated === 0) result.untranslated += 1
    else if (unit.translated < unit.segments) said('text.xliff.incomplete')
    else {
      const { lost, extra } = broken(unit)
      for (const mark of lost) said('text.xliff.placeholder-lost', { mark })
      for (const mark of extra) said('text.xliff.placeholder-extra', { mark })
      if (lost.length + extra.length === 0) {
        const { id, source, target, revision } = unit
        result.units.push({ id, source, target, revision })
      }
    }
    seen.add(unit.id)
  }
  return result
}

type ReadUnit = ImportedUnit & { form: Form; segments: number; translated: number }

/** Holes and links must all be there, once each; dress may change with the language. */
function broken(unit: ReadUnit): { lost: string[]; extra: string[] } {
  const kept = (body: string) =>
    markedRuns(body, unit.form).filter((run) => typeof run === 'string' || run.kind !== 'dress')
  return comparedMarks(kept(unit.source), kept(unit.target))
}

type Reading = { data: Map<string, string>; isText: IsText }

function readUnit(element: XmlElement, isText: IsText): ReadUnit {
  const data = new Map<string, string>()
  const reading: Reading = { data, isText }
  for (const node of element.find('./x:originalData/x:data', { x: xliffNamespace })) {
    const item = node as XmlElement
    data.set(item.attr('id')?.value ?? '', inline(item, reading))
  }
  const own = (name: string) =>
    element.attrs.find((attribute) => attribute.name === name && attribute.namespaceUri === quipuNamespace)?.value
  const revision = Number(own('revision') ?? Number.NaN)
  const form = own('form')
  const unit: ReadUnit = {
    id: (element.attr('id')?.value ?? '').replace(/^t-/u, ''),
    source: '',
    target: '',
    revision: Number.isInteger(revision) ? revision : null,
    form: form === 'plain' || form === 'line' ? form : 'markdown',
    segments: 0,
    translated: 0,
  }
  for (const node of element.find('./x:segment | ./x:ignorable', { x: xliffNamespace })) {
    const part = node as XmlElement
    const source = side(part, 'source', reading) ?? ''
    const target = side(part, 'target', reading)
    unit.source += source
    if (part.name === 'ignorable') unit.target += target ?? source
    else {
      unit.segments += 1
      unit.translated += target?.trim() ? 1 : 0
      unit.target += target ?? ''
    }
  }
  return unit
}

function side(part: XmlElement, name: 'source' | 'target', reading: Reading): string | undefined {
  const found = part.get(`./x:${name}`, { x: xliffNamespace })
  return found ? inline(found as XmlElement, reading) : undefined
}

/** What stands inside an element, its placeholders put back as what they stood for. */
function inline(element: XmlElement, reading: Reading): string {
  let text = ''
  for (let node: XmlTreeNode | null = element.firstChild; node; node = node.next) {
    if (!isElement(node)) {
      if (reading.isText(node)) text += node.content
      continue
    }
    const raw = (reference: string) => reading.data.get(node.attr(reference)?.value ?? '')
    if (node.name === 'ph') text += raw('dataRef') ?? node.attr('equiv')?.value ?? ''
    else if (node.name === 'sc' || node.name === 'ec') text += raw('dataRef') ?? ''
    else if (node.name === 'pc') text += (raw('dataRefStart') ?? '') + inline(node, reading) + (raw('dataRefEnd') ?? '')
    else if (node.name === 'cp')
      text += String.fromCodePoint(Number.parseInt(node.attr('hex')?.value ?? '20', 16) || 32)
    else text += inline(node, reading)
  }
  return text
}

function isElement(node: XmlTreeNode): node is XmlElement {
  return 'firstChild' in node
}
