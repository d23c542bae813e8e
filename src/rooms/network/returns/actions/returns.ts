import { sql } from 'kysely'
import { found, Problems, require, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { startWork } from '#kit/jobs'
import {
  keepAnswers,
  marksOf,
  newResponse,
  readAnswers,
  sealResponse,
  sectionAfter,
  takeResponse,
  visible,
  type Saved,
} from '#kit/questionnaire'
import { record } from '#kit/record'
import {
  mayAnswerReturn,
  mayBegin,
  mayCheckReturn,
  mayPrintResult,
  mayShareResult,
  type InstrumentFacts,
  type ReturnFacts,
} from '../access.ts'
import type { Audience } from '../forms.ts'
import { setReturn } from '../jobs.ts'
import { figuresOf } from '../rules.ts'

type Taken = { it: ReturnFacts & { id: string; responseId: string }; instrument: InstrumentFacts }

/** Takes a return into work, locked. Throws `Absent` where it is not, or not in reach. */
async function take(db: Db, id: string): Promise<Taken> {
  const { rows } = await sql<
    ReturnFacts & {
      id: string
      responseId: string
      ownerCountry: string | null
      instrumentState: InstrumentFacts['state']
      openFrom: string | null
      openUntil: string | null
    }
  >`select r.id, r.response_id, r.institution_id, m.country_code, r.state, r.shared_with,
      i.country_code as owner_country, i.state as instrument_state, i.open_from, i.open_until
    from network.institution_return r join network.institution m on m.id = r.institution_id join network.instrument i on i.id = r.instrument_id
    where r.id = ${id} for update of r`.execute(db)
  const { ownerCountry, instrumentState, openFrom, openUntil, ...it } = found(rows[0])
  return { it, instrument: { countryCode: ownerCountry, state: instrumentState, openFrom, openUntil } }
}

/**
 * Begins a museum's return, empty: the figures of another year are never brought along unseen.
 * Asked again, the return that was begun is answered.
 */
export function beginReturn(
  actor: Actor,
  instrumentId: string,
  institutionId: string,
  once: string | null = null,
): Promise<string> {
  const about = { kind: 'institution', id: institutionId }
  return record(actor, 'return.begun', { about, once }, async (db) => {
    const { rows } = await sql<InstrumentFacts & { versionId: string }>`
      select country_code, state, open_from, open_until, questionnaire_version_id as version_id from network.instrument where id = ${instrumentId}`.execute(
      db,
    )
    const { versionId, ...instrument } = found(rows[0])
    const institution = found(
      await db
        .selectFrom('network.institution')
        .select(['id', 'countryCode', 'state'])
        .where('id', '=', institutionId)
        .executeTakeFirst(),
    )
    require(mayBegin(actor, instrument, institution))
    const begun = await db
      .selectFrom('network.institutionReturn')
      .select('id')
      .where('instrumentId', '=', instrumentId)
      .where('institutionId', '=', institutionId)
      .executeTakeFirst()
    if (begun) return begun.id
    const responseId = await newResponse(actor, db, { versionId, institutionId, countryCode: institution.countryCode })
    const { rows: made } = await sql<{ id: string }>`
      insert into network.institution_return (instrument_id, institution_id, response_id) values (${instrumentId}, ${institutionId}, ${responseId}) returning id`.execute(
      db,
    )
    return made[0]!.id
  })
}

/** Saves one section as its form sent it, however much is filled in, and keeps even what cannot be read; see `saveAnswers` of the questionnaires. */
export function saveSection(
  actor: Actor,
  id: string,
  section: string,
  sent: Record<string, unknown>,
  once: string | null = null,
): Promise<Saved> {
  return record(actor, 'return.saved', { about: { kind: 'return', id }, once }, async (db) => {
    const { it, instrument } = await take(db, id)
    require(mayAnswerReturn(actor, instrument, it))
    const response = await takeResponse(db, it.responseId)
    const before = { ...response.answers }
    const asked = visible(response.definition, before).sections.find((one) => one.section.key === section)
    const conflicts = await keepAnswers(actor, db, response, readAnswers(asked?.questions ?? [], sent), marksOf(sent))
    return { conflicts, next: sectionAfter(response.definition, before, response.answers, section) }
  })
}

/** Sends a return to its country. Throws `Problems` with everything that is missing or does not fit, all at once. */
export function sendReturn(actor: Actor, id: string, once: string | null = null): Promise<void> {
  return record(actor, 'return.sent', { about: { kind: 'return', id }, once }, async (db) => {
    const { it, instrument } = await take(db, id)
    require(mayAnswerReturn(actor, instrument, it))
    const response = await takeResponse(db, it.responseId)
    await sealResponse(db, response)
    const figures = figuresOf(response.definition, response.answers)
    await sql`
      update network.institution_return r set state = 'sent', sent_at = ${actor.now.toString()}::timestamptz, note = '', figures = ${JSON.stringify(figures)}::jsonb,
        country_code = m.country_code, type = m.type, size_class = m.size_class
      from network.institution m where m.id = r.institution_id and r.id = ${id}`.execute(db)
  })
}

/** Finds a return in order: from here on it counts in the totals, and its museum has its result. */
export function checkReturn(actor: Actor, id: string, once: string | null = null): Promise<void> {
  return record(actor, 'return.checked', { about: { kind: 'return', id }, once }, async (db) => {
    const { it, instrument } = await take(db, id)
    require(mayCheckReturn(actor, instrument, it))
    await sql`update questionnaire.response set state = 'accepted' where id = ${it.responseId}`.execute(db)
    await db
      .updateTable('network.institutionReturn')
      .set({ state: 'checked', checkedBy: actor.personId, checkedAt: actor.now.toString() })
      .where('id', '=', id)
      .execute()
  })
}

/** Gives a return back to its museum with a note that says what to put right; its answers stay. */
export function giveBackReturn(actor: Actor, id: string, note: string, once: string | null = null): Promise<void> {
  return record(actor, 'return.returned', { about: { kind: 'return', id }, reason: note || null, once }, async (db) => {
    const { it, instrument } = await take(db, id)
    require(mayCheckReturn(actor, instrument, it))
    if (note.trim() === '') throw new Problems([{ field: 'note', words: 'returns.problem.note' }])
    await sql`update questionnaire.response set state = 'returned', note = ${note} where id = ${it.responseId}`.execute(
      db,
    )
    await db.updateTable('network.institutionReturn').set({ state: 'returned', note }).where('id', '=', id).execute()
  })
}

/** Gives the result to these to read, and to nobody else: what was given before and is not named is taken back. */
export function shareResult(
  actor: Actor,
  id: string,
  audiences: readonly Audience[],
  once: string | null = null,
): Promise<void> {
  return record(actor, 'return.shared', { about: { kind: 'return', id }, once }, async (db) => {
    const { it } = await take(db, id)
    require(mayShareResult(actor, it))
    await db
      .updateTable('network.institutionReturn')
      .set({ sharedWith: [...audiences] })
      .where('id', '=', id)
      .execute()
  })
}

/** Asks for the result as a document, in the reader's language. Answers the id by which the work is followed. */
export function orderResult(actor: Actor, id: string, once: string | null = null): Promise<string> {
  return record(actor, 'result.ordered', { about: { kind: 'return', id }, once }, async (db, deed) => {
    const { it } = await take(db, id)
    require(mayPrintResult(actor, it))
    const payload = { returnId: id, language: actor.language }
    return startWork(actor, db, deed, setReturn, payload, { about: { kind: 'return', id } })
  })
}
