import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { definitionForm, mayBePublished, preflight, questionsOf, sampleAnswers } from '#kit/questionnaire'
import { definitions, templates } from '../instruments.ts'
import { changeOf, doneOf, figuresOf, hiddenGroups, measuresOf, placeOf, takesAnswers, totalsBy } from '../rules.ts'

describe('the instruments', () => {
  for (const template of templates) {
    test(`${template} is whole in Spanish, Portuguese and English, and can be completed`, () => {
      const definition = definitionForm.parse(definitions[template])
      const findings = preflight({ ...definition, languages: ['es', 'pt', 'en'] })
      deepEqual(findings, [])
      ok(mayBePublished(findings))
    })
  }

  test('the self-assessment asks fifty things of ten functions', () => {
    const scales = questionsOf(definitions['self-assessment']).filter(({ kind }) => kind === 'scale')
    equal(scales.length, 50)
    equal(new Set(scales.map(({ key }) => key.split('-')[0])).size, 10)
  })

  test('every figure of a whole answer is one that the instrument says it measures', () => {
    for (const template of templates) {
      const figures = figuresOf(definitions[template], sampleAnswers(definitions[template]))
      const known = new Set(measuresOf(definitions[template]).map(({ key }) => key))
      ok(Object.keys(figures).length > 3)
      deepEqual(
        Object.keys(figures).filter((key) => !known.has(key)),
        [],
      )
    }
  })
})

describe('figures', () => {
  test('a table comes to its total, its columns and its rows', () => {
    const answers = { visits: { cells: { '01': { paid: 10, free: 5 }, '02': { paid: 1 } } } }
    deepEqual(figuresOf(definitions.visitors, answers), {
      visits: 16,
      'visits.column.paid': 11,
      'visits.column.free': 5,
      'visits.row.01': 15,
      'visits.row.02': 1,
    })
  })

  test('what is not asked any more is not counted', () => {
    const cells = { cells: { local: { visits: 7 } } }
    equal(figuresOf(definitions.visitors, { 'origin-known': false, origin: cells })['origin'], undefined)
    equal(figuresOf(definitions.visitors, { 'origin-known': true, origin: cells })['origin'], 7)
  })

  test('scores are means of what was answered, from 0 to 1', () => {
    const figures = figuresOf(definitions['self-assessment'], {
      'purpose-mission': 4,
      'purpose-plan': 2,
      'team-roles': 0,
    })
    deepEqual(figures, { 'score.purpose': 0.75, 'score.team': 0, score: 0.5 })
  })

  test('change and place', () => {
    deepEqual(changeOf(110, 100), { by: 10, share: 0.1 })
    deepEqual(changeOf(5, 0), { by: 5, share: null })
    equal(changeOf(5, undefined), null)
    deepEqual([placeOf(2, 1), placeOf(1, 2), placeOf(1, 1), placeOf(1, undefined)], ['above', 'below', 'at', null])
  })
})

describe('small cells', () => {
  test('one small group takes the next with it, so that the whole does not give it away', () => {
    deepEqual([...hiddenGroups([3, 20, 8], 5)].sort(), [0, 2])
    deepEqual([...hiddenGroups([5, 20, 8], 5)], [])
    deepEqual([...hiddenGroups([4, 1, 20], 5)].sort(), [0, 1])
    deepEqual([...hiddenGroups([2, 1, 20], 5)].sort(), [0, 1, 2])
    deepEqual([...hiddenGroups([3], 5)], [0])
    deepEqual([...hiddenGroups([0, 7], 5)], [])
  })

  test('whatever the groups, nothing small is shown, nor left over', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { maxLength: 12 }), fc.integer({ min: 3, max: 8 }), (froms, smallest) => {
        const hidden = hiddenGroups(froms, smallest)
        for (const [place, from] of froms.entries()) ok(hidden.has(place) || from === 0 || from >= smallest)
        const left = [...hidden].reduce((sum, place) => sum + froms[place]!, 0)
        // What is left over is nothing, enough, or all there is (and then the whole itself is hidden or is not of several).
        ok(hidden.size === 0 || left >= smallest || left === froms.reduce((sum, from) => sum + from, 0))
        ok(hidden.size !== 1 || froms.filter((from) => from > 0).length === 1)
      }),
    )
  })

  test('totals hide by measure and by group', () => {
    const one = (countryCode: string, figures: Record<string, number>) => ({
      countryCode,
      type: null,
      sizeClass: null,
      figures,
    })
    const returns = [
      ...Array.from({ length: 6 }, (_, at) => one('PE', { visits: 100 + at, online: 1 })),
      ...Array.from({ length: 7 }, (_, at) => one('BR', at < 3 ? { visits: 10, online: 2 } : { visits: 10 })),
      ...Array.from({ length: 9 }, () => one('CL', { visits: 1 })),
    ]
    const totals = totalsBy(returns, ({ countryCode }) => countryCode, 5)
    deepEqual(
      totals.map(({ code, returns: count }) => [code, count]),
      [
        ['BR', 7],
        ['CL', 9],
        ['PE', 6],
      ],
    )
    // Three of Brazil's answered `online`: hidden, and Peru's with them.
    deepEqual(
      totals.map(({ figures }) => figures['online']),
      [null, undefined, null],
    )
    deepEqual(totals[2]!.figures['visits'], { from: 6, sum: 615, mean: 102.5, median: 102.5 })
    deepEqual(
      totalsBy(returns.slice(0, 6).concat(returns.slice(6, 8)), ({ countryCode }) => countryCode, 5).map(
        ({ returns: count, figures }) => [count, figures['visits']],
      ),
      [
        [null, null],
        [null, null],
      ],
    )
  })
})

test('an instrument takes answers from its opening until its closing, and not a moment later', () => {
  const at = (text: string) => Temporal.Instant.from(text)
  const instrument = { state: 'open', openFrom: '2026-03-01 05:00:00+00', openUntil: '2026-04-01 05:00:00+00' }
  equal(takesAnswers(instrument, at('2026-03-01T04:59:59Z')), false)
  equal(takesAnswers(instrument, at('2026-03-01T05:00:00Z')), true)
  equal(takesAnswers(instrument, at('2026-04-01T04:59:59Z')), true)
  equal(takesAnswers(instrument, at('2026-04-01T05:00:00Z')), false)
  equal(takesAnswers({ ...instrument, state: 'closed' }, at('2026-03-10T00:00:00Z')), false)
})

test('how far a return is follows what is asked', () => {
  const opening = (answers: object) => doneOf(definitions.visitors, answers as never)[0]
  deepEqual(opening({}), { section: 'opening', asked: 2, answered: 0 })
  deepEqual(opening({ 'closed-long': true, 'days-open': 3 }), { section: 'opening', asked: 3, answered: 2 })
})
