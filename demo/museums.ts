import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '#kit/access'
import { read } from '#kit/record'
import {
  accessibilityFeatures,
  fillInstitution,
  grantRole,
  registerInstitution,
  resources,
  returnInstitution,
  services,
  submitInstitution,
  validateInstitution,
} from '#network'
import museums from './data/museums.json' with { type: 'json' }
import { actorNamed, people } from './people.ts'

type Row = [
  country: string,
  region: string,
  city: string,
  latitude: number,
  longitude: number,
  name: string,
  legal: string,
  type: string,
  collections: string,
  size: string,
  staff: number,
  founded: string,
  own: string,
  other?: string,
]

const read13 = (row: Row) => ({
  country: row[0],
  region: row[1],
  city: row[2],
  latitude: row[3],
  longitude: row[4],
  name: row[5],
  legalKind: row[6] as 'public',
  type: row[7] as 'art',
  collections: row[8].split(',') as 'textiles'[],
  sizeClass: row[9] as 'small',
  staffCount: row[10],
  founded: row[11],
  own: row[12],
  other: row[13],
})

// Who answers for which country; those without an officer of their own are validated by the office.
const officers: Record<string, string> = Object.fromEntries(
  people.flatMap(({ part, firstSurname }) =>
    part.startsWith('country-officer:') ? [[part.slice(16), firstSurname]] : [],
  ),
)
// At these stages a few entries stay, so that each officer finds something to do.
const stages: Record<string, 'draft' | 'submitted' | 'returned'> = {
  'Museo de la Cerveza y la Industria': 'draft',
  'Museo Kamak de la Selva': 'submitted',
  'Museo del Cerro y el Ascensor': 'submitted',
  'Museo Amazónico de las Barcas': 'submitted',
  'Museu do Doce e da Charqueada': 'submitted',
  'Museo del Cobre Boleo': 'returned',
}
const remark: Record<string, string> = {
  'Museo del Cobre Boleo': 'Indique el horario y quién es el titular de la colección.',
}

/** The museums of the demo, at every stage of joining: drafts, waiting, returned, and vouched for by their country. */
export async function fillMuseums(office: Actor): Promise<number> {
  const known = await read(office, (db) =>
    db.selectFrom('network.institution').select(['id', 'name', 'state']).execute(),
  )
  let done = 0
  for (const museum of (museums as unknown as Row[]).map(read13)) {
    const before = known.find(({ name }) => name === museum.name)
    const stage = stages[museum.name]
    if (before && before.state === (stage ?? 'listed')) continue
    const language = ['BR', 'PT'].includes(museum.country) ? 'pt' : 'es'
    const { id } =
      before ??
      (await registerInstitution(office, {
        country: museum.country,
        kind: (museum.type as string) === 'site' ? 'site' : 'museum',
        name: museum.name,
        city: museum.city,
        nameLanguage: language,
        invented: true,
        source: 'demo',
      }))
    if ((before?.state ?? 'draft') === 'draft') {
      await fillInstitution(office, id, wished(museum, language))
      if (stage !== 'draft') await submitInstitution(office, id)
    }
    const officer = officers[museum.country] ? await actorNamed(office, officers[museum.country]!) : office
    if (stage === 'returned') await returnInstitution(officer, id, { note: remark[museum.name]! })
    if (stage === undefined) await validateInstitution(officer, id)
    done += 1
  }
  return done
}

function wished(museum: ReturnType<typeof read13>, language: string) {
  const some = <Code extends string>(codes: readonly Code[], share: number): Code[] =>
    codes.filter((code) => chance(museum.name + code) < share)
  const wealth = { 'very-small': 0.15, small: 0.3, medium: 0.5, large: 0.75 }[museum.sizeClass as string] ?? 0.3
  const slug = museum.name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '-')
  return {
    region: museum.region,
    latitude: museum.latitude,
    longitude: museum.longitude,
    coordinatesPrecision: 'approximate' as const,
    legalKind: museum.legalKind,
    type: museum.type,
    collections: museum.collections,
    sizeClass: museum.sizeClass,
    staffCount: museum.staffCount,
    founded: museum.founded,
    description: { [language]: museum.own, ...(museum.other && { [language === 'es' ? 'pt' : 'es']: museum.other }) },
    services: some(services, wealth),
    accessibility: some(accessibilityFeatures, wealth * 0.8),
    resources: some(resources, wealth),
    admission:
      chance(museum.name) < 0.5
        ? ('free' as const)
        : chance(museum.name) < 0.8
          ? ('paid' as const)
          : ('free-some-days' as const),
    address: `${language === 'pt' ? 'Rua' : 'Calle'} ${museum.city} ${1 + Math.floor(chance(museum.name + 'n') * 900)}`,
    email: `contacto@${slug}.example`,
    website: `https://${slug}.example`,
  }
}

/** A number from 0 to 1 that is always the same for the same words: the demo is drawn, not rolled. */
const chance = (words: string): number => createHash('sha256').update(words).digest().readUInt32BE(0) / 2 ** 32

/** Those who speak for a museum of the demo get their role once it is there. */
export async function fillRepresentatives(office: Actor): Promise<number> {
  let done = 0
  for (const { part, firstSurname } of people) {
    if (!part.startsWith('museum:')) continue
    const actor = await actorNamed(office, firstSurname)
    if (actor.grants.some(({ role }) => role === 'institution-representative')) continue
    const museum = await read(office, (db) =>
      db
        .selectFrom('network.institution')
        .select('id')
        .where('name', '=', part.slice(7))
        .where(sql<boolean>`invented`)
        .executeTakeFirstOrThrow(),
    )
    await grantRole(office, {
      person: actor.personId!,
      role: 'institution-representative',
      scope: { kind: 'institution', id: museum.id },
    })
    done += 1
  }
  return done
}
