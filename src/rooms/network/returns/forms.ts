import { z } from 'zod'
import { shapes } from '#kit/http'
import { templates } from './instruments.ts'

/** To whom a museum may give its result: everyone, or those who judge what it applies for. */
export const audiences = ['public', 'applications'] as const
export type Audience = (typeof audiences)[number]

export const instrumentForm = z.object({
  template: shapes.choice(templates),
  year: shapes.wholeNumber(2000, 2100),
  countryCode: shapes.optionalCountry(),
  openFrom: shapes.day(),
  openUntil: shapes.day(),
  smallestCell: shapes.wholeNumber(3, 20),
})
export const beginForm = z.object({ institutionId: shapes.id() })
/** A section carries whatever its questions are: `#kit/questionnaire` reads it. */
export const sectionForm = z.record(z.string(), z.unknown())
export const nothingForm = z.object({})
export const checkForm = z.object({ what: shapes.choice(['check', 'return']), note: shapes.optionalLine(4000) })
export const shareForm = z.object({ with: shapes.choices(audiences) })
