import type { Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { keepText, newText, type NewText } from '#kit/text'

/** A text typed in one or more languages, by language. */
export type Bodies = Record<string, string>

const says = (bodies: Bodies | undefined): bodies is Bodies =>
  bodies !== undefined && Object.values(bodies).some((body) => body.trim() !== '')
/** The language that a text is written in first: the first that says something. */
const firstOf = (bodies: Bodies): string =>
  Object.keys(bodies).find((language) => bodies[language]!.trim() !== '') ?? Object.keys(bodies)[0] ?? 'es'

type Given = Omit<NewText, 'bodies' | 'source'>

/** Makes a published text out of what was typed; null when nothing was. The first language that says something is its source. */
export async function textIfTyped(
  actor: Actor,
  db: Db,
  bodies: Bodies | undefined,
  given: Given,
): Promise<string | null> {
  return says(bodies) ? newText(actor, db, { ...given, source: firstOf(bodies), bodies, publish: true }) : null
}

/** Makes or changes a published text as typed; null where there is none and nothing was typed. */
export async function keepTyped(
  actor: Actor,
  db: Db,
  id: string | null,
  bodies: Bodies,
  given: Given,
): Promise<string | null> {
  return id === null && !says(bodies)
    ? null
    : keepText(actor, db, id, { ...given, source: firstOf(bodies), bodies, publish: true })
}
