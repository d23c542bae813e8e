import { checkAnswer } from './check.ts'
import {
  otherKey,
  questionsOf,
  rowsOf,
  type Answer,
  type Answers,
  type Condition,
  type Definition,
  type Question,
} from './definition.ts'
import { askedAbout, simpleConditions, visible } from './visible.ts'

const someone = '00000000-0000-7000-8000-000000000000'

/** An answer that its question takes, or `undefined` where its limits leave none. */
export function sampleAnswer(question: Question): Answer | undefined {
  return candidates(question, []).find((answer) => checkAnswer(question, answer).length === 0)
}

/** Answers that stand for all that conditions can tell apart: at and beside each limit and each value named. */
export function tellingAnswers(question: Question, conditions: readonly Condition[]): Answer[] {
  const named = conditions.flatMap(simpleConditions).filter((one) => one.question === question.key)
  const fitting = candidates(question, named).filter((answer) => checkAnswer(question, answer).length === 0)
  return [...new Map(fitting.map((answer) => [JSON.stringify(answer), answer])).values()]
}

type Named = ReturnType<typeof simpleConditions>[number]

function candidates(question: Question, named: readonly Named[]): Answer[] {
  switch (question.kind) {
    case 'short-text':
    case 'long-text': {
      const length = Math.max(1, question.minimum ?? 1)
      return [
        'a'.repeat(length),
        'a '
          .repeat(Math.ceil(length / 2))
          .slice(0, length)
          .padEnd(length, 'a'),
        ...textsNamed(named),
      ]
    }
    case 'number':
      return numbers(question, named)
    case 'scale':
      return integers(question.from, question.to, 21)
    case 'money':
      return numbers({ minimum: 0, ...question }, named)
        .filter((value) => value >= 0)
        .flatMap((value) =>
          question.currencies.map((currency) => ({ amount: String(Math.round(value * 100) / 100), currency })),
        )
    case 'date':
      return [question.earliest, question.latest, '2026-05-18', ...textsNamed(named)].filter((day) => day !== undefined)
    case 'yes-no':
      return [true, false]
    case 'choice':
      return keysOf(question).map((key) => chosen([key]))
    case 'choices':
      return subsets(question).map(chosen)
    case 'table':
      return numbers({ minimum: 0, ...question }, named).flatMap((value) => [
        filled(question, () => value),
        filled(question, (at) => (at === 0 ? value : (question.minimum ?? 0))),
      ])
    case 'file':
      return [[someone]]
    case 'country':
      return [...textsNamed(named), ...(question.among ?? ['PE', 'ES'])]
    case 'institution':
      return [someone, ...textsNamed(named)]
  }
}

function textsNamed(named: readonly Named[]): string[] {
  return named
    .flatMap((one) => ('equals' in one ? [one.equals] : 'oneOf' in one ? one.oneOf : []))
    .filter((value) => typeof value === 'string')
}

function numbers(
  { minimum, maximum, whole }: { minimum?: number; maximum?: number; whole?: boolean },
  named: readonly Named[],
): number[] {
  const limits = named.flatMap((one) => ('atLeast' in one ? [one.atLeast] : 'atMost' in one ? [one.atMost] : []))
  const marks = [...limits, ...(minimum === undefined ? [] : [minimum]), ...(maximum === undefined ? [] : [maximum])]
  const between = minimum !== undefined && maximum !== undefined ? [(minimum + maximum) / 2] : []
  const steps = whole ? [-1, 0, 1] : [-1, -0.01, 0, 0.01, 1]
  const beside = [0, 1, ...between, ...marks].flatMap((mark) =>
    steps.map((step) => Math.round((mark + step) * 1e6) / 1e6),
  )
  return whole ? beside.flatMap((value) => [Math.floor(value), Math.ceil(value)]) : beside
}

function integers(from: number, to: number, most: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(most, to - from + 1)) }, (_, at) => from + at)
}

function keysOf(question: Extract<Question, { kind: 'choice' | 'choices' }>): string[] {
  return [...question.choices.map(({ key }) => key), ...(question.other ? [otherKey] : [])]
}

function chosen(keys: string[]): Answer {
  return keys.includes(otherKey) ? { chosen: keys, other: 'a' } : { chosen: keys }
}

/** All subsets of few choices; of many, those of one and two, and as many as the limits ask for. */
function subsets(question: Extract<Question, { kind: 'choices' }>): string[][] {
  const keys = keysOf(question)
  const plain = keys.filter((key) => !question.choices.find((choice) => choice.key === key)?.exclusive)
  if (keys.length <= 6) {
    return Array.from({ length: 2 ** keys.length - 1 }, (_, bits) => keys.filter((_, at) => ((bits + 1) >> at) & 1))
  }
  const pairs = keys.flatMap((one, at) => keys.slice(at + 1).map((other) => [one, other]))
  const least = question.minimum ?? 1
  const windows = plain
    .map((_, at) => [...plain, ...plain].slice(at, at + least))
    .filter((some) => new Set(some).size === least)
  return [...keys.map((key) => [key]), ...pairs, ...windows, plain, plain.slice(0, question.maximum)]
}

function filled(question: Extract<Question, { kind: 'table' }>, value: (at: number) => number): Answer {
  let at = 0
  const cells = rowsOf(question).map(
    ({ key }) => [key, Object.fromEntries(question.columns.map((column) => [column.key, value(at++)]))] as const,
  )
  return { cells: Object.fromEntries(cells) }
}

/** What can be said of reaching a question: that it can, that it cannot, or that there are too many ways to try. */
export type Reach = 'reached' | 'never' | 'too-many'

const most = 20_000

/**
 * Whether some way of answering leads to a question, trying every way that its conditions, and theirs, can tell apart.
 * Ways that leave a required question without an answer lead nowhere.
 */
export function reachOf(definition: Definition, key: string): Reach {
  const all = questionsOf(definition)
  const conditionsOf = new Map<string, (Condition | undefined)[]>()
  for (const section of definition.sections) {
    for (const question of section.questions) conditionsOf.set(question.key, [section.when, question.when])
  }
  const needed = new Set<string>()
  const gather = (of: string): void => {
    for (const condition of conditionsOf.get(of) ?? []) {
      for (const asked of askedAbout(condition)) {
        if (needed.has(asked) || asked === key) continue
        needed.add(asked)
        gather(asked)
      }
    }
  }
  gather(key)
  const conditions = [...conditionsOf.values()].flat().filter((condition) => condition !== undefined)
  const asked = all.filter((question) => needed.has(question.key))
  const ways = asked.map((question): (Answer | undefined)[] => {
    const answers = tellingAnswers(question, conditions)
    return question.required && answers.length > 0 ? answers : [undefined, ...answers]
  })
  if (ways.reduce((product, some) => product * some.length, 1) > most) return 'too-many'
  const answers: Answers = {}
  const walk = (at: number): boolean => {
    if (at === asked.length) return visible(definition, answers).keys.has(key)
    return ways[at]!.some((answer) => {
      answers[asked[at]!.key] = answer
      return walk(at + 1)
    })
  }
  return walk(0) ? 'reached' : 'never'
}

/** Answers that complete a definition, if the first that fit each question do; the author's proof that it can be sent. */
export function sampleAnswers(definition: Definition): Answers {
  const answers: Answers = {}
  for (const question of questionsOf(definition)) {
    if (visible(definition, answers).keys.has(question.key)) answers[question.key] = sampleAnswer(question)
  }
  return answers
}
