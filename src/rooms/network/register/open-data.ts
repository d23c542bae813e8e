import { sql } from 'kysely'
import type { Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { read } from '#kit/record'
import { asInstant } from '#kit/words'
import {
  accessibilityFeatures,
  admissions,
  collectionKinds,
  institutionKinds,
  institutionTypes,
  legalKinds,
  services,
  sizeClasses,
} from '../vocabulary.ts'
import type { CodeGroup, Identifier, Opening, OtherName } from './trade.ts'

/** The licence of the register's data; pictures have their own rights and are no part of it. */
export const licence = { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' } as const

/** One listed institution as it is given away: public fields only. */
export type OpenRow = {
  id: string
  slug: string
  name: string
  nameLanguage: string
  names: OtherName[]
  kind: string
  type: string | null
  legalKind: string | null
  governingBody: string
  countryCode: string
  region: string
  city: string
  address: string
  postcode: string
  latitude: number | null
  longitude: number | null
  coordinatesPrecision: string | null
  founded: string
  sizeClass: string | null
  collections: string[]
  services: string[]
  accessibility: string[]
  accessibilityNote: string
  admission: string | null
  admissionNote: string
  opening: Opening
  openingNote: string
  email: string
  telephone: string
  website: string
  description: Record<string, string>
  identifiers: Identifier[]
  closedPermanently: boolean
  completeness: number
  validatedAt: string
  definition: string | null
  invented: boolean
}

export type ColumnType = 'text' | 'number' | 'boolean' | 'date' | 'code' | 'codes' | 'texts' | 'list' | 'object'

/** A column of the open data: from this one table come CSV, JSON, GeoJSON, the data dictionary and the description of the read API. */
export type OpenColumn = {
  name: string
  type: ColumnType
  /** The codes that it takes, and where they are named. */
  codes?: readonly string[]
  group?: CodeGroup
  nullable?: boolean
  of: (row: OpenRow, urlOf: (slug: string) => string) => unknown
}

const identifier = (scheme: Identifier['scheme']) => (row: OpenRow) =>
  row.identifiers.find((one) => one.scheme === scheme)?.value ?? ''

export const columns: readonly OpenColumn[] = [
  { name: 'id', type: 'text', of: (row) => row.id },
  { name: 'url', type: 'text', of: (row, urlOf) => urlOf(row.slug) },
  { name: 'name', type: 'text', of: (row) => row.name },
  { name: 'name_language', type: 'text', of: (row) => row.nameLanguage },
  { name: 'other_names', type: 'list', of: (row) => row.names },
  { name: 'kind', type: 'code', codes: institutionKinds, group: 'kind', of: (row) => row.kind },
  { name: 'type', type: 'code', codes: institutionTypes, group: 'type', nullable: true, of: (row) => row.type },
  { name: 'legal_kind', type: 'code', codes: legalKinds, group: 'legal', nullable: true, of: (row) => row.legalKind },
  { name: 'governing_body', type: 'text', of: (row) => row.governingBody },
  { name: 'country', type: 'text', of: (row) => row.countryCode },
  { name: 'region', type: 'text', of: (row) => row.region },
  { name: 'city', type: 'text', of: (row) => row.city },
  { name: 'address', type: 'text', of: (row) => row.address },
  { name: 'postcode', type: 'text', of: (row) => row.postcode },
  { name: 'latitude', type: 'number', nullable: true, of: (row) => row.latitude },
  { name: 'longitude', type: 'number', nullable: true, of: (row) => row.longitude },
  {
    name: 'coordinates_precision',
    type: 'code',
    codes: ['exact', 'approximate', 'city'],
    group: 'precision',
    nullable: true,
    of: (row) => row.coordinatesPrecision,
  },
  { name: 'founded', type: 'text', of: (row) => row.founded },
  { name: 'size_class', type: 'code', codes: sizeClasses, group: 'size', nullable: true, of: (row) => row.sizeClass },
  { name: 'collections', type: 'codes', codes: collectionKinds, group: 'collection', of: (row) => row.collections },
  { name: 'services', type: 'codes', codes: services, group: 'service', of: (row) => row.services },
  {
    name: 'accessibility',
    type: 'codes',
    codes: accessibilityFeatures,
    group: 'accessibility',
    of: (row) => row.accessibility,
  },
  { name: 'accessibility_note', type: 'text', of: (row) => row.accessibilityNote },
  {
    name: 'admission',
    type: 'code',
    codes: admissions,
    group: 'admission',
    nullable: true,
    of: (row) => row.admission,
  },
  { name: 'admission_note', type: 'text', of: (row) => row.admissionNote },
  { name: 'opening', type: 'object', of: (row) => row.opening },
  { name: 'opening_note', type: 'text', of: (row) => row.openingNote },
  { name: 'email', type: 'text', of: (row) => row.email },
  { name: 'telephone', type: 'text', of: (row) => row.telephone },
  { name: 'website', type: 'text', of: (row) => row.website },
  { name: 'description', type: 'texts', of: (row) => row.description },
  { name: 'isil', type: 'text', of: identifier('isil') },
  { name: 'wikidata', type: 'text', of: identifier('wikidata') },
  { name: 'national_register', type: 'text', of: identifier('national-register') },
  { name: 'closed_permanently', type: 'boolean', of: (row) => row.closedPermanently },
  { name: 'completeness', type: 'number', of: (row) => row.completeness },
  { name: 'validated_by', type: 'text', of: (row) => row.countryCode },
  { name: 'validated_at', type: 'date', of: (row) => asInstant(row.validatedAt).toString() },
  { name: 'definition', type: 'text', nullable: true, of: (row) => row.definition },
  { name: 'invented', type: 'boolean', of: (row) => row.invented },
]

/** An institution as JSON, column by column. */
export function openObject(row: OpenRow, urlOf: (slug: string) => string): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ name, of }) => [name, of(row, urlOf)]))
}

/** An institution as a GeoJSON feature (RFC 7946); without a place its geometry is null. */
export function openFeature(row: OpenRow, urlOf: (slug: string) => string): Record<string, unknown> {
  const { latitude, longitude, ...properties } = openObject(row, urlOf)
  const geometry = latitude === null ? null : { type: 'Point', coordinates: [longitude, latitude] }
  return { type: 'Feature', id: row.id, geometry, properties }
}

/** An institution as a line of CSV (RFC 4180). Cells that a spreadsheet would take for a formula are marked as text. */
export function csvLine(row: OpenRow, urlOf: (slug: string) => string): string {
  return columns.map(({ of, type }) => csvCell(flat(of(row, urlOf), type))).join(',') + '\r\n'
}
export const csvHead = (): string => columns.map(({ name }) => name).join(',') + '\r\n'

function flat(value: unknown, type: ColumnType): string {
  if (value === null || value === undefined) return ''
  if (type === 'codes') return (value as string[]).join('|')
  if (type === 'list') return (value as OtherName[]).map(({ name, language }) => `${name} [${language}]`).join('|')
  if (type === 'texts' || type === 'object')
    return Object.keys(value as object).length === 0 ? '' : JSON.stringify(value)
  return String(value)
}

function csvCell(text: string): string {
  const safe = /^[=+@\t\r]|^-(?![\d.])/u.test(text) ? `'${text}` : text
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Listed institutions by id, in the order of the ids, with all that is given away. */
export async function listOpenRows(_actor: Actor, db: Db, ids: readonly string[]): Promise<OpenRow[]> {
  const { rows } = await sql<OpenRow>`
    select i.id, i.slug, i.name, i.name_language, i.kind, i.type, i.legal_kind, i.governing_body, i.country_code, i.region, i.city, i.address, i.postcode,
      i.latitude, i.longitude, i.coordinates_precision, i.founded, i.size_class, i.collections, i.services, i.accessibility, i.accessibility_note,
      i.admission, i.admission_note, i.opening, i.opening_note, i.email, i.telephone, i.website, i.closed_permanently, i.completeness, i.validated_at, i.invented,
      coalesce((select jsonb_object_agg(p.language, p.body) from text.published p where p.set_id = i.description_id), '{}') as description,
      coalesce((select jsonb_agg(jsonb_build_object('language', n.language, 'name', n.name, 'kind', n.kind) order by n.id)
        from network.institution_name n where n.institution_id = i.id), '[]') as names,
      coalesce((select jsonb_agg(jsonb_build_object('scheme', d.scheme, 'issuer', d.issuer, 'value', d.value) order by d.id)
        from network.identifier d where d.institution_id = i.id), '[]') as identifiers,
      (select v.definition_source from network.validation v where v.institution_id = i.id and v.outcome = 'validated' order by v.at desc, v.id desc limit 1) as definition
    from unnest(${[...ids]}::uuid[]) with ordinality as asked(id, place)
    join network.institution i on i.id = asked.id
    where i.state = 'listed' order by asked.place`.execute(db)
  return rows
}

const chunk = 500

/** Writes many institutions as a stream: `head`, each written by `line` (with what stands between), `tail`. Never more than a few hundred in memory. */
export function openStream(
  actor: Actor,
  ids: readonly string[],
  how: { head: string; line: (row: OpenRow, first: boolean) => string; tail: string },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let at = 0
  let first = true
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(how.head)),
    async pull(controller) {
      if (at >= ids.length) {
        controller.enqueue(encoder.encode(how.tail))
        controller.close()
        return
      }
      const part = ids.slice(at, at + chunk)
      at += chunk
      let text = ''
      for (const row of await read(actor, (db) => listOpenRows(actor, db, part))) {
        text += how.line(row, first)
        first = false
      }
      controller.enqueue(encoder.encode(text))
    },
  })
}
