// Longer than most because the record of a museum has many fields, each with its shape.
import { z } from 'zod'
import { shapes } from '#kit/http'
import { canonicalTag, isLanguageTag } from '#kit/words'
import {
  accessibilityFeatures,
  admissions,
  collectionKinds,
  institutionKinds,
  institutionTypes,
  legalKinds,
  resources,
  services,
  sizeClasses,
} from '../vocabulary.ts'
import {
  days,
  precisions,
  readFounded,
  readHours,
  socialNetworks,
  type Entry,
  type Identifier,
  type Opening,
  type OtherName,
} from './rules/index.ts'

const { checkbox, choice, choices, country, id, line, multilingual, optionalChoice, optionalEmail, optionalLine } =
  shapes
const { optionalUrl, optionalWholeNumber } = shapes

const text = (value: unknown): string => (typeof value === 'string' ? value.normalize('NFC').trim() : '')
const group = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

/** Several short texts, one a line. */
const lines = (limit: number) =>
  optionalLine(limit).transform((typed) =>
    [...new Set(typed.split('\n').map((one) => one.trim()))].filter((one) => one !== ''),
  )

const languageTag = z
  .preprocess(text, z.string().min(2).max(35))
  .superRefine((tag, context) => {
    if (!isLanguageTag(tag)) context.addIssue({ code: 'custom', input: tag, params: { words: 'kit.problem.language' } })
  })
  .transform((tag) => canonicalTag(tag) ?? tag)

/** Decimal degrees, with a point or a comma; both or neither. */
const coordinates = z.preprocess(
  group,
  z.record(z.string(), z.unknown()).transform((typed, context) => {
    const degrees = (part: 'latitude' | 'longitude', limit: number): number | null => {
      const written = text(typed[part]).replace(',', '.').replaceAll('−', '-')
      if (written === '') return null
      const value = /^[+-]?\d{1,3}(\.\d+)?$/u.test(written) ? Number(written) : Number.NaN
      if (Math.abs(value) <= limit) return value
      context.addIssue({ code: 'custom', path: [part], input: written, params: { words: 'kit.problem.coordinates' } })
      return null
    }
    const latitude = degrees('latitude', 90)
    const longitude = degrees('longitude', 180)
    const [one, other] = [text(typed['latitude']), text(typed['longitude'])]
    if ((one === '') !== (other === '')) {
      context.addIssue({
        code: 'custom',
        path: [one === '' ? 'latitude' : 'longitude'],
        input: '?',
        params: { words: 'institutions.problem.coordinates-pair' },
      })
    }
    return latitude === null || longitude === null ? null : { latitude, longitude }
  }),
)

/** The hours of each day as typed; `-` or the word for closed closes the day. */
const opening = z.preprocess(
  group,
  z.record(z.string(), z.unknown()).transform((typed, context) => {
    const hours: Opening = {}
    for (const day of days) {
      const written = text(typed[day])
      if (written === '') continue
      const spans = /^[-–—0xX]$/u.test(written) ? [] : readHours(written)
      if (spans) hours[day] = spans
      else
        context.addIssue({
          code: 'custom',
          path: [day],
          input: written,
          params: { words: 'institutions.problem.hours' },
        })
    }
    return hours
  }),
)

const social = z.preprocess(
  group,
  z.record(z.string(), z.unknown()).transform((typed, context) => {
    const links: Record<string, string> = {}
    for (const network of socialNetworks) {
      const read = optionalUrl().safeParse(typed[network])
      if (!read.success) {
        context.addIssue({
          code: 'custom',
          path: [network],
          input: typed[network],
          params: { words: 'kit.problem.url' },
        })
      } else if (read.data !== '') links[network] = read.data
    }
    return links
  }),
)

const founded = optionalLine(30).superRefine((typed, context) => {
  if (typed !== '' && !readFounded(typed)) {
    context.addIssue({ code: 'custom', input: typed, params: { words: 'institutions.problem.founded' } })
  }
})

const isil = optionalLine(20).superRefine((typed, context) => {
  // ISO 15511: a prefix of the country or agency, a hyphen, then letters, digits, solidus, hyphen, colon; 16 characters at most.
  if (typed !== '' && !(/^[A-Za-z]{1,4}-[A-Za-z0-9/:-]{1,11}$/u.test(typed) && typed.length <= 16)) {
    context.addIssue({ code: 'custom', input: typed, params: { words: 'institutions.problem.isil' } })
  }
})
const wikidata = optionalLine(60)
  .transform((typed) => typed.replace(/^https?:\/\/www\.wikidata\.org\/(?:wiki|entity)\//u, '').toUpperCase())
  .superRefine((typed, context) => {
    if (typed !== '' && !/^Q[1-9]\d{0,11}$/u.test(typed)) {
      context.addIssue({ code: 'custom', input: typed, params: { words: 'institutions.problem.wikidata' } })
    }
  })

/** The pages of joining, and the parts of the form that changes an entry, in their order. */
export const sections = [
  'identity',
  'place',
  'contact',
  'collections',
  'visit',
  'accessibility',
  'description',
] as const
export type Section = (typeof sections)[number]

const fields = {
  identity: {
    kind: choice(institutionKinds),
    name: line(300),
    nameLanguage: languageTag,
    names: multilingual({ limit: 300 }),
    shortNames: lines(600),
    acronyms: lines(300),
    formerNames: lines(2000),
    type: optionalChoice(institutionTypes),
    legalKind: optionalChoice(legalKinds),
    governingBody: optionalLine(300),
    founded,
    isil,
    wikidata,
    nationalRegister: optionalLine(80),
  },
  place: {
    region: optionalLine(150),
    city: optionalLine(150),
    address: optionalLine(300),
    postcode: optionalLine(20),
    coordinates,
    coordinatesPrecision: optionalChoice(precisions),
  },
  contact: {
    email: optionalEmail(),
    telephone: optionalLine(60),
    website: optionalUrl(),
    social,
  },
  collections: {
    collections: choices(collectionKinds),
    sizeClass: optionalChoice(sizeClasses),
    staffCount: optionalWholeNumber(0, 100_000),
    resources: choices(resources),
  },
  visit: {
    opening,
    openingNote: optionalLine(1000),
    admission: optionalChoice(admissions),
    admissionNote: optionalLine(1000),
    services: choices(services),
    closedPermanently: checkbox(),
  },
  accessibility: {
    accessibility: choices(accessibilityFeatures),
    accessibilityNote: optionalLine(2000),
  },
  description: {
    description: multilingual({ limit: 8000 }),
  },
}

/** What one section's form makes of an entry: only its own fields. */
export type Wished = Partial<Entry>

const objects = {
  identity: z.object(fields.identity).transform(identityOf),
  place: z.object(fields.place).transform(placeOf),
  contact: z.object(fields.contact),
  collections: z.object(fields.collections),
  visit: z.object(fields.visit),
  accessibility: z.object(fields.accessibility),
  description: z.object(fields.description),
}

/** The form of each section: what was typed → the fields of an entry. */
export const sectionForms: { [section in Section]: z.ZodType<Wished> } = objects

/** The whole entry in one form, with a word to the officer. */
export const editForm: z.ZodType<{ wished: Wished; note: string }> = z
  .object({
    ...fields.identity,
    ...fields.place,
    ...fields.contact,
    ...fields.collections,
    ...fields.visit,
    ...fields.accessibility,
    ...fields.description,
    note: optionalLine(1000),
  })
  .transform((typed) => {
    const { identity: _identity, place: _place, ...others } = fields
    const plain = Object.values(others).flatMap((shape) => Object.keys(shape))
    const kept = Object.fromEntries(plain.map((name) => [name, typed[name as keyof typeof typed]])) as Wished
    return { wished: { ...identityOf(typed), ...placeOf(typed), ...kept }, note: typed.note }
  })

type Typed<Shape extends Record<string, z.ZodType>> = { [field in keyof Shape]: z.output<Shape[field]> }

function identityOf(typed: Typed<typeof fields.identity>): Wished {
  const { kind, name, nameLanguage, type, legalKind, governingBody, founded: year } = typed
  const named = (given: readonly string[], nameKind: OtherName['kind']): OtherName[] =>
    given.map((one) => ({ language: nameLanguage, name: one, kind: nameKind }))
  const identifiers: Identifier[] = [
    { scheme: 'isil' as const, issuer: '', value: typed.isil },
    { scheme: 'wikidata' as const, issuer: '', value: typed.wikidata },
    { scheme: 'national-register' as const, issuer: '', value: typed.nationalRegister },
  ].filter(({ value }) => value !== '')
  return {
    kind,
    name,
    nameLanguage,
    type,
    legalKind,
    governingBody,
    founded: year,
    identifiers,
    names: [
      ...Object.entries(typed.names).map(([language, one]): OtherName => ({ language, name: one, kind: 'translated' })),
      ...named(typed.shortNames, 'short'),
      ...named(typed.acronyms, 'acronym'),
      ...named(typed.formerNames, 'former'),
    ],
  }
}

function placeOf(typed: Typed<typeof fields.place>): Wished {
  const { region, city, address, postcode, coordinates: at, coordinatesPrecision } = typed
  return {
    region,
    city,
    address,
    postcode,
    latitude: at?.latitude ?? null,
    longitude: at?.longitude ?? null,
    coordinatesPrecision: at ? (coordinatesPrecision ?? 'exact') : null,
  }
}

/** The schemes whose identifiers a form shows; others came with an import and stay. */
export const typedSchemes: readonly Identifier['scheme'][] = ['isil', 'wikidata', 'national-register']

/** The first page of joining: enough to look whether the institution is there already. `anew` says that it was looked at. */
export const joinForm = z.object({
  country: country(),
  kind: choice(institutionKinds),
  name: line(300),
  city: line(150),
  anew: checkbox(),
})

/** An officer's decision about an entry; a return and a withdrawal say why. */
export const decisionForm = z
  .object({
    decision: choice(['validate', 'again', 'return', 'withdraw']),
    definitionSource: optionalLine(300),
    note: optionalLine(2000),
  })
  .superRefine(({ decision, note }, context) => {
    if ((decision === 'return' || decision === 'withdraw') && note === '') {
      context.addIssue({ code: 'custom', path: ['note'], input: '', params: { words: 'kit.problem.required' } })
    }
  })

/** Which of the wished-for fields the officer takes (`take`), and the reason where some are left. */
export const decideForm = z.object({
  take: z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.string()),
  ),
  reason: optionalLine(2000),
  decision: choice(['accept', 'refuse']),
})

/** Which of two stays, and why. */
export const mergeForm = z.object({ decision: choice(['merge', 'apart']), keep: id(), reason: optionalLine(1000) })
export const unmergeForm = z.object({ reason: line(1000) })

/** The word of whoever sends an entry that it is right. */
export const submitForm = z.object({ sure: shapes.consent() })
