import { direction, type Direction, type Language } from './languages.ts'

/** A sentence taken apart once: text, holes to be filled, and marked parts such as `<link>…</link>`. */
export type Piece = string | { hole: string } | { mark: string; inner: Piece[] }

const shape = /<([a-z][a-zA-Z0-9]*)>(.*?)<\/\1>|\{([a-z][a-zA-Z0-9]*)\}/gsu

/** Takes a sentence apart. Marked parts hold text and holes, not other marked parts. */
export function takeApart(sentence: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of sentence.matchAll(shape)) {
    if (match.index > at) pieces.push(sentence.slice(at, match.index))
    if (match[3]) pieces.push({ hole: match[3] })
    else pieces.push({ mark: match[1]!, inner: takeApart(match[2]!) })
    at = match.index + match[0].length
  }
  if (at < sentence.length) pieces.push(sentence.slice(at))
  return pieces
}

/** The names of the holes and of the marked parts of a sentence, each once, sorted. */
export function namesIn(pieces: Piece[]): { holes: string[]; marks: string[] } {
  const holes = new Set<string>()
  const marks = new Set<string>()
  const walk = (some: Piece[]): void => {
    for (const piece of some) {
      if (typeof piece === 'string') continue
      if ('hole' in piece) holes.add(piece.hole)
      else {
        marks.add(piece.mark)
        walk(piece.inner)
      }
    }
  }
  walk(pieces)
  return { holes: [...holes].sort(), marks: [...marks].sort() }
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
const leftToRight = /(?![\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}])\p{L}/u

/**
 * Wraps a value in Unicode isolates (U+2068 … U+2069) when it holds letters of the other direction than the sentence it
 * goes into, or starts with a sign that would jump to the other end (`+51 …`): the sentence around keeps its order.
 */
export function isolate(value: string, sentence: Direction): string {
  const foreign = sentence === 'rtl' ? leftToRight.test(value) || /^[+\-−(#@/]/u.test(value) : rightToLeft.test(value)
  return foreign && !value.startsWith('\u2068') ? `\u2068${value}\u2069` : value
}

/** The same, for the direction of an interface language. */
export function isolateIn(value: string, language: Language): string {
  return isolate(value, direction(language))
}
