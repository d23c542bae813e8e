// Longer than most because the deeds of a body share what they check, from its founding to its votes.
import { sql } from 'kysely'
import { found, Problems, refuseProblems, require, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { newText } from '#kit/text'
import { record } from '#kit/record'
import { mayKeepBody, mayManageNetwork, mayVote } from '../access.ts'
import {
  endsOf,
  outcomeOf,
  periodProblems,
  rangeThrough,
  type Choice,
  type Count,
  type DecisionRule,
  type Outcome,
} from '../rules.ts'
import { textIfTyped, type Bodies } from './texts.ts'

export type NewBody = {
  code: string
  kind:
    | 'council'
    | 'executive-committee'
    | 'technical-unit'
    | 'national-commission'
    | 'working-table'
    | 'committee'
    | 'other'
  name: Bodies
  about?: Bodies
  source: string
  countryCode?: string | null
  parentId?: string | null
  from?: string | null
  last?: string | null
  /** The share of seats that must be present, from 0 to 1; null asks for none. */
  quorumShare?: number | null
}

/** Founds a body: a council, a committee, a unit, a national commission, a working table. Answers its id. */
export function foundBody(actor: Actor, input: NewBody, once: string | null = null): Promise<string> {
  return record(actor, 'body.founded', { about: { kind: 'body' }, once }, async (db, deed) => {
    require(mayManageNetwork(actor))
    refuseProblems(periodProblems(input.from ?? null, input.last ?? null))
    const texts = { owner: { kind: 'network' } as const, room: 'network' }
    const nameId = await newText(actor, db, {
      ...texts,
      purpose: 'body.name',
      form: 'line',
      source: input.source,
      bodies: input.name,
      publish: true,
    })
    const aboutId = await textIfTyped(actor, db, input.about, { ...texts, purpose: 'body.about', form: 'markdown' })
    const { id } = await db
      .insertInto('network.body')
      .values({
        code: input.code,
        kind: input.kind,
        nameId,
        aboutId,
        countryCode: input.countryCode ?? null,
        parentId: input.parentId ?? null,
        valid: rangeThrough(input.from ?? null, input.last ?? null),
        quorumShare: input.quorumShare ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    deed.concerns(id)
    return id
  })
}

export type NewSeat = {
  bodyId: string
  countryCode?: string | null
  office: 'chair' | 'vice-chair' | 'secretary' | 'coordinator' | 'member' | 'delegate' | 'alternate' | 'rapporteur'
  votes?: number
}

/** Adds a seat to a body: a country's, or an office. Answers its id. */
export function addSeat(actor: Actor, input: NewSeat, once: string | null = null): Promise<string> {
  return record(actor, 'seat.added', { about: { kind: 'body', id: input.bodyId }, once }, async (db) => {
    require(mayManageNetwork(actor))
    found(await db.selectFrom('network.body').select('id').where('id', '=', input.bodyId).executeTakeFirst())
    const { id } = await db
      .insertInto('network.seat')
      .values({
        bodyId: input.bodyId,
        countryCode: input.countryCode ?? null,
        office: input.office,
        votes: input.votes ?? 1,
        position: sql<number>`(select coalesce(max(position), 0) + 1 from network.seat where body_id = ${input.bodyId})`,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  })
}

// The role that a seat's office carries within its body, for as long as the mandate lasts.
const roleOf: Record<string, string> = {
  chair: 'committee-chair',
  'vice-chair': 'committee-chair',
  secretary: 'committee-secretary',
  coordinator: 'committee-secretary',
  delegate: 'council-delegate',
  rapporteur: 'rapporteur',
}

export type NewMandate = {
  seatId: string
  personId: string
  from: string
  last?: string | null
  decisionId?: string | null
}

/** Gives a seat to a person for a time, by a decision; the role that goes with the seat is granted for the same time. Answers the mandate's id. */
export function giveMandate(actor: Actor, input: NewMandate, once: string | null = null): Promise<string> {
  return record(actor, 'mandate.given', { about: { kind: 'mandate' }, once }, async (db, deed) => {
    require(mayManageNetwork(actor))
    refuseProblems(periodProblems(input.from, input.last ?? null))
    const seat = found(
      await db
        .selectFrom('network.seat')
        .select(['bodyId', 'office'])
        .where('id', '=', input.seatId)
        .executeTakeFirst(),
    )
    const valid = rangeThrough(input.from, input.last ?? null)
    const { id } = await db
      .insertInto('network.mandate')
      .values({ seatId: input.seatId, personId: input.personId, valid, decisionId: input.decisionId ?? null })
      .returning('id')
      .executeTakeFirstOrThrow()
    deed.concerns(id)
    const role = roleOf[seat.office]
    if (role) {
      const zone = await zoneOf(db)
      await sql`
        insert into network.role_grant (person_id, role, scope_kind, body_id, valid, decision_id, mandate_id)
        values (${input.personId}, ${role}, 'body', ${seat.bodyId}, ${instants(valid, zone)}, ${input.decisionId ?? null}, ${id})`.execute(
        db,
      )
    }
    return id
  })
}

/** Ends a mandate: `last` is its last day. The role that went with it ends at the same midnight, in the network's zone. */
export function endMandate(
  actor: Actor,
  id: string,
  input: { last: string; reason?: string | null },
  once: string | null = null,
): Promise<void> {
  return record(
    actor,
    'mandate.ended',
    { about: { kind: 'mandate', id }, reason: input.reason ?? null, once },
    async (db) => {
      require(mayManageNetwork(actor))
      const mandate = found(
        await db.selectFrom('network.mandate').select('valid').where('id', '=', id).forUpdate().executeTakeFirst(),
      )
      const { from } = endsOf(mandate.valid)
      refuseProblems(periodProblems(from, input.last))
      const valid = rangeThrough(from, input.last)
      await db.updateTable('network.mandate').set({ valid }).where('id', '=', id).execute()
      await sql`update network.role_grant set valid = ${instants(valid, await zoneOf(db))} where mandate_id = ${id}`.execute(
        db,
      )
    },
  )
}

/** The range of instants that a range of days is in a zone. */
function instants(days: string, zone: string) {
  const { from, until } = endsOf(days)
  const at = (date: string | null): string | null =>
    date && Temporal.PlainDate.from(date).toZonedDateTime(zone).toInstant().toString()
  return sql`tstzrange(${at(from)}::timestamptz, ${at(until)}::timestamptz)`
}

async function zoneOf(db: Db): Promise<string> {
  return (await db.selectFrom('network.network').select('zone').executeTakeFirst())?.zone ?? 'UTC'
}

export type NewSession = {
  bodyId: string
  number: number | null
  from: string
  last: string
  place: string
  name?: Bodies
  source?: string
  public?: boolean
}

/** A session that a body holds or held. Answers its id. */
export function holdSession(actor: Actor, input: NewSession, once: string | null = null): Promise<string> {
  return record(actor, 'session.held', { about: { kind: 'body', id: input.bodyId }, once }, async (db) => {
    require(mayKeepBody(actor, input.bodyId))
    refuseProblems(periodProblems(input.from, input.last))
    const nameId = await textIfTyped(actor, db, input.name, {
      owner: { kind: 'body', id: input.bodyId },
      room: 'network',
      purpose: 'session.name',
      form: 'line',
    })
    const { id } = await db
      .insertInto('network.bodySession')
      .values({
        bodyId: input.bodyId,
        number: input.number,
        held: rangeThrough(input.from, input.last),
        place: input.place,
        nameId,
        public: input.public ?? true,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  })
}

export type NewMotion = {
  bodyId: string
  sessionId?: string | null
  code: string
  motion: Bodies
  text?: Bodies
  source: string
  rule: DecisionRule
  public: boolean
  sourceUrl?: string
}

/** Puts a motion before a body. Answers the decision's id: a decision is a motion from the day it is moved. */
export function proposeMotion(actor: Actor, input: NewMotion, once: string | null = null): Promise<string> {
  return record(actor, 'motion.proposed', { about: { kind: 'decision' }, once }, async (db, deed) => {
    require(mayKeepBody(actor, input.bodyId))
    const id = await writeDecision(actor, db, input, {})
    deed.concerns(id)
    return id
  })
}

async function writeDecision(
  actor: Actor,
  db: Db,
  input: NewMotion,
  decided: { state?: string; decidedOn?: string },
): Promise<string> {
  const texts = { owner: { kind: 'body', id: input.bodyId } as const, room: 'network' }
  const motionId = await newText(actor, db, {
    ...texts,
    purpose: 'decision.motion',
    form: 'line',
    source: input.source,
    bodies: input.motion,
    publish: true,
  })
  const textId = await textIfTyped(actor, db, input.text, { ...texts, purpose: 'decision.text', form: 'markdown' })
  const { bodyId, code, rule } = input
  const { id } = await db
    .insertInto('network.decision')
    .values({
      bodyId,
      code,
      rule,
      motionId,
      textId,
      sessionId: input.sessionId ?? null,
      public: input.public,
      sourceUrl: input.sourceUrl ?? '',
      ...decided,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Casts a seat's vote, or notes it from the room. A later vote of the same seat corrects the earlier, while the motion is open. */
export function castVote(
  actor: Actor,
  input: { decisionId: string; seatId: string; choice: Choice },
  once: string | null = null,
): Promise<void> {
  return record(actor, 'vote.cast', { about: { kind: 'decision', id: input.decisionId }, once }, async (db) => {
    const motion = found(
      await db
        .selectFrom('network.decision')
        .select(['state', 'bodyId'])
        .where('id', '=', input.decisionId)
        .forUpdate()
        .executeTakeFirst(),
    )
    const seat = found(
      await db
        .selectFrom('network.seat as s')
        .leftJoin('network.mandate as m', (join) =>
          join.onRef('m.seatId', '=', 's.id').on(sql<boolean>`m.valid @> ${today(actor)}::date`),
        )
        .select(['s.bodyId', 'm.personId as holderId'])
        .where('s.id', '=', input.seatId)
        .where('s.bodyId', '=', motion.bodyId)
        .executeTakeFirst(),
    )
    require(mayVote(actor, seat, motion))
    await db
      .insertInto('network.vote')
      .values({ decisionId: input.decisionId, seatId: input.seatId, personId: seat.holderId, choice: input.choice })
      .onConflict((conflict) =>
        conflict.columns(['decisionId', 'seatId']).doUpdateSet({ choice: input.choice, personId: seat.holderId }),
      )
      .execute()
  })
}

const today = (actor: Actor): string => actor.now.toZonedDateTimeISO(actor.zone).toPlainDate().toString()

/** How a motion's votes stand on a day: seats that are filled count, whether or not they vote. */
export async function countVotes(
  db: Db,
  decisionId: string,
  date: string,
): Promise<Count & { rule: DecisionRule; quorumShare: string | null; bodyId: string; state: string }> {
  const { rows } = await sql<Count & { rule: DecisionRule; quorumShare: string | null; bodyId: string; state: string }>`
    select d.rule, d.body_id, d.state, b.quorum_share,
      (select coalesce(sum(s.votes), 0)::int from network.seat s where s.body_id = d.body_id and exists (select from network.mandate m where m.seat_id = s.id and m.valid @> ${date}::date)) as seats,
      coalesce(sum(s.votes) filter (where v.choice = 'for'), 0)::int as for, coalesce(sum(s.votes) filter (where v.choice = 'against'), 0)::int as against,
      coalesce(sum(s.votes) filter (where v.choice = 'abstention'), 0)::int as abstention, coalesce(sum(s.votes) filter (where v.choice = 'absent'), 0)::int as absent
    from network.decision d join network.body b on b.id = d.body_id
    left join network.vote v on v.decision_id = d.id left join network.seat s on s.id = v.seat_id
    where d.id = ${decisionId} group by d.id, b.id`.execute(db)
  return found(rows[0])
}

/** Closes the vote on a motion: what the rule makes of the votes becomes the decision. Refuses without quorum. Answers the outcome. */
export function decideMotion(
  actor: Actor,
  id: string,
  input: { decidedOn: string },
  once: string | null = null,
): Promise<Outcome> {
  return record(actor, 'motion.decided', { about: { kind: 'decision', id }, once }, async (db) => {
    await db.selectFrom('network.decision').select('id').where('id', '=', id).forUpdate().execute()
    const count = await countVotes(db, id, input.decidedOn)
    require(mayKeepBody(actor, count.bodyId))
    if (count.state !== 'proposed') throw new Problems([{ field: '', words: 'governance.problem.already-decided' }])
    const outcome = outcomeOf(count.rule, count, count.quorumShare)
    if (outcome.result === 'no-quorum')
      throw new Problems([
        {
          field: '',
          words: 'governance.problem.no-quorum',
          values: { present: outcome.present, quorum: outcome.quorum },
        },
      ])
    await db
      .updateTable('network.decision')
      .set({ state: outcome.result, decidedOn: input.decidedOn })
      .where('id', '=', id)
      .execute()
    return outcome
  })
}

export type PastDecision = NewMotion & { decidedOn: string; state: 'adopted' | 'rejected' }

/** Enters a decision taken before this record was kept, from its document: no votes, and the source that tells of it. Answers its id. */
export function enterPastDecision(actor: Actor, input: PastDecision, once: string | null = null): Promise<string> {
  return record(actor, 'decision.entered', { about: { kind: 'decision' }, once }, async (db, deed) => {
    require(mayKeepBody(actor, input.bodyId))
    if (!input.sourceUrl) throw new Problems([{ field: 'sourceUrl', words: 'governance.problem.source' }])
    const id = await writeDecision(actor, db, input, { state: input.state, decidedOn: input.decidedOn })
    deed.concerns(id)
    return id
  })
}
