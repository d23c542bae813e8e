import type { Look } from './cells/looks.ts'
import type { Column } from './inspect.ts'
import { plainWords } from './cells/text.ts'
import { pathWords, similarity } from './similarity.ts'

/**
 * What a field may be called in the header of a register, and what its cells look like. `words` are plain (no accents,
 * small letters). `looks`: at least half of the cells should look like one of these; `never`: a column that looks like
 * this is not it.
 */
export type FieldVocabulary = { field: string; words: string[]; looks?: Look[]; never?: Look[]; alone?: Look[] }

export type Suggestion = { path: string; field: string; score: number }

const share = (column: Column, looks: readonly Look[] | undefined): number =>
  looks === undefined || column.looked === 0
    ? 0
    : Math.max(...looks.map((look) => (column.looks[look] ?? 0) / column.looked), 0)

/** How well a header names a field, 0–1: the same words; all words of the name in it; else alike by trigrams. */
const headerScore = (header: string, words: readonly string[]): number => {
  let best = 0
  const parts = ` ${header} `
  for (const word of words) {
    if (header === word) return 1
    // The name with a little around it: `museo nombre`, `nombre del recurso`. Less the more is around it.
    if (parts.includes(` ${word} `)) best = Math.max(best, 0.6 + 0.35 * (word.length / header.length))
    else best = Math.max(best, similarity(header, word) * 0.85)
  }
  return best
}

/**
 * Proposes at most one column for a field and one field for a column: by what the header says in Spanish, Portuguese or
 * English, checked against what the cells look like. Only proposals with a score of at least 0.55 are made; empty columns
 * get none. A person decides.
 */
export const suggestFields = (columns: readonly Column[], vocabulary: readonly FieldVocabulary[]): Suggestion[] => {
  const all: Suggestion[] = []
  for (const column of columns) {
    if (column.filled === 0) continue
    const header = plainWords(pathWords(column.path))
    for (const { field, words, looks, never, alone } of vocabulary) {
      if (never !== undefined && share(column, never) >= 0.5) continue
      let score = headerScore(header, words)
      if (looks !== undefined) score *= share(column, looks) >= 0.4 ? 1.05 : 0.6
      // Some cells tell by themselves what they are, whatever the header says.
      if (alone !== undefined && share(column, alone) >= 0.8) score = Math.max(score, 0.7)
      if (score >= 0.55) all.push({ path: column.path, field, score: Math.min(score, 1) })
    }
  }
  const filled = new Map(columns.map((column) => [column.path, column.filled]))
  all.sort((a, b) => b.score - a.score || filled.get(b.path)! - filled.get(a.path)!)
  const chosen: Suggestion[] = []
  for (const suggestion of all)
    if (!chosen.some(({ path, field }) => path === suggestion.path || field === suggestion.field))
      chosen.push(suggestion)
  return chosen
}
