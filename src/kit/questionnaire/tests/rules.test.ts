import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { compareWords, languages } from '#kit/words'
import {
  carriedAnswers,
  check,
  checkAnswer,
  columnsOf,
  definitionForm,
  mayBePublished,
  preflight,
  questionnaireWords,
  questionsOf,
  readAnswers,
  readNumber,
  rowOf,
  sampleAnswers,
  saidIn,
  sectionAfter,
  shownAnswer,
  suppressed,
  tabulate,
  visible,
  type Answer,
  type Answers,
  type Condition,
  type Definition,
  type Question,
} from '#kit/questionnaire'
import { instrument, label, withQuestions } from './instrument.ts'

test('the words of questionnaires are whole in four languages', () => {
  for (const language of languages) {
    assert.deepEqual(
      compareWords(questionnaireWords.texts.es, questionnaireWords.texts[language], language),
      [],
      language,
    )
  }
})

test('the instrument has the shape that forms take, and may be published', () => {
  assert.deepEqual(definitionForm.parse(JSON.parse(JSON.stringify(instrument))), instrument)
  assert.deepEqual(preflight(instrument), [])
})

const asked = (answers: Answers) => [...visible(instrument, answers).keys].join(' ')

test('what is asked follows from the answers, and not from those left behind', () => {
  const base = 'name open country partner'
  const means = 'area budget founded legal'
  assert.equal(asked({}), `${base} ${means}`)
  assert.equal(asked({ open: false }), `name open why-closed country partner ${means}`)
  assert.equal(asked({ open: true }), `${base} visitors audiences ${means}`)
  const visitors = { cells: { '01': { paid: 3 } } }
  assert.equal(asked({ open: true, visitors }), `${base} visitors audiences satisfaction ${means}`)
  assert.equal(asked({ open: true, visitors, audiences: { chosen: ['none'] } }), `${base} visitors audiences ${means}`)
  assert.equal(
    asked({ open: false, visitors }),
    `name open why-closed country partner ${means}`,
    'visitors is not asked',
  )
  assert.equal(asked({ open: { typed: 'quizás' }, legal: { chosen: ['public'] } }), `${base} ${means} plan`)
})

test('where to go on after a section', () => {
  assert.equal(sectionAfter(instrument, {}, { open: false }, 'museum'), 'museum', 'it asks something new')
  assert.equal(sectionAfter(instrument, { open: false }, { open: false }, 'museum'), 'means')
  assert.equal(sectionAfter(instrument, { open: true }, { open: true }, 'museum'), 'visits')
  assert.equal(sectionAfter(instrument, {}, {}, 'means'), null)
  assert.equal(
    sectionAfter(instrument, { open: true }, { open: false }, 'visits'),
    'means',
    'the section itself went away',
  )
})

const question = (key: string): Question => questionsOf(instrument).find((one) => one.key === key)!
const faults: [string, Answer, string[]][] = [
  ['name', 'Museo Larco', []],
  ['name', 'x'.repeat(81), ['q.name kit.problem.too-long']],
  ['name', '👩🏽‍🎨'.repeat(80), []],
  ['why-closed', 'uno dos tres cuatro cinco seis', ['q.why-closed kit.problem.too-many-words']],
  ['open', { typed: 'quizás' }, ['q.open kit.problem.choice']],
  ['country', 'CL', ['q.country kit.problem.country']],
  ['area', 0, ['q.area kit.problem.at-least']],
  ['area', { typed: '2.500' }, ['q.area questionnaire.problem.number']],
  ['budget', { amount: '10', currency: 'EUR' }, ['q.budget.currency kit.problem.currency']],
  ['budget', { amount: '-1', currency: 'PEN' }, ['q.budget.amount kit.problem.at-least']],
  ['budget', { typed: { amount: '2.500', currency: 'PEN' } }, ['q.budget.amount kit.problem.amount']],
  ['founded', '2026-02-30', ['q.founded kit.problem.date']],
  ['founded', '1499-12-31', ['q.founded kit.problem.too-early']],
  ['legal', { chosen: ['public', 'private'] }, ['q.legal kit.problem.too-many']],
  ['legal', { chosen: ['other'] }, ['q.legal.other questionnaire.problem.other']],
  ['legal', { chosen: ['mixed'] }, ['q.legal kit.problem.choice']],
  ['audiences', { chosen: ['none', 'schools'] }, ['q.audiences questionnaire.problem.exclusive']],
  ['audiences', { chosen: ['schools', 'elders', 'other'], other: 'x' }, ['q.audiences kit.problem.too-many']],
  ['satisfaction', 6, ['q.satisfaction kit.problem.choice']],
  ['visitors', { typed: { '01.paid': '12', '02.paid': '1.200' } }, ['q.visitors.02.paid questionnaire.problem.whole']],
  ['visitors', { cells: { '13': { paid: 1 } } }, ['q.visitors kit.problem.invalid']],
  ['plan', ['a', 'b'], ['q.plan kit.problem.too-many']],
  ['partner', 'museo', ['q.partner kit.problem.choice']],
]

test('answers that do not fit, one by one', () => {
  for (const [key, answer, expected] of faults) {
    const found = checkAnswer(question(key), answer).map(({ field, words }) => `${field} ${words}`)
    assert.deepEqual(found, expected, `${key} ${JSON.stringify(answer).slice(0, 60)}`)
  }
})

test('a required table wants every cell, and says which are missing', () => {
  const cells = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [String(at + 1).padStart(2, '0'), { paid: 0, free: 1 }]),
  )
  assert.deepEqual(checkAnswer(question('visitors'), { cells }), [])
  delete (cells['07'] as { free?: number }).free
  assert.deepEqual(checkAnswer(question('visitors'), { cells }), [
    { field: 'q.visitors.07.free', words: 'questionnaire.problem.cell' },
  ])
})

test('all that is missing is told at once, in the order of the form', () => {
  assert.deepEqual(
    check(instrument, { open: false }).map(({ field }) => field),
    ['q.name', 'q.why-closed', 'q.legal'],
  )
})

const numbers: [string, number | undefined, number | undefined][] = [
  ['12', 12, 12],
  ['1 200', 1200, 1200],
  ['12,5', 12.5, undefined],
  ['12.5', 12.5, undefined],
  ['2.500', undefined, undefined],
  ['2,500', undefined, undefined],
  ['2500.125', 2500.125, undefined],
  ['0.125', 0.125, undefined],
  ['1.234,5', undefined, undefined],
  ['−3', -3, -3],
  ['', undefined, undefined],
  ['1e3', undefined, undefined],
  ['doce', undefined, undefined],
]

test('numbers are read by any country, and never guessed', () => {
  for (const [text, value, whole] of numbers) {
    assert.equal(readNumber(text), value, text)
    assert.equal(readNumber(text, true), whole, `${text} whole`)
  }
})

test('a form is read as it was sent, flat or nested, and nothing typed is lost', () => {
  const sent = {
    'q.name': '  Museo\n de   Sitio ',
    'q.open': 'yes',
    'q.area': '1.200',
    'q.budget.amount': '1500,5',
    'q.budget.currency': 'PEN',
    'q.audiences': ['schools', 'other'],
    'q.audiences.other': 'Turistas',
    'q.visitors.01.paid': '12',
    'q.visitors.02.free': 'mil',
    'q.founded': '18/05/1950',
    'q.country': 'pe',
  }
  const expected = {
    name: 'Museo de Sitio',
    open: true,
    'why-closed': undefined,
    country: 'PE',
    partner: undefined,
    visitors: { typed: { '01.paid': '12', '02.free': 'mil' } },
    audiences: { chosen: ['schools', 'other'], other: 'Turistas' },
    satisfaction: undefined,
    area: { typed: '1.200' },
    budget: { amount: '1500.5', currency: 'PEN' },
    founded: { typed: '18/05/1950' },
    legal: undefined,
    plan: undefined,
  }
  assert.deepEqual(readAnswers(questionsOf(instrument), sent), expected)
  const nested = {
    q: {
      name: 'Museo',
      audiences: ['elders'],
      visitors: { '01': { paid: '3' } },
      budget: { amount: '', currency: 'PEN' },
    },
  }
  const read = readAnswers(questionsOf(instrument), nested)
  assert.deepEqual(
    [read['name'], read['audiences'], read['visitors'], read['budget']],
    ['Museo', { chosen: ['elders'] }, { cells: { '01': { paid: 3 } } }, undefined],
  )
})

test('what a form shows is what it reads back', () => {
  const answers: Answers = {
    ...sampleAnswers(instrument),
    area: { typed: 'grande' },
    visitors: { typed: { '01.paid': 'x', '02.free': '3' } },
    audiences: { chosen: ['schools', 'other'], other: 'Turistas' },
    budget: { amount: '12.50', currency: 'USD' },
  }
  const shown = Object.assign(
    {},
    ...questionsOf(instrument).map((one) => shownAnswer(one, answers[one.key])),
  ) as Record<string, string>
  const read = readAnswers(questionsOf(instrument), shown)
  for (const { key } of questionsOf(instrument)) assert.deepEqual(read[key], answers[key], key)
})

const found = (definition: Definition) =>
  preflight(definition).map(({ at, words }) => `${at} ${words.replace('questionnaire.preflight.', '')}`)
const yesNo = (key: string, when?: Condition, required = false): Question => ({
  key,
  kind: 'yes-no',
  label,
  required,
  ...(when && { when }),
})

const flawed: [string, Definition, string[]][] = [
  ['nothing asked', { ...instrument, sections: [] }, [' no-questions']],
  ['no languages', { ...withQuestions(yesNo('a')), languages: [] }, [' no-languages']],
  ['the same key', withQuestions(yesNo('a'), yesNo('a')), ['a repeated-key']],
  ['a bad key', withQuestions(yesNo('A b')), ['A b bad-key']],
  [
    'a circle',
    withQuestions(yesNo('a', { question: 'b', equals: true }), yesNo('b', { question: 'a', equals: true })),
    ['a circle', 'b circle'],
  ],
  ['itself', withQuestions(yesNo('a', { question: 'a', equals: true })), ['a circle']],
  [
    'a longer circle',
    withQuestions(
      yesNo('a', { question: 'c', equals: true }),
      yesNo('b', { question: 'a', equals: true }),
      yesNo('c', { question: 'b', equals: true }),
    ),
    ['a circle', 'b circle', 'c circle'],
  ],
  ['looking ahead', withQuestions(yesNo('a', { question: 'b', equals: true }), yesNo('b')), ['a later-question']],
  ['nobody there', withQuestions(yesNo('a', { question: 'z', equals: true })), ['a unknown-question']],
  [
    'a choice that is none',
    withQuestions(
      { key: 'c', kind: 'choice', label, choices: [{ key: 'x', label }] },
      yesNo('a', { question: 'c', equals: 'y' }),
    ),
    ['a never-answered'],
  ],
  ['comparing words', withQuestions(yesNo('b'), yesNo('a', { question: 'b', atLeast: 3 })), ['a not-counted']],
  ['no choices', withQuestions({ key: 'c', kind: 'choice', label, choices: [] }), ['c no-choices']],
  [
    'a choice twice',
    withQuestions({
      key: 'c',
      kind: 'choice',
      label,
      choices: [
        { key: 'x', label },
        { key: 'x', label },
      ],
    }),
    ['c repeated-choice'],
  ],
  [
    '"other" twice',
    withQuestions({ key: 'c', kind: 'choice', label, other: true, choices: [{ key: 'other', label }] }),
    ['c repeated-choice'],
  ],
  [
    'limits crossed',
    withQuestions({ key: 'n', kind: 'number', label, minimum: 5, maximum: 4 }),
    ['n contradictory-limits'],
  ],
  [
    'no whole number between',
    withQuestions({ key: 'n', kind: 'number', label, whole: true, minimum: 1.2, maximum: 1.8 }),
    ['n contradictory-limits'],
  ],
  [
    'more choices than there are',
    withQuestions({
      key: 'c',
      kind: 'choices',
      label,
      minimum: 3,
      choices: [
        { key: 'x', label },
        { key: 'y', label },
      ],
    }),
    ['c contradictory-limits'],
  ],
  [
    'days crossed',
    withQuestions({ key: 'd', kind: 'date', label, earliest: '2026-02-01', latest: '2026-01-01' }),
    ['d contradictory-limits'],
  ],
  [
    'more letters than words',
    withQuestions({ key: 't', kind: 'short-text', label, minimum: 10, maximum: 5 }),
    ['t contradictory-limits'],
  ],
  [
    'a scale upside down',
    withQuestions({ key: 's', kind: 'scale', label, from: 5, to: 1 }),
    ['s contradictory-limits'],
  ],
  ['no currency', withQuestions({ key: 'm', kind: 'money', label, currencies: [] }), ['m no-currencies']],
  ['words missing', withQuestions({ key: 'a', kind: 'yes-no', label: { es: 'x', pt: ' ' } }), ['a missing-words']],
  [
    'required and out of reach',
    withQuestions(
      yesNo('a', undefined, true),
      yesNo(
        'b',
        {
          all: [
            { question: 'a', equals: true },
            { question: 'a', equals: false },
          ],
        },
        true,
      ),
    ),
    ['b unreachable-required'],
  ],
  [
    'out of reach',
    withQuestions(yesNo('a', undefined, true), yesNo('b', { question: 'a', is: 'unanswered' })),
    ['b unreachable'],
  ],
  [
    'beyond a limit',
    withQuestions(
      { key: 'n', kind: 'number', label, minimum: 0, maximum: 10 },
      yesNo('b', { question: 'n', atLeast: 11 }, true),
    ),
    ['b unreachable-required'],
  ],
  [
    'at the limit',
    withQuestions(
      { key: 'n', kind: 'number', label, minimum: 0, maximum: 10 },
      yesNo('b', { question: 'n', atLeast: 10 }, true),
    ),
    [],
  ],
  [
    'behind what nobody reaches',
    withQuestions(
      yesNo('a', undefined, true),
      yesNo('b', { question: 'a', is: 'unanswered' }, true),
      yesNo('c', { question: 'b', equals: true }, true),
    ),
    ['b unreachable-required', 'c unreachable-required'],
  ],
  [
    'exclusive choices never together',
    withQuestions(
      {
        key: 'c',
        kind: 'choices',
        label,
        choices: [
          { key: 'x', label },
          { key: 'none', label, exclusive: true },
        ],
      },
      yesNo(
        'b',
        {
          all: [
            { question: 'c', equals: 'x' },
            { question: 'c', equals: 'none' },
          ],
        },
        true,
      ),
    ),
    ['b unreachable-required'],
  ],
]

test('preflight tells its author what is wrong', () => {
  for (const [name, definition, expected] of flawed) assert.deepEqual(found(definition), expected, name)
})

const anyDefinition = fc
  .array(
    fc.record({
      kind: fc.constantFrom('yes-no', 'number', 'choices', 'scale', 'short-text'),
      required: fc.boolean(),
      least: fc.nat(2),
      span: fc.nat(3),
      about: fc.option(fc.nat(6), { nil: undefined, freq: 3 }),
      turned: fc.boolean(),
      value: fc.integer({ min: -1, max: 5 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((drawn): Definition => {
    const questions = drawn.map(({ kind, required, least, span, about, turned, value }, at): Question => {
      // Mostly about an earlier question; what preflight says of others is told above.
      const asked = about === undefined || at === 0 ? undefined : about % at
      const most = least + span
      const other = asked === undefined ? undefined : `q${asked}`
      const kindOf = asked === undefined ? undefined : drawn[asked]?.kind
      const simple: Condition | undefined =
        other === undefined
          ? undefined
          : kindOf === 'yes-no'
            ? { question: other, equals: value > 1 }
            : kindOf === 'choices'
              ? { question: other, equals: `c${Math.abs(value) % 3}` }
              : kindOf === 'short-text'
                ? { question: other, is: value > 1 ? 'answered' : 'unanswered' }
                : { question: other, atLeast: value }
      const common = { key: `q${at}`, label, required, ...(simple && { when: turned ? { not: simple } : simple }) }
      if (kind === 'yes-no') return { ...common, kind }
      if (kind === 'number') return { ...common, kind, minimum: least, maximum: most, whole: turned }
      if (kind === 'scale') return { ...common, kind, from: least, to: most }
      if (kind === 'short-text') return { ...common, kind, minimum: Math.max(0, least), maximum: Math.max(0, most) }
      const choices = [0, 1, 2].map((one) => ({ key: `c${one}`, label, exclusive: one === 2 && turned }))
      return { ...common, kind: 'choices', choices, minimum: Math.max(0, least), maximum: Math.max(0, most) }
    })
    return withQuestions(...questions)
  })

test('what preflight passes can be completed, and what it refuses for reach cannot be reached by chance', () => {
  let passed = 0
  let unreached = 0
  fc.assert(
    fc.property(anyDefinition, fc.infiniteStream(fc.nat(30)), (definition, dice) => {
      const findings = preflight(definition)
      if (mayBePublished(findings)) {
        passed += 1
        assert.deepEqual(check(definition, sampleAnswers(definition)), [])
      }
      const never = findings.filter(({ words }) => words.includes('unreachable')).map(({ at }) => at)
      if (never.length === 0) return
      unreached += 1
      for (let round = 0; round < 30; round++) {
        const answers: Answers = {}
        for (const one of questionsOf(definition)) {
          const value = dice.next().value
          if (value % 4 === 0 && !one.required) continue
          const answer = drawn(one, value)
          if (answer !== undefined && checkAnswer(one, answer).length === 0) answers[one.key] = answer
        }
        if (check(definition, answers).length > 0) continue
        for (const key of never) assert.ok(!visible(definition, answers).keys.has(key), key)
      }
    }),
    { numRuns: 400 },
  )
  assert.ok(passed > 20 && unreached > 20, `${passed} passed, ${unreached} with something out of reach`)
})

function drawn(one: Question, value: number): Answer | undefined {
  if (one.kind === 'yes-no') return value % 2 === 0
  if (one.kind === 'number' || one.kind === 'scale') return (value % 8) - 2
  if (one.kind === 'short-text') return 'a'.repeat(value % 6)
  return { chosen: ['c0', 'c1', 'c2'].filter((_, at) => (value >> at) & 1) }
}

test('no answer, however odd, makes asking or checking fail', () => {
  const any = fc.dictionary(
    fc.constantFrom(...questionsOf(instrument).map(({ key }) => key)),
    fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.array(fc.string()),
      fc.constantFrom(
        { chosen: [] },
        { chosen: ['x'] },
        { cells: {} },
        { cells: { '01': { paid: Number.NaN } } },
        { amount: 'x', currency: '' },
        { typed: 'x' },
        { typed: {} },
      ),
    ),
  )
  fc.assert(
    fc.property(any, (answers) => {
      check(instrument, answers as Answers)
      tabulate(instrument, [answers as Answers])
      rowOf(instrument, answers as Answers)
    }),
  )
})

const returns: Answers[] = [
  {
    name: 'A',
    open: true,
    legal: { chosen: ['public'] },
    visitors: { cells: { '01': { paid: 10, free: 0 } } },
    area: 100,
    budget: { amount: '10.10', currency: 'PEN' },
  },
  {
    name: 'B',
    open: true,
    legal: { chosen: ['public'] },
    visitors: { cells: { '01': { paid: 20 } } },
    area: 0.1,
    budget: { amount: '5', currency: 'USD' },
  },
  {
    name: 'C',
    open: false,
    'why-closed': 'obras',
    legal: { chosen: ['other'], other: 'Mixta' },
    visitors: { cells: { '01': { paid: 999 } } },
    area: 0.2,
    budget: { amount: '0.20', currency: 'PEN' },
  },
  { name: 'D', open: { typed: 'x' }, legal: { chosen: ['private'] }, area: { typed: 'mucho' } },
]

test('responses are tabulated by what was asked', () => {
  const by = new Map(tabulate(instrument, returns).map((one) => [one.key, one]))
  assert.deepEqual(by.get('name'), { key: 'name', asked: 4, answered: 4, kind: 'words' })
  assert.deepEqual(by.get('open'), {
    key: 'open',
    asked: 4,
    answered: 3,
    kind: 'counts',
    counts: [
      { value: 'yes', count: 2 },
      { value: 'no', count: 1 },
    ],
  })
  assert.deepEqual(by.get('legal'), {
    key: 'legal',
    asked: 4,
    answered: 4,
    kind: 'counts',
    counts: [
      { value: 'public', count: 2 },
      { value: 'private', count: 1 },
      { value: 'other', count: 1 },
    ],
  })
  assert.deepEqual(by.get('area'), {
    key: 'area',
    asked: 4,
    answered: 3,
    kind: 'figures',
    figures: { from: 3, sum: 100.3, mean: 100.3 / 3, median: 0.2, least: 0.1, most: 100 },
  })
  const visitors = by.get('visitors')
  assert.deepEqual([visitors?.asked, visitors?.answered], [2, 2], 'the closed museum was not asked')
  assert.ok(visitors?.kind === 'table')
  assert.deepEqual(
    visitors.cells.slice(0, 2).map(({ row, column, figures }) => [row, column, figures.from, figures.sum]),
    [
      ['01', 'paid', 2, 30],
      ['01', 'free', 1, 0],
    ],
  )
  const budget = by.get('budget')
  assert.ok(budget?.kind === 'figures')
  assert.deepEqual(
    [budget.figures.sum, budget.byCurrency?.map(({ currency, figures }) => [currency, figures.sum])],
    [
      null,
      [
        ['PEN', 10.3],
        ['USD', 5],
      ],
    ],
  )
})

test('the order of the responses changes no figure', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(returns, { minLength: 4 }), (some) => {
      assert.deepEqual(tabulate(instrument, some), tabulate(instrument, returns))
    }),
  )
})

test('no count below the limit is shown, nor one that the others give away', () => {
  const definition = withQuestions({
    key: 'c',
    kind: 'choice',
    label,
    choices: ['a', 'b', 'd', 'e'].map((key) => ({ key, label })),
  })
  fc.assert(
    fc.property(
      fc.array(fc.nat(20), { minLength: 4, maxLength: 4 }),
      fc.integer({ min: 2, max: 6 }),
      (counts, smallest) => {
        const responses = counts.flatMap((count, at) =>
          Array.from({ length: count }, (): Answers => ({ c: { chosen: ['abde'[at]!] } })),
        )
        const [shown] = suppressed(tabulate(definition, responses), smallest)
        assert.ok(shown?.kind === 'counts')
        for (const { count } of shown.counts) assert.ok(count === null || count === 0 || count >= smallest)
        const hidden = shown.counts.filter(({ count }) => count === null).length
        const whole = shown.counts.filter(({ count }) => count !== 0).length
        if (hidden === 1) assert.equal(whole, 1, 'a single hidden count is the total minus the others')
      },
    ),
  )
  const alone = suppressed(tabulate(instrument, returns), 5)
  for (const one of alone) assert.equal(one.answered, 0, one.key)
})

test('answers as rows of an open table', () => {
  const columns = columnsOf(instrument, 'es').map(({ name }) => name)
  assert.equal(new Set(columns).size, columns.length)
  const rows = returns.map((answers) => rowOf(instrument, answers))
  for (const row of rows) for (const name of Object.keys(row)) assert.ok(columns.includes(name), name)
  assert.deepEqual(rows[2], {
    name: 'C',
    open: false,
    'why-closed': 'obras',
    area: 0.2,
    'budget.amount': 0.2,
    'budget.currency': 'PEN',
    legal: 'other',
    'legal.other': 'Mixta',
  })
  assert.equal(
    columnsOf(instrument, 'pt').find(({ name }) => name === 'visitors.01.paid')?.label,
    'Visitantes por mês: 01, Pagantes',
  )
})

test('answers are carried to another version where they still fit', () => {
  const next = withQuestions(
    { key: 'name', kind: 'short-text', label, maximum: 3 },
    { key: 'open', kind: 'choice', label, choices: [{ key: 'yes', label }] },
    { key: 'area', kind: 'number', label },
  )
  assert.deepEqual(
    carriedAnswers({ name: 'Largo', open: true, area: 5, legal: { chosen: ['public'] } }, instrument, next),
    { area: 5 },
  )
  assert.deepEqual(carriedAnswers({ name: 'Sol', area: { typed: 'x' } }, instrument, next), {
    name: 'Sol',
    area: { typed: 'x' },
  })
})

test('words are said in the language asked, or the nearest there is', () => {
  assert.deepEqual(saidIn({ es: 'a', pt: 'b' }, 'ar', ['pt', 'es']), {
    words: 'b',
    language: 'pt',
    dir: 'ltr',
    isFallback: true,
  })
  assert.deepEqual(saidIn(undefined, 'es', []), { words: '', language: 'es', dir: 'ltr', isFallback: false })
})
