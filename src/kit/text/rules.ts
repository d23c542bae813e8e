import { createHash } from 'node:crypto'
import { canonicalTag, direction, type Direction } from '#kit/words'
import { plainOf } from './markdown.ts'

/** A line (a title), plain paragraphs, or the markdown that `renderMarkdown` knows. */
export type Form = 'line' | 'plain' | 'markdown'
export type Method = 'human' | 'machine' | 'machine-edited'

/** How far the work on one language is, as it is kept. */
export type WorkState = 'machine' | 'in-edit' | 'in-review' | 'approved'
/** How one language stands beside its source: what is kept, and what follows from it. */
export type State = WorkState | 'missing' | 'stale' | 'dismissed'

/** One published language of a text, as `text.shown` gives it. */
export type Shown = {
  body: string
  state: 'approved' | 'machine' | 'stale'
  method: Method
  form: Form
  /** Whether it is the original. */
  source: boolean
}
/** A text in its published languages, by language tag. */
export type Text = { [language: string]: Shown }

/** What happens to one language of a text. */
export type TextEvent = 'written' | 'translated-by-machine' | 'sent' | 'returned' | 'approved'

const steps: Record<TextEvent, Partial<Record<WorkState | 'missing', WorkState>>> = {
  // Whoever writes opens the work anew; what is published stays as it is.
  written: {
    missing: 'in-edit',
    machine: 'in-edit',
    'in-edit': 'in-edit',
    'in-review': 'in-edit',
    approved: 'in-edit',
  },
  // A machine never writes over a person's work.
  'translated-by-machine': { missing: 'machine', machine: 'machine' },
  sent: { machine: 'in-review', 'in-edit': 'in-review' },
  returned: { 'in-review': 'in-edit' },
  approved: { machine: 'approved', 'in-edit': 'approved', 'in-review': 'approved' },
}

/** The state after an event, or `undefined` where the event cannot happen. */
export function stateAfter(before: WorkState | 'missing', event: TextEvent): WorkState | undefined {
  return steps[event][before]
}

/** How a version was made after an event: a machine's words, once a person changed or approved them, say both. */
export function methodAfter(before: Method | undefined, event: TextEvent): Method {
  if (event === 'translated-by-machine') return 'machine'
  if (before === undefined || before === 'human') return 'human'
  return event === 'written' || event === 'approved' ? 'machine-edited' : before
}

/** The facts from which it is told how a translation stands beside its source. */
export type Standing = { state: WorkState; sourceHash: string | null; dismissedHash: string | null }

/** How a version stands: as it is kept, unless its source has changed since (`stale`), which someone may have looked at and set aside (`dismissed`) until the next change. */
export function standing(version: Standing | undefined, currentSource: string | null): State {
  if (!version) return 'missing'
  if (currentSource === null || version.sourceHash === currentSource) return version.state
  return version.dismissedHash === currentSource ? 'dismissed' : 'stale'
}

/** Text as it is kept: composed (NFC), well formed, newlines as `\n`, without control characters or space at its ends; a line is one line. */
export function tidy(body: string, form: Form): string {
  const clean = body
    .toWellFormed()
    .replaceAll(/\r\n?|\u2028|\u2029/gu, '\n')
    .replaceAll(/(?![\n\t])[\p{Cc}\ufeff]/gu, '')
    .normalize('NFC')
  return form === 'line' ? clean.replaceAll(/\s+/gu, ' ').trim() : clean.replaceAll(/[ \t]+$/gmu, '').trim()
}

/** What of a text a translation depends on: its words and where its links lead; not its spaces, nor markup that only dresses. */
export function normalised(body: string, form: Form): string {
  const said = form === 'markdown' ? plainOf(body, { links: true }) : body
  return said
    .normalize('NFC')
    .replaceAll(/[\u00ad\u200b-\u200d\u2060\ufeff]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

/** The fingerprint of a normalised text, 32 hexadecimal digits; two texts that differ only in spaces or dress have the same. */
export function sourceHash(body: string, form: Form): string {
  return createHash('sha256').update(normalised(body, form)).digest('hex').slice(0, 32)
}

/** The most widely read languages of the network, tried in this order when nothing nearer is there. */
const wide = ['es', 'pt', 'en'] as const

/**
 * The order in which the languages of a text are tried for a reader: the very tag, its base language, other varieties
 * of it, the owner's working languages, the original, Spanish, Portuguese, English, then the rest by tag.
 */
export function fallbackOrder(
  reader: string,
  ownerLanguages: readonly string[],
  available: readonly string[],
  source?: string,
): string[] {
  const asked = canonicalTag(reader) ?? reader
  const base = baseOf(asked)
  const wanted = [asked, ...parentsOf(asked), ...available.filter((tag) => baseOf(tag) === base).sort()]
  for (const language of [...ownerLanguages, ...(source ? [source] : []), ...wide]) {
    wanted.push(language, ...available.filter((tag) => baseOf(tag) === baseOf(language)).sort())
  }
  wanted.push(...[...available].sort())
  const there = new Set(available)
  return [...new Set(wanted)].filter((tag) => there.has(tag))
}

function parentsOf(tag: string): string[] {
  const parts = tag.split('-')
  return parts.slice(1).map((_, cut) => parts.slice(0, parts.length - 1 - cut).join('-'))
}

/** The language of a tag without script, region or variant. */
export function baseOf(tag: string): string {
  return tag.split('-')[0]!.toLowerCase()
}

/** The words chosen for a reader, and all that must be said of them. */
export type Chosen = {
  language: string
  dir: Direction
  body: string
  form: Form
  /** Another language than the one asked: the reader is told which. */
  isFallback: boolean
  isMachine: boolean
  /** The original has changed since. */
  isStale: boolean
  method: Method
  state: Shown['state']
}

/** Chooses the language of a text for a reader; `undefined` when it has none with words in it. */
export function choose(
  text: Text | null | undefined,
  reader: string,
  ownerLanguages: readonly string[] = [],
): Chosen | undefined {
  if (!text) return undefined
  const available = Object.keys(text).filter((tag) => text[tag]!.body !== '')
  const source = available.find((tag) => text[tag]!.source)
  const language = fallbackOrder(reader, ownerLanguages, available, source)[0]
  if (language === undefined) return undefined
  const { body, form, method, state } = text[language]!
  return {
    language,
    dir: direction(language),
    body,
    form,
    isFallback: baseOf(language) !== baseOf(canonicalTag(reader) ?? reader),
    isMachine: method === 'machine',
    isStale: state === 'stale',
    method,
    state,
  }
}

/** The working languages in which a text must be approved before its owner publishes, and is not. */
export function lacking(versions: Record<string, State>, workingLanguages: readonly string[]): string[] {
  return workingLanguages.filter((language) => !['approved', 'dismissed'].includes(versions[language] ?? 'missing'))
}
