import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { Absent, Changed, Problems, type Actor, type Problem } from '#kit/access'
import type { Db } from '#kit/db'
import { ownerId, type Owner } from '#kit/text'
import type { ResponseFacts } from './access.ts'
import { check } from './check.ts'
import { fieldName, type Answer, type Answers, type Definition } from './definition.ts'
import { mayBePublished, preflight } from './preflight.ts'
import { isAnswered } from './visible.ts'

export type NewDefinition = { owner: Owner; room: string; purpose: string; content: Definition }

/** Makes a form inside a room's own deed; answers its id. */
export async function newDefinition(db: Db, { owner, room, purpose, content }: NewDefinition): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into questionnaire.definition (owner_kind, owner_id, room, purpose, content)
    values (${owner.kind}, ${ownerId(owner)}, ${room}, ${purpose}, ${JSON.stringify(content)}::jsonb) returning id`.execute(
    db,
  )
  return rows[0]!.id
}

export type DefinitionRow = {
  id: string
  owner: Owner
  room: string
  purpose: string
  content: Definition
  revision: number
}

/** Takes a form into work, locked. Throws `Absent`. */
export async function takeDefinition(db: Db, id: string): Promise<DefinitionRow> {
  type Row = Omit<DefinitionRow, 'owner'> & { ownerKind: Exclude<Owner['kind'], 'person'>; ownerId: string }
  const { rows } = await sql<Row>`
    select id, owner_kind, owner_id, room, purpose, content, revision from questionnaire.definition where id = ${id} for update`.execute(
    db,
  )
  const row = rows[0]
  if (!row) throw new Absent()
  const { ownerKind, ownerId: of, ...rest } = row
  return { ...rest, owner: ownerKind === 'network' ? { kind: 'network' } : { kind: ownerKind, id: of } }
}

/** Writes a form's content. Throws `Changed` where someone else did since `revision`. */
export async function setDefinition(
  db: Db,
  row: DefinitionRow,
  content: Definition,
  revision?: number | null,
): Promise<void> {
  if (revision !== undefined && revision !== null && revision !== row.revision) throw new Changed()
  await sql`
    update questionnaire.definition set content = ${JSON.stringify(content)}::jsonb, revision = revision + 1, changed_at = now()
    where id = ${row.id}`.execute(db)
}

/** Publishes a form as its next version and answers the version's id; the same content again answers the version there is. Throws `Problems` for all that preflight finds. */
export async function publishDefinition(db: Db, row: DefinitionRow): Promise<string> {
  const findings = preflight(row.content)
  if (!mayBePublished(findings)) {
    throw new Problems(
      findings
        .filter(({ level }) => level === 'error')
        .map(({ at, words, values }) => ({ field: at, words, ...(values && { values }) })),
    )
  }
  const { rows: last } = await sql<{ id: string; content: Definition }>`
    select id, content from questionnaire.version where definition_id = ${row.id} order by number desc limit 1`.execute(
    db,
  )
  if (last[0] && isDeepStrictEqual(last[0].content, row.content)) return last[0].id
  const { rows } = await sql<{ id: string }>`
    insert into questionnaire.version (definition_id, number, content)
    select ${row.id}, coalesce(max(number), 0) + 1, ${JSON.stringify(row.content)}::jsonb from questionnaire.version where definition_id = ${row.id}
    returning id`.execute(db)
  return rows[0]!.id
}

/** Who answers. An institution's country lets its officers read what was sent. */
export type NewResponse = { versionId: string; countryCode?: string | null; answers?: Answers } & (
  | { institutionId: string }
  | { personId: string }
)

/** Begins a response inside a room's own deed; answers its id. Answers may be brought along, such as last year's. */
export async function newResponse(actor: Actor, db: Db, given: NewResponse): Promise<string> {
  const institutionId = 'institutionId' in given ? given.institutionId : null
  const personId = 'personId' in given ? given.personId : null
  const keeper = institutionId ?? personId
  const { rows } = await sql<{ id: string }>`
    insert into questionnaire.response (version_id, institution_id, person_id, country_code, keeper)
    values (${given.versionId}, ${institutionId}, ${personId}, ${given.countryCode ?? null}, ${keeper}) returning id`.execute(
    db,
  )
  const { id } = rows[0]!
  if (given.answers) await keepAnswers(actor, db, await takeResponse(db, id), given.answers)
  return id
}

export type ResponseRow = ResponseFacts & {
  id: string
  versionId: string
  keeper: string
  revision: number
  definition: Definition
  answers: Answers
}

/** Takes a response into work, locked, with the form it answers. Throws `Absent` where it is not, or not in reach. */
export async function takeResponse(db: Db, id: string): Promise<ResponseRow> {
  const { rows } = await sql<ResponseRow>`
    select r.id, r.version_id, r.institution_id, r.person_id, r.country_code, r.keeper, r.state, r.revision, v.content as definition,
      questionnaire.answers(r.id) as answers
    from questionnaire.response r join questionnaire.version v on v.id = r.version_id
    where r.id = ${id} for update of r`.execute(db)
  if (!rows[0]) throw new Absent()
  return rows[0]
}

/** A short mark of an answer, that a form carries to tell whether it was touched, and whether it changed elsewhere meanwhile. */
export function fingerprint(answer: Answer | undefined): string {
  const told = answer === undefined ? '' : JSON.stringify(ordered(answer))
  return createHash('sha256').update(told).digest('hex').slice(0, 12)
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  )
}

/**
 * Keeps answers as they are, readable or not; `undefined` empties one. With the marks that the form carried (`was`, by
 * question), an answer that was not touched is left alone, and one that was changed elsewhere meanwhile is not
 * overwritten: it comes back as a problem, while all others are kept.
 */
export async function keepAnswers(
  actor: Actor,
  db: Db,
  response: ResponseRow,
  given: Answers,
  was: Record<string, string> = {},
): Promise<Problem[]> {
  const conflicts: Problem[] = []
  const changed: { question: string; value: Answer }[] = []
  const emptied: string[] = []
  const marked = Object.keys(was).length > 0
  for (const [question, answer] of Object.entries(given)) {
    // A form that carries marks carries one for each question it showed.
    if (marked && was[question] === undefined) continue
    const stored = response.answers[question]
    if (isDeepStrictEqual(stored, answer) || was[question] === fingerprint(answer)) continue
    if (was[question] !== undefined && was[question] !== fingerprint(stored)) {
      conflicts.push({ field: fieldName(question), words: 'questionnaire.problem.changed-elsewhere' })
    } else if (answer === undefined) emptied.push(question)
    else changed.push({ question, value: answer })
  }
  if (changed.length + emptied.length === 0) return conflicts
  const { rows } = await sql<{ revision: number }>`
    update questionnaire.response set revision = revision + 1 where id = ${response.id} returning revision`.execute(db)
  if (emptied.length > 0) {
    await sql`delete from questionnaire.answer where response_id = ${response.id} and question = any (${emptied}::text[])`.execute(
      db,
    )
  }
  if (changed.length > 0) {
    await sql`
      insert into questionnaire.answer (response_id, question, value, revision, changed_by, keeper)
      select ${response.id}, r.question, r.value, ${rows[0]!.revision}, ${actor.personId}, ${response.keeper}
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as r(question text, value jsonb)
      on conflict (response_id, question) do update set value = excluded.value, revision = excluded.revision,
        changed_by = excluded.changed_by, changed_at = now()`.execute(db)
  }
  for (const { question, value } of changed) response.answers[question] = value
  for (const question of emptied) delete response.answers[question]
  return conflicts
}

/** Sends a response inside a room's own deed. Throws `Problems` with everything that is missing or does not fit. */
export async function sealResponse(db: Db, response: ResponseRow): Promise<void> {
  const problems = check(response.definition, response.answers)
  if (problems.length > 0) throw new Problems(problems)
  if (!Object.values(response.answers).some(isAnswered))
    throw new Problems([{ field: '', words: 'questionnaire.problem.empty' }])
  await sql`update questionnaire.response set state = 'sent', sent_at = now(), note = '' where id = ${response.id}`.execute(
    db,
  )
}
