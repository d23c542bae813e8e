import { no, yes, type Actor, type Verdict } from '#kit/access'

/** The register is everyone's to read; a key, which only raises how often a program may read, is a person's. */
export function mayHaveKey(actor: Actor): Verdict {
  return actor.kind === 'person' ? yes : no('register.refused.keys')
}
