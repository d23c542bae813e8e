import {
  otherKey,
  questionsOf,
  rowsOf,
  type Answer,
  type Answers,
  type Definition,
  type Question,
} from './definition.ts'
import { isAnswered, visible } from './visible.ts'

/** Figures of a list of numbers. `from` says how many answers they come from. */
export type Figures = {
  from: number
  sum: number | null
  mean: number | null
  median: number | null
  least: number | null
  most: number | null
}

/** What the answers to one question come to. `asked`: responses in which it was asked; `answered`: those with an answer that can be read. */
export type Tabulated = { key: string; asked: number; answered: number } & (
  | { kind: 'words' }
  | { kind: 'counts'; counts: { value: string; count: number | null }[] }
  | { kind: 'figures'; figures: Figures; byCurrency?: { currency: string; figures: Figures }[] }
  | { kind: 'table'; cells: { row: string; column: string; figures: Figures }[] }
)

/** Tabulates responses to one version, question by question. Answers that were typed but not readable, or not asked, are not counted. */
export function tabulate(definition: Definition, responses: readonly Answers[]): Tabulated[] {
  const asked = responses.map((answers) => ({ answers, keys: visible(definition, answers).keys }))
  return questionsOf(definition).map((question) => {
    const those = asked.filter(({ keys }) => keys.has(question.key))
    const answers = those.map(({ answers }) => answers[question.key]).filter(isAnswered)
    return { key: question.key, asked: those.length, answered: answers.length, ...summary(question, answers) }
  })
}

type Summary = Tabulated extends infer One
  ? One extends unknown
    ? Omit<One, 'key' | 'asked' | 'answered'>
    : never
  : never

function summary(question: Question, answers: Answer[]): Summary {
  switch (question.kind) {
    case 'yes-no':
      return counts(
        ['yes', 'no'],
        answers.map((answer) => (answer === true ? 'yes' : 'no')),
      )
    case 'choice':
    case 'choices': {
      const keys = [...question.choices.map(({ key }) => key), ...(question.other ? [otherKey] : [])]
      return counts(
        keys,
        answers.flatMap((answer) => (typeof answer === 'object' && 'chosen' in answer ? answer.chosen : [])),
      )
    }
    case 'scale': {
      const values = Array.from({ length: question.to - question.from + 1 }, (_, at) => String(question.from + at))
      return counts(values, answers.map(String))
    }
    case 'country': {
      const values = answers.map(String)
      return counts([...new Set(values)].sort(), values)
    }
    case 'number':
      return { kind: 'figures', figures: figures(answers.filter((answer) => typeof answer === 'number')) }
    case 'money': {
      const paid = answers.filter(
        (answer): answer is { amount: string; currency: string } => typeof answer === 'object' && 'amount' in answer,
      )
      const byCurrency = [...Map.groupBy(paid, ({ currency }) => currency)]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([currency, some]) => ({ currency, figures: figures(some.map(({ amount }) => Number(amount))) }))
      // Amounts of several currencies are never added up.
      return {
        kind: 'figures',
        figures: byCurrency.length === 1 ? byCurrency[0]!.figures : { ...figures([]), from: paid.length },
        byCurrency,
      }
    }
    case 'table': {
      const tables = answers.map((answer) => (typeof answer === 'object' && 'cells' in answer ? answer.cells : {}))
      const cells = rowsOf(question).flatMap(({ key: row }) =>
        question.columns.map(({ key: column }) => ({
          row,
          column,
          figures: figures(tables.map((table) => table[row]?.[column]).filter((value) => value !== undefined)),
        })),
      )
      return { kind: 'table', cells }
    }
    default:
      return { kind: 'words' }
  }
}

function counts(values: string[], given: string[]): { kind: 'counts'; counts: { value: string; count: number }[] } {
  const tally = new Map<string, number>()
  for (const value of given) tally.set(value, (tally.get(value) ?? 0) + 1)
  return { kind: 'counts', counts: values.map((value) => ({ value, count: tally.get(value) ?? 0 })) }
}

/** Sum, mean, median, least and most; of nothing, only that there are none. */
export function figures(values: readonly number[]): Figures {
  const from = values.length
  if (from === 0) return { from, sum: null, mean: null, median: null, least: null, most: null }
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(from / 2)
  // Added up in millionths, so that 0.1 and 0.2 make 0.3 and the order of the responses changes nothing.
  const sum = sorted.reduce((total, value) => total + Math.round(value * 1e6), 0) / 1e6
  const median = from % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { from, sum, mean: sum / from, median, least: sorted[0]!, most: sorted.at(-1)! }
}

const hidden: Omit<Figures, 'from'> = { sum: null, mean: null, median: null, least: null, most: null }

/**
 * The same for the public: no figure that comes from fewer than `smallest` answers (and more than none), and none that
 * could be worked out from the others. The least and the most are single museums' figures, and never shown.
 */
export function suppressed(tabulated: readonly Tabulated[], smallest: number): Tabulated[] {
  const small = (from: number) => from > 0 && from < smallest
  const safe = (one: Figures): Figures =>
    small(one.from) ? { from: 0, ...hidden } : { ...one, least: null, most: null }
  return tabulated.map((one): Tabulated => {
    if (small(one.answered)) return { ...one, answered: 0, ...emptied(one) }
    if (one.kind === 'counts') return { ...one, counts: withoutSmall(one.counts, one.answered, smallest) }
    if (one.kind === 'figures') {
      const byCurrency = one.byCurrency?.map(({ currency, figures }) => ({ currency, figures: safe(figures) }))
      return { ...one, figures: safe(one.figures), ...(byCurrency && { byCurrency }) }
    }
    if (one.kind === 'table')
      return { ...one, cells: one.cells.map((cell) => ({ ...cell, figures: safe(cell.figures) })) }
    return one
  })
}

function emptied(one: Tabulated): Summary {
  if (one.kind === 'counts') return { kind: 'counts', counts: one.counts.map(({ value }) => ({ value, count: null })) }
  if (one.kind === 'figures') return { kind: 'figures', figures: { from: 0, ...hidden } }
  if (one.kind === 'table')
    return { kind: 'table', cells: one.cells.map((cell) => ({ ...cell, figures: { from: 0, ...hidden } })) }
  return { kind: 'words' }
}

type Count = { value: string; count: number | null }

/** Hides small counts, what is left of the whole when it is small, and one more where a single hidden one could be told from the total. */
function withoutSmall(counts: readonly Count[], answered: number, smallest: number): Count[] {
  const small = (count: number) =>
    count > 0 && (count < smallest || (answered - count > 0 && answered - count < smallest && counts.length === 2))
  const shown = counts.map(({ value, count }) => ({ value, count: count !== null && small(count) ? null : count }))
  const gone = shown.filter(({ count }) => count === null)
  if (gone.length === 1) {
    const next = shown
      .filter(({ count }) => count !== null && count > 0)
      .sort((one, other) => one.count! - other.count!)[0]
    if (next) next.count = null
  }
  return shown
}
