import {
  admissions,
  collectionKinds,
  institutionKinds,
  institutionTypes,
  legalKinds,
  services,
  type AccessibilityFeature,
  type Admission,
  type CollectionKind,
  type InstitutionKind,
  type InstitutionType,
  type LegalKind,
  type Service,
} from '../vocabulary.ts'

/**
 * The fields of an institution that a register can fill, and how each is read. The codes are those of the room's
 * vocabulary; what the fields are called is words (`import.field.…`).
 */
export const precisions = ['exact', 'approximate', 'city'] as const

export type Reads =
  | 'text'
  | 'code'
  | 'codes'
  | 'country'
  | 'latitude'
  | 'longitude'
  | 'point'
  | 'metres'
  | 'zone'
  | 'date'
  | 'web-address'
  | 'e-mail'
  | 'telephone'
  | 'postcode'
  | 'yes-or-no'
  | 'wikidata'
  | 'identifier'
  | 'isil'

export type FieldShape = {
  reads: Reads
  /** Longest text, in characters. */
  longest?: number
  codes?: readonly string[]
  /** The text carries a language: `rule.language`, else the mapping's. */
  inLanguage?: true
}

export const fields = {
  identifier: { reads: 'identifier', longest: 200 },
  name: { reads: 'text', longest: 300, inLanguage: true },
  'name-translated': { reads: 'text', longest: 300, inLanguage: true },
  'name-short': { reads: 'text', longest: 300, inLanguage: true },
  'name-former': { reads: 'text', longest: 300, inLanguage: true },
  kind: { reads: 'code', codes: institutionKinds },
  'legal-kind': { reads: 'code', codes: legalKinds },
  type: { reads: 'code', codes: institutionTypes },
  collections: { reads: 'codes', codes: collectionKinds },
  'governing-body': { reads: 'text', longest: 500 },
  country: { reads: 'country' },
  region: { reads: 'text', longest: 200 },
  city: { reads: 'text', longest: 200 },
  address: { reads: 'text', longest: 500 },
  postcode: { reads: 'postcode' },
  latitude: { reads: 'latitude' },
  longitude: { reads: 'longitude' },
  point: { reads: 'point' },
  easting: { reads: 'metres' },
  northing: { reads: 'metres' },
  zone: { reads: 'zone' },
  precision: { reads: 'code', codes: precisions },
  founded: { reads: 'date' },
  website: { reads: 'web-address', longest: 1000 },
  email: { reads: 'e-mail', longest: 320 },
  telephone: { reads: 'telephone', longest: 200 },
  opening: { reads: 'text', longest: 4000 },
  admission: { reads: 'code', codes: admissions },
  'admission-note': { reads: 'text', longest: 2000 },
  services: { reads: 'codes', codes: services },
  accessible: { reads: 'yes-or-no' },
  'accessibility-note': { reads: 'text', longest: 4000 },
  description: { reads: 'text', longest: 20_000, inLanguage: true },
  'national-register': { reads: 'identifier', longest: 60 },
  isil: { reads: 'isil' },
  wikidata: { reads: 'wikidata' },
  osm: { reads: 'identifier', longest: 60 },
} as const satisfies Record<string, FieldShape>

export type Field = keyof typeof fields

export const fieldNames = Object.keys(fields) as Field[]

/** Whether a text is the name of a field. */
export const isField = (name: string): name is Field => Object.hasOwn(fields, name)

export type NameKind = 'translated' | 'short' | 'former'

/** An institution as a row of a register describes it. Empty texts and nulls are what the row does not tell. */
export type InstitutionDraft = {
  name: string
  nameLanguage: string
  otherNames: { kind: NameKind; language: string; name: string }[]
  kind: InstitutionKind
  legalKind: LegalKind | null
  type: InstitutionType | null
  collections: CollectionKind[]
  governingBody: string
  countryCode: string
  region: string
  city: string
  address: string
  postcode: string
  latitude: number | null
  longitude: number | null
  coordinatesPrecision: (typeof precisions)[number] | null
  /** EDTF, '' where it is not known. */
  founded: string
  website: string
  email: string
  telephone: string
  openingNote: string
  admission: Admission | null
  admissionNote: string
  services: Service[]
  accessibility: AccessibilityFeature[]
  accessibilityNote: string
  descriptions: Record<string, string>
  identifiers: { scheme: 'isil' | 'wikidata' | 'osm' | 'national-register' | 'source'; issuer: string; value: string }[]
}

/** A draft of which nothing is known yet. */
export const emptyDraft = (language: string): InstitutionDraft => ({
  name: '',
  nameLanguage: language,
  otherNames: [],
  kind: 'museum',
  legalKind: null,
  type: null,
  collections: [],
  governingBody: '',
  countryCode: '',
  region: '',
  city: '',
  address: '',
  postcode: '',
  latitude: null,
  longitude: null,
  coordinatesPrecision: null,
  founded: '',
  website: '',
  email: '',
  telephone: '',
  openingNote: '',
  admission: null,
  admissionNote: '',
  services: [],
  accessibility: [],
  accessibilityNote: '',
  descriptions: {},
  identifiers: [],
})
