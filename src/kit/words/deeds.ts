import { definedWords, type Tree } from './define.ts'
import type { Language } from './languages.ts'

/**
 * The sentence by which history tells a deed (`institution.validated` → "validó la ficha"): that of whichever room or tool
 * has `deed.<name>` among its words. Undefined when no words that were loaded have it.
 */
export function sayDeed(language: Language, name: string): string | undefined {
  const [noun = '', past = ''] = name.split('.')
  for (const { texts } of definedWords().values()) {
    const nouns = texts[language]['deed']
    const pasts = typeof nouns === 'object' ? nouns[noun] : undefined
    const sentence = typeof pasts === 'object' ? (pasts as Tree)[past] : undefined
    if (typeof sentence === 'string') return sentence
  }
  return undefined
}
