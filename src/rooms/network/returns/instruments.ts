import type { Definition } from '#kit/questionnaire'
import selfAssessment from './instruments/self-assessment.json' with { type: 'json' }
import visitors from './instruments/visitors.json' with { type: 'json' }

/** The instruments that come with the program, in their own words. */
export const templates = ['visitors', 'self-assessment'] as const
export type Template = (typeof templates)[number]

/** What each of them asks. */
export const definitions: Record<Template, Definition> = {
  visitors: visitors as Definition,
  'self-assessment': selfAssessment as Definition,
}
