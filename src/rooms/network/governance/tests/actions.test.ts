import { deepEqual, equal, rejects } from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AlreadyDone, Problems, Refused, system, type Actor, type Grant } from '#kit/access'
import type { Database } from '#kit/db'
import { read, record } from '#kit/record'
import { inRollback } from '#help/database'
import {
  addSeat,
  castVote,
  decideMotion,
  endMandate,
  foundBody,
  giveMandate,
  proposeMotion,
} from '../actions/bodies.ts'
import { beginMembership, endMembership, enterCountries, foundNetwork } from '../actions/countries.ts'
import { findDecision, listDecisions, listMembersOn } from '../queries.ts'

const now = Temporal.Instant.from('2026-05-18T15:00:00Z')
const person = (database: Database, personId: string, grants: Grant[] = []): Actor => ({
  ...system(database, 'test', now),
  kind: 'person',
  personId,
  grants,
  zone: 'America/Lima',
})
const steward: Grant = { id: '00000000-0000-7000-8000-000000000001', role: 'steward', scope: { kind: 'network' } }

/** A network with three countries and a council of three seats. */
async function council(database: Database) {
  const office = system(database, 'test', now)
  await foundNetwork(office, {
    code: 'x',
    name: { es: 'Red' },
    source: 'es',
    seatCountry: 'PE',
    seatCity: 'Lima',
    zone: 'America/Lima',
    workingLanguages: ['es', 'pt'],
  })
  await enterCountries(
    office,
    ['PE', 'BR', 'PT'].map((code) => ({ code, inRegion: true, zone: 'America/Lima', workingLanguages: ['es'] })),
  )
  const bodyId = await foundBody(office, {
    code: 'consejo',
    kind: 'council',
    name: { es: 'Consejo' },
    source: 'es',
    quorumShare: 0.5,
  })
  const people: Record<string, string> = {}
  const seats: Record<string, string> = {}
  for (const code of ['PE', 'BR', 'PT']) {
    people[code] = await record(
      office,
      'person.entered',
      { about: { kind: 'person' } },
      async (db) =>
        (await db.insertInto('network.person').values({ givenNames: code }).returning('id').executeTakeFirstOrThrow())
          .id,
    )
    seats[code] = await addSeat(office, { bodyId, office: 'delegate', countryCode: code })
    await giveMandate(office, { seatId: seats[code]!, personId: people[code]!, from: '2026-01-01' })
  }
  return {
    office,
    bodyId,
    people,
    seats,
    motion: (rule: 'unanimity' | 'absolute-majority' = 'absolute-majority', code = 'd-1') =>
      proposeMotion(office, { bodyId, code, motion: { es: 'Que se apruebe' }, source: 'es', rule, public: false }),
  }
}

describe('membership', () => {
  test('one at a time: PostgreSQL has the last word', () =>
    inRollback(async (database) => {
      const { office } = await council(database)
      await beginMembership(office, { countryCode: 'PE', kind: 'member', from: '2016-01-01', last: '2017-12-31' })
      await rejects(beginMembership(office, { countryCode: 'PE', kind: 'observer', from: '2017-12-31' }), {
        constraint: 'a country has one membership at a time',
      })
      await beginMembership(office, { countryCode: 'PE', kind: 'member', from: '2018-01-01' })
      const on = (date: string) => read(office, (db) => listMembersOn(office, db, date))
      deepEqual(await on('2015-12-31'), [])
      deepEqual(await on('2017-12-31'), ['PE'])
      deepEqual(await on('2018-01-01'), ['PE'])
    }))

  test('ends with its last day, and was true before', () =>
    inRollback(async (database) => {
      const { office } = await council(database)
      const id = await beginMembership(office, { countryCode: 'BR', kind: 'member', from: '2016-01-01' })
      await rejects(endMembership(office, id, { last: '2015-01-01' }), Problems)
      await endMembership(office, id, { last: '2026-05-18' })
      const on = (date: string) => read(office, (db) => listMembersOn(office, db, date))
      deepEqual([await on('2026-05-18'), await on('2026-05-19')], [['BR'], []])
    }))

  test("is the office's to record; the reason is said", () =>
    inRollback(async (database) => {
      const { people } = await council(database)
      await rejects(
        beginMembership(person(database, people['PE']!), { countryCode: 'PE', kind: 'member', from: '2016-01-01' }),
        (error: Error) => error instanceof Refused && error.reason === 'governance.refused.office',
      )
      await beginMembership(person(database, people['PE']!, [steward]), {
        countryCode: 'PE',
        kind: 'member',
        from: '2016-01-01',
      })
    }))
})

describe('mandates', () => {
  test('carry the role of the seat for just as long', () =>
    inRollback(async (database) => {
      const { office, people } = await council(database)
      const grants = () =>
        read(office, (db) =>
          db
            .selectFrom('network.roleGrant')
            .select(['role', 'scopeKind', 'valid'])
            .where('personId', '=', people['BR']!)
            .execute(),
        )
      deepEqual(
        (await grants()).map(({ role, scopeKind }) => [role, scopeKind]),
        [['council-delegate', 'body']],
      )
      const mandate = await read(office, (db) =>
        db.selectFrom('network.mandate').select('id').where('personId', '=', people['BR']!).executeTakeFirstOrThrow(),
      )
      await endMandate(office, mandate.id, { last: '2026-05-18' })
      // Midnight at the end of the last day, in Lima.
      equal((await grants())[0]!.valid, '["2026-01-01 05:00:00+00","2026-05-19 05:00:00+00")')
    }))

  test('a seat is held by one person at a time', () =>
    inRollback(async (database) => {
      const { office, people, seats } = await council(database)
      await rejects(giveMandate(office, { seatId: seats['PE']!, personId: people['BR']!, from: '2026-06-01' }), {
        constraint: 'a seat is held by one person at a time',
      })
    }))

  test('that ends mid-deed: the vote of the day after is refused', () =>
    inRollback(async (database) => {
      const { office, people, seats, motion } = await council(database)
      const decisionId = await motion()
      const mandate = await read(office, (db) =>
        db.selectFrom('network.mandate').select('id').where('personId', '=', people['BR']!).executeTakeFirstOrThrow(),
      )
      await endMandate(office, mandate.id, { last: '2026-05-18' })
      const delegate = person(database, people['BR']!)
      await castVote(delegate, { decisionId, seatId: seats['BR']!, choice: 'for' })
      const tomorrow = { ...delegate, now: now.add({ hours: 24 }) }
      await rejects(
        castVote(tomorrow, { decisionId, seatId: seats['BR']!, choice: 'against' }),
        (error: Error) => error instanceof Refused && error.reason === 'governance.refused.empty-seat',
      )
    }))
})

describe('decisions', () => {
  test('are made by the votes and the rule; a vote may be corrected until then', () =>
    inRollback(async (database) => {
      const { office, people, seats, motion } = await council(database)
      const decisionId = await motion()
      await castVote(person(database, people['PE']!), { decisionId, seatId: seats['PE']!, choice: 'against' })
      await rejects(
        decideMotion(office, decisionId, { decidedOn: '2026-05-18' }),
        (error: Error) => error instanceof Problems && error.problems[0]!.words === 'governance.problem.no-quorum',
      )
      await castVote(person(database, people['PE']!), { decisionId, seatId: seats['PE']!, choice: 'for' })
      await castVote(person(database, people['BR']!), { decisionId, seatId: seats['BR']!, choice: 'for' })
      equal((await decideMotion(office, decisionId, { decidedOn: '2026-05-18' })).result, 'adopted')
      await rejects(
        castVote(person(database, people['PT']!), { decisionId, seatId: seats['PT']!, choice: 'against' }),
        (error: Error) => error instanceof Refused && error.reason === 'governance.refused.decided',
      )
      await rejects(decideMotion(office, decisionId, { decidedOn: '2026-05-18' }), Problems)
    }))

  test("a vote is the seat holder's own", () =>
    inRollback(async (database) => {
      const { people, seats, motion } = await council(database)
      const decisionId = await motion()
      await rejects(
        castVote(person(database, people['PE']!), { decisionId, seatId: seats['BR']!, choice: 'for' }),
        (error: Error) => error instanceof Refused && error.reason === 'governance.refused.vote',
      )
    }))

  test('what is not public is seen by its body, and looks absent to everyone else', () =>
    inRollback(async (database) => {
      const { bodyId, people, motion } = await council(database)
      await motion()
      const outsider = person(database, people['PE']!)
      const insider = person(database, people['PE']!, [
        { id: people['PE']!, role: 'council-delegate', scope: { kind: 'body', id: bodyId } },
      ])
      await rejects(
        read(outsider, (db) => findDecision(outsider, db, 'd-1', '2026-05-18')),
        { message: 'absent' },
      )
      deepEqual(await read(outsider, (db) => listDecisions(outsider, db)), [])
      equal((await read(insider, (db) => findDecision(insider, db, 'd-1', '2026-05-18'))).code, 'd-1')
      equal((await read(insider, (db) => listDecisions(insider, db))).length, 1)
    }))

  test('the same form sent twice counts once', () =>
    inRollback(async (database) => {
      const { office } = await council(database)
      const once = '00000000-0000-4000-8000-00000000000a'
      await beginMembership(office, { countryCode: 'PT', kind: 'member', from: '2016-01-01' }, once)
      await rejects(
        beginMembership(office, { countryCode: 'PT', kind: 'member', from: '2016-01-01' }, once),
        AlreadyDone,
      )
    }))
})
