/**
 * What a translator, of flesh or not, must carry over untouched: holes, addresses, where links lead, and the signs that
 * dress words. `kind` tells whether losing one breaks the text (`hole`, `link`) or only its dress.
 */
export type Mark = { raw: string; kind: 'hole' | 'link' | 'dress' }
export type Run = string | Mark

const marks =
  /(\{[a-z][A-Za-z0-9]*\})|(\]\([^()\s]*\)|https?:\/\/[^\s<>()\]]+[^\s<>()\].,;:!?»”])|(\*{1,3}|`+|~~|\[(?=[^\]]*\]\())/gu

/** Takes a text apart into words and marks; joined again they are the text. Dress is only looked for in markdown. */
export function markedRuns(body: string, form: 'line' | 'plain' | 'markdown'): Run[] {
  const runs: Run[] = []
  let at = 0
  for (const match of body.matchAll(marks)) {
    const kind = match[1] ? 'hole' : match[2] ? 'link' : 'dress'
    if (form !== 'markdown' && (kind === 'dress' || match[0].startsWith(']'))) continue
    if (match.index > at) runs.push(body.slice(at, match.index))
    runs.push({ raw: match[0], kind })
    at = match.index + match[0].length
  }
  if (at < body.length) runs.push(body.slice(at))
  return runs
}

/** Which marks of a source its translation lost, and which it has too many, each as often as it is so. */
export function comparedMarks(source: readonly Run[], target: readonly Run[]): { lost: string[]; extra: string[] } {
  const left = new Map<string, number>()
  for (const run of source) if (typeof run !== 'string') left.set(run.raw, (left.get(run.raw) ?? 0) + 1)
  const extra: string[] = []
  for (const run of target) {
    if (typeof run === 'string') continue
    const count = left.get(run.raw) ?? 0
    if (count === 0) extra.push(run.raw)
    else left.set(run.raw, count - 1)
  }
  return { lost: [...left].flatMap(([raw, count]) => Array.from({ length: count }, () => raw)), extra }
}
