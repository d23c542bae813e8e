import { sql } from 'kysely'
import { Changed, found, Problems, require, type Actor } from '#kit/access'
import { read, record } from '#kit/record'
import { editsDirectly, mayDecideEdit, mayEdit, mayWithdrawEdit } from '../access.ts'
import type { Wished } from '../forms.ts'
import { countryOf, takeInstitution, wholeWish, writeEntry } from '../keep.ts'
import { tellDecision } from '../letters.ts'
import { findInstitution, findWaitingEdit } from '../queries.ts'
import { canonical, differences, outcome, type Changes, type EntryField } from '../rules/index.ts'

export type Edited = 'changed' | 'proposed' | 'nothing'

/**
 * Changes an entry: at once, or, where its country reviews edits and the actor is not its officer, as a wish that waits for the country
 * (one at a time: a further change of the same museum is taken into the wish that waits). Answers which of the two it was.
 */
export async function editInstitution(
  actor: Actor,
  id: string,
  input: { wished: Wished; note?: string; once?: string | null; version?: string | null },
): Promise<Edited> {
  const before = await read(actor, async (db) => {
    const it = await findInstitution(actor, db, id)
    require(mayEdit(actor, it))
    return {
      direct: editsDirectly(actor, it, (await countryOf(db, it.countryCode)).editsAreReviewed),
      nothing: Object.keys(differences(it, wholeWish(it, input.wished))).length === 0,
      waiting: await findWaitingEdit(actor, db, id),
    }
  })
  if (before.nothing && (before.direct || !before.waiting)) return 'nothing'
  const about = { about: { kind: 'institution', id }, once: input.once ?? null, reason: input.note?.trim() || null }
  return record(actor, before.direct ? 'institution.edited' : 'edit.proposed', about, async (db) => {
    const it = await takeInstitution(actor, db, id, input.version)
    require(mayEdit(actor, it))
    const reviewed = (await countryOf(db, it.countryCode)).editsAreReviewed
    // The country changed its rule, or its word on the entry, in this very moment: the deed would carry the wrong name.
    if (editsDirectly(actor, it, reviewed) !== before.direct) throw new Changed()
    const changes = differences(it, wholeWish(it, input.wished))
    if (before.direct) {
      if (Object.keys(changes).length > 0) await writeEntry(actor, db, it, changes)
      return 'changed'
    }
    const waiting = await findWaitingEdit(actor, db, id)
    const json = JSON.stringify(changes)
    if (waiting && Object.keys(changes).length === 0) {
      await sql`update network.proposed_edit set state = 'withdrawn' where id = ${waiting.id}`.execute(db)
    } else if (waiting) {
      await sql`update network.proposed_edit set changes = ${json}::jsonb, note = ${input.note ?? ''}, person_id = ${actor.personId} where id = ${waiting.id}`.execute(
        db,
      )
    } else {
      await sql`
        insert into network.proposed_edit (institution_id, person_id, changes, note)
        values (${id}, ${actor.personId}, ${json}::jsonb, ${input.note ?? ''})`.execute(db)
    }
    return 'proposed'
  })
}

/** An officer's word on a wish: all of it, some fields of it, or none; what is left out needs its reason. */
export async function decideProposedEdit(
  actor: Actor,
  id: string,
  input: {
    decision: 'accept' | 'refuse'
    take: readonly string[]
    reason: string
    once?: string | null
    version?: string | null
  },
): Promise<'accepted' | 'partly' | 'refused'> {
  const waiting = await read(actor, async (db) => found(await findWaitingEdit(actor, db, id)))
  const fields = Object.keys(waiting.changes) as EntryField[]
  const taken = input.decision === 'refuse' ? [] : fields.filter((field) => input.take.includes(field))
  const state = taken.length === 0 ? 'refused' : taken.length === fields.length ? 'accepted' : 'partly'
  const reason = input.reason.trim()
  if (input.decision === 'accept' && taken.length === 0)
    throw new Problems([{ field: 'take', words: 'institutions.problem.take-some' }])
  if (state !== 'accepted' && reason === '')
    throw new Problems([{ field: 'reason', words: 'institutions.problem.reason-left-out' }])
  const names = { accepted: 'edit.accepted', partly: 'edit.partly-accepted', refused: 'edit.refused' } as const
  const about = {
    about: { kind: 'institution', id },
    once: input.once ?? null,
    reason: reason || null,
    onBehalfOf: waiting.personId,
  }
  return record(actor, names[state], about, async (db) => {
    const it = await takeInstitution(actor, db, id)
    const now = found(await findWaitingEdit(actor, db, id))
    if (
      now.id !== waiting.id ||
      canonical(now.changes) !== canonical(waiting.changes) ||
      (input.version && input.version !== now.version)
    ) {
      throw new Problems([{ field: '', words: 'kit.problem.changed' }])
    }
    require(mayDecideEdit(actor, it, waiting.personId))
    // Measured anew: what was written meanwhile stays written, and only what really differs is changed.
    const changes: Changes = differences(it, outcome(waiting.changes, taken))
    if (Object.keys(changes).length > 0) await writeEntry(actor, db, it, changes)
    await sql`
      update network.proposed_edit set state = ${state}, decided_by = ${actor.personId}, decided_at = ${actor.now.toString()}::timestamptz, reason = ${reason}
      where id = ${waiting.id}`.execute(db)
    await tellDecision(actor, db, waiting.personId, it, state, reason)
    return state
  })
}

/** Whoever wrote a wish takes it back. */
export async function withdrawProposedEdit(
  actor: Actor,
  id: string,
  sent: { once?: string | null } = {},
): Promise<void> {
  await record(actor, 'edit.withdrawn', { about: { kind: 'institution', id }, once: sent.once ?? null }, async (db) => {
    const waiting = found(await findWaitingEdit(actor, db, id))
    require(mayWithdrawEdit(actor, waiting.personId))
    await sql`update network.proposed_edit set state = 'withdrawn' where id = ${waiting.id}`.execute(db)
  })
}
