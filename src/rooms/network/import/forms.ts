import { z } from 'zod'
import { shapes } from '#kit/http'
import { isLanguageTag } from '#kit/words'
import { institutionKinds } from '../vocabulary.ts'
import { fieldNames } from './fields.ts'

export const entersAsChoices = ['submitted', 'listed', 'draft'] as const
export const remedies = ['refuse', 'correct', 'empty'] as const
export const outsideChoices = ['refuse', 'empty', 'keep'] as const
export const repeatedChoices = ['refuse', 'leave-out'] as const
export const nearChoices = ['note', 'refuse'] as const
export const existingChoices = ['fill', 'refuse'] as const
export const januaryChoices = ['day', 'year'] as const
export const orderChoices = ['day-month-year', 'month-day-year'] as const
export const pointOrders = ['latitude-first', 'longitude-first'] as const
export const laterChoices = ['keep', 'undo'] as const

/** `file.kept` names the draft of the file that arrived. */
export const bringForm = z.object({
  country: shapes.optionalCountry(),
  file: z.object({ kept: shapes.id() }, { error: () => '' }),
})

const language = () => shapes.line(35).refine(isLanguageTag, { params: { words: 'kit.problem.choice' } })

const texts = (longest: number) =>
  z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.string().max(longest)).max(200),
  )

/** What the form says of one column; the names of its codes are the places of its values. */
const columnForm = z.object({
  field: shapes.optionalChoice(fieldNames),
  strict: shapes.checkbox(),
  language: shapes
    .optionalLine(35)
    .refine((tag) => tag === '' || isLanguageTag(tag), { params: { words: 'kit.problem.choice' } }),
  only: texts(200),
  codes: z
    .record(
      z.string(),
      z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string().max(60)),
    )
    .default({}),
  unknown: shapes.optionalLine(2000),
  january: shapes.optionalChoice(januaryChoices),
  order: shapes.optionalChoice(orderChoices),
  point: shapes.optionalChoice(pointOrders),
})
export type ColumnInput = z.infer<typeof columnForm>

export const mappingForm = z.object({
  source: shapes
    .line(40)
    .refine((code) => /^[a-z0-9][a-z0-9-]{1,39}$/.test(code), { params: { words: 'import.mapping.source-missing' } }),
  language: language(),
  country: shapes.optionalCountry(),
  kind: shapes.optionalChoice(institutionKinds),
  zone: shapes.optionalLine(10),
  entersAs: shapes.choice(entersAsChoices),
  swapped: shapes.choice(remedies),
  sign: shapes.choice(remedies),
  outside: shapes.choice(outsideChoices),
  identifier: shapes.choice(repeatedChoices),
  near: shapes.choice(nearChoices),
  existing: shapes.choice(existingChoices),
  columns: z.record(z.string(), columnForm).default({}),
})
export type MappingInput = z.infer<typeof mappingForm>

export const actForm = z.object({ what: shapes.choice(['check', 'run', 'stop']) })
export const keepForm = z.object({ name: shapes.line(120), shared: shapes.checkbox() })
export const takeForm = z.object({ mapping: shapes.id() })
export const undoForm = z.object({ later: shapes.choice(laterChoices) })
