import type { DateProfile, Filter, Order, Rule } from '#kit/import'
import { isField, type Field } from './fields.ts'

/** A rule for a field of an institution: what `#kit/import` says of rules, and how this field's cells are written. */
export type FieldRule = Rule & {
  field: Field
  /** For `founded`. */
  dates?: DateProfile
  /** For `point`: which number comes first where it is not WKT. */
  order?: Order
}

/** What to do with a row whose coordinates are wrong in a way that can be told: refuse it, mend them, or leave them out. */
export type Remedy = 'refuse' | 'correct' | 'empty'

/**
 * How the columns of a register become institutions: data, saved, shared, and kept with every import that used it.
 * `source` is the register's short code; with the row's identifier it tells a second run which museum a row is.
 */
export type InstitutionMapping = {
  version: 1
  source: string
  /** The language that names and texts are in, where a rule does not say another. */
  language: string
  /** Rows that are of the kind to be imported; the others are left out by rule. */
  only: Filter[]
  rules: FieldRule[]
  place: {
    /** Coordinates that fall into the country when latitude and longitude change places. */
    swapped: Remedy
    /** Coordinates that fall into the country when a lost minus sign is put back. */
    sign: Remedy
    /** Coordinates that lie outside the country whatever is done to them. */
    outside: 'refuse' | 'empty' | 'keep'
  }
  repeated: {
    /** A row with an identifier that an earlier row had: refused, or left out where it says nothing new. */
    identifier: 'refuse' | 'leave-out'
    /** A row with the name of an earlier row within `metres` of it (or in the same city, where neither has coordinates). */
    near: 'note' | 'refuse'
    metres: number
  }
  /** An institution that is on the register already, found by its ISIL, Wikidata or OSM identifier: completed where its entry is empty, or the row refused. */
  existing: 'fill' | 'refuse'
}

/** A mapping before anything is mapped, with the careful choice wherever there is one. */
export const emptyMapping = (source: string, language: string): InstitutionMapping => ({
  version: 1,
  source,
  language,
  only: [],
  rules: [],
  place: { swapped: 'refuse', sign: 'refuse', outside: 'refuse' },
  repeated: { identifier: 'refuse', near: 'note', metres: 150 },
  existing: 'fill',
})

export type MappingFault = { field: string; words: string; values?: Record<string, string | number> }

/**
 * What a mapping lacks before it can be run, all at once: a name and a country must come from somewhere, coordinates come
 * whole, columns must be in the file, one field is filled once (in one language). Empty: it can be run.
 */
export const faultsOf = (mapping: InstitutionMapping, columns: readonly string[]): MappingFault[] => {
  const faults: MappingFault[] = []
  const has = (field: Field): boolean => mapping.rules.some((rule) => rule.field === field)
  const fault = (field: string, code: string, values?: MappingFault['values']): void =>
    void faults.push({ field, words: `import.mapping.${code}`, ...(values && { values }) })
  if (!/^[a-z0-9][a-z0-9-]{1,39}$/.test(mapping.source)) fault('source', 'source-missing')
  if (!has('name')) fault('name', 'name-missing')
  if (!has('country')) fault('country', 'country-missing')
  if (has('latitude') !== has('longitude')) fault(has('latitude') ? 'longitude' : 'latitude', 'coordinates-halved')
  if (has('easting') !== has('northing')) fault(has('easting') ? 'northing' : 'easting', 'coordinates-halved')
  if (has('easting') && !has('zone')) fault('zone', 'zone-missing')
  if ([has('latitude'), has('point'), has('easting')].filter(Boolean).length > 1) fault('point', 'coordinates-twice')
  const seen = new Set<string>()
  for (const rule of mapping.rules) {
    if (!isField(rule.field)) fault(String(rule.field), 'no-such-field', { field: String(rule.field) })
    const several = rule.field === 'name-translated' || rule.field === 'description' || rule.field.startsWith('name-')
    const key = several ? `${rule.field} ${rule.language ?? mapping.language}` : rule.field
    if (seen.has(key)) fault(rule.field, 'field-twice')
    seen.add(key)
    if (rule.constant === undefined && rule.from.length === 0) fault(rule.field, 'column-missing')
    for (const column of rule.from) if (!columns.includes(column)) fault(rule.field, 'no-such-column', { column })
  }
  for (const filter of mapping.only)
    if (!columns.includes(filter.column)) fault('only', 'no-such-column', { column: filter.column })
  return faults
}
