import { isPlural, leaves, definedWords, type Key, type Plural, type Tree, type Words } from './define.ts'
import { formats, type Formats, type Place } from './formats.ts'
import { languages, type Language } from './languages.ts'
import { isolate, takeApart, type Piece } from './sentence.ts'

/** What fills a hole: text as it is, numbers as the language writes them. */
export type Value = string | number | bigint
export type Values = Record<string, Value | undefined>

/** What fills a sentence with marked parts: values, ready pieces, or a function that dresses the marked text. */
export type Parts<Part> = Record<string, Value | Part | ((text: string) => Part) | undefined>

/** Says the sentences of one room in one language. */
export type Translate<Es = Tree> = {
  /** The sentence of a key with its holes filled; a counted sentence is chosen by `values.count`. */
  (key: Key<Es>, values?: Values): string
  /** The same as a list of texts and of what the part functions returned, for sentences with a link or emphasis inside. */
  rich<Part>(key: Key<Es>, parts: Parts<Part>): (string | Part)[]
  /** Whether the room has such a key: for keys that are made from data, such as a state's code. */
  has(key: string): key is Key<Es>
  language: Language
  formats: Formats
}

type Compiled = { pieces: Piece[] } | { forms: Map<string, Piece[]> }
type Spoken = { leaf: Compiled; language: Language }

const compiled = new WeakMap<Words, Map<Language, Map<string, Spoken>>>()
const spoken = new WeakMap<Words, Map<string, Translate>>()
const unfilled = new Set<string>()

/** The holes that were shown unfilled since the start, as `room.key {hole}`: the tests ask that there be none. */
export function unfilledHoles(): ReadonlySet<string> {
  return unfilled
}

/**
 * The voice of a room in a language. What pt, en or ar lacks is said in Spanish (the house's test refuses such gaps
 * before anyone meets them); an unknown key shows itself.
 */
export function speak<Es>(words: Words<Es>, language: Language, place: Place = {}): Translate<Es> {
  const known = spoken.get(words as Words) ?? new Map<string, Translate>()
  spoken.set(words as Words, known)
  const name = `${language} ${place.country ?? ''} ${place.zone ?? ''}`
  const before = known.get(name)
  if (before) return before as unknown as Translate<Es>
  const made = makeVoice(words as Words, language, place)
  if (known.size < 1000) known.set(name, made)
  return made as unknown as Translate<Es>
}

/**
 * Says a sentence by its full key, room first (`kit.problem.required`), as problems and reasons carry it. The room's
 * words must have been defined; an unknown key shows itself.
 */
export function say(language: Language, fullKey: string, values?: Values, place: Place = {}): string {
  const dot = fullKey.indexOf('.')
  const words = definedWords().get(fullKey.slice(0, dot))
  if (!words) return fullKey
  return (speak(words, language, place) as Loose)(fullKey.slice(dot + 1), values)
}

type Loose = (key: string, values?: Values) => string

function makeVoice(words: Words, language: Language, place: Place): Translate<Tree> {
  const table = tableOf(words, language)
  const written = formats(language, place)

  const piecesOf = (key: string, count: unknown): { pieces: Piece[]; language: Language } | undefined => {
    const found = table.get(key)
    if (!found) return undefined
    if ('pieces' in found.leaf) return { pieces: found.leaf.pieces, language: found.language }
    const category = rules(found.language).select(Number(count ?? 0))
    return { pieces: found.leaf.forms.get(category) ?? found.leaf.forms.get('other')!, language: found.language }
  }

  const write = (value: Value): string =>
    typeof value === 'string' ? isolate(value, written.direction) : written.number(value)

  const fill = (pieces: Piece[], key: string, valueOf: (hole: string) => unknown): string => {
    let text = ''
    for (const piece of pieces) {
      if (typeof piece === 'string') text += piece
      else if ('mark' in piece) text += fill(piece.inner, key, valueOf)
      else text += plain(valueOf(piece.hole), key, piece.hole)
    }
    return text
  }

  const plain = (value: unknown, key: string, hole: string): string => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return write(value)
    unfilled.add(`${words.room}.${key} {${hole}}`)
    return `{${hole}}`
  }

  const t = (key: string, values: Values = {}): string => {
    const found = piecesOf(key, values['count'])
    return found ? fill(found.pieces, key, (hole) => values[hole]) : key
  }

  const rich = <Part>(key: string, parts: Parts<Part>): (string | Part)[] => {
    const found = piecesOf(key, parts['count'])
    if (!found) return [key]
    return joined(
      found.pieces.map((piece) => {
        if (typeof piece === 'string') return piece
        if ('hole' in piece) {
          const value = parts[piece.hole]
          const ready = typeof value === 'object' && value !== null
          return ready ? (value as Part) : plain(value, key, piece.hole)
        }
        const text = fill(piece.inner, key, (hole) => parts[hole])
        const dress = parts[piece.mark]
        return typeof dress === 'function' ? (dress as (text: string) => Part)(text) : text
      }),
    )
  }

  const has = (key: string): boolean => table.has(key)
  return Object.assign(t, { rich, has, language, formats: written }) as unknown as Translate<Tree>
}

/** Neighbouring texts as one, so that a page has no more text nodes than it needs. */
function joined<Part>(pieces: (string | Part)[]): (string | Part)[] {
  const out: (string | Part)[] = []
  for (const piece of pieces) {
    const last = out.at(-1)
    if (typeof piece === 'string' && typeof last === 'string') out[out.length - 1] = last + piece
    else if (piece !== '') out.push(piece)
  }
  return out
}

const pluralRules = new Map<Language, Intl.PluralRules>(
  languages.map((language) => [language, new Intl.PluralRules(language)]),
)

function rules(language: Language): Intl.PluralRules {
  return pluralRules.get(language)!
}

function tableOf(words: Words, language: Language): Map<string, Spoken> {
  const byLanguage = compiled.get(words) ?? new Map<Language, Map<string, Spoken>>()
  compiled.set(words, byLanguage)
  const known = byLanguage.get(language)
  if (known) return known
  const table = new Map<string, Spoken>()
  for (const source of language === 'es' ? (['es'] as const) : (['es', language] as const)) {
    for (const [key, leaf] of leaves(words.texts[source])) table.set(key, { leaf: compile(leaf), language: source })
  }
  byLanguage.set(language, table)
  return table
}

function compile(leaf: string | Plural): Compiled {
  if (!isPlural(leaf)) return { pieces: takeApart(leaf) }
  return { forms: new Map(Object.entries(leaf).map(([category, form]) => [category, takeApart(form)])) }
}
