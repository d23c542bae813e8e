import type { Problem } from '#kit/access'

/** A constraint of the database by its name, told to the person: at which field, by which sentence. */
export type ConstraintWords = Record<string, { field?: string; words: string }>

const known: ConstraintWords = {}

/** A room tells what its constraints mean to the person whose form breaks one. */
export function tellConstraints(words: ConstraintWords): void {
  Object.assign(known, words)
}

/** The sentence for every constraint told of so far, for the house's own test. */
export const constraintsTold = (): Readonly<ConstraintWords> => known

/** The problem that a broken constraint is to the person, where its room has told it; PostgreSQL has the last word. */
export function constraintProblem(error: unknown): Problem | null {
  if (!(error instanceof Error) || !('constraint' in error) || typeof error.constraint !== 'string') return null
  const told = known[error.constraint]
  return told ? { field: told.field ?? '', words: told.words } : null
}
