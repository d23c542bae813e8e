import { markedRuns, type Run } from './marks.ts'
import type { Form, State } from './rules.ts'

/** One text to be translated: its id, what it is for, the source, and what there is of the translation. */
export type XliffUnit = {
  id: string
  purpose: string
  form: Form
  source: string
  target: string | null
  state: State
  /** The revision of the translation here, by which a later edit is noticed; 0 where there is none. */
  revision: number
  note?: string
}

export const xliffNamespace = 'urn:oasis:names:tc:xliff:document:2.0'
/** Our own attributes: tools must carry them through, and what they tell can be done without. */
export const quipuNamespace = 'urn:quipu:text:1'

const states: Partial<Record<State, string>> = {
  machine: 'translated',
  'in-edit': 'translated',
  'in-review': 'reviewed',
  approved: 'final',
  dismissed: 'final',
}

/**
 * Texts as one XLIFF 2.1 file for a translator's tool: a unit a text, a segment a paragraph, holes, links and dress as
 * protected placeholders (`<ph>`) with their originals beside. Languages are BCP 47 tags.
 */
export function exportXliff(units: readonly XliffUnit[], source: string, target: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="${xliffNamespace}" xmlns:q="${quipuNamespace}" version="2.1" srcLang="${attribute(source)}" trgLang="${attribute(target)}">
  <file id="texts">
${units.map(unitXml).join('')}  </file>
</xliff>
`
}

type Placed = { raw: string; id: number }

function unitXml(unit: XliffUnit): string {
  const data = new Map<string, string>()
  const sources = apart(unit.source)
  const targets = unit.target ? apart(unit.target) : []
  // A translation with other paragraphs than its source cannot be set beside it piece by piece: it goes along as a note.
  const parallel = targets.length === sources.length
  const state = parallel ? (states[unit.state] ?? 'initial') : 'initial'
  const placed: Placed[] = []
  const parts = sources.map((paragraph, at) => {
    if (at % 2 === 1) return `      <ignorable id="i${at}">${element('source', text(paragraph))}</ignorable>\n`
    const first = placed.length
    const source = runsXml(paragraph, unit.form, data, (raw) => {
      placed.push({ raw, id: placed.length + 1 })
      return placed.length
    })
    const target = parallel ? runsXml(targets[at]!, unit.form, data, sameMark(placed.slice(first))) : ''
    const written = target === '' ? '' : element('target', target)
    return `      <segment id="s${at}" state="${target === '' ? 'initial' : state}">${element('source', source)}${written}</segment>\n`
  })
  const original = [...data].map(([raw, id]) => `<data id="${id}" xml:space="preserve">${text(raw)}</data>`)
  return `    <unit id="t-${attribute(unit.id)}" q:form="${unit.form}" q:revision="${unit.revision}">
      <notes>${notes(unit, parallel)}</notes>
${original.length > 0 ? `      <originalData>${original.join('')}</originalData>\n` : ''}${parts.join('')}    </unit>
`
}

function notes(unit: XliffUnit, parallel: boolean): string {
  const told: [string, string][] = [['purpose', unit.purpose]]
  if (unit.note) told.push(['comment', unit.note])
  if (unit.state === 'stale') told.push(['state', 'stale'])
  if (unit.target && !parallel) told.push(['present', unit.target])
  return told.map(([category, note]) => `<note category="${category}">${text(note)}</note>`).join('')
}

/** Paragraphs and what stands between them, in turn: even places are paragraphs. */
function apart(body: string): string[] {
  return body.split(/(\n\s*\n)/u)
}

function element(tag: 'source' | 'target', inner: string): string {
  return `<${tag} xml:space="preserve">${inner}</${tag}>`
}

function runsXml(body: string, form: Form, data: Map<string, string>, idOf: (raw: string) => number): string {
  return markedRuns(body, form)
    .map((run: Run) => (typeof run === 'string' ? text(run) : placeholder(run.raw, data, idOf(run.raw))))
    .join('')
}

/** Gives a target's placeholder the id of the source's with the same original, so that a tool sees they are one. */
function sameMark(sources: Placed[]): (raw: string) => number {
  const left = [...sources]
  let more = 1000
  return (raw) => {
    const at = left.findIndex((mark) => mark.raw === raw)
    return at === -1 ? ++more : left.splice(at, 1)[0]!.id
  }
}

function placeholder(raw: string, data: Map<string, string>, id: number): string {
  const ref = data.get(raw) ?? `d${data.size + 1}`
  data.set(raw, ref)
  return `<ph id="${id}" canDelete="no" dataRef="${ref}" equiv="${attribute(raw)}" disp="${attribute(raw)}"/>`
}

function text(value: string): string {
  return allowed(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function attribute(value: string): string {
  return text(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}

/** Without the characters that XML 1.0 cannot carry. */
function allowed(value: string): string {
  return value.toWellFormed().replaceAll(/(?![\n\r\t])\p{Cc}|[\ufffe\uffff]/gu, '')
}
