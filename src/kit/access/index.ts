/** Who asks and what they may do: verdicts with reasons, scopes of roles, the reach that row security is told, and the errors that pages understand. */
export * from './actor.ts'
export * from './verdict.ts'
export type { Deeds, Scene } from './deeds.ts'
