import { sql } from 'kysely'
import { found, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import type { ResponseFacts } from './access.ts'
import type { Answers, Definition } from './definition.ts'
import type { DefinitionRow } from './keep.ts'
import { tabulate, type Tabulated } from './tabulate.ts'

/** A form as its author works on it, with the versions published so far, newest first. Throws `Absent`. */
export async function findDefinition(
  _actor: Actor,
  db: Db,
  id: string,
): Promise<DefinitionRow & { versions: { id: string; number: number; publishedAt: string }[] }> {
  type Row = Omit<DefinitionRow, 'owner'> & {
    ownerKind: 'network' | 'country' | 'institution' | 'body'
    ownerId: string
    versions: { id: string; number: number; publishedAt: string }[]
  }
  const { rows } = await sql<Row>`
    select d.id, d.owner_kind, d.owner_id, d.room, d.purpose, d.content, d.revision,
      coalesce((select jsonb_agg(jsonb_build_object('id', v.id, 'number', v.number, 'publishedAt', v.published_at) order by v.number desc)
        from questionnaire.version v where v.definition_id = d.id), '[]') as versions
    from questionnaire.definition d where d.id = ${id}`.execute(db)
  const { ownerKind, ownerId, ...rest } = found(rows[0])
  return { ...rest, owner: ownerKind === 'network' ? { kind: 'network' } : { kind: ownerKind, id: ownerId } }
}

/** A published form, for ever the same. Throws `Absent`. */
export async function findVersion(
  _actor: Actor,
  db: Db,
  id: string,
): Promise<{ id: string; definitionId: string; number: number; publishedAt: string; content: Definition }> {
  const { rows } = await sql<{
    id: string
    definitionId: string
    number: number
    publishedAt: string
    content: Definition
  }>`
    select id, definition_id, number, published_at, content from questionnaire.version where id = ${id}`.execute(db)
  return found(rows[0])
}

export type Response = ResponseFacts & {
  id: string
  versionId: string
  revision: number
  startedAt: string
  sentAt: string | null
  /** Why it was returned. */
  note: string
  definition: Definition
  answers: Answers
}

/** A response with the very form that it answers. Throws `Absent` where it is not, or not in the actor's reach. */
export async function findResponse(_actor: Actor, db: Db, id: string): Promise<Response> {
  const { rows } = await sql<Response>`
    select r.id, r.version_id, r.institution_id, r.person_id, r.country_code, r.state, r.revision, r.started_at, r.sent_at, r.note,
      v.content as definition, questionnaire.answers(r.id) as answers
    from questionnaire.response r join questionnaire.version v on v.id = r.version_id where r.id = ${id}`.execute(db)
  return found(rows[0])
}

export type ListedResponse = Pick<
  Response,
  'id' | 'institutionId' | 'personId' | 'countryCode' | 'state' | 'sentAt' | 'answers'
>

/** The responses to a version in these states that the actor reaches, oldest first, with their answers. */
export async function listResponses(
  _actor: Actor,
  db: Db,
  versionId: string,
  states: readonly Response['state'][] = ['sent', 'accepted'],
): Promise<ListedResponse[]> {
  const { rows } = await sql<ListedResponse>`
    select r.id, r.institution_id, r.person_id, r.country_code, r.state, r.sent_at, questionnaire.answers(r.id) as answers
    from questionnaire.response r where r.version_id = ${versionId} and r.state = any (${states}::text[]) order by r.sent_at, r.id`.execute(
    db,
  )
  return rows
}

/** How many responses to a version there are in each state, of those that the actor reaches. */
export async function countResponses(
  _actor: Actor,
  db: Db,
  versionId: string,
): Promise<Record<Response['state'], number>> {
  const { rows } = await sql<{ state: Response['state']; count: number }>`
    select state, count(*) as count from questionnaire.response where version_id = ${versionId} group by state`.execute(
    db,
  )
  return {
    draft: 0,
    sent: 0,
    returned: 0,
    accepted: 0,
    ...Object.fromEntries(rows.map(({ state, count }) => [state, count])),
  }
}

/** What the responses to a version that the actor reaches come to; with `country`, that country's. */
export async function tabulateVersion(
  actor: Actor,
  db: Db,
  versionId: string,
  where: { country?: string; states?: Response['state'][] } = {},
): Promise<Tabulated[]> {
  const { content } = await findVersion(actor, db, versionId)
  const responses = await listResponses(actor, db, versionId, where.states)
  const those =
    where.country === undefined ? responses : responses.filter(({ countryCode }) => countryCode === where.country)
  return tabulate(
    content,
    those.map(({ answers }) => answers),
  )
}
