import { sql } from 'kysely'
import { Problems, require, type Actor, type Problem } from '#kit/access'
import { record } from '#kit/record'
import { mayAnswer, mayAuthor, mayCheckResponse } from './access.ts'
import type { Definition } from './definition.ts'
import { keepAnswers, publishDefinition, sealResponse, setDefinition, takeDefinition, takeResponse } from './keep.ts'
import { readAnswers, type Sent } from './read.ts'
import { sectionAfter, visible } from './visible.ts'

/** Writes a form's draft. Nothing that was published changes. */
export async function editDefinition(
  actor: Actor,
  input: { definitionId: string; content: Definition; revision?: number | null; once?: string | null },
): Promise<void> {
  const about = { kind: 'questionnaire', id: input.definitionId }
  await record(actor, 'questionnaire.edited', { about, once: input.once ?? null }, async (db) => {
    const row = await takeDefinition(db, input.definitionId)
    require(mayAuthor(actor, row.owner))
    await setDefinition(db, row, input.content, input.revision)
  })
}

/** Publishes a form as its next version and answers the version's id. Throws `Problems` for all that preflight finds. */
export async function publishVersion(
  actor: Actor,
  input: { definitionId: string; once?: string | null },
): Promise<string> {
  const about = { kind: 'questionnaire', id: input.definitionId }
  return record(actor, 'questionnaire.published', { about, once: input.once ?? null }, async (db) => {
    const row = await takeDefinition(db, input.definitionId)
    require(mayAuthor(actor, row.owner))
    return publishDefinition(db, row)
  })
}

/** What came of saving a section: answers changed elsewhere meanwhile, and where to go on (`null`: all seen). */
export type Saved = { conflicts: Problem[]; next: string | null }

/**
 * Saves one section as its form sent it, however much of it is filled in, and keeps even what cannot be read. The form's
 * marks (`was.…`) tell what was touched; see `keepAnswers`. Throws `Refused` once the response is sent.
 */
export async function saveAnswers(
  actor: Actor,
  input: { responseId: string; section: string; sent: Sent; once?: string | null },
): Promise<Saved> {
  const about = { kind: 'response', id: input.responseId }
  return record(actor, 'answers.saved', { about, once: input.once ?? null }, async (db) => {
    const response = await takeResponse(db, input.responseId)
    require(mayAnswer(actor, response))
    const before = { ...response.answers }
    // Only what the form showed is read from it: a question that it did not ask keeps its answer.
    const shown =
      visible(response.definition, before).sections.find(({ section }) => section.key === input.section)?.questions ??
      []
    const conflicts = await keepAnswers(actor, db, response, readAnswers(shown, input.sent), marksOf(input.sent))
    return { conflicts, next: sectionAfter(response.definition, before, response.answers, input.section) }
  })
}

/** The marks that a form carried, flat (`was.age`) or nested. */
export function marksOf(sent: Sent): Record<string, string> {
  const nested = sent['was']
  const flat = Object.entries(sent)
    .filter(([name]) => name.startsWith('was.'))
    .map(([name, mark]) => [name.slice(4), mark] as const)
  const all = typeof nested === 'object' && nested !== null ? [...Object.entries(nested), ...flat] : flat
  return Object.fromEntries(all.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

/** Sends a response. Throws `Problems` with everything that is missing or does not fit, all at once. */
export async function sendResponse(actor: Actor, input: { responseId: string; once?: string | null }): Promise<void> {
  const about = { kind: 'response', id: input.responseId }
  await record(actor, 'response.sent', { about, once: input.once ?? null }, async (db) => {
    const response = await takeResponse(db, input.responseId)
    require(mayAnswer(actor, response))
    await sealResponse(db, response)
  })
}

/** Gives a response back to be corrected, with a note that says what; its answers stay. */
export async function returnResponse(
  actor: Actor,
  input: { responseId: string; note: string; once?: string | null },
): Promise<void> {
  const note = input.note.trim()
  if (note === '') throw new Problems([{ field: 'note', words: 'questionnaire.problem.note' }])
  const about = { kind: 'response', id: input.responseId }
  await record(actor, 'response.returned', { about, reason: note, once: input.once ?? null }, async (db) => {
    require(mayCheckResponse(actor, await takeResponse(db, input.responseId)))
    await sql`update questionnaire.response set state = 'returned', note = ${note} where id = ${input.responseId}`.execute(
      db,
    )
  })
}

/** Accepts a response as it is. */
export async function acceptResponse(actor: Actor, input: { responseId: string; once?: string | null }): Promise<void> {
  const about = { kind: 'response', id: input.responseId }
  await record(actor, 'response.accepted', { about, once: input.once ?? null }, async (db) => {
    require(mayCheckResponse(actor, await takeResponse(db, input.responseId)))
    await sql`update questionnaire.response set state = 'accepted' where id = ${input.responseId}`.execute(db)
  })
}
