import { sql, type Db } from '#kit/db'
import type { Report } from '../check.ts'
import type { InstitutionDraft } from '../fields.ts'
import type { InstitutionMapping } from '../mapping.ts'
import type { Said } from './said.ts'

/** An accepted row on its way into the register. */
export type Arriving = { number: number; key: string; draft: InstitutionDraft; said: Said; report: Report }

/** An institution that is there already, as much as an import may change of it. */
export type Known = {
  id: string
  state: string
  name: string
  descriptionId: string | null
  mergedName: string | null
  pictures: number
  /** Everything that an import can say, as it stands now, in the form of `Said`. */
  now: Said
  /** Its row, for counting completeness. */
  row: Record<string, unknown>
}

export type Match = {
  arriving: Arriving
  /** The institution that the row is of; undefined: a new one. */
  known: Known | undefined
  /** The register's entry, if it was read before. */
  entry: { id: string; said: Said } | undefined
  /** Identifiers of the row that the institution does not have and nobody else has. */
  freshIdentifiers: InstitutionDraft['identifiers']
}

const identifierKey = (one: { scheme: string; issuer: string; value: string }): string =>
  `${one.scheme}\n${one.issuer}\n${one.value}`

type EntryRow = { id: string; key: string; institutionId: string; said: Said }
type Owner = { scheme: string; issuer: string; value: string; institutionId: string; name: string }

/** Who has which of these identifiers. */
const ownersOf = async (db: Db, arriving: readonly Arriving[]): Promise<Map<string, Owner>> => {
  const wanted = arriving.flatMap(({ draft }) => draft.identifiers)
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<Owner>`
    select d.scheme, d.issuer, d.value, d.institution_id, i.name
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as r(scheme text, issuer text, value text)
    join network.identifier d on d.scheme = r.scheme and d.issuer = r.issuer and d.value = r.value
    join network.institution i on i.id = d.institution_id`.execute(db)
  return new Map(rows.map((owner) => [identifierKey(owner), owner]))
}

type KnownRow = {
  id: string
  row: Record<string, unknown>
  names: unknown[]
  identifiers: unknown[]
  description: Record<string, string>
  mergedName: string | null
  pictures: number
}

/** Institutions by id as an import sees them, locked until the deed ends. */
const loadKnown = async (db: Db, ids: readonly string[]): Promise<Map<string, Known>> => {
  if (ids.length === 0) return new Map()
  await sql`select id from network.institution where id = any (${ids}::uuid[]) order by id for update`.execute(db)
  const { rows } = await sql<KnownRow>`
    select i.id, to_jsonb(i) as row,
      coalesce((select jsonb_agg(jsonb_build_object('language', n.language, 'name', n.name, 'kind', n.kind)) from network.institution_name n where n.institution_id = i.id), '[]') as names,
      coalesce((select jsonb_agg(jsonb_build_object('scheme', d.scheme, 'issuer', d.issuer, 'value', d.value)) from network.identifier d where d.institution_id = i.id), '[]') as identifiers,
      coalesce((select jsonb_object_agg(v.language, v.body) from text.version v where v.set_id = i.description_id), '{}') as description,
      (select k.name from network.institution k where k.id = i.merged_into) as merged_name,
      (select count(*)::integer from network.picture p where p.institution_id = i.id) as pictures
    from network.institution i where i.id = any (${ids}::uuid[])`.execute(db)
  return new Map(rows.map((found) => [found.id, knownOf(found)]))
}

const knownOf = ({ id, row, names, identifiers, description, mergedName, pictures }: KnownRow): Known => {
  const now: Said = {
    name: row['name'],
    nameLanguage: row['name_language'],
    kind: row['kind'],
    legalKind: row['legal_kind'],
    type: row['type'],
    collections: row['collections'],
    governingBody: row['governing_body'],
    region: row['region'],
    city: row['city'],
    address: row['address'],
    postcode: row['postcode'],
    coordinatesPrecision: row['coordinates_precision'],
    founded: row['founded'],
    website: row['website'],
    email: row['email'],
    telephone: row['telephone'],
    openingNote: row['opening_note'],
    admission: row['admission'],
    admissionNote: row['admission_note'],
    services: row['services'],
    accessibility: row['accessibility'],
    accessibilityNote: row['accessibility_note'],
    place: row['latitude'] === null ? null : [row['latitude'], row['longitude']],
    names,
    identifiers,
    description,
  }
  return {
    id,
    state: row['state'] as string,
    name: row['name'] as string,
    descriptionId: row['description_id'] as string | null,
    mergedName,
    pictures,
    now,
    row,
  }
}

/**
 * Finds for each row of a batch the institution that it is of: by the register's entry if it was read before, else by an
 * identifier that is the same everywhere (ISIL, Wikidata, OpenStreetMap, a country's own register). An identifier that
 * belongs to another institution is reported and not taken.
 */
export const matchRows = async (
  db: Db,
  arriving: readonly Arriving[],
  mapping: InstitutionMapping,
): Promise<Match[]> => {
  const entries = await sql<EntryRow>`
    select id, key, subject_id as institution_id, said from import.entry
    where kind = 'institution' and source = ${mapping.source} and key = any (${arriving.map(({ key }) => key)}::text[])`.execute(
    db,
  )
  const entryOf = new Map(entries.rows.map((entry) => [entry.key, entry]))
  const owners = await ownersOf(db, arriving)
  const institutionOf = (one: Arriving): string | undefined =>
    entryOf.get(one.key)?.institutionId ??
    one.draft.identifiers
      .map((identifier) => owners.get(identifierKey(identifier))?.institutionId)
      .find((id) => id !== undefined)
  const ids = new Set(arriving.map(institutionOf).filter((id): id is string => id !== undefined))
  const known = await loadKnown(db, [...ids])
  return arriving.map((one) => {
    const id = institutionOf(one)
    const freshIdentifiers = one.draft.identifiers.filter((identifier) => {
      const owner = owners.get(identifierKey(identifier))
      if (owner === undefined) return true
      if (owner.institutionId !== id)
        one.report({
          column: columnOf(mapping, identifier.scheme),
          field: identifier.scheme === 'source' ? 'identifier' : identifier.scheme,
          code: 'identifier-taken',
          value: identifier.value,
          values: { name: owner.name },
          refuses: false,
          remedy: 'noted',
        })
      return false
    })
    return {
      arriving: one,
      known: id === undefined ? undefined : known.get(id),
      entry: entryOf.get(one.key),
      freshIdentifiers,
    }
  })
}

const columnOf = (mapping: InstitutionMapping, scheme: string): string =>
  mapping.rules.find(({ field }) => field === (scheme === 'source' ? 'identifier' : scheme))?.from[0] ?? ''
