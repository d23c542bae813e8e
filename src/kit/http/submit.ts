import type { z } from 'zod'
import { AlreadyDone, Changed, Problems, type Problem } from '#kit/access'
import type { Ask } from './ask.ts'
import { constraintProblem } from './constraints.ts'
import { readForm, type Typed } from './form.ts'
import type { Answer } from './room.ts'

/** What came with a form besides its fields: the one-time key, by which the same POST counts once, and the row version it was drawn from. */
export type Sent = { once: string | null; version: string | null }

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

/**
 * The one way a form is taken. Reads the body, checks it (`form`), does the deed (`act`), and answers with `then`.
 * Whatever is wrong – shape, truth of the trade, a constraint of the database, someone else's change meanwhile – `again` draws the same page
 * with every problem and everything typed, status 422 (409 when it was changed meanwhile). The same form sent twice is answered as the first time.
 */
export async function submit<Input, Done>(
  ask: Ask,
  how: {
    form: z.ZodType<Input>
    act: (input: Input, sent: Sent) => Promise<Done>
    then: (done: Done) => Answer | Promise<Answer>
    again: (typed: Typed, problems: Problem[]) => Promise<Answer> | Answer
  },
): Promise<Answer> {
  const typed = await ask.typed()
  const again = async (problems: Problem[], status: number): Promise<Answer> => {
    const answer = await how.again(typed, problems)
    return answer instanceof Response ? answer : { ...answer, status }
  }
  // A button that only looks something up for the form (an autocomplete without script) draws it again and does nothing.
  if ('_find' in typed) return again([], 200)
  const { _csrf, _key, _version, ...fields } = typed
  const read = readForm(how.form, fields)
  if (!read.ok) return again(read.problems, 422)
  const sent: Sent = {
    once: typeof _key === 'string' && uuid.test(_key) ? _key : null,
    version: typeof _version === 'string' && _version !== '' ? _version : null,
  }
  try {
    return await how.then(await how.act(read.value, sent))
  } catch (error) {
    if (error instanceof AlreadyDone) return how.then(error.answer as Done)
    if (error instanceof Problems) return again(error.problems, 422)
    if (error instanceof Changed) return again([{ field: '', words: 'kit.problem.changed' }], 409)
    const problem = constraintProblem(error)
    if (problem) return again([problem], 422)
    throw error
  }
}

/** 303 to a page, in the asker's language. */
export function seeOther(ask: Ask, name: string, params?: Record<string, string>, query?: string): Response {
  return new Response(null, {
    status: 303,
    headers: { location: ask.address(name, params) + (query ? `?${query}` : '') },
  })
}
