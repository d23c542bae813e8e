import { z } from 'zod'
import { shapes } from '#kit/http'
import { documentKinds } from './rules.ts'

export const pageForm = z.object({
  parentId: shapes.optionalId(),
  title: shapes.inSomeLanguage({ first: 'es', limit: 200 }),
  summary: shapes.multilingual({ limit: 600, keepEmpty: true }),
  body: shapes.multilingual({ limit: 100_000, keepEmpty: true }),
  slug: shapes.optionalLine(80),
})

export const documentForm = z.object({
  kind: shapes.choice(documentKinds),
  title: shapes.inSomeLanguage({ first: 'es', limit: 300 }),
  summary: shapes.multilingual({ limit: 2000 }),
  authors: shapes.optionalLine(300),
  publisher: shapes.optionalLine(200),
  year: shapes.optionalWholeNumber(1500, 2200),
  languages: z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.string().max(20)).max(20),
  ),
  url: shapes.optionalUrl().refine((url) => url !== '', { params: { words: 'kit.problem.required' } }),
  licence: shapes.optionalLine(100),
})
