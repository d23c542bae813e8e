/**
 * Words: every sentence of the interface, in four languages, and how each language writes numbers, dates and money.
 * A room makes its own with `defineWords`; `speak` gives the `t` that says them; `formats` writes values.
 */
export { compareWords, type WordsFault } from './compare.ts'
export { sayDeed } from './deeds.ts'
export { defineWords, definedWords, type Key, type Tree, type Words } from './define.ts'
export { formats, type DateStyle, type DateTimeOptions, type Formats, type Money, type Place } from './formats.ts'
export { kitWords } from './kit-words.ts'
export {
  canonicalTag,
  direction,
  isLanguage,
  isLanguageTag,
  languages,
  localeOf,
  type Direction,
  type Language,
} from './languages.ts'
export { asInstant, type Moment } from './moments.ts'
export { problemWords, type Issue, type ProblemWords } from './problems.ts'
export { isolate, isolateIn } from './sentence.ts'
export { say, speak, unfilledHoles, type Parts, type Translate, type Value, type Values } from './speak.ts'
