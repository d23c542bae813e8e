import type { Problem } from '#kit/access'
import {
  fieldName,
  isUnread,
  otherKey,
  rowsOf,
  type Answer,
  type Answers,
  type Choice,
  type Chosen,
  type Definition,
  type Question,
  type QuestionOf,
} from './definition.ts'
import { readNumber } from './read.ts'
import { isAnswered, visible } from './visible.ts'

/**
 * Everything that keeps these answers from being sent: what is missing among the questions asked, and every answer to
 * them that does not fit, in the order of the form. Answers to questions that are not asked are no problem.
 */
export function check(definition: Definition, answers: Answers): Problem[] {
  return visible(definition, answers).sections.flatMap(({ questions }) =>
    questions.flatMap((question) => {
      const answer = answers[question.key]
      if (isAnswered(answer) || isUnread(answer)) return checkAnswer(question, answer)
      return question.required ? [missing(question)] : []
    }),
  )
}

function missing(question: Question): Problem {
  const choice = ['choice', 'choices', 'yes-no', 'scale'].includes(question.kind)
  const field = question.kind === 'money' ? `${fieldName(question.key)}.amount` : fieldName(question.key)
  return { field, words: choice ? 'kit.problem.choice-required' : 'kit.problem.required' }
}

type Told = { words: string; values?: Record<string, string | number>; at?: string }

/** What is wrong with one answer to its question; the field of a table's problem names the cell (`q.visits.01.paid`). */
export function checkAnswer(question: Question, answer: Answer): Problem[] {
  const told = isUnread(answer) ? unreadable(question, answer.typed) : toldOf(question, answer)
  return told.map(({ words, values, at }) => ({
    field: [fieldName(question.key), ...(at ? [at] : [])].join('.'),
    words,
    ...(values && { values }),
  }))
}

function unreadable(question: Question, typed: string | Record<string, string>): Told[] {
  const words = unreadableWords(question)
  if (typeof typed === 'string') return [{ words }]
  if (question.kind === 'money') return [{ words, at: 'amount' }]
  const whole = question.kind === 'table' && question.whole
  const cells = Object.entries(typed).filter(([, text]) => readNumber(text, whole) === undefined)
  return cells.length === 0 ? [{ words }] : cells.map(([at]) => ({ words, at }))
}

function unreadableWords(question: Question): string {
  if (question.kind === 'date') return 'kit.problem.date'
  if (question.kind === 'money') return 'kit.problem.amount'
  if (question.kind === 'number' || question.kind === 'table') {
    return question.whole ? 'questionnaire.problem.whole' : 'questionnaire.problem.number'
  }
  return 'kit.problem.choice'
}

function toldOf(question: Question, answer: Answer): Told[] {
  switch (question.kind) {
    case 'short-text':
    case 'long-text':
      return typeof answer === 'string' ? textTold(question, answer) : wrong
    case 'number':
      return typeof answer === 'number' ? numberTold(question, answer) : wrong
    case 'scale': {
      const fits =
        typeof answer === 'number' && Number.isInteger(answer) && answer >= question.from && answer <= question.to
      return fits ? [] : [{ words: 'kit.problem.choice' }]
    }
    case 'money':
      return typeof answer === 'object' && 'amount' in answer ? moneyTold(question, answer) : wrong
    case 'date':
      return typeof answer === 'string' ? dateTold(question, answer) : wrong
    case 'yes-no':
      return typeof answer === 'boolean' ? [] : [{ words: 'kit.problem.choice' }]
    case 'choice':
    case 'choices':
      return typeof answer === 'object' && 'chosen' in answer ? chosenTold(question, answer) : wrong
    case 'table':
      return typeof answer === 'object' && 'cells' in answer ? tableTold(question, answer.cells) : wrong
    case 'file':
      return Array.isArray(answer) ? several(answer.length, undefined, question.maximum ?? 1) : wrong
    case 'country': {
      const fits =
        typeof answer === 'string' && /^[A-Z]{2}$/u.test(answer) && (question.among?.includes(answer) ?? true)
      return fits ? [] : [{ words: 'kit.problem.country' }]
    }
    case 'institution':
      return typeof answer === 'string' && uuid.test(answer) ? [] : [{ words: 'kit.problem.choice' }]
  }
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu
const wrong: Told[] = [{ words: 'kit.problem.invalid' }]

function textTold(question: QuestionOf<'short-text' | 'long-text'>, answer: string): Told[] {
  const told: Told[] = []
  // As a person counts: an accented letter or an emoji is one.
  const length = [...new Intl.Segmenter('es', { granularity: 'grapheme' }).segment(answer.trim())].length
  const maximum = question.maximum ?? (question.kind === 'short-text' ? 300 : 20_000)
  if (question.minimum !== undefined && length < question.minimum)
    told.push({ words: 'kit.problem.too-short', values: { count: question.minimum } })
  if (length > maximum) told.push({ words: 'kit.problem.too-long', values: { count: maximum } })
  const words = answer.split(/\s+/u).filter((word) => word !== '').length
  if (question.maximumWords !== undefined && words > question.maximumWords) {
    told.push({ words: 'kit.problem.too-many-words', values: { count: question.maximumWords } })
  }
  return told
}

type Bounds = { minimum?: number; maximum?: number; whole?: boolean }

function numberTold({ minimum, maximum, whole }: Bounds, value: number, at?: string): Told[] {
  const place = at ? { at } : {}
  if (!Number.isFinite(value)) return [{ words: 'kit.problem.number', ...place }]
  if (whole && !Number.isInteger(value)) return [{ words: 'kit.problem.whole-number', ...place }]
  if (minimum !== undefined && value < minimum)
    return [{ words: 'kit.problem.at-least', values: { limit: minimum }, ...place }]
  if (maximum !== undefined && value > maximum)
    return [{ words: 'kit.problem.at-most', values: { limit: maximum }, ...place }]
  return []
}

function moneyTold(question: QuestionOf<'money'>, answer: { amount: string; currency: string }): Told[] {
  const told: Told[] = []
  if (!/^-?\d{1,12}(?:\.\d{1,4})?$/u.test(answer.amount)) told.push({ words: 'kit.problem.amount', at: 'amount' })
  else told.push(...numberTold({ minimum: 0, ...question, whole: false }, Number(answer.amount), 'amount'))
  if (!question.currencies.includes(answer.currency)) told.push({ words: 'kit.problem.currency', at: 'currency' })
  return told
}

function dateTold({ earliest, latest }: QuestionOf<'date'>, answer: string): Told[] {
  if (!isDay(answer)) return [{ words: 'kit.problem.date' }]
  if (earliest !== undefined && answer < earliest) return [{ words: 'kit.problem.too-early' }]
  if (latest !== undefined && answer > latest) return [{ words: 'kit.problem.too-late' }]
  return []
}

/** Whether text is a day that exists, `2026-02-28`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

function chosenTold(question: QuestionOf<'choice' | 'choices'>, { chosen, other }: Chosen): Told[] {
  const known = new Map<string, Choice | null>(question.choices.map((choice) => [choice.key, choice]))
  if (question.other) known.set(otherKey, null)
  if (chosen.some((key) => !known.has(key)) || new Set(chosen).size !== chosen.length)
    return [{ words: 'kit.problem.choice' }]
  const told: Told[] = []
  if (chosen.includes(otherKey) && question.other && !other?.trim())
    told.push({ words: 'questionnaire.problem.other', at: 'other' })
  if (other !== undefined && other.length > 300)
    told.push({ words: 'kit.problem.too-long', values: { count: 300 }, at: 'other' })
  if (chosen.length > 1 && chosen.some((key) => known.get(key)?.exclusive))
    told.push({ words: 'questionnaire.problem.exclusive' })
  const most = question.kind === 'choice' ? 1 : question.maximum
  return [...told, ...several(chosen.length, question.kind === 'choices' ? question.minimum : undefined, most)]
}

function several(count: number, minimum: number | undefined, maximum: number | undefined): Told[] {
  if (minimum !== undefined && count < minimum) return [{ words: 'kit.problem.too-few', values: { count: minimum } }]
  if (maximum !== undefined && count > maximum) return [{ words: 'kit.problem.too-many', values: { count: maximum } }]
  return []
}

function tableTold(question: QuestionOf<'table'>, cells: { [row: string]: { [column: string]: number } }): Told[] {
  const rows = new Set(rowsOf(question).map(({ key }) => key))
  const columns = new Set(question.columns.map(({ key }) => key))
  const told: Told[] = []
  for (const [row, values] of Object.entries(cells)) {
    for (const [column, value] of Object.entries(values)) {
      if (!rows.has(row) || !columns.has(column)) return wrong
      told.push(...numberTold({ minimum: 0, ...question }, value, `${row}.${column}`))
    }
  }
  // A required table is a whole one: an empty month is told apart from a month without visitors by its 0.
  if (question.required) {
    for (const row of rows) {
      for (const column of columns) {
        if (cells[row]?.[column] === undefined)
          told.push({ words: 'questionnaire.problem.cell', at: `${row}.${column}` })
      }
    }
  }
  return told
}
