import { sql } from 'kysely'
import { Changed, found, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { newText, setText } from '#kit/text'
import { typedSchemes, type Wished } from './forms.ts'
import { findInstitution, loadParts, type Institution } from './queries.ts'
import {
  completeness,
  foundedYear,
  freeSlug,
  isEmpty,
  slugOf,
  type Changes,
  type Entry,
  type EntryField,
  type Identifier,
  type OtherName,
} from './rules/index.ts'

/** How entries are written. Every function here stands inside a deed that has asked who may. */

const columns: { [field in EntryField]?: string } = {
  kind: 'kind',
  legalKind: 'legal_kind',
  type: 'type',
  collections: 'collections',
  name: 'name',
  nameLanguage: 'name_language',
  governingBody: 'governing_body',
  region: 'region',
  city: 'city',
  address: 'address',
  postcode: 'postcode',
  latitude: 'latitude',
  longitude: 'longitude',
  coordinatesPrecision: 'coordinates_precision',
  founded: 'founded',
  sizeClass: 'size_class',
  staffCount: 'staff_count',
  resources: 'resources',
  services: 'services',
  admission: 'admission',
  admissionNote: 'admission_note',
  opening: 'opening',
  openingNote: 'opening_note',
  accessibility: 'accessibility',
  accessibilityNote: 'accessibility_note',
  email: 'email',
  telephone: 'telephone',
  website: 'website',
  social: 'social',
  closedPermanently: 'closed_permanently',
}
const asJson = new Set<EntryField>(['opening', 'social'])

/** The last part of an address that no institution has. */
export async function findFreeSlug(db: Db, name: string, city: string): Promise<string> {
  const plain = slugOf(name)
  const { rows } = await sql<{
    slug: string
  }>`select slug from network.institution where slug like ${plain.replaceAll(/[%_\\]/gu, '')} || '%'`.execute(db)
  return freeSlug(name, city, new Set(rows.map(({ slug }) => slug)))
}

/** Locks an entry for the deed and answers it as it stands; throws `Changed` when the form was drawn from an older one. */
export async function takeInstitution(actor: Actor, db: Db, id: string, version?: string | null): Promise<Institution> {
  await sql`select id from network.institution where id = ${id}::uuid for update`.execute(db)
  const it = await findInstitution(actor, db, id)
  if (version && it.version !== version) throw new Changed()
  return it
}

/**
 * What a form wishes, with what the form does not show put back: names kept in a language of their own, further translations of one
 * language, identifiers of schemes that are not typed by hand.
 */
export function wholeWish(it: Pick<Entry, 'names' | 'identifiers'> & { countryCode: string }, wished: Wished): Wished {
  const whole = { ...wished }
  if (wished.names) {
    const same = (one: OtherName, other: OtherName) => one.kind === other.kind && one.name === other.name
    const kept = wished.names.map(
      (name) => it.names.find((known) => known.kind !== 'translated' && same(known, name)) ?? name,
    )
    const first = new Map<string, OtherName>()
    for (const name of it.names)
      if (name.kind === 'translated' && !first.has(name.language)) first.set(name.language, name)
    const further = it.names.filter((name) => name.kind === 'translated' && first.get(name.language) !== name)
    whole.names = [...kept, ...further]
  }
  if (wished.identifiers) {
    const issued = wished.identifiers.map((one) =>
      one.scheme === 'national-register' ? { ...one, issuer: it.countryCode } : one,
    )
    whole.identifiers = [...issued, ...it.identifiers.filter(({ scheme }) => !typedSchemes.includes(scheme))]
  }
  return whole
}

/** Writes the fields that changed; what did not change is not touched, so history tells exactly what did. */
export async function writeEntry(actor: Actor, db: Db, it: Institution, changes: Changes): Promise<void> {
  const after = (field: EntryField) => changes[field]!.after
  const values = (Object.keys(changes) as EntryField[])
    .filter((field) => columns[field])
    .map((field) => {
      const value = asJson.has(field) ? sql`${JSON.stringify(after(field))}::jsonb` : sql`${after(field)}`
      return sql`${sql.ref(columns[field]!)} = ${value}`
    })
  if (changes.founded) values.push(sql`founded_year = ${foundedYear(after('founded') as string)}`)
  if (changes.names) await writeNames(db, it.id, after('names') as Entry['names'])
  if (changes.identifiers) await writeIdentifiers(db, it.id, after('identifiers') as Entry['identifiers'])
  if (changes.description) {
    const made = await writeDescription(actor, db, it, after('description') as Entry['description'])
    if (made) values.push(sql`description_id = ${made}`)
  }
  const whole = {
    ...it,
    ...Object.fromEntries(Object.entries(changes).map(([field, { after: value }]) => [field, value])),
  }
  values.push(sql`completeness = ${completeness(whole, it.pictures.length).percent}`)
  await sql`update network.institution set ${sql.join(values)} where id = ${it.id}`.execute(db)
}

const nameKey = (one: OtherName): string => JSON.stringify([one.language, one.name, one.kind])
const identifierKey = (one: Identifier): string => JSON.stringify([one.scheme, one.issuer, one.value])

async function writeNames(db: Db, id: string, names: Entry['names']): Promise<void> {
  const key = nameKey
  const before = (await loadParts(db, id)).names
  const wanted = new Set(names.map(key))
  const known = new Set(before.map(key))
  const gone = before.filter((one) => !wanted.has(key(one))).map((one) => one.id)
  const fresh = names.filter((one) => !known.has(key(one)))
  if (gone.length > 0) await sql`delete from network.institution_name where id = any (${gone}::uuid[])`.execute(db)
  for (const one of fresh) {
    await sql`insert into network.institution_name (institution_id, language, name, kind) values (${id}, ${one.language}, ${one.name}, ${one.kind})`.execute(
      db,
    )
  }
}

async function writeIdentifiers(db: Db, id: string, identifiers: Entry['identifiers']): Promise<void> {
  const key = identifierKey
  const before = (await loadParts(db, id)).identifiers
  const wanted = new Set(identifiers.map(key))
  const known = new Set(before.map(key))
  const gone = before.filter((one) => !wanted.has(key(one))).map((one) => one.id)
  if (gone.length > 0) await sql`delete from network.identifier where id = any (${gone}::uuid[])`.execute(db)
  for (const one of identifiers.filter((wish) => !known.has(key(wish)))) {
    await sql`insert into network.identifier (institution_id, scheme, issuer, value) values (${id}, ${one.scheme}, ${one.issuer}, ${one.value})`.execute(
      db,
    )
  }
}

/** Writes the description language by language and shows it at once, on the word of whoever may edit the entry; answers the id of a text that was made. */
async function writeDescription(
  actor: Actor,
  db: Db,
  it: Institution,
  description: Entry['description'],
): Promise<string | null> {
  if (!it.descriptionId) {
    if (isEmpty(description)) return null
    const source = description[it.nameLanguage] ? it.nameLanguage : Object.keys(description)[0]!
    return newText(actor, db, {
      owner: { kind: 'institution', id: it.id },
      room: 'network',
      purpose: 'institution.description',
      source,
      bodies: description,
      publish: true,
    })
  }
  for (const language of new Set([...Object.keys(it.description), ...Object.keys(description)])) {
    const body = description[language] ?? ''
    if (body === (it.description[language] ?? '')) continue
    await setText(actor, db, it.descriptionId, { language, body, publish: true })
  }
  return null
}

/** Counts completeness anew where something besides the fields changed (pictures, a merge). */
export async function countCompleteness(actor: Actor, db: Db, id: string): Promise<void> {
  const it = await findInstitution(actor, db, id)
  const { percent } = completeness(it, it.pictures.length)
  if (percent !== it.completeness)
    await sql`update network.institution set completeness = ${percent} where id = ${id}`.execute(db)
}

/** The settings by which a country's edits go: whether they wait for it, and its definition of a museum. */
export async function countryOf(
  db: Db,
  code: string,
): Promise<{ editsAreReviewed: boolean; definitionSource: string | null }> {
  return found(
    (
      await sql<{ editsAreReviewed: boolean; definitionSource: string | null }>`
        select edits_are_reviewed, definition_source from network.country where code = ${code}`.execute(db)
    ).rows[0],
  )
}
