import type { Actor } from './actor.ts'
import type { Verdict } from './verdict.ts'

/**
 * What a deed may be done to, for the printed matrix of permissions: one country, an institution in it, a body of it, and a person who works there.
 * The matrix asks each deed in two scenes: that of the actor's own scope, and one elsewhere.
 */
export type Scene = { country: string; institution: string; body: string; person: string }

/** Every deed of a room and who may do it, by the deed's name in the record. What `access.ts` of each room exports as `deeds`. */
export type Deeds = Readonly<Record<string, (actor: Actor, scene: Scene) => Verdict>>
