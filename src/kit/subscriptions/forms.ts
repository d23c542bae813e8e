import { z } from 'zod'
import { frequencies, subscriptionKinds } from './subscription.ts'

const text = (length: number) => z.string().trim().max(length)

/** A wish to be told of something: what it is comes with the link that led here, how often is chosen. */
export const wishForm = z.object({
  kind: z.enum(subscriptionKinds),
  subject: text(2000).default(''),
  room: text(40)
    .transform((room) => room || null)
    .default(null),
  title: text(200)
    .transform((title) => title || null)
    .default(null),
  frequency: z.enum(frequencies),
})

/** A change of a wish: how often, or no more. */
export const changeForm = z.object({
  id: z.uuid(),
  frequency: z.enum([...frequencies, 'never']),
})
