import { z } from 'zod'
import { roles } from '#kit/access'
import { passwordLength } from '#kit/auth'
import { shapes } from '#kit/http'
import { languages } from '#kit/words'
import { contracts, purposes, sexes, willingness } from './rules.ts'

const {
  checkbox,
  choice,
  choices,
  day,
  email,
  id,
  line,
  optionalChoice,
  optionalCountry,
  optionalId,
  optionalLine,
  optionalDay,
} = shapes

const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])
const zone = z.preprocess(
  (value) => (typeof value === 'string' ? value.trim() : value),
  z.string().refine((value) => zones.has(value), { params: { words: 'kit.problem.choice' } }),
)

const name = { givenNames: line(120), firstSurname: optionalLine(120), secondSurname: optionalLine(120) }
const own = {
  ...name,
  language: choice(languages),
  zone,
  countryCode: optionalCountry(),
  profession: optionalLine(200),
}

/** A box that must be ticked, and says so. */
const agreed = z.preprocess(
  (value) => value !== undefined && value !== '',
  z.boolean().refine((ticked) => ticked, { params: { words: 'kit.problem.consent' } }),
)

/** Empty, or long enough: an account can do without a password. */
const optionalPassword = z
  .string()
  .default('')
  .superRefine((password, context) => {
    if (password !== '' && password.length < passwordLength.min)
      context.addIssue({
        code: 'custom',
        params: { words: 'kit.problem.too-short', values: { count: passwordLength.min } },
      })
    if (password.length > passwordLength.max)
      context.addIssue({
        code: 'custom',
        params: { words: 'kit.problem.too-long', values: { count: passwordLength.max } },
      })
  })

export const joinForm = z.object({
  ...own,
  password: optionalPassword,
  terms: agreed,
  privacy: agreed,
  next: optionalLine(2000),
})
export const acceptForm = z.object({
  ...own,
  email: z.preprocess((value) => (value === '' ? undefined : value), email().optional()),
  emailAgain: optionalLine(254),
  password: optionalPassword,
  terms: agreed,
  privacy: agreed,
})
export const takeForm = z.object({})

export const profileForm = z.object({
  ...own,
  telephone: optionalLine(40),
  expertise: z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.uuid()).max(20),
  ),
  willingTo: choices(willingness),
  inDirectory: checkbox(),
  publicProfile: checkbox(),
  sex: optionalChoice(sexes),
})

export const claimForm = z.object({
  institution: id(),
  post: optionalLine(200),
  contract: optionalChoice(contracts),
  from: day(),
})
export const decideForm = z.object({
  outcome: choice(['verified', 'refused', 'ended']),
  reason: optionalLine(500),
  on: optionalDay(),
})

/** A scope as one field: `network`, `country:PE`, `institution:…`, `body:…`. */
const scope = z.string().transform((value, context) => {
  const [kind = '', of = ''] = value.split(':')
  if (kind === 'network') return { kind: 'network' as const }
  if (
    (kind === 'country' && /^[A-Z]{2}$/.test(of)) ||
    ((kind === 'institution' || kind === 'body') && z.uuid().safeParse(of).success)
  )
    return { kind: kind as 'country' | 'institution' | 'body', id: of }
  context.addIssue({
    code: 'custom',
    input: value,
    params: { words: value === '' ? 'kit.problem.choice-required' : 'kit.problem.choice' },
  })
  return z.NEVER
})

export const grantForm = z.object({
  person: id(),
  role: choice(roles),
  scope,
  from: optionalDay(),
  until: optionalDay(),
  decision: optionalId(),
  reason: optionalLine(500),
})
export const endRoleForm = z.object({ reason: optionalLine(500) })

const roleOrNone = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  z.enum(roles).nullable(),
)
export const inviteForm = z
  .object({
    ...name,
    givenNames: optionalLine(120),
    email: email(),
    language: choice(languages),
    countryCode: optionalCountry(),
    institution: optionalId(),
    role: roleOrNone,
    post: optionalLine(200),
    message: optionalLine(1000),
  })
  .transform((input) => ({ ...input, email: input.email.toLowerCase() }))
/** One line of the CSV, its columns already named. */
export const invitedRow = inviteForm
export const inviteManyForm = z.object({ table: z.string().min(1).max(400_000), language: choice(languages) })

export const enterForm = z.object({
  ...name,
  countryCode: optionalCountry(),
  institution: optionalId(),
  language: choice(languages),
  profession: optionalLine(200),
  post: optionalLine(200),
})
export const consentForm = z.object({ purpose: choice(purposes), give: checkbox() })
export const eraseForm = z.object({ name: line(400) })
export const sensitiveForm = z.object({ purpose: line(300) })
export const legalForm = z.object({
  kind: choice(['privacy', 'terms']),
  version: line(40),
  from: day(),
  body: shapes.multilingual({ required: ['es'], limit: 100_000 }),
})
