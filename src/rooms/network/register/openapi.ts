import { facets, facetModes, type Facet } from './index/register-index.ts'
import { columns, licence, type ColumnType, type OpenColumn } from './open-data.ts'
import {
  accessibilityFeatures,
  admissions,
  collectionKinds,
  institutionKinds,
  institutionTypes,
  legalKinds,
  services,
} from '../vocabulary.ts'

/** The addresses of the read API, its parameters and what they take: routes, documentation page and OpenAPI all read this table. */
export const paths = {
  institutions: '/api/v1/institutions',
  institution: '/api/v1/institutions/:id',
  facets: '/api/v1/facets',
  openapi: '/api/v1/openapi.json',
} as const

export const rates = { anonymous: 120, keyed: 1200 } as const
export const perPageAtMost = 100

/** The codes that each facet takes; countries are ISO 3166 codes of the network's. */
export const facetCodes: { [facet in Exclude<Facet, 'country'>]: readonly string[] } = {
  type: institutionTypes,
  kind: institutionKinds,
  legal: legalKinds,
  admission: admissions,
  collection: collectionKinds,
  service: services,
  accessibility: accessibilityFeatures,
}

const shapes: { [type in ColumnType]: object } = {
  text: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date-time' },
  code: { type: 'string' },
  codes: { type: 'array', items: { type: 'string' } },
  texts: { type: 'object', additionalProperties: { type: 'string' } },
  list: {
    type: 'array',
    items: {
      type: 'object',
      properties: { language: { type: 'string' }, name: { type: 'string' }, kind: { type: 'string' } },
      required: ['language', 'name', 'kind'],
    },
  },
  object: {
    type: 'object',
    additionalProperties: {
      type: 'array',
      items: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 },
    },
  },
}

function schemaOf({ type, codes, nullable }: OpenColumn, description: string): object {
  const shape = shapes[type] as { type: string }
  if (type === 'codes') return { ...shape, items: { type: 'string', enum: codes }, description }
  const kind = nullable ? [shape.type, 'null'] : shape.type
  if (codes) return { ...shape, type: kind, enum: nullable ? [...codes, null] : codes, description }
  return { ...shape, type: kind, description }
}

const answer = (description: string, schema: object) => ({ description, content: { 'application/json': { schema } } })
const whole = { type: 'integer', minimum: 0 } as const

/** The description of the read API as OpenAPI 3.1, in the words given: `say` answers the sentence of a key of `register`. */
export function openApi(origin: string, title: string, say: (key: string) => string): object {
  const institution = {
    type: 'object',
    required: columns.map(({ name }) => name),
    properties: Object.fromEntries(
      columns.map((column) => [column.name, schemaOf(column, say(`column.${column.name}`))]),
    ),
  }
  const counts = {
    type: 'object',
    properties: Object.fromEntries(facets.map((facet) => [facet, { type: 'object', additionalProperties: whole }])),
  }
  const parameter = (name: string, description: string, schema: object) => ({ name, in: 'query', description, schema })
  const wish = [
    parameter('q', say('api.parameter-q'), { type: 'string', maxLength: 200 }),
    ...facets.map((facet) =>
      parameter(facet, `${say(`facet.${facet}`)}. ${say('api.parameter-facet')} (${facetModes[facet]})`, {
        type: 'array',
        items:
          facet === 'country' ? { type: 'string', pattern: '^[A-Z]{2}$' } : { type: 'string', enum: facetCodes[facet] },
      }),
    ),
  ]
  const paging = [
    parameter('page', say('api.parameter-page'), { type: 'integer', minimum: 1, default: 1 }),
    parameter('per_page', say('api.parameter-per_page'), {
      type: 'integer',
      minimum: 1,
      maximum: perPageAtMost,
      default: 30,
    }),
  ]
  const often = { '429': { $ref: '#/components/responses/TooOften' } }
  const reference = { $ref: '#/components/schemas/Institution' }
  const list = {
    type: 'object',
    required: ['total', 'page', 'pages', 'institutions'],
    properties: {
      total: whole,
      page: whole,
      pages: whole,
      next: { type: ['string', 'null'] },
      institutions: { type: 'array', items: reference },
    },
  }
  return {
    openapi: '3.1.0',
    info: { title, version: '1', description: say('api.lead'), license: { name: licence.name, url: licence.url } },
    servers: [{ url: origin }],
    security: [{}, { key: [] }],
    paths: {
      [paths.institutions]: {
        get: {
          operationId: 'listInstitutions',
          summary: say('api.institutions'),
          parameters: [...wish, ...paging],
          responses: { '200': answer('OK', list), ...often },
        },
      },
      [paths.institution.replace(':id', '{id}')]: {
        get: {
          operationId: 'findInstitution',
          summary: say('api.institution'),
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { '200': answer('OK', reference), '404': { description: say('api.absent') }, ...often },
        },
      },
      [paths.facets]: {
        get: {
          operationId: 'countFacets',
          summary: say('api.facets'),
          parameters: wish,
          responses: {
            '200': answer('OK', {
              type: 'object',
              required: ['total', 'facets'],
              properties: { total: whole, facets: counts },
            }),
            ...often,
          },
        },
      },
    },
    components: {
      schemas: { Institution: institution },
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      responses: {
        TooOften: { description: say('api.too-often'), headers: { 'Retry-After': { schema: { type: 'integer' } } } },
      },
    },
  }
}
