import type {
  AccessibilityFeature,
  Admission,
  CollectionKind,
  InstitutionKind,
  InstitutionType,
  LegalKind,
  Resource,
  Service,
  SizeClass,
} from '../codes.ts'
import type { Opening } from './opening.ts'

export const nameKinds = ['translated', 'short', 'former', 'acronym'] as const
export type NameKind = (typeof nameKinds)[number]
export const identifierSchemes = ['isil', 'wikidata', 'national-register', 'osm', 'source', 'other'] as const
export type IdentifierScheme = (typeof identifierSchemes)[number]
export const precisions = ['exact', 'approximate', 'city'] as const
export type Precision = (typeof precisions)[number]
export const socialNetworks = ['facebook', 'instagram', 'youtube', 'x'] as const

export type OtherName = { language: string; name: string; kind: NameKind }
export type Identifier = { scheme: IdentifierScheme; issuer: string; value: string }

/**
 * What the register says of an institution: everything that a form can change, and nothing of its standing (state,
 * validation, who brought it in). Coordinates are WGS 84 in decimal degrees; `founded` is EDTF; lists are sets of codes.
 */
export type Entry = {
  kind: InstitutionKind
  legalKind: LegalKind | null
  type: InstitutionType | null
  collections: CollectionKind[]
  name: string
  nameLanguage: string
  names: OtherName[]
  description: { [language: string]: string }
  governingBody: string
  region: string
  city: string
  address: string
  postcode: string
  latitude: number | null
  longitude: number | null
  coordinatesPrecision: Precision | null
  founded: string
  sizeClass: SizeClass | null
  staffCount: number | null
  resources: Resource[]
  services: Service[]
  admission: Admission | null
  admissionNote: string
  opening: Opening
  openingNote: string
  accessibility: AccessibilityFeature[]
  accessibilityNote: string
  email: string
  telephone: string
  website: string
  social: { [network: string]: string }
  identifiers: Identifier[]
  closedPermanently: boolean
}
export type EntryField = keyof Entry

/** One field before and after; the two differ. */
export type Change = { before: unknown; after: unknown }
export type Changes = { [field in EntryField]?: Change }

/** The same value in one spelling: sets sorted, keys in order, so that two equal values read alike. */
export function canonical(value: unknown): string {
  if (value === undefined || value === null) return 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .filter(([, one]) => one !== undefined && one !== '')
      .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`)
      .sort()
      .join()}}`
  }
  return JSON.stringify(value)
}

/** The fields in which the wished-for values differ from the entry, each before and after. Fields not wished for stay. */
export function differences(entry: Entry, wished: Partial<Entry>): Changes {
  const changes: Changes = {}
  for (const [field, after] of Object.entries(wished) as [EntryField, unknown][]) {
    if (after === undefined) continue
    const before = entry[field]
    if (canonical(before) !== canonical(after)) changes[field] = { before, after }
  }
  return changes
}

/** The values that changes lead to; with `fields`, of those fields alone. */
export function outcome(changes: Changes, fields?: readonly EntryField[]): Partial<Entry> {
  return Object.fromEntries(
    Object.entries(changes)
      .filter(([field]) => !fields || fields.includes(field as EntryField))
      .map(([field, change]) => [field, change.after]),
  ) as Partial<Entry>
}

/** The entry as it would read with these changes made. */
export function changed(entry: Entry, changes: Changes): Entry {
  return { ...entry, ...outcome(changes) }
}

/** The fields whose present value is no longer the one that the proposal was written against. */
export function overtaken(entry: Entry, changes: Changes): EntryField[] {
  return (Object.keys(changes) as EntryField[]).filter(
    (field) =>
      canonical(entry[field]) !== canonical(changes[field]!.before) &&
      canonical(entry[field]) !== canonical(changes[field]!.after),
  )
}

/** Whether a field says nothing: an empty text, list or group, or no value. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object')
    return Object.values(value).every((one) => one === null || one === undefined || one === '')
  return false
}

/** Fields that belong together: filled from another entry all or none. */
const together: readonly (readonly EntryField[])[] = [['latitude', 'longitude', 'coordinatesPrecision']]
/** What a merge never fills: what the entry is called and is, and what moves as rows of its own. */
const notFilled = new Set<EntryField>(['kind', 'name', 'nameLanguage', 'names', 'identifiers', 'closedPermanently'])

/** What the entry that stays takes from the one that goes: only where it says nothing itself. */
export function fillings(kept: Entry, absorbed: Entry): Changes {
  const changes: Changes = {}
  for (const field of Object.keys(entryFields) as EntryField[]) {
    const group = together.find((fields) => fields.includes(field)) ?? [field]
    if (notFilled.has(field) || !isEmpty(kept[group[0]!]) || isEmpty(absorbed[group[0]!])) continue
    if (canonical(kept[field]) !== canonical(absorbed[field]))
      changes[field] = { before: kept[field], after: absorbed[field] }
  }
  return changes
}

/** Every field of an entry, so that none is forgotten: the compiler counts. */
export const entryFields: { [field in EntryField]: true } = {
  kind: true,
  name: true,
  nameLanguage: true,
  names: true,
  type: true,
  legalKind: true,
  governingBody: true,
  founded: true,
  identifiers: true,
  region: true,
  city: true,
  address: true,
  postcode: true,
  latitude: true,
  longitude: true,
  coordinatesPrecision: true,
  email: true,
  telephone: true,
  website: true,
  social: true,
  collections: true,
  sizeClass: true,
  staffCount: true,
  resources: true,
  opening: true,
  openingNote: true,
  admission: true,
  admissionNote: true,
  services: true,
  closedPermanently: true,
  accessibility: true,
  accessibilityNote: true,
  description: true,
}
