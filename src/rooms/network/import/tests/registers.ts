import { createReadStream, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { inspectFile, readRows, type ImportFile, type Inspection } from '#kit/import'
import { checkRow, newContext, type Finding } from '../check.ts'
import type { InstitutionDraft } from '../fields.ts'
import { emptyMapping, faultsOf, type FieldRule, type InstitutionMapping } from '../mapping.ts'

/** Where the real registers lie: beside the repository, or where `QUIPU_SHARED` says. Undefined: they are not here. */
const folder = [process.env['QUIPU_SHARED'] ?? '', resolve(import.meta.dirname, '../../../../../../shared')]
  .filter((root) => root !== '')
  .map((root) => join(root, 'data/registers'))
  .find((path) => existsSync(path))

/** Why a test of the real registers is skipped, or false where they are here. */
export const absent: string | false = folder === undefined && 'the real registers are not beside this repository'

export const register = (name: string): ImportFile => ({ name, open: () => createReadStream(join(folder!, name)) })

export type Outcome = {
  inspection: Inspection
  rows: number
  accepted: InstitutionDraft[]
  refused: number
  leftOut: number
  /** How many findings of each code, refusing ones apart. */
  reasons: Record<string, number>
  notes: Record<string, number>
  findings: Finding[]
  drafts: InstitutionDraft[]
}

/** Reads a file and checks every row, as a dry run does. */
export const dryRun = async (file: ImportFile, mapping: InstitutionMapping): Promise<Outcome> => {
  const inspection = await inspectFile(file)
  const faults = faultsOf(
    mapping,
    inspection.columns.map(({ path }) => path),
  )
  if (faults.length > 0) throw new Error(JSON.stringify(faults))
  const context = newContext()
  const outcome: Outcome = {
    inspection,
    rows: 0,
    accepted: [],
    refused: 0,
    leftOut: 0,
    reasons: {},
    notes: {},
    findings: [],
    drafts: [],
  }
  for await (const row of readRows(file, inspection.reading)) {
    outcome.rows++
    const checked = checkRow(mapping, row, context)
    outcome.findings.push(...checked.findings)
    for (const { code, refuses } of checked.findings) {
      const tally = refuses ? outcome.reasons : outcome.notes
      tally[code] = (tally[code] ?? 0) + 1
    }
    if (checked.outcome === 'left-out') outcome.leftOut++
    else {
      outcome.drafts.push(checked.draft)
      if (checked.outcome === 'accepted') outcome.accepted.push(checked.draft)
      else outcome.refused++
    }
  }
  return outcome
}

const rule = (field: FieldRule['field'], from: string | string[], more: Partial<FieldRule> = {}): FieldRule => ({
  field,
  from: typeof from === 'string' ? [from] : from,
  ...more,
})
const constant = (field: FieldRule['field'], value: string): FieldRule => ({ field, from: [], constant: value })

const legal = {
  municipal: 'public',
  provincial: 'public',
  nacional: 'public',
  privada: 'private',
  universitaria: 'public',
  'mixta: privada/municipal': 'mixed',
}

export const argentina: InstitutionMapping = {
  ...emptyMapping('ar-datosabiertos', 'es'),
  rules: [
    constant('country', 'AR'),
    rule('name', 'nombre'),
    rule('region', 'provincia'),
    rule('city', 'localidad'),
    rule('address', 'direccion'),
    rule('postcode', 'CP', { onProblem: 'empty' }),
    rule('latitude', 'Latitud'),
    rule('longitude', 'Longitud'),
    rule('telephone', ['cod_area', 'telefono'], { join: ' ', onProblem: 'empty' }),
    rule('email', 'Mail', { onProblem: 'empty' }),
    rule('website', 'Web', { onProblem: 'empty' }),
    rule('legal-kind', 'jurisdiccion', {
      steps: [{ do: 'lookup', table: legal, otherwise: 'problem' }],
      onProblem: 'empty',
    }),
    rule('precision', 'TipoLatitudLongitud', {
      steps: [
        {
          do: 'lookup',
          table: {
            'Localización precisa': 'exact',
            'Centroide por proximidad': 'approximate',
            'Localización centroide de la localidad': 'city',
          },
          otherwise: 'problem',
        },
      ],
    }),
    rule('founded', 'año_inauguracion', { onProblem: 'empty' }),
  ],
}

const campo = (name: string): string => `campo[nombre=${name}]`

export const mexico: InstitutionMapping = {
  ...emptyMapping('mx-sic', 'es'),
  rules: [
    constant('country', 'MX'),
    rule('identifier', campo('museo_id')),
    rule('name', campo('museo_nombre')),
    rule('type', campo('museo_tematica_n1'), {
      steps: [
        {
          do: 'lookup',
          table: {
            Arte: 'art',
            Historia: 'history',
            Arqueología: 'archaeology',
            'Ciencia y tecnología': 'science',
            Antropología: 'ethnography',
            Especializado: 'specialised',
            Comunitario: 'eco-community',
          },
          otherwise: 'problem',
        },
      ],
      onProblem: 'empty',
    }),
    rule('founded', campo('museo_fecha_fundacion'), { dates: { unknown: ['1000-01-01'], januaryFirst: 'year' } }),
    rule('governing-body', campo('museo_adscripcion')),
    rule('region', campo('nom_ent')),
    rule('city', campo('nom_loc')),
    rule('address', [campo('museo_calle_numero'), campo('museo_colonia')], { join: ', ' }),
    rule('postcode', campo('museo_cp'), { onProblem: 'empty' }),
    rule('website', [campo('pagina_web'), campo('pagina_web2')], { onProblem: 'empty' }),
    rule('email', campo('email'), { onProblem: 'empty' }),
    rule('latitude', campo('gmaps_latitud')),
    rule('longitude', campo('gmaps_longitud')),
  ],
}

export const portugal: InstitutionMapping = {
  ...emptyMapping('pt-wikidata', 'pt'),
  rules: [
    constant('country', 'PT'),
    rule('identifier', 'item', { steps: [{ do: 'after', mark: '/' }] }),
    rule('wikidata', 'item'),
    rule('name', 'itemLabel'),
    rule('point', 'geo'),
  ],
}

/** All 5,587 resources as if each were a museum: for what the outline says of their coordinates. */
export const peruAll: InstitutionMapping = {
  ...emptyMapping('pe-mincetur', 'es'),
  rules: [
    constant('country', 'PE'),
    rule('identifier', 'CODIGO DEL RECURSO'),
    rule('name', 'NOMBRE DEL RECURSO'),
    rule('region', 'REGIÓN'),
    rule('city', 'DISTRITO', { steps: [{ do: 'small-letters' }] }),
    rule('latitude', 'LATITUD'),
    rule('longitude', 'LONGITUD'),
  ],
}

export const peru: InstitutionMapping = {
  ...peruAll,
  only: [{ column: 'TIPO DE CATEGORÍA', is: 'among', values: ['Museos y otros'] }],
}

export const buenosAires: InstitutionMapping = {
  ...emptyMapping('ar-osm', 'es'),
  rules: [
    constant('country', 'AR'),
    rule('identifier', '@id'),
    rule('osm', '@id'),
    rule('name', 'name'),
    rule('name-short', 'short_name'),
    rule('name-former', 'old_name'),
    rule('name-translated', 'name:en', { language: 'en' }),
    rule('description', ['description', 'description:es']),
    rule('city', 'addr:city'),
    rule('address', ['addr:street', 'addr:housenumber'], { join: ' ' }),
    rule('postcode', ['addr:postcode', 'postal_code'], { onProblem: 'empty' }),
    rule('latitude', 'geometry.latitude'),
    rule('longitude', 'geometry.longitude'),
    rule('telephone', ['phone', 'contact:phone'], { onProblem: 'empty' }),
    rule('email', ['email', 'contact:email', 'email2'], { onProblem: 'empty' }),
    rule('website', ['website', 'contact:website'], { onProblem: 'empty' }),
    rule('opening', 'opening_hours'),
    rule('founded', 'start_date', { onProblem: 'empty' }),
    rule('wikidata', 'wikidata', { onProblem: 'empty' }),
    rule('governing-body', 'operator'),
  ],
}

const madrid = emptyMapping('es-madrid', 'es')

export const madridCsv: InstitutionMapping = {
  ...madrid,
  rules: [
    constant('country', 'ES'),
    rule('identifier', 'PK'),
    rule('name', 'NOMBRE'),
    rule('city', 'LOCALIDAD', { steps: [{ do: 'small-letters' }] }),
    rule('address', ['CLASE-VIAL', 'NOMBRE-VIA', 'NUM'], { join: ' ', steps: [{ do: 'small-letters' }] }),
    rule('postcode', 'CODIGO-POSTAL'),
    rule('latitude', 'LATITUD'),
    rule('longitude', 'LONGITUD'),
    rule('opening', 'HORARIO'),
    rule('accessible', 'ACCESIBILIDAD'),
    rule('description', ['DESCRIPCION-ENTIDAD', 'DESCRIPCION'], { join: ' ' }),
    rule('website', 'CONTENT-URL'),
  ],
}

const atributo = (...names: string[]): string =>
  ['atributos', ...names.map((name) => `atributo[nombre=${name}]`)].join('/')

const paths: Record<string, string> = {
  PK: atributo('ID-ENTIDAD'),
  NOMBRE: atributo('NOMBRE'),
  HORARIO: atributo('HORARIO'),
  ACCESIBILIDAD: atributo('ACCESIBILIDAD'),
  'DESCRIPCION-ENTIDAD': atributo('DESCRIPCION-ENTIDAD'),
  DESCRIPCION: atributo('DESCRIPCION'),
  'CONTENT-URL': atributo('CONTENT-URL'),
}

export const madridXml: InstitutionMapping = {
  ...madrid,
  rules: madridCsv.rules.map((each) => ({
    ...each,
    from: each.from.map((column) => paths[column] ?? atributo('LOCALIZACION', column)),
  })),
}

export const madridJson: InstitutionMapping = {
  ...madrid,
  rules: [
    constant('country', 'ES'),
    rule('identifier', 'id'),
    rule('name', 'title'),
    rule('city', 'address.locality', { steps: [{ do: 'small-letters' }] }),
    rule('address', 'address.street-address', { steps: [{ do: 'small-letters' }] }),
    rule('postcode', 'address.postal-code'),
    rule('latitude', 'location.latitude'),
    rule('longitude', 'location.longitude'),
    rule('opening', 'organization.schedule'),
    rule('accessible', 'organization.accesibility'),
    rule('description', 'organization.organization-desc'),
    rule('website', 'relation'),
  ],
}
