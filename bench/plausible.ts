import { sql } from 'kysely'
import { system } from '#kit/access'
import type { Database } from '#kit/db'
import { record } from '#kit/record'
import {
  accessibilityFeatures,
  admissions,
  collectionKinds,
  institutionTypes,
  legalKinds,
  services,
  sizeClasses,
} from '#network'
import { dice } from './measure.ts'

/** Countries with a middle, how far they spread (degrees), and their share of the region's museums. */
const countries: readonly [code: string, latitude: number, longitude: number, spread: number, share: number][] = [
  ['MX', 23, -102, 7, 14],
  ['BR', -14, -51, 13, 38],
  ['ES', 40, -4, 4, 15],
  ['AR', -35, -64, 9, 12],
  ['CO', 4, -73, 4, 8],
  ['PT', 39.5, -8, 1.5, 7],
  ['CL', -33, -71, 8, 6],
  ['PE', -10, -76, 5, 5],
  ['EC', -1.5, -78.5, 2, 3],
  ['UY', -33, -56, 1.5, 3],
  ['CR', 10, -84, 0.8, 2],
  ['CU', 22, -79, 2, 4],
  ['PY', -23, -58, 2, 2],
  ['BO', -17, -65, 3, 2],
  ['GT', 15.5, -90, 1, 1],
  ['DO', 18.8, -70, 0.8, 1],
  ['SV', 13.7, -89, 0.4, 1],
  ['VE', 8, -66, 3, 2],
  ['PA', 8.5, -80, 1, 1],
  ['HN', 14.8, -86.5, 1, 1],
  ['NI', 12.8, -85, 1, 1],
  ['AD', 42.5, 1.5, 0.1, 1],
]
const heads = [
  'Museo',
  'Museo',
  'Museo',
  'Museu',
  'Museu',
  'Casa Museo',
  'Museo Nacional',
  'Museo Municipal',
  'Museo Regional',
  'Ecomuseu',
  'Museo Comunitario',
  'Centro de Interpretación',
  'Galería',
  'Parque Arqueológico',
  'Memorial',
]
const subjects = [
  'de Arte',
  'de Historia',
  'de Arqueología',
  'del Oro',
  'de la Sal',
  'do Café',
  'de Cerámica',
  'Textil',
  'de Ciencias Naturales',
  'de Antropología',
  'Etnográfico',
  'de Arte Sacra',
  'del Mar',
  'de la Memoria',
  'Ferroviario',
  'da Imigração',
  'de la Música',
  'del Agua',
  'da Lavoura',
  'de Paleontología',
  'del Cacao',
  'de Máscaras',
  'del Carnaval',
  'de la Mina',
  'do Azulejo',
  'de Instrumentos',
  'del Juguete',
  'de la Fotografía',
]
const syllables = [
  'cha',
  'qui',
  'tam',
  'bo',
  'hua',
  'ran',
  'ca',
  'pi',
  'ra',
  'ti',
  'mon',
  'te',
  'al',
  'za',
  'que',
  'ya',
  'lo',
  'mar',
  'gua',
  'po',
  'sal',
  'ti',
  'pan',
  'co',
  'lla',
  'hui',
  'zo',
  'nem',
  'to',
  'ba',
]
const patrons = [
  'Juana Azurduy',
  'Simón Rodríguez',
  'Pedro Américo',
  'Chabuca Granda',
  'Violeta Parra',
  'Bartolomé Mitre',
  'Frei Gaspar',
  'Gabriela Mistral',
  'José Hernández',
  'María Lionza',
]

type Row = Record<string, unknown>

/** Fills an empty network with so many listed institutions: the same ones in every run. Names, places and features are spread as in the region's registers. */
export async function plausibleRegister(database: Database, many: number, seed = 7): Promise<void> {
  const actor = system(database, 'bench')
  const roll = dice(seed)
  const pick = <Thing>(things: readonly Thing[]): Thing => things[Math.floor(roll() * things.length)]!
  const some = (codes: readonly string[], chance: number): string[] =>
    codes.filter((_, at) => roll() < chance / (1 + at / 6))
  const town = () => {
    const name = Array.from({ length: 2 + Math.floor(roll() * 2) }, () => pick(syllables)).join('')
    return name[0]!.toUpperCase() + name.slice(1)
  }
  const towns = new Map(countries.map(([code, , , , share]) => [code, Array.from({ length: share * 40 }, town)]))
  await record(actor, 'country.entered', {}, (db) =>
    sql`insert into network.country (code, in_region, zone, working_languages) select code, true, 'UTC', '{es}' from unnest(${countries.map(([code]) => code)}::text[]) as c(code)`.execute(
      db,
    ),
  )
  const whole = countries.reduce((sum, [, , , , share]) => sum + share, 0)
  const aCountry = () => {
    let at = roll() * whole
    return countries.find((one) => (at -= one[4]) < 0) ?? countries[0]!
  }
  for (let from = 0; from < many; from += 5000) {
    const rows: Row[] = Array.from({ length: Math.min(5000, many - from) }, (_, at) => {
      const [code, latitude, longitude, spread] = aCountry()
      const city = pick(towns.get(code)!)
      const named = roll() < 0.15 ? ` ${pick(patrons)}` : ''
      const name = `${pick(heads)} ${pick(subjects)}${named}${roll() < 0.6 ? ` de ${city}` : ''}`
      const placed = roll() < 0.88
      return {
        slug: `m-${from + at}`,
        country_code: code,
        name,
        city,
        region: pick(towns.get(code)!.slice(0, 12)),
        kind: roll() < 0.93 ? 'museum' : roll() < 0.5 ? 'archaeological-park' : 'site',
        type: pick(institutionTypes),
        legal_kind: pick(legalKinds),
        admission: roll() < 0.7 ? pick(admissions) : null,
        size_class: pick(sizeClasses),
        collections: some(collectionKinds, 0.25),
        services: some(services, 0.35),
        accessibility: some(accessibilityFeatures, 0.25),
        latitude: placed ? latitude + (roll() - 0.5) * 2 * spread : null,
        longitude: placed ? longitude + (roll() - 0.5) * 2 * spread : null,
        completeness: Math.floor(20 + roll() * 80),
      }
    })
    await record(actor, 'institution.imported', {}, (db) =>
      sql`
        insert into network.institution (slug, country_code, kind, type, legal_kind, admission, size_class, collections, services, accessibility, name, city, region,
          latitude, longitude, completeness, state, validated_at)
        select slug, country_code, kind, type, legal_kind, admission, size_class, collections, services, accessibility, name, city, region,
          latitude, longitude, completeness, 'listed', now()
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(slug text, country_code text, kind text, type text, legal_kind text, admission text,
          size_class text, collections text[], services text[], accessibility text[], name text, city text, region text,
          latitude double precision, longitude double precision, completeness smallint)`.execute(db),
    )
  }
  await record(actor, 'institution.imported', {}, (db) =>
    sql`
      insert into network.institution_name (institution_id, language, name)
      select id, case country_code when 'BR' then 'es' when 'PT' then 'es' else 'pt' end, replace(replace(name, 'Museo', 'Museu'), 'Historia', 'História')
      from network.institution where hashtext(slug) % 3 = 0`.execute(db),
  )
}

/** Words as visitors type them: what is there, in part or with a slip, and what is not. */
export const asked = {
  words: [
    'oro',
    'museo de la sal',
    'cerámica',
    'arqueologia',
    'carnaval',
    'ferroviario',
    'museu do café',
    'casa museo',
    'paleontologia',
    'violeta parra',
    'textil',
    'azulejo',
    'memoria',
    'galeria',
    'arte sacra',
  ],
  slips: [
    'arqeologia',
    'ceramcia',
    'carnval',
    'paleontolgia',
    'ferrovario',
    'azuelejo',
    'violeta para',
    'gabriela mitsral',
    'mascarsa',
    'fotografai',
  ],
  nothing: ['xylophonq', 'wwwwww', 'zzyzx museo', 'helikopter', 'qqqq'],
} as const
