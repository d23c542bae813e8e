import { z } from 'zod'
import { shapes } from '#kit/http'

const deeds = ['save', 'send', 'approve', 'return', 'publish', 'dismiss'] as const
export type WritingDeed = (typeof deeds)[number]

/** One language of a text beside its original; the button says which deed. */
export const writingForm = z.object({
  deed: shapes.choice(deeds),
  body: z.preprocess((value) => (typeof value === 'string' ? value : ''), z.string().max(100_000)),
  note: shapes.optionalLine(1000),
  revision: shapes.wholeNumber(0, 1_000_000_000),
})

/** A translator's file: its text is read apart. */
export const fileForm = z.object({})
