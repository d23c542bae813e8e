import { z } from 'zod'
import { shapes } from '#kit/http'
import { choices as voteChoices, decisionRules } from './rules.ts'

export const bodyKinds = [
  'council',
  'executive-committee',
  'technical-unit',
  'national-commission',
  'working-table',
  'committee',
  'other',
] as const
export const offices = [
  'chair',
  'vice-chair',
  'secretary',
  'coordinator',
  'member',
  'delegate',
  'alternate',
  'rapporteur',
] as const
export const membershipKinds = ['member', 'observer', 'invited'] as const
export const parts = ['coordinates', 'administers', 'funds', 'supports'] as const
export const lawKinds = ['law', 'policy', 'definition', 'other'] as const
/** Languages in which a body of the region may work. */
export const workingLanguages = ['es', 'pt', 'en', 'ar', 'ca', 'gl', 'eu', 'qu', 'ay', 'gn'] as const

const zones = new Set(Intl.supportedValuesOf('timeZone'))
const zone = () => shapes.line(60).refine((value) => zones.has(value), { params: { words: 'governance.problem.zone' } })
const code = () =>
  shapes
    .line(40)
    .refine((value) => /^[a-z0-9][a-z0-9-]*$/.test(value), { params: { words: 'governance.problem.code-shape' } })

export const networkForm = z.object({
  name: shapes.inSomeLanguage({ first: 'es', limit: 200 }),
  about: shapes.multilingual({ keepEmpty: true }),
  seatCountry: shapes.country(),
  seatCity: shapes.optionalLine(120),
  zone: zone(),
  workingLanguages: shapes
    .choices(workingLanguages)
    .refine((chosen) => chosen.length > 0, { params: { words: 'kit.problem.too-few', values: { count: 1 } } }),
})

export const membershipForm = z.object({
  countryCode: shapes.country(),
  kind: shapes.choice(membershipKinds),
  from: shapes.day(),
  last: shapes.optionalDay(),
  decisionId: shapes.optionalId(),
  source: shapes.optionalLine(500),
  beginUnknown: shapes.checkbox(),
})

export const endForm = z.object({ last: shapes.day(), reason: shapes.optionalLine(1000) })

export const bodyForm = z.object({
  name: shapes.inSomeLanguage({ first: 'es', limit: 200 }),
  about: shapes.multilingual(),
  code: code(),
  kind: shapes.choice(bodyKinds),
  countryCode: shapes.optionalCountry(),
  from: shapes.optionalDay(),
  last: shapes.optionalDay(),
  quorum: shapes.optionalWholeNumber(0, 100),
})

export const seatForm = z.object({
  office: shapes.choice(offices),
  countryCode: shapes.optionalCountry(),
  votes: shapes.wholeNumber(0, 100),
})

export const mandateForm = z.object({
  seatId: shapes.id(),
  personId: z.preprocess(
    (value) => (Array.isArray(value) ? value[0] : value),
    z.string().refine((value) => z.uuid().safeParse(value).success, { params: { words: 'governance.problem.person' } }),
  ),
  from: shapes.day(),
  last: shapes.optionalDay(),
  decisionId: shapes.optionalId(),
})

export const sessionForm = z.object({
  number: shapes.optionalWholeNumber(1, 999),
  name: shapes.multilingual({ limit: 200 }),
  from: shapes.day(),
  last: shapes.day(),
  place: shapes.optionalLine(200),
})

export const motionForm = z.object({
  code: code(),
  motion: shapes.inSomeLanguage({ first: 'es', limit: 500 }),
  text: shapes.multilingual(),
  rule: shapes.choice(decisionRules as [(typeof decisionRules)[number]]),
  sessionId: shapes.optionalId(),
  public: shapes.checkbox(),
})

export const voteForm = z.object({
  seatId: shapes.id(),
  choice: shapes.choice(voteChoices as [(typeof voteChoices)[number]]),
})
export const decideForm = z.object({ decidedOn: shapes.day() })
export const partnerForm = z.object({
  name: shapes.line(200),
  part: shapes.choice(parts),
  website: shapes.optionalUrl(),
  countryCode: shapes.optionalCountry(),
  source: shapes.optionalLine(500),
})
export const enterCountryForm = z.object({
  code: shapes.country(),
  inRegion: shapes.checkbox(),
  zone: zone(),
  workingLanguages: shapes.choices(workingLanguages),
  editsAreReviewed: shapes.checkbox(),
})
export const countryForm = z.object({
  introduction: shapes.multilingual({ keepEmpty: true }),
  definition: shapes.multilingual({ keepEmpty: true }),
  definitionSource: shapes.optionalLine(300),
  editsAreReviewed: shapes.checkbox(),
  zone: zone(),
})
export const lawForm = z.object({
  kind: shapes.choice(lawKinds),
  title: shapes.inSomeLanguage({ first: 'es', limit: 300 }),
  summary: shapes.multilingual({ limit: 2000 }),
  url: shapes.optionalUrl(),
  adoptedOn: shapes.optionalDay(),
})
