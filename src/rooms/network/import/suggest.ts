import { plainWords, suggestFields, type Column, type Filter, type Inspection, type Step } from '#kit/import'
import { countryAt } from './outline.ts'
import { fields, isField, type Field, type FieldShape } from './fields.ts'
import { emptyMapping, type FieldRule, type InstitutionMapping } from './mapping.ts'
import { valueWords, vocabulary } from './headers.ts'

/**
 * The register's words for a field of codes, each with the code it probably means; '' for a way of saying "not known".
 * Words of which nothing is known are not in the table.
 */
export const suggestLookup = (field: Field, values: readonly string[]): Record<string, string> => {
  const known = valueWords[field] ?? {}
  const shape: FieldShape = fields[field]
  const table: Record<string, string> = {}
  for (const value of values) {
    const words = plainWords(value)
    const code = known[words] ?? Object.entries(known).find(([word]) => words.startsWith(`${word} `))?.[1]
    if (code !== undefined) table[value.trim()] = code
    else if (shape.codes?.includes(value.trim())) table[value.trim()] = value.trim()
  }
  return table
}

const ruleFor = (column: Column, field: Field): FieldRule => {
  const shape: FieldShape = fields[field]
  const rule: FieldRule = {
    field,
    from: [column.path],
    onProblem: field === 'name' || field === 'identifier' ? 'refuse' : 'empty',
  }
  const steps: Step[] = []
  if (shape.reads === 'code') {
    const values = (column.values ?? []).map(({ value }) => value)
    // What nothing is known of is left to the person: the dry run names it.
    steps.push({ do: 'lookup', table: suggestLookup(field, values), otherwise: 'problem' })
  }
  if (
    (field === 'city' || field === 'region' || field === 'address') &&
    (column.looks.capitals ?? 0) > column.looked * 0.8
  )
    steps.push({ do: 'small-letters' })
  if (field === 'identifier' && (column.looks['web-address'] ?? 0) > column.looked / 2)
    steps.push({ do: 'after', mark: '/' })
  if (field === 'founded' && column.dates !== null) rule.dates = column.dates.suggestion
  if (steps.length > 0) rule.steps = steps
  return rule
}

/** Whether a column can be what its header says: an identifier is never repeated much, codes are words that we know. */
const bears = (column: Column, field: Field): boolean => {
  const shape: FieldShape = fields[field]
  if (field === 'identifier') return column.distinct === null || column.distinct > column.filled * 0.95
  if (shape.reads !== 'code') return true
  if (column.values === null) return false
  const table = suggestLookup(
    field,
    column.values.map(({ value }) => value),
  )
  const known = column.values
    .filter(({ value }) => Object.hasOwn(table, value.trim()))
    .reduce((sum, { count }) => sum + count, 0)
  return known * 2 >= column.filled
}

const museumWord = /\b(?:museos?|museus?|museums?|casas? museo)\b/

/** Columns whose few values tell museums from other things: proposed as a filter, with the values that speak of museums. */
export const suggestFilters = (columns: readonly Column[]): Filter[] =>
  columns.flatMap((column): Filter[] => {
    // A column that names each row is no kind of thing.
    if (column.values === null || column.values.length < 2 || column.values.length * 3 > column.filled) return []
    const museums = column.values.filter(({ value }) => museumWord.test(plainWords(value)))
    const others = column.values.length - museums.length
    return museums.length > 0 && others > 0
      ? [{ column: column.path, is: 'among', values: museums.map(({ value }) => value.trim()) }]
      : []
  })

const coordinateOf = (inspection: Inspection, path: string | undefined): number | null => {
  const sample = inspection.columns.find((column) => column.path === path)?.samples[0]
  const value = sample === undefined ? Number.NaN : Number(sample.replace(',', '.'))
  return Number.isFinite(value) ? value : null
}

/** The country that the first located row of a file lies in, tried both ways round; undefined where nothing tells. */
const suggestCountry = (inspection: Inspection, rules: readonly FieldRule[]): string | undefined => {
  const from = (field: Field): string | undefined => rules.find((rule) => rule.field === field)?.from[0]
  const [a, b] = [coordinateOf(inspection, from('latitude')), coordinateOf(inspection, from('longitude'))]
  if (a === null || b === null) return undefined
  const ways = [
    [a, b],
    [b, a],
  ].filter(([latitude]) => Math.abs(latitude!) <= 90)
  // Antarctica lies wherever a longitude of the Americas is read as a latitude, and has no museums to speak of.
  return ways
    .map(([latitude, longitude]) => countryAt(latitude!, longitude!))
    .find((code) => code !== undefined && code !== 'AQ')
}

export type SuggestedMapping = {
  mapping: InstitutionMapping
  /** How sure each proposed rule is, 0–1, by field. */
  scores: Record<string, number>
  /** Filters that could tell museums from other things; none is applied before a person says so. */
  filters: Filter[]
}

/**
 * A first mapping for a file: a field for each column whose header or cells speak for it, our codes for the register's
 * words, the date profile of its column. Coordinates are proposed one way only. A person looks at all of it before it
 * runs; `known` is the country whose register it is, where that was said; nothing that changes which rows come in, or where a museum lies, is proposed as done.
 */
export const suggestMapping = (
  inspection: Inspection,
  source: string,
  language: string,
  known: string | null = null,
): SuggestedMapping => {
  const scores: Record<string, number> = {}
  const columns = new Map(inspection.columns.map((column) => [column.path, column]))
  const rules: FieldRule[] = []
  for (const { path, field, score } of suggestFields(inspection.columns, vocabulary)) {
    if (!isField(field) || !bears(columns.get(path)!, field)) continue
    scores[field] = score
    rules.push(ruleFor(columns.get(path)!, field))
  }
  const has = (field: Field): boolean => rules.some((rule) => rule.field === field)
  const drop = (...unwanted: Field[]): void => {
    for (const field of unwanted) {
      const at = rules.findIndex((rule) => rule.field === field)
      if (at !== -1) rules.splice(at, 1)
    }
  }
  // Degrees before a point in one cell before metres: what needs least interpretation.
  if (has('latitude') && has('longitude')) drop('point', 'easting', 'northing', 'zone')
  else drop('latitude', 'longitude')
  if (has('point')) drop('easting', 'northing', 'zone')
  else if (!has('easting') || !has('northing') || !has('zone')) drop('easting', 'northing', 'zone')
  if (!has('country')) {
    const country = known ?? suggestCountry(inspection, rules)
    if (country !== undefined) rules.unshift({ field: 'country', from: [], constant: country })
  }
  return { mapping: { ...emptyMapping(source, language), rules }, scores, filters: suggestFilters(inspection.columns) }
}
