import { applyRule, firstFilterThatLeavesOut, type Filter, type Row } from '#kit/import'
import type { InstitutionDraft } from './fields.ts'
import { emptyDraft } from './fields.ts'
import type { InstitutionMapping } from './mapping.ts'
import { placeOf } from './place.ts'
import { fillField } from './read-field.ts'
import { recogniseRepeats, type Seen } from './repeats.ts'

/**
 * Something that a row says and that cannot be taken as it stands. `code` is a key under `import.problem`; `value` is what
 * stood in the cell; `values` fill the sentence. `refuses`: the row is not imported because of it. Otherwise `remedy`
 * says what was done instead: the cell left empty, mended as the mapping asks, or only reported.
 */
export type Finding = {
  row: number
  column: string
  field: string
  code: string
  value: string
  values?: Record<string, string | number>
  refuses: boolean
  remedy?: 'emptied' | 'corrected' | 'noted'
}

export type Outcome =
  | { outcome: 'left-out'; by: Filter | 'repeated'; findings: Finding[] }
  | { outcome: 'refused'; draft: InstitutionDraft; findings: Finding[] }
  | { outcome: 'accepted'; draft: InstitutionDraft; findings: Finding[] }

/** What is remembered from row to row, and what is known from outside the file. */
export type Context = {
  /** Countries of this network, by alpha-2 code; null where any country will do. */
  countries: ReadonlySet<string> | null
  seen: Seen
}

/** A context for reading a file from its first row. */
export const newContext = (countries: Iterable<string> | null = null): Context => ({
  countries: countries === null ? null : new Set(countries),
  seen: { identifiers: new Map(), names: new Map() },
})

/** Adds a finding to a row; what it refuses is decided where it is found. */
export type Report = (finding: Omit<Finding, 'row'>) => void

/**
 * What one row of a register becomes under a mapping: an institution, a refused row with every reason at once, or a row
 * left out by rule. Pure but for `context.seen`, which remembers the accepted rows: rows must come in their order.
 */
export const checkRow = (mapping: InstitutionMapping, row: Row, context: Context): Outcome => {
  const by = firstFilterThatLeavesOut(mapping.only, row.cells)
  if (by !== undefined) return { outcome: 'left-out', by, findings: [] }
  const findings: Finding[] = []
  const report: Report = (finding) => void findings.push({ row: row.number, ...finding })
  for (const { expected, found } of row.flaws)
    report({ column: '', field: '', code: 'ragged', value: '', values: { expected, found }, refuses: true })
  const draft = emptyDraft(mapping.language)
  for (const rule of mapping.rules)
    fillField(draft, rule, applyRule(rule, row.cells), mapping, context.countries, report)
  for (const identifier of draft.identifiers)
    if (identifier.scheme === 'national-register') identifier.issuer = draft.countryCode
  requireFields(mapping, draft, findings, report)
  placeOf(draft, mapping, row.cells, report)
  const refusedAlready = findings.some(({ refuses }) => refuses)
  const leaveOut = recogniseRepeats(draft, mapping, row.number, context.seen, report, !refusedAlready)
  if (leaveOut) return { outcome: 'left-out', by: 'repeated', findings }
  return { outcome: findings.some(({ refuses }) => refuses) ? 'refused' : 'accepted', draft, findings }
}

/** Every institution has a name and a country; one that comes under an identifier has that too. */
const requireFields = (
  mapping: InstitutionMapping,
  draft: InstitutionDraft,
  findings: Finding[],
  report: Report,
): void => {
  const missing = (field: 'name' | 'country' | 'identifier', code: string): void => {
    // A cell that could not be read has said so already.
    if (findings.some((finding) => finding.field === field && finding.refuses)) return
    const column = mapping.rules.find((rule) => rule.field === field)?.from[0] ?? ''
    report({ column, field, code, value: '', refuses: true })
  }
  if (draft.name === '') missing('name', 'name-missing')
  if (draft.countryCode === '') missing('country', 'country-missing')
  if (
    mapping.rules.some(({ field }) => field === 'identifier') &&
    !draft.identifiers.some(({ scheme }) => scheme === 'source')
  )
    missing('identifier', 'identifier-missing')
}
