import { sql } from 'kysely'
import { Problems, refuseProblems, require, type Actor } from '#kit/access'
import { record } from '#kit/record'
import { mayEditPerson, mayEndAffiliation, mayVerifyAffiliation } from '../access.ts'
import { findAffiliation, findInstitution, loadPersonScope } from '../queries.ts'
import { affiliationAfter, type AffiliationEvent } from '../rules.ts'
import { today } from './join.ts'

export type Claim = { institution: string; post: string; contract: string | null; from: string }

/** Somebody says where they work, since a day; the institution, or its country, will say whether it is so. Answers the affiliation's id. */
export function claimAffiliation(
  actor: Actor,
  personId: string,
  input: Claim,
  once: string | null = null,
): Promise<string> {
  const onBehalfOf = actor.personId === personId ? null : personId
  return record(
    actor,
    'affiliation.claimed',
    { about: { kind: 'person', id: personId }, onBehalfOf, once },
    async (db) => {
      require(mayEditPerson(actor, await loadPersonScope(actor, db, personId)))
      await findInstitution(actor, db, input.institution)
      if (input.from > today(actor)) throw new Problems([{ field: 'from', words: 'people.problem.from-future' }])
      const open =
        await sql`select from network.affiliation where person_id = ${personId} and institution_id = ${input.institution} and state in ('claimed', 'verified')`.execute(
          db,
        )
      if (open.rows.length > 0) refuseProblems([{ field: 'institution', words: 'people.problem.claimed-already' }])
      const { rows } = await sql<{ id: string }>`
      insert into network.affiliation (person_id, institution_id, post, contract, valid) values (${personId}, ${input.institution}, ${input.post}, ${input.contract}, daterange(${input.from}::date, null))
      returning id`.execute(db)
      return rows[0]!.id
    },
  )
}

/** Verifies, refuses or ends an affiliation. `on`: the last day of one that ends (today unless told). */
export function decideAffiliation(
  actor: Actor,
  id: string,
  event: AffiliationEvent,
  more: { reason?: string | null; on?: string | null; once?: string | null } = {},
): Promise<void> {
  return record(
    actor,
    `affiliation.${event}`,
    { about: { kind: 'person' }, reason: more.reason || null, once: more.once ?? null },
    async (db, deed) => {
      const affiliation = await findAffiliation(actor, db, id)
      deed.concerns(affiliation.personId)
      require(event === 'ended' ? mayEndAffiliation(actor, affiliation) : mayVerifyAffiliation(actor, affiliation))
      const after = affiliationAfter(affiliation.state, event)
      if (!after) throw new Problems([{ field: '', words: 'people.problem.affiliation-state' }])
      if (more.on && affiliation.from && more.on < affiliation.from)
        throw new Problems([{ field: 'on', words: 'kit.problem.date-order' }])
      if (more.on && more.on > today(actor)) throw new Problems([{ field: 'on', words: 'people.problem.until-future' }])
      // What began today somewhere may begin tomorrow here: it lasts a day at least.
      const last = event === 'ended' ? (more.on ?? [today(actor), affiliation.from ?? ''].sort().at(-1)!) : null
      await sql`update network.affiliation set state = ${after}, decided_by = ${actor.personId}, decided_at = ${actor.now.toString()}::timestamptz,
      valid = case when ${last}::date is null then valid else daterange(lower(valid), ${last}::date + 1) end where id = ${id}`.execute(
        db,
      )
      // Who no longer works there no longer speaks for it.
      if (event === 'ended') {
        await sql`update network.role_grant set valid = tstzrange(lower(valid), ${actor.now.toString()}::timestamptz)
        where person_id = ${affiliation.personId} and institution_id = ${affiliation.institutionId} and valid @> ${actor.now.toString()}::timestamptz
          and lower(valid) < ${actor.now.toString()}::timestamptz`.execute(db)
      }
    },
  )
}
