import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { Absent, AlreadyDone, Problems, Refused, visitor } from '#kit/access'
import { read } from '#kit/record'
import { inRollback } from '#help/database'
import { draftInstrument, stepInstrument } from '../actions/instruments.ts'
import {
  beginReturn,
  checkReturn,
  giveBackReturn,
  orderResult,
  saveSection,
  sendReturn,
  shareResult,
} from '../actions/returns.ts'
import { findResult, findReturn, findSharedResult, findTotals, listReturns } from '../queries.ts'
import { castOf, checked, fill, listed, opened, rowsSeen, type Cast } from './cast.ts'

const scene = (name: string, play: (cast: Cast) => Promise<void>): void => {
  test(name, () => inRollback(async (database) => play(await castOf(database))))
}
const refusedFor = (reason: string) => (error: unknown) => error instanceof Refused && error.reason === reason

describe('an instrument', () => {
  scene('is prepared for a year once, opened, closed and published, in that order', async ({ steward }) => {
    const id = await opened(steward)
    await rejects(opened(steward), { constraint: 'an instrument is published once a year' })
    await rejects(stepInstrument(steward, id, 'publish'), refusedFor('returns.refused.step'))
    await stepInstrument(steward, id, 'close')
    await stepInstrument(steward, id, 'open')
    await stepInstrument(steward, id, 'close')
    await stepInstrument(steward, id, 'publish')
    await rejects(stepInstrument(steward, id, 'open'), refusedFor('returns.refused.step'))
  })

  scene(
    'of a country is its officer’s; of the network, the office’s',
    async ({ officer, foreigner, keeper, steward }) => {
      const wish = {
        template: 'visitors',
        year: 2025,
        openFrom: '2026-05-01',
        openUntil: '2026-06-30',
        smallestCell: 5,
      } as const
      await draftInstrument(officer, { ...wish, countryCode: 'PE' })
      await rejects(draftInstrument(officer, { ...wish, countryCode: null }), refusedFor('returns.refused.keep'))
      await rejects(draftInstrument(foreigner, { ...wish, countryCode: 'PE' }), refusedFor('returns.refused.keep'))
      await rejects(draftInstrument(keeper, { ...wish, countryCode: null }), refusedFor('returns.refused.keep'))
      await rejects(draftInstrument(steward, { ...wish, countryCode: null, openUntil: '2026-04-01' }), Problems)
    },
  )

  scene('of the same kind asks the same in every year, by the same form', async ({ steward }) => {
    const ids = [await opened(steward, 'visitors', 2024), await opened(steward, 'visitors', 2025)]
    const versions = await read(steward, (db) =>
      db.selectFrom('network.instrument').select('questionnaireVersionId').where('id', 'in', ids).execute(),
    )
    equal(new Set(versions.map((one) => one.questionnaireVersionId)).size, 1)
  })
})

describe('a return', () => {
  scene('is begun by who speaks for the museum, while it is open; once', async (cast) => {
    const id = await opened(cast.steward)
    await rejects(beginReturn(cast.neighbour, id, cast.museum), refusedFor('returns.refused.answer'))
    await rejects(beginReturn(cast.steward, id, cast.museum), refusedFor('returns.refused.answer'))
    const late = { ...cast.keeper, now: cast.keeper.now.add({ hours: 24 * 60 }) }
    await rejects(beginReturn(late, id, cast.museum), refusedFor('returns.refused.not-open'))
    const once = '00000000-0000-4000-8000-00000000000b'
    const begun = await beginReturn(cast.keeper, id, cast.museum, once)
    await rejects(
      beginReturn(cast.keeper, id, cast.museum, once),
      (error) => error instanceof AlreadyDone && error.answer === begun,
    )
    equal(await beginReturn(cast.keeper, id, cast.museum), begun)
    const chiles = await opened(cast.steward, 'visitors', 2025, 'CL')
    await rejects(beginReturn(cast.keeper, chiles, cast.museum), refusedFor('returns.refused.elsewhere'))
  })

  scene(
    'is saved as it is, and goes on where it stopped; sent only whole, with all that is missing at once',
    async (cast) => {
      const id = await beginReturn(cast.keeper, await opened(cast.steward), cast.museum)
      const saved = await saveSection(cast.keeper, id, 'opening', { 'q.days-open': 'muchos', 'q.closed-long': 'yes' })
      deepEqual(saved, { conflicts: [], next: 'opening' }, 'a question came up that was not asked before')
      const seen = await read(cast.keeper, (db) => findReturn(cast.keeper, db, id))
      deepEqual(seen.answers, { 'days-open': { typed: 'muchos' }, 'closed-long': true })
      await rejects(sendReturn(cast.keeper, id), (error) => {
        const fields = error instanceof Problems ? error.problems.map(({ field }) => field) : []
        deepEqual(fields, ['q.days-open', 'q.closed-why', 'q.visits', 'q.counted', 'q.origin-known'])
        return true
      })
      await fill(cast.keeper, id)
      await sendReturn(cast.keeper, id)
      await rejects(saveSection(cast.keeper, id, 'opening', {}), refusedFor('questionnaire.refused.sent'))
      const deeds = await read(cast.house, async (db) =>
        (
          await sql<{
            name: string
          }>`select distinct name from record.deed where name like 'return.%' order by name`.execute(db)
        ).rows.map(({ name }) => name),
      )
      deepEqual(deeds, ['return.begun', 'return.saved', 'return.sent'])
    },
  )

  scene('is given back with a note, put right and checked; nobody checks their own', async (cast) => {
    const id = await beginReturn(cast.keeper, await opened(cast.steward), cast.museum)
    await fill(cast.keeper, id)
    await rejects(checkReturn(cast.officer, id), refusedFor('questionnaire.refused.not-sent'))
    await sendReturn(cast.keeper, id)
    await rejects(giveBackReturn(cast.officer, id, ' '), Problems)
    await rejects(checkReturn(cast.foreigner, id), Absent)
    await rejects(checkReturn(cast.keeper, id), refusedFor('questionnaire.refused.check'))
    await giveBackReturn(cast.officer, id, 'Revise enero')
    const seen = await read(cast.keeper, (db) => findReturn(cast.keeper, db, id))
    deepEqual([seen.state, seen.note], ['returned', 'Revise enero'])
    await saveSection(cast.keeper, id, 'beyond', { 'q.activities': '12' })
    await sendReturn(cast.keeper, id)
    const both = { ...cast.officer, grants: [...cast.officer.grants, ...cast.keeper.grants] }
    await rejects(checkReturn(both, id), refusedFor('questionnaire.refused.check-own'))
    await checkReturn(cast.officer, id)
    equal((await read(cast.keeper, (db) => findReturn(cast.keeper, db, id))).checkedBy !== null, true)
  })

  scene('that was given back may be put right after the closing, until the totals are public', async (cast) => {
    const instrument = await opened(cast.steward)
    const id = await beginReturn(cast.keeper, instrument, cast.museum)
    await fill(cast.keeper, id)
    await sendReturn(cast.keeper, id)
    await stepInstrument(cast.steward, instrument, 'close')
    await giveBackReturn(cast.officer, id, 'Revise enero')
    await sendReturn(cast.keeper, id)
    await giveBackReturn(cast.officer, id, 'Otra vez')
    await stepInstrument(cast.steward, instrument, 'publish')
    await rejects(sendReturn(cast.keeper, id), refusedFor('returns.refused.not-open'))
  })
})

describe('who sees', () => {
  scene(
    'a return and its answers: its museum, its country once sent, the office; also for a query that forgets to ask',
    async (cast) => {
      const instrument = await opened(cast.steward)
      const id = await beginReturn(cast.keeper, instrument, cast.museum)
      await fill(cast.keeper, id)
      // Others' data is there that could leak.
      await checked(cast, instrument, cast.other, 900)
      const who = [
        cast.keeper,
        cast.neighbour,
        cast.officer,
        cast.foreigner,
        cast.stranger,
        cast.auditor,
        { ...visitor(cast.house), kind: 'visitor' as const },
      ]
      const reads = () =>
        Promise.all(
          who.map((actor) =>
            read(actor, (db) => findReturn(actor, db, id)).then(
              () => true,
              (error) => !(error instanceof Absent),
            ),
          ),
        )
      deepEqual(await reads(), [true, false, false, false, false, true, false])
      const rows = () => Promise.all(who.map((actor) => rowsSeen(actor, 'network.institution_return', id)))
      deepEqual(await rows(), [1, 0, 1, 0, 0, 1, 0], 'its country knows that it was begun, and no more')
      await sendReturn(cast.keeper, id)
      deepEqual(await reads(), [true, false, true, false, false, true, false])
      deepEqual(await rows(), [1, 0, 1, 0, 0, 1, 0])
      const listedFor = async (actor: Cast['keeper']) =>
        read(actor, async (db) =>
          (await listReturns(actor, db, instrument)).rows.map(({ institution }) => institution).sort(),
        )
      deepEqual(await listedFor(cast.officer), ['Museo de la Sal', 'Museo del Telar'])
      deepEqual(await listedFor(cast.foreigner), [])
      deepEqual(await listedFor(cast.neighbour), ['Museo de la Sal'])
    },
  )

  scene('a result: whoever its museum gave it to, and nobody any more once it took that back', async (cast) => {
    const id = await checked(cast, await opened(cast.steward), cast.museum, 100)
    const anyone = cast.stranger
    const shared = () => read(anyone, (db) => findSharedResult(anyone, db, id, 'public'))
    await rejects(shared(), Absent)
    await rejects(shareResult(cast.officer, id, ['public']), refusedFor('returns.refused.share'))
    await shareResult(cast.keeper, id, ['applications'])
    await rejects(shared(), Absent)
    equal((await read(anyone, (db) => findSharedResult(anyone, db, id, 'applications'))).figures['visits'], 100)
    await shareResult(cast.keeper, id, ['public'])
    equal((await shared()).figures['visits'], 100)
    await shareResult(cast.keeper, id, [])
    await rejects(shared(), Absent)
  })
})

describe('totals', () => {
  scene('are public once published, count what was checked, and hide what is small', async (cast) => {
    const instrument = await opened(cast.steward)
    for (let place = 1; place <= 6; place += 1)
      await checked(
        cast,
        instrument,
        await listed(cast.house, 'BR', `Museu ${place}`, place < 6 ? 'medium' : 'large'),
        place * 10,
      )
    for (let place = 1; place <= 8; place += 1)
      await checked(cast, instrument, await listed(cast.house, 'MX', `Museo ${place}`, 'medium'), 1000)
    await checked(cast, instrument, cast.museum, 7)
    const waiting = await beginReturn(cast.keeper, instrument, cast.museum)
    ok(waiting)
    const unchecked = await beginReturn(cast.neighbour, instrument, cast.other)
    await fill(cast.neighbour, unchecked, 'visitors', 5_000)
    await sendReturn(cast.neighbour, unchecked)
    await stepInstrument(cast.steward, instrument, 'close')
    const totals = () => read(cast.stranger, (db) => findTotals(cast.stranger, db, instrument))
    equal((await totals()).whole, null)
    await stepInstrument(cast.steward, instrument, 'publish')
    const { whole, country, size, answers } = await totals()
    deepEqual([whole!.returns, whole!.figures['visits']!.sum], [15, 210 + 8000 + 7])
    // Peru's one return takes Brazil's six with it: else the whole less the others would tell it.
    deepEqual(
      country.map((one) => [one.code, one.returns, one.figures['visits']?.sum ?? null]),
      [
        ['BR', null, null],
        ['MX', 8, 8000],
        ['PE', null, null],
      ],
    )
    deepEqual(
      size.map((one) => [one.code, one.figures['visits']?.from ?? null]),
      [
        ['large', null],
        ['medium', null],
        ['small', null],
      ],
    )
    ok(answers.length > 5)
    ok(!JSON.stringify({ country, size }).includes('"sum":7,'), 'one museum’s own figure')
  })

  scene(
    'give a museum its change and its place among its like, where at least five of its size answered',
    async (cast) => {
      const last = await opened(cast.steward, 'visitors', 2024)
      await checked(cast, last, cast.museum, 80)
      const instrument = await opened(cast.steward, 'visitors', 2025)
      const id = await checked(cast, instrument, cast.museum, 100)
      for (let place = 1; place <= 4; place += 1)
        await checked(cast, instrument, await listed(cast.house, 'PE', `Museo ${place}`), place * 10)
      await stepInstrument(cast.steward, instrument, 'close')
      const result = () => read(cast.keeper, (db) => findResult(cast.keeper, db, id))
      equal((await result()).peers, null)
      await stepInstrument(cast.steward, instrument, 'publish')
      const { before, peers, figures } = await result()
      deepEqual([figures['visits'], before?.figures['visits'], before?.year], [100, 80, 2024])
      deepEqual([peers?.figures['visits']?.from, peers?.figures['visits']?.median], [5, 30])
    },
  )
})

scene('the document is asked for by whose it is or who checks it', async (cast) => {
  const id = await checked(cast, await opened(cast.steward), cast.museum, 100)
  ok(await orderResult(cast.keeper, id))
  ok(await orderResult(cast.officer, id))
  await rejects(orderResult(cast.neighbour, id), Absent)
})
