import { z } from 'zod'
import { isLanguageTag } from '#kit/words'
import type { Condition, Definition } from './definition.ts'

const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/u)
const said = z.record(
  z.string().refine(isLanguageTag, { params: { words: 'kit.problem.language' } }),
  z.string().max(5000),
)
const choice = z.strictObject({ key, label: said, exclusive: z.boolean().optional() })
const day = z.iso.date()

const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ question: key, is: z.enum(['answered', 'unanswered']) }),
    z.strictObject({ question: key, equals: z.union([z.string(), z.boolean()]) }),
    z.strictObject({ question: key, oneOf: z.array(z.string()).min(1) }),
    z.strictObject({ question: key, atLeast: z.number() }),
    z.strictObject({ question: key, atMost: z.number() }),
    z.strictObject({ all: z.array(condition).min(1) }),
    z.strictObject({ any: z.array(condition).min(1) }),
    z.strictObject({ not: condition }),
  ]),
)

const common = { key, label: said, help: said.optional(), required: z.boolean().optional(), when: condition.optional() }
const count = z.number().int().min(0)
const limits = { minimum: z.number().optional(), maximum: z.number().optional(), whole: z.boolean().optional() }
const text = { minimum: count.optional(), maximum: count.max(100_000).optional(), maximumWords: count.optional() }

const question = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('short-text'), ...common, ...text }),
  z.strictObject({ kind: z.literal('long-text'), ...common, ...text }),
  z.strictObject({ kind: z.literal('number'), ...common, ...limits, unit: said.optional() }),
  z.strictObject({
    kind: z.literal('money'),
    ...common,
    currencies: z.array(z.string().regex(/^[A-Z]{3}$/u)),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal('date'), ...common, earliest: day.optional(), latest: day.optional() }),
  z.strictObject({ kind: z.literal('yes-no'), ...common }),
  z.strictObject({
    kind: z.literal('choice'),
    ...common,
    choices: z.array(choice).max(300),
    other: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('choices'),
    ...common,
    choices: z.array(choice).max(300),
    other: z.boolean().optional(),
    minimum: count.optional(),
    maximum: count.optional(),
  }),
  z.strictObject({
    kind: z.literal('scale'),
    ...common,
    from: z.number().int().min(-10).max(10),
    to: z.number().int().min(-10).max(20),
    low: said.optional(),
    high: said.optional(),
  }),
  z.strictObject({
    kind: z.literal('table'),
    ...common,
    ...limits,
    rows: z.array(choice).max(100).optional(),
    columns: z.array(choice).max(20),
  }),
  z.strictObject({
    kind: z.literal('file'),
    ...common,
    accept: z.array(z.string().max(100)),
    maximumBytes: count,
    maximum: count.optional(),
  }),
  z.strictObject({ kind: z.literal('country'), ...common, among: z.array(z.string().regex(/^[A-Z]{2}$/u)).optional() }),
  z.strictObject({ kind: z.literal('institution'), ...common }),
])

/** The shape of a form's content, as its author sends it or a file brings it. What it means is told by `preflight`. */
export const definitionForm: z.ZodType<Definition> = z.strictObject({
  format: z.literal(1),
  languages: z.array(z.string().refine(isLanguageTag, { params: { words: 'kit.problem.language' } })).max(20),
  title: said,
  introduction: said.optional(),
  sections: z
    .array(
      z.strictObject({
        key,
        title: said,
        help: said.optional(),
        when: condition.optional(),
        questions: z.array(question).max(300),
      }),
    )
    .max(100),
})
