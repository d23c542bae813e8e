import { useReader, useWords } from '#kit/view'
import { words } from '../words/index.ts'

export type CodeGroup =
  | 'kind'
  | 'legal'
  | 'type'
  | 'collection'
  | 'service'
  | 'accessibility'
  | 'resource'
  | 'admission'
  | 'size'
  | 'state'
  | 'precision'
  | 'name'
  | 'scheme'
  | 'social'
  | 'day'

/** The register's codes in the reader's language; a code that has no name here shows itself. */
export function useCodes(): (group: CodeGroup, code: string | null | undefined) => string {
  const t = useWords(words)
  return (group, code) => {
    if (!code) return ''
    const key = `code.${group}.${code}`
    return t.has(key) ? t(key) : code
  }
}

/** The codes of a vocabulary as choices of a field, in its own order. */
export function useOptions(): (group: CodeGroup, codes: readonly string[]) => { value: string; label: string }[] {
  const label = useCodes()
  return (group, codes) => codes.map((value) => ({ value, label: label(group, value) }))
}

/** Parts of a place, or the like, one after the other with commas; empty ones and neighbours that repeat are left out. */
export function useCommas(): (parts: readonly (string | null | undefined)[]) => string {
  const { language } = useReader()
  return (parts) => {
    const said = parts.filter((part, at) => part && part !== parts[at - 1])
    // The mark at the head keeps the order of a list that begins with a Latin name.
    return language === 'ar' ? `\u200f${said.join('، ')}` : said.join(', ')
  }
}
