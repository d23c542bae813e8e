import { wordsOf } from '../trade.ts'

/** Words that join others and tell nothing: left out of what is searched, in the register's languages. */
export const joining = new Set([
  'de',
  'del',
  'la',
  'el',
  'los',
  'las',
  'lo',
  'y',
  'e',
  'i',
  'o',
  'a',
  'u',
  'en',
  'al',
  'da',
  'do',
  'das',
  'dos',
  'no',
  'na',
  'nos',
  'nas',
  'ao',
  'aos',
  'of',
  'the',
  'and',
  'at',
  'in',
  'for',
  'to',
  'por',
  'para',
  'con',
  'com',
])

/** The words of a text as they are searched: folded, without those that only join, Arabic without its article. */
export function foldedWords(text: string): string[] {
  const words = wordsOf(text).map(withoutArticle)
  const telling = words.filter((word) => !joining.has(word))
  return telling.length > 0 ? telling : words
}

function withoutArticle(word: string): string {
  return /^ال\p{Script=Arabic}{3,}$/u.test(word) ? word.slice(2) : word
}
