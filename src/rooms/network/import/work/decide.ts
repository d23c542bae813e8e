import type { Match } from './match.ts'
import { saysNothing, saysTheSame, type Said } from './said.ts'
import type { InstitutionMapping } from '../mapping.ts'

export type Decision =
  | { outcome: 'created' }
  | { outcome: 'refused' }
  | { outcome: 'unchanged'; saidAnew: boolean }
  | { outcome: 'updated'; changes: Said; saidAnew: boolean }

/** Lists that an import adds to and never takes from. */
const added = new Set(['names', 'identifiers', 'description'])

/**
 * What a row does to the register. A new institution is created. One that this register told of before is changed where
 * the register now says something else and nobody here has changed it since; where both have, ours stays and the row says
 * so. One that is here by another way is only completed. What the register says as before changes nothing.
 */
export const decide = (match: Match, mapping: InstitutionMapping): Decision => {
  const { arriving, known, entry, freshIdentifiers } = match
  if (known === undefined) return { outcome: 'created' }
  const { said, report } = arriving
  const column = mapping.rules.find(({ field }) => field === 'name')?.from[0] ?? ''
  const saidAnew = !saysTheSame(entry?.said, said)
  if (known.state === 'merged') {
    if (saidAnew)
      report({
        column,
        field: '',
        code: 'merged-away',
        value: arriving.draft.name,
        values: { name: known.mergedName ?? '' },
        refuses: false,
        remedy: 'noted',
      })
    return { outcome: 'unchanged', saidAnew }
  }
  if (entry === undefined && mapping.existing === 'refuse') {
    report({
      column,
      field: 'name',
      code: 'already-here',
      value: arriving.draft.name,
      values: { name: known.name },
      refuses: true,
    })
    return { outcome: 'refused' }
  }
  const changes: Said = {}
  for (const field of Object.keys(said)) {
    if (added.has(field)) continue
    const [next, now, last] = [said[field], known.now[field], entry?.said[field]]
    if (saysTheSame(next, now)) continue
    if (entry === undefined || !(field in entry.said)) {
      if (saysNothing(now) && !saysNothing(next)) changes[field] = next
      continue
    }
    if (saysTheSame(next, last)) continue
    if (saysTheSame(now, last)) changes[field] = next
    else
      report({
        column,
        field,
        code: 'changed-by-others',
        value: text(next),
        values: { now: text(now) },
        refuses: false,
        remedy: 'noted',
      })
  }
  addTo(changes, match)
  if (freshIdentifiers.length > 0) changes['identifiers'] = freshIdentifiers
  if (Object.keys(changes).length === 0) return { outcome: 'unchanged', saidAnew }
  return { outcome: 'updated', changes, saidAnew }
}

const text = (value: unknown): string =>
  (typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value)).slice(0, 200)

/** Names and languages of the description that the entry lacks, and a description that only the register has written. */
const addTo = (changes: Said, { arriving, known, entry }: Match): void => {
  const names = (arriving.said['names'] as unknown[] | undefined) ?? []
  const fresh = names.filter((name) => !(known!.now['names'] as unknown[]).some((one) => saysTheSame(one, name)))
  const before = (entry?.said['names'] as unknown[] | undefined) ?? []
  // A name that the register gave before and that is gone was taken away here.
  const wanted = fresh.filter((name) => !before.some((one) => saysTheSame(one, name)))
  if (wanted.length > 0) changes['names'] = wanted
  const next = (arriving.said['description'] as Record<string, string> | undefined) ?? {}
  const now = known!.now['description'] as Record<string, string>
  const last = (entry?.said['description'] as Record<string, string> | undefined) ?? {}
  const described: Record<string, string> = {}
  for (const [language, body] of Object.entries(next)) {
    const here = now[language] ?? ''
    if (here === body || last[language] === body) continue
    if (here === '' || here === last[language]) described[language] = body
  }
  if (Object.keys(described).length > 0) changes['description'] = described
}
