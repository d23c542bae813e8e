import { fieldName, otherKey, rowsOf, type Answer, type Answers, type Question, type QuestionOf } from './definition.ts'

/** What a form sent, flat (`q.age`) or nested (`{ q: { age } }`), as text. */
export type Sent = Record<string, unknown>

/**
 * Reads the answers to these questions from a form. What cannot be read is kept as it was typed; what was emptied is
 * `undefined`; both are in the result, so that saving it saves exactly what the person sees.
 */
export function readAnswers(questions: readonly Question[], sent: Sent): Answers {
  const flat = flattened(sent)
  return Object.fromEntries(questions.map((question) => [question.key, readAnswer(question, flat)]))
}

type Flat = Map<string, string[]>

function flattened(sent: Sent, before = '', into: Flat = new Map()): Flat {
  for (const [name, value] of Object.entries(sent)) {
    const path = before + name
    if (typeof value === 'string') into.set(path, [value])
    else if (Array.isArray(value)) into.set(path, value.map(String))
    else if (typeof value === 'object' && value !== null) flattened(value as Sent, `${path}.`, into)
  }
  return into
}

function readAnswer(question: Question, flat: Flat): Answer | undefined {
  const name = fieldName(question.key)
  const text = tidied(flat.get(name)?.[0] ?? '', question.kind === 'long-text')
  switch (question.kind) {
    case 'number':
      return text === '' ? undefined : (readNumber(text, question.whole) ?? { typed: text })
    case 'scale':
      return text === '' ? undefined : /^-?\d{1,4}$/u.test(text) ? Number(text) : { typed: text }
    case 'money':
      return readMoney(question, flat)
    case 'date':
      return text === '' ? undefined : /^\d{4}-\d{2}-\d{2}$/u.test(text) ? text : { typed: text }
    case 'yes-no':
      return text === '' ? undefined : text === 'yes' || text === 'no' ? text === 'yes' : { typed: text }
    case 'choice':
    case 'choices':
      return readChosen(question, flat)
    case 'table':
      return readTable(question, flat)
    case 'file': {
      const ids = (flat.get(name) ?? []).map((id) => id.trim()).filter((id) => id !== '')
      return ids.length === 0 ? undefined : ids
    }
    case 'country':
      return text === '' ? undefined : text.toUpperCase()
    default:
      return text === '' ? undefined : text
  }
}

function tidied(text: string, paragraphs: boolean): string {
  const clean = text.toWellFormed().normalize('NFC').replaceAll(/\r\n?/gu, '\n').replaceAll('\u0000', '').trim()
  return paragraphs ? clean : clean.replaceAll(/\s+/gu, ' ')
}

/**
 * Reads a number typed by someone of any of the network's countries: a comma or a point may mark decimals. What could as
 * well be a mark of thousands ("2.500") is not read, because the countries differ on it: better asked again than wrong.
 */
export function readNumber(text: string, whole = false): number | undefined {
  const typed = text.replaceAll(/[\s\u00a0\u202f]/gu, '').replace(/^[−–]/u, '-')
  if (/^-?\d{1,15}$/u.test(typed)) return Number(typed)
  const parts = /^(-?)(\d{1,12})[.,](\d{1,9})$/u.exec(typed)
  if (!parts || whole) return undefined
  const [, , before = '', after = ''] = parts
  const couldBeThousands = after.length === 3 && before.length <= 3 && !/^0+$/u.test(before)
  return couldBeThousands ? undefined : Number(typed.replace(',', '.'))
}

function readMoney(question: QuestionOf<'money'>, flat: Flat): Answer | undefined {
  const name = fieldName(question.key)
  const amount = tidied(flat.get(`${name}.amount`)?.[0] ?? '', false)
  if (amount === '') return undefined
  const currency =
    flat.get(`${name}.currency`)?.[0] ?? (question.currencies.length === 1 ? question.currencies[0]! : '')
  const compact = amount.replaceAll(/[\s\u00a0\u202f]/gu, '')
  const parts = /^(\d{1,12})(?:[.,](\d{1,2}))?$/u.exec(compact)
  if (!parts) return { typed: { amount, currency } }
  return { amount: parts[2] ? `${parts[1]}.${parts[2]}` : parts[1]!, currency }
}

function readChosen(question: QuestionOf<'choice' | 'choices'>, flat: Flat): Answer | undefined {
  const name = fieldName(question.key)
  const chosen = [...new Set((flat.get(name) ?? []).filter((key) => key !== ''))]
  const other = tidied(flat.get(`${name}.other`)?.[0] ?? '', false)
  // Words written beside an "other" that was not ticked mean that it was meant.
  const meant =
    question.other && other !== '' && !chosen.includes(otherKey) && (question.kind === 'choices' || chosen.length === 0)
  if (meant) chosen.push(otherKey)
  if (chosen.length === 0) return undefined
  return chosen.includes(otherKey) && question.other ? { chosen, other } : { chosen }
}

function readTable(question: QuestionOf<'table'>, flat: Flat): Answer | undefined {
  const cells: Record<string, Record<string, number>> = {}
  const typed: Record<string, string> = {}
  let unread = false
  for (const { key: row } of rowsOf(question)) {
    for (const { key: column } of question.columns) {
      const text = tidied(flat.get(`${fieldName(question.key)}.${row}.${column}`)?.[0] ?? '', false)
      if (text === '') continue
      typed[`${row}.${column}`] = text
      const value = readNumber(text, question.whole)
      if (value === undefined) unread = true
      else (cells[row] ??= {})[column] = value
    }
  }
  if (unread) return { typed }
  return Object.keys(cells).length === 0 ? undefined : { cells }
}

/** An answer as the fields of its form show it, by field name: the inverse of reading. */
export function shownAnswer(question: Question, answer: Answer | undefined): Record<string, string | string[]> {
  const name = fieldName(question.key)
  if (answer === undefined) return {}
  if (typeof answer === 'boolean') return { [name]: answer ? 'yes' : 'no' }
  if (typeof answer !== 'object') return { [name]: String(answer) }
  if (Array.isArray(answer)) return { [name]: answer }
  if ('typed' in answer) {
    if (typeof answer.typed === 'string') return { [name]: answer.typed }
    return Object.fromEntries(Object.entries(answer.typed).map(([at, text]) => [`${name}.${at}`, text]))
  }
  if ('chosen' in answer)
    return { [name]: answer.chosen, ...(answer.other !== undefined && { [`${name}.other`]: answer.other }) }
  if ('amount' in answer) return { [`${name}.amount`]: answer.amount, [`${name}.currency`]: answer.currency }
  return Object.fromEntries(
    Object.entries(answer.cells).flatMap(([row, columns]) =>
      Object.entries(columns).map(([column, value]) => [`${name}.${row}.${column}`, String(value)]),
    ),
  )
}
