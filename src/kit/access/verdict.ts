/** A yes, or a no with its reason: a key of the room's words and what fills its holes. "Why can I not?" is a right of the user. */
export type Verdict = { allowed: true } | { allowed: false; reason: string; values?: Values }
export type Values = Record<string, string | number>

export const yes: Verdict = { allowed: true }
export const no = (reason: string, values?: Values): Verdict => ({ allowed: false, reason, ...(values && { values }) })

/** The first no, else yes. */
export function every(...verdicts: Verdict[]): Verdict {
  return verdicts.find((verdict) => !verdict.allowed) ?? yes
}

/** Yes when the condition holds, else no for this reason. */
export const when = (holds: boolean, reason: string, values?: Values): Verdict => (holds ? yes : no(reason, values))

/** Throws {@link Refused} unless the verdict is yes. */
export function require(verdict: Verdict): void {
  if (!verdict.allowed) throw new Refused(verdict.reason, verdict.values)
}

/** One thing that keeps a form from being taken: the field's name ('' for the whole form), a key of the words, what fills its holes. */
export type Problem = { field: string; words: string; values?: Values }

/** Not there, or out of the actor's reach: the two look alike, so that existence does not leak. Answered with 404. */
export class Absent extends Error {
  constructor() {
    super('absent')
  }
}

/** In reach, but not allowed: answered with 403 and the reason in words. */
export class Refused extends Error {
  readonly reason: string
  readonly values: Values | undefined
  constructor(reason: string, values?: Values) {
    super(`refused: ${reason}`)
    this.reason = reason
    this.values = values
  }
}

/** What was asked cannot be, for these reasons, all at once: answered with 422 and everything typed kept. */
export class Problems extends Error {
  readonly problems: Problem[]
  constructor(problems: Problem[]) {
    super(`problems: ${problems.map(({ field, words }) => `${field} ${words}`).join('; ')}`)
    this.problems = problems
  }
}

/** The thing was changed by someone else since the form was shown: answered with 409 and the difference. */
export class Changed extends Error {
  constructor() {
    super('changed meanwhile')
  }
}

/** A form sent before: its first answer counts. */
export class AlreadyDone extends Error {
  readonly answer: unknown
  constructor(answer: unknown) {
    super('already done')
    this.answer = answer
  }
}

/** Throws {@link Problems} if there are any. */
export function refuseProblems(problems: Problem[]): void {
  if (problems.length > 0) throw new Problems(problems)
}

/** What was looked for, or {@link Absent}. */
export function found<T>(row: T | undefined | null): T {
  if (row === undefined || row === null) throw new Absent()
  return row
}
