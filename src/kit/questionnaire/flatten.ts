import {
  isUnread,
  otherKey,
  questionsOf,
  rowsOf,
  saidIn,
  type Answer,
  type Answers,
  type Definition,
  type Question,
} from './definition.ts'
import { checkAnswer } from './check.ts'
import { visible } from './visible.ts'

/** A column of the open table of answers: its permanent name, and what it says in a language. */
export type Column = { name: string; question: string; label: string }

/** The columns of the open table of answers to a version, in order; a table of months gives a column a cell, a choice of several one each. */
export function columnsOf(definition: Definition, language: string): Column[] {
  const say = (said: Parameters<typeof saidIn>[0]) => saidIn(said, language, definition.languages).words
  return questionsOf(definition).flatMap((question): Column[] => {
    const label = say(question.label)
    const column = (part: string, more: string): Column => ({
      name: `${question.key}.${part}`,
      question: question.key,
      label: more ? `${label}: ${more}` : label,
    })
    switch (question.kind) {
      case 'money':
        return [column('amount', ''), column('currency', '')]
      case 'choice':
        return [
          { name: question.key, question: question.key, label },
          ...(question.other ? [column(otherKey, '')] : []),
        ]
      case 'choices':
        return [
          ...question.choices.map((choice) => column(choice.key, say(choice.label))),
          ...(question.other ? [column(otherKey, '')] : []),
        ]
      case 'table':
        return rowsOf(question).flatMap((row) =>
          question.columns.map((one) =>
            column(`${row.key}.${one.key}`, `${row.label ? say(row.label) : row.key}, ${say(one.label)}`),
          ),
        )
      default:
        return [{ name: question.key, question: question.key, label }]
    }
  })
}

/** One response as a row of that table, by column name. Codes stay codes, so that rows of all languages add up; what was not asked is absent. */
export function rowOf(definition: Definition, answers: Answers): Record<string, string | number | boolean> {
  const { keys } = visible(definition, answers)
  return Object.fromEntries(
    questionsOf(definition).flatMap((question) =>
      keys.has(question.key) ? cellsOf(question, answers[question.key]) : [],
    ),
  )
}

function cellsOf(question: Question, answer: Answer | undefined): [string, string | number | boolean][] {
  const { key } = question
  if (answer === undefined || isUnread(answer)) return []
  if (typeof answer !== 'object') return [[key, answer]]
  if (Array.isArray(answer)) return [[key, answer.join(' ')]]
  if ('amount' in answer) {
    return [
      [`${key}.amount`, Number(answer.amount)],
      [`${key}.currency`, answer.currency],
    ]
  }
  if ('cells' in answer) {
    return Object.entries(answer.cells).flatMap(([row, columns]) =>
      Object.entries(columns).map(([column, value]): [string, number] => [`${key}.${row}.${column}`, value]),
    )
  }
  const other: [string, string][] = answer.other ? [[`${key}.${otherKey}`, answer.other]] : []
  if (question.kind === 'choice') return [[key, answer.chosen[0] ?? ''], ...other]
  if (question.kind !== 'choices') return []
  return [
    ...question.choices.map((choice): [string, boolean] => [
      `${key}.${choice.key}`,
      answer.chosen.includes(choice.key),
    ]),
    ...other,
  ]
}

/**
 * The answers that may be carried to another version of a form, or to next year's: those whose question is there by the
 * same key and kind and still takes them.
 */
export function carriedAnswers(answers: Answers, from: Definition, to: Definition): Answers {
  const kinds = new Map(questionsOf(from).map((question) => [question.key, question.kind]))
  const carried: Answers = {}
  for (const question of questionsOf(to)) {
    const answer = answers[question.key]
    if (answer === undefined || kinds.get(question.key) !== question.kind) continue
    if (isUnread(answer) || checkAnswer({ ...question, required: false }, answer).length === 0)
      carried[question.key] = answer
  }
  return carried
}
