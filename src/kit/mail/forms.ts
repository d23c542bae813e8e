import { z } from 'zod'

/** Nothing but the button that sends a letter again. */
export const againForm = z.object({ deed: z.literal('send-again') })

/** Where a test letter goes. */
export const testForm = z.object({ address: z.email().max(254) })

/** Why an address may have letters again. */
export const liftForm = z.object({ id: z.uuid(), reason: z.string().trim().min(1).max(500) })
