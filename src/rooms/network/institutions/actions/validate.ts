import { sql } from 'kysely'
import { Problems, require, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { record } from '#kit/record'
import { mayReturn, mayValidate, mayWithdraw } from '../access.ts'
import { countryOf, takeInstitution } from '../keep.ts'
import { tellDecision } from '../letters.ts'
import type { Institution } from '../queries.ts'

type Decision = { note?: string; once?: string | null; version?: string | null }
const about = (id: string, input: Decision) => ({
  about: { kind: 'institution', id },
  once: input.once ?? null,
  reason: input.note?.trim() || null,
})

/**
 * A country vouches for an entry: from now on it is on the public register, under the national definition that is named (the country's
 * own unless told). Whoever brought it in becomes its representative. A listed entry may be validated anew, when it was looked at again.
 */
export async function validateInstitution(
  actor: Actor,
  id: string,
  input: Decision & { definitionSource?: string } = {},
): Promise<void> {
  await record(actor, 'institution.validated', about(id, input), async (db) => {
    const it = await takeInstitution(actor, db, id, input.version)
    require(mayValidate(actor, it))
    const definition = input.definitionSource?.trim() || (await countryOf(db, it.countryCode)).definitionSource || ''
    await decide(actor, db, it, 'validated', input.note ?? '', definition)
    await sql`update network.institution set state = 'listed', validated_at = ${actor.now.toString()}::timestamptz, submitted_at = null where id = ${id}`.execute(
      db,
    )
    if (it.registeredBy && it.state !== 'listed' && it.state !== 'withdrawn')
      await becomeRepresentative(actor, db, id, it.registeredBy)
  })
}

/** An entry goes back to whoever sent it, with what is to be mended. */
export async function returnInstitution(actor: Actor, id: string, input: Decision & { note: string }): Promise<void> {
  requireNote(input.note)
  await record(actor, 'institution.returned', about(id, input), async (db) => {
    const it = await takeInstitution(actor, db, id, input.version)
    require(mayReturn(actor, it))
    await decide(actor, db, it, 'returned', input.note, '')
    await sql`update network.institution set state = 'returned', submitted_at = null where id = ${id}`.execute(db)
  })
}

/** A country takes an entry off the public register, with the reason; it may be validated again. */
export async function withdrawInstitution(actor: Actor, id: string, input: Decision & { note: string }): Promise<void> {
  requireNote(input.note)
  await record(actor, 'institution.withdrawn', about(id, input), async (db) => {
    const it = await takeInstitution(actor, db, id, input.version)
    require(mayWithdraw(actor, it))
    await decide(actor, db, it, 'withdrawn', input.note, '')
    await sql`update network.institution set state = 'withdrawn', validated_at = null where id = ${id}`.execute(db)
  })
}

function requireNote(note: string): void {
  if (note.trim() === '') throw new Problems([{ field: 'note', words: 'kit.problem.required' }])
}

async function decide(
  actor: Actor,
  db: Db,
  it: Institution,
  outcome: 'validated' | 'returned' | 'withdrawn',
  note: string,
  definition: string,
): Promise<void> {
  await sql`
    insert into network.validation (institution_id, country_code, outcome, officer_id, definition_source, note, at)
    values (${it.id}, ${it.countryCode}, ${outcome}, ${actor.personId}, ${definition}, ${note.trim()}, ${actor.now.toString()}::timestamptz)`.execute(
    db,
  )
  // An entry looked at again, and still right, is no news.
  if (outcome === 'validated' && it.state === 'listed') return
  await tellDecision(actor, db, it.registeredBy, it, outcome, note.trim())
}

async function becomeRepresentative(actor: Actor, db: Db, id: string, personId: string): Promise<void> {
  const now = actor.now.toString()
  await sql`
    insert into network.role_grant (person_id, role, scope_kind, institution_id, valid)
    select ${personId}, 'institution-representative', 'institution', ${id}, tstzrange(${now}::timestamptz, null)
    where not exists (select from network.role_grant g where g.person_id = ${personId} and g.role = 'institution-representative'
      and g.institution_id = ${id} and g.valid @> ${now}::timestamptz)`.execute(db)
  await sql`
    update network.affiliation set state = 'verified', decided_by = ${actor.personId}, decided_at = ${now}::timestamptz
    where institution_id = ${id} and person_id = ${personId} and state = 'claimed'`.execute(db)
}
