import { z } from 'zod'

/** What a steward does with a dead job. A reason is asked for where it goes for good. */
export const queueForm = z.object({
  id: z.coerce.number().int().positive(),
  deed: z.enum(['rerun', 'discard']),
  reason: z.string().trim().max(500).default(''),
})

/** Nothing but the button that stops work. */
export const workForm = z.object({ deed: z.literal('cancel') })

/** How many days a rule keeps things, and whether it holds. */
export const retentionForm = z.object({
  id: z.uuid(),
  days: z.coerce.number().int().min(1).max(36_500),
  active: z.literal('yes').optional(),
  reason: z.string().trim().min(1).max(500),
})
