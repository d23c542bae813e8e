import { deepEqual, equal } from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  changesOf,
  endsOf,
  holdsOn,
  lastDayOf,
  membersOn,
  outcomeOf,
  rangeThrough,
  type Count,
  type Membership,
} from '../rules.ts'

const member = (countryCode: string, valid: string): Membership => ({ countryCode, kind: 'member', valid })

describe('stretches of days', () => {
  const day = fc
    .date({ min: new Date('1990-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))

  test('a range ends with the last day that was given, and holds it', () => {
    fc.assert(
      fc.property(day, fc.nat(4000), (from, length) => {
        const last = Temporal.PlainDate.from(from).add({ days: length }).toString()
        const range = rangeThrough(from, last)
        equal(endsOf(range).from, from)
        equal(lastDayOf(range), last)
        equal(holdsOn(range, from) && holdsOn(range, last), true)
        equal(holdsOn(range, Temporal.PlainDate.from(last).add({ days: 1 }).toString()), false)
        equal(holdsOn(range, Temporal.PlainDate.from(from).subtract({ days: 1 }).toString()), false)
      }),
    )
  })

  test('an open range goes on', () => {
    equal(lastDayOf('[2016-01-01,)'), null)
    equal(holdsOn('[2016-01-01,)', '2999-01-01'), true)
    equal(holdsOn('(,)', '0001-01-01'), true)
  })
})

describe('members on a date', () => {
  const since2016 = ['AR', 'BR', 'CL', 'CO', 'CR', 'EC', 'ES', 'MX', 'PE', 'PT', 'UY'].map((code) =>
    member(code, '[2016-01-01,)'),
  )
  const all = [
    ...since2016,
    member('PY', '[2016-01-01,2018-01-01)'),
    member('CU', '[2018-01-01,)'),
    member('SV', '[2023-01-01,)'),
    member('DO', '[2023-01-01,)'),
  ]
  const on = (date: string): string =>
    membersOn(all, date, 'member')
      .map(({ countryCode }) => countryCode)
      .sort()
      .join(' ')

  test('through every change that the sources tell', () => {
    equal(on('2015-12-31'), '')
    equal(on('2016-01-01'), 'AR BR CL CO CR EC ES MX PE PT PY UY')
    equal(on('2017-12-31'), 'AR BR CL CO CR EC ES MX PE PT PY UY')
    equal(on('2018-01-01'), 'AR BR CL CO CR CU EC ES MX PE PT UY')
    equal(on('2022-12-31'), 'AR BR CL CO CR CU EC ES MX PE PT UY')
    equal(on('2023-01-01'), 'AR BR CL CO CR CU DO EC ES MX PE PT SV UY')
    equal(on('2025-10-08').split(' ').length, 14)
  })

  test('who came and who left, by day', () => {
    deepEqual(changesOf(all).slice(1), [
      { date: '2018-01-01', came: ['CU'], left: ['PY'] },
      { date: '2023-01-01', came: ['DO', 'SV'], left: [] },
    ])
  })

  test('an observer is no member', () => {
    deepEqual(membersOn([{ countryCode: 'AD', kind: 'observer', valid: '[2020-01-01,)' }], '2021-01-01', 'member'), [])
  })
})

describe('the outcome of a vote', () => {
  const count = (inFavour: number, against: number, abstention: number, seats: number): Count => ({
    seats,
    for: inFavour,
    against,
    abstention,
    absent: seats - inFavour - against - abstention,
  })
  const cases: [string, Parameters<typeof outcomeOf>, string][] = [
    ['unanimity of those present', ['unanimity', count(9, 0, 0, 14), '0.5000'], 'adopted'],
    ['one abstention breaks unanimity', ['unanimity', count(9, 0, 1, 14), '0.5000'], 'rejected'],
    ['an abstention does not break consensus', ['consensus', count(9, 0, 1, 14), '0.5000'], 'adopted'],
    ['one against breaks consensus', ['consensus', count(13, 1, 0, 14), null], 'rejected'],
    ['half of all seats is no absolute majority', ['absolute-majority', count(7, 0, 0, 14), null], 'rejected'],
    ['one more than half is', ['absolute-majority', count(8, 6, 0, 14), null], 'adopted'],
    ['two thirds of fourteen are ten', ['two-thirds', count(9, 5, 0, 14), null], 'rejected'],
    ['ten of fourteen are two thirds', ['two-thirds', count(10, 4, 0, 14), null], 'adopted'],
    ['two of three are exactly two thirds', ['two-thirds', count(2, 1, 0, 3), null], 'adopted'],
    ['a tie is not a simple majority', ['simple-majority', count(3, 3, 8, 14), null], 'rejected'],
    ['abstentions do not count among the cast', ['simple-majority', count(2, 1, 11, 14), null], 'adopted'],
    [
      'half of fourteen must be present: six are too few',
      ['simple-majority', count(6, 0, 0, 14), '0.5000'],
      'no-quorum',
    ],
    ['seven are enough', ['simple-majority', count(7, 0, 0, 14), '0.5000'], 'adopted'],
    ['half of fifteen is eight', ['simple-majority', count(7, 0, 0, 15), '0.5000'], 'no-quorum'],
    ['nobody present decides nothing', ['unanimity', count(0, 0, 0, 14), null], 'no-quorum'],
  ]
  for (const [name, [rule, votes, quorum], expected] of cases) {
    test(name, () => equal(outcomeOf(rule, votes, quorum).result, expected))
  }

  test('another vote in favour never turns an adopted motion down', () => {
    const votes = fc.record({ inFavour: fc.nat(20), against: fc.nat(20), abstention: fc.nat(20), more: fc.nat(20) })
    const rules = fc.constantFrom(
      'unanimity' as const,
      'consensus' as const,
      'absolute-majority' as const,
      'two-thirds' as const,
      'simple-majority' as const,
    )
    fc.assert(
      fc.property(votes, rules, ({ inFavour, against, abstention, more }, rule) => {
        const seats = inFavour + against + abstention + more + 1
        const before = outcomeOf(rule, count(inFavour, against, abstention, seats), '0.3').result
        const after = outcomeOf(rule, count(inFavour + 1, against, abstention, seats), '0.3').result
        if (before === 'adopted') equal(after, 'adopted')
      }),
    )
  })
})
