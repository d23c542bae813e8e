// Longer than most because entering is one walk over the rows, and each step leans on the one before.
import type { Actor } from '#kit/access'
import { sql, type Db } from '#kit/db'
import { newTexts, setText } from '#kit/text'
import type { InstitutionDraft } from '../fields.ts'
import { completeness, foundedYear, slugOf, type Entry } from '../trade.ts'
import type { Known, Match } from './match.ts'
import type { Said } from './said.ts'

export type EntersAs = 'draft' | 'submitted' | 'listed'

/** What a run of an import gives every institution that it enters. */
export type Terms = {
  source: string
  entersAs: EntersAs
  /** Who stands behind it: the officer who lists entries, for their validation. */
  personId: string | null
  definitionSource: string
}

/** Fields of an entry that a register never tells, as they are in a new one. */
const untold = { sizeClass: null, staffCount: null, resources: [], opening: {}, social: {}, closedPermanently: false }

const entryOf = (draft: InstitutionDraft): Entry =>
  ({ ...untold, ...draft, names: draft.otherNames, description: draft.descriptions }) as unknown as Entry

/** As many ids as asked for, in the order in which rows are kept. */
const newIds = async (db: Db, count: number): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select uuidv7() as id from generate_series(1, ${count}::integer)`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/**
 * Addresses that nobody has, one for each draft: its name, its name and city, or that with a number. Two questions to
 * the database however many drafts.
 */
export const freeSlugs = async (db: Db, drafts: readonly InstitutionDraft[]): Promise<string[]> => {
  const wishes = drafts.map(({ name, city }) => {
    const plain = slugOf(name)
    const place = slugOf(city)
    return { plain, full: city.trim() === '' || plain.includes(place) ? plain : slugOf(`${name} ${city}`) }
  })
  const asked = [...new Set(wishes.flatMap(({ plain, full }) => [plain, full]))]
  const { rows } = await sql<{
    slug: string
  }>`select slug from network.institution where slug = any (${asked}::text[])`.execute(db)
  const taken = new Set(rows.map(({ slug }) => slug))
  // Numbered ones are asked for only where a name and its city are taken already.
  const crowded = [...new Set(wishes.filter(({ full }) => taken.has(full)).map(({ full }) => full))]
  if (crowded.length > 0) {
    const numbered = await sql<{ slug: string }>`
      select i.slug from unnest(${crowded}::text[]) as base join network.institution i
        on i.slug > base || '-' and i.slug < base || '-:' and substr(i.slug, length(base) + 2) ~ '^[0-9]+$'`.execute(db)
    for (const { slug } of numbered.rows) taken.add(slug)
  }
  const counters = new Map<string, number>()
  return wishes.map(({ plain, full }) => {
    let slug = taken.has(plain) ? full : plain
    for (let number = counters.get(full) ?? 2; taken.has(slug); number++) {
      slug = `${full}-${number}`
      counters.set(full, number + 1)
    }
    taken.add(slug)
    return slug
  })
}

/** Descriptions as texts of the institutions, shown at once: what a register publishes is public. */
const describeNew = async (
  actor: Actor,
  db: Db,
  ids: readonly string[],
  drafts: readonly InstitutionDraft[],
): Promise<(string | null)[]> => {
  const described = drafts
    .map(({ descriptions }, at) => ({ at, descriptions }))
    .filter(({ descriptions }) => Object.keys(descriptions).length > 0)
  const texts = await newTexts(
    actor,
    db,
    described.map(({ at, descriptions }) => ({
      owner: { kind: 'institution' as const, id: ids[at]! },
      room: 'network',
      purpose: 'institution.description',
      source:
        descriptions[drafts[at]!.nameLanguage] === undefined ? Object.keys(descriptions)[0]! : drafts[at]!.nameLanguage,
      bodies: descriptions,
      publish: true,
    })),
  )
  const found = drafts.map((): string | null => null)
  for (const [index, { at }] of described.entries()) found[at] = texts[index]!
  return found
}

const inserted =
  sql.raw(`slug, country_code, kind, legal_kind, type, collections, name, name_language, description_id, governing_body, region, city, address, postcode,
  latitude, longitude, coordinates_precision, founded, founded_year, services, admission, admission_note, opening_note, accessibility, accessibility_note,
  email, telephone, website, state, validated_at, submitted_at, completeness, source`)

/** Enters new institutions, all in a few statements. Answers their ids in the order of the rows. */
export const enterNew = async (actor: Actor, db: Db, matches: readonly Match[], terms: Terms): Promise<string[]> => {
  if (matches.length === 0) return []
  const drafts = matches.map(({ arriving }) => arriving.draft)
  const ids = await newIds(db, drafts.length)
  const slugs = await freeSlugs(db, drafts)
  const descriptions = await describeNew(actor, db, ids, drafts)
  const now = actor.now.toString()
  const rows = drafts.map((draft, at) => ({
    id: ids[at]!,
    slug: slugs[at]!,
    country_code: draft.countryCode,
    kind: draft.kind,
    legal_kind: draft.legalKind,
    type: draft.type,
    collections: draft.collections,
    name: draft.name,
    name_language: draft.nameLanguage,
    description_id: descriptions[at]!,
    governing_body: draft.governingBody,
    region: draft.region,
    city: draft.city,
    address: draft.address,
    postcode: draft.postcode,
    latitude: draft.latitude,
    longitude: draft.longitude,
    coordinates_precision: draft.coordinatesPrecision,
    founded: draft.founded,
    founded_year: foundedYear(draft.founded),
    services: draft.services,
    admission: draft.admission,
    admission_note: draft.admissionNote,
    opening_note: draft.openingNote,
    accessibility: draft.accessibility,
    accessibility_note: draft.accessibilityNote,
    email: draft.email,
    telephone: draft.telephone,
    website: draft.website,
    state: terms.entersAs,
    validated_at: terms.entersAs === 'listed' ? now : null,
    submitted_at: terms.entersAs === 'submitted' ? now : null,
    completeness: completeness(entryOf(draft), 0).percent,
    source: terms.source,
  }))
  await sql`insert into network.institution (id, ${inserted})
    select id, ${inserted} from jsonb_populate_recordset(null::network.institution, ${JSON.stringify(rows)}::jsonb)`.execute(
    db,
  )
  await addNames(
    db,
    matches.map(({ arriving }, at) => ({ id: ids[at]!, names: arriving.draft.otherNames })),
  )
  await addIdentifiers(
    db,
    matches.map(({ freshIdentifiers }, at) => ({ id: ids[at]!, identifiers: freshIdentifiers })),
  )
  if (terms.entersAs === 'listed')
    await sql`insert into network.validation (institution_id, country_code, outcome, officer_id, definition_source, note, at)
      select i.id, i.country_code, 'validated', ${terms.personId}::uuid, ${terms.definitionSource}, ${terms.source}, ${now}::timestamptz
      from network.institution i where i.id = any (${ids}::uuid[])`.execute(db)
  return ids
}

type Names = { id: string; names: InstitutionDraft['otherNames'] }
type Identifiers = { id: string; identifiers: InstitutionDraft['identifiers'] }

const addNames = async (db: Db, given: readonly Names[]): Promise<void> => {
  const rows = given.flatMap(({ id, names }) => names.map((name) => ({ ...name, institution_id: id })))
  if (rows.length === 0) return
  await sql`insert into network.institution_name (institution_id, language, name, kind)
    select institution_id, language, name, kind from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(institution_id uuid, language text, name text, kind text)`.execute(
    db,
  )
}

const addIdentifiers = async (db: Db, given: readonly Identifiers[]): Promise<void> => {
  const rows = given.flatMap(({ id, identifiers }) =>
    identifiers.map((identifier) => ({ ...identifier, institution_id: id })),
  )
  if (rows.length === 0) return
  await sql`insert into network.identifier (institution_id, scheme, issuer, value)
    select institution_id, scheme, issuer, value from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(institution_id uuid, scheme text, issuer text, value text)`.execute(
    db,
  )
}

const columns: Record<string, string> = {
  name: 'name',
  nameLanguage: 'name_language',
  kind: 'kind',
  legalKind: 'legal_kind',
  type: 'type',
  collections: 'collections',
  governingBody: 'governing_body',
  region: 'region',
  city: 'city',
  address: 'address',
  postcode: 'postcode',
  coordinatesPrecision: 'coordinates_precision',
  founded: 'founded',
  website: 'website',
  email: 'email',
  telephone: 'telephone',
  openingNote: 'opening_note',
  admission: 'admission',
  admissionNote: 'admission_note',
  services: 'services',
  accessibility: 'accessibility',
  accessibilityNote: 'accessibility_note',
}

/** Changes as a part of the institution's row. */
const rowOf = (known: Known, changes: Said): Record<string, unknown> => {
  const row: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(changes)) {
    const column = columns[field]
    if (column !== undefined) row[column] = value
    if (field === 'founded') row['founded_year'] = foundedYear(value as string)
    if (field === 'place') [row['latitude'], row['longitude']] = (value as [number, number] | null) ?? [null, null]
  }
  const whole = { ...known.now, ...changes }
  const place = whole['place'] as [number, number] | null
  const fixed = known.row
  row['completeness'] = completeness(
    {
      ...whole,
      latitude: place?.[0] ?? null,
      longitude: place?.[1] ?? null,
      sizeClass: fixed['size_class'],
      staffCount: fixed['staff_count'],
      resources: fixed['resources'],
      opening: fixed['opening'],
      social: fixed['social'],
      closedPermanently: fixed['closed_permanently'],
    } as unknown as Entry,
    known.pictures,
  ).percent
  return row
}

export type Changing = { match: Match & { known: Known }; changes: Said }

const changed = sql.raw(
  [...Object.values(columns), 'founded_year', 'latitude', 'longitude', 'completeness']
    .map((column) => `${column} = p.${column}`)
    .join(', '),
)

/** Changes institutions that are there: one statement for all their rows, and one text at a time for descriptions. */
export const enterChanges = async (actor: Actor, db: Db, changing: readonly Changing[]): Promise<void> => {
  if (changing.length === 0) return
  const rows = changing.map(({ match, changes }) => ({ id: match.known.id, row: rowOf(match.known, changes) }))
  await sql`update network.institution i set ${changed}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "row" jsonb)
      join network.institution o on o.id = r.id, lateral jsonb_populate_record(o, r."row") as p
    where i.id = r.id`.execute(db)
  await addNames(
    db,
    changing.map(({ match, changes }) => ({
      id: match.known.id,
      names: (changes['names'] ?? []) as InstitutionDraft['otherNames'],
    })),
  )
  await addIdentifiers(
    db,
    changing.map(({ match }) => ({ id: match.known.id, identifiers: match.freshIdentifiers })),
  )
  for (const { match, changes } of changing) {
    const described = changes['description'] as Record<string, string> | undefined
    if (described !== undefined) await describe(actor, db, match.known, described)
  }
}

const describe = async (actor: Actor, db: Db, known: Known, bodies: Record<string, string>): Promise<void> => {
  if (known.descriptionId !== null) {
    for (const [language, body] of Object.entries(bodies))
      await setText(actor, db, known.descriptionId, { language, body, publish: true })
    return
  }
  const [id] = await newTexts(actor, db, [
    {
      owner: { kind: 'institution', id: known.id },
      room: 'network',
      purpose: 'institution.description',
      source: Object.keys(bodies)[0]!,
      bodies,
      publish: true,
    },
  ])
  await sql`update network.institution set description_id = ${id}::uuid where id = ${known.id}::uuid`.execute(db)
}

/** What the register says now of an institution, and what it said before; `entryId` undefined where it said nothing. */
export type SaidAnew = {
  key: string
  institutionId: string
  said: Said
  before: Said | undefined
  entryId: string | undefined
}

/** Notes what the register says now of each institution: for rows read for the first time, or that say something new. */
export const keepSaid = async (db: Db, source: string, told: readonly SaidAnew[]): Promise<void> => {
  const fresh = told.filter(({ entryId }) => entryId === undefined)
  const anew = told.filter(({ entryId }) => entryId !== undefined)
  if (fresh.length > 0) {
    const rows = fresh.map(({ key, institutionId, said }) => ({ key, subject_id: institutionId, said }))
    await sql`insert into import.entry (kind, source, key, subject_id, said) select 'institution', ${source}, key, subject_id, said
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(key text, subject_id uuid, said jsonb)`.execute(db)
  }
  if (anew.length > 0) {
    const rows = anew.map(({ entryId, institutionId, said }) => ({ id: entryId, subject_id: institutionId, said }))
    await sql`update import.entry e set said = r.said, subject_id = r.subject_id
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, subject_id uuid, said jsonb) where e.id = r.id`.execute(
      db,
    )
  }
}
