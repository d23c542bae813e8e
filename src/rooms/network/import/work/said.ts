import { createHash } from 'node:crypto'
import { plainWords } from '#kit/import'
import { canonical } from '../trade.ts'
import type { Field, InstitutionDraft } from '../fields.ts'
import type { InstitutionMapping } from '../mapping.ts'

/**
 * What a register says of an institution: the values of the fields that its mapping fills, by the names that `draft` has
 * for them. Coordinates go together as `place`. Other names, identifiers and descriptions are told by their own keys.
 */
export type Said = Record<string, unknown>

const sources: Partial<Record<Field, keyof InstitutionDraft>> = {
  kind: 'kind',
  'legal-kind': 'legalKind',
  type: 'type',
  collections: 'collections',
  'governing-body': 'governingBody',
  region: 'region',
  city: 'city',
  address: 'address',
  postcode: 'postcode',
  precision: 'coordinatesPrecision',
  founded: 'founded',
  website: 'website',
  email: 'email',
  telephone: 'telephone',
  opening: 'openingNote',
  admission: 'admission',
  'admission-note': 'admissionNote',
  services: 'services',
  accessible: 'accessibility',
  'accessibility-note': 'accessibilityNote',
}

/** What a row says, under a mapping. */
export const saidOf = (draft: InstitutionDraft, mapping: InstitutionMapping): Said => {
  const said: Said = { name: draft.name, nameLanguage: draft.nameLanguage }
  for (const { field } of mapping.rules) {
    const source = sources[field]
    if (source !== undefined) said[source] = draft[source]
    if (field === 'latitude' || field === 'point' || field === 'easting')
      said.place = draft.latitude === null ? null : [draft.latitude, draft.longitude]
    if (field === 'description') said.description = draft.descriptions
    if (field.startsWith('name-')) said.names = draft.otherNames
  }
  if (draft.identifiers.length > 0) said.identifiers = draft.identifiers
  return said
}

/** Whether two values say the same: the order of a list says nothing, an empty text is the same as none. */
export const saysTheSame = (a: unknown, b: unknown): boolean => canonical(a ?? '') === canonical(b ?? '')

/** Whether a field says nothing. */
export const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && !Array.isArray(value) && Object.values(value).every(saysNothing))

/**
 * By what a register's row is known again: its identifier; without one, what it is called and where it is, so that a
 * corrected telephone does not make a new museum of it. Namesakes at one address are told apart by their order.
 */
export const keyOf = (draft: InstitutionDraft, mapping: InstitutionMapping, met: Map<string, number>): string => {
  const identifier = draft.identifiers.find(({ scheme, issuer }) => scheme === 'source' && issuer === mapping.source)
  if (identifier !== undefined) return identifier.value
  const words = [draft.countryCode, draft.name, draft.region, draft.city, draft.address].map(plainWords).join('|')
  const key = `~${createHash('sha256').update(words).digest('base64url').slice(0, 22)}`
  const times = (met.get(key) ?? 0) + 1
  met.set(key, times)
  return times === 1 ? key : `${key}.${times}`
}
