import {
  figures,
  isAnswered,
  numberOf,
  questionsOf,
  rowsOf,
  visible,
  type Answers,
  type Definition,
  type Question,
  type QuestionOf,
  type Said,
} from '#kit/questionnaire'

/** Figures of one return by measure: amounts as they are, scores in hundredths of the whole scale. */
export type Figures = { [measure: string]: number }

/**
 * One thing that an instrument measures. `amount`: a table's or number's total; `part`: a column or row of a table (`month` where
 * rows are the twelve months, 1 to 12); `score`: the mean of a section's scales, from 0 to 1; `whole`: the mean of all scales.
 */
export type Measure = {
  key: string
  kind: 'amount' | 'part' | 'score' | 'whole'
  said: Said | null
  of?: string
  month?: number
}

const isTable = (question: Question): question is QuestionOf<'table'> => question.kind === 'table'
const isScale = (question: Question): question is QuestionOf<'scale'> => question.kind === 'scale'

/** What an instrument measures, in the order of its questions; the whole score first. */
export function measuresOf(definition: Definition): Measure[] {
  const whole: Measure[] = questionsOf(definition).some(isScale) ? [{ key: 'score', kind: 'whole', said: null }] : []
  const each = definition.sections.flatMap((section): Measure[] => [
    ...(section.questions.some(isScale)
      ? [{ key: `score.${section.key}`, kind: 'score' as const, said: section.title }]
      : []),
    ...section.questions.flatMap((question): Measure[] => {
      if (question.kind === 'number') return [{ key: question.key, kind: 'amount', said: question.label }]
      return isTable(question) ? measuresOfTable(question) : []
    }),
  ])
  return [...whole, ...each]
}

function measuresOfTable(table: QuestionOf<'table'>): Measure[] {
  return [
    { key: table.key, kind: 'amount', said: table.label },
    ...table.columns.map((column): Measure => ({
      key: `${table.key}.column.${column.key}`,
      kind: 'part',
      said: column.label,
      of: table.key,
    })),
    ...rowsOf(table).map((row): Measure => ({
      key: `${table.key}.row.${row.key}`,
      kind: 'part',
      said: row.label,
      of: table.key,
      ...(row.label === null && { month: Number(row.key) }),
    })),
  ]
}

/** The figures that answers come to. What was not asked, not answered or not readable has none. */
export function figuresOf(definition: Definition, answers: Answers): Figures {
  const { keys } = visible(definition, answers)
  const found: Figures = {}
  const all: number[] = []
  for (const section of definition.sections) {
    const scores: number[] = []
    for (const question of section.questions) {
      const answer = answers[question.key]
      if (!keys.has(question.key) || !isAnswered(answer)) continue
      if (isScale(question) && typeof answer === 'number')
        scores.push((answer - question.from) / (question.to - question.from))
      else if (question.kind === 'number' && typeof answer === 'number') found[question.key] = answer
      else if (isTable(question) && typeof answer === 'object' && 'cells' in answer) {
        found[question.key] = numberOf(answer)!
        for (const [row, columns] of Object.entries(answer.cells))
          for (const [column, value] of Object.entries(columns)) {
            add(found, `${question.key}.column.${column}`, value)
            add(found, `${question.key}.row.${row}`, value)
          }
      }
    }
    if (scores.length > 0) found[`score.${section.key}`] = mean(scores)
    all.push(...scores)
  }
  if (all.length > 0) found['score'] = mean(all)
  return found
}

function add(into: Figures, key: string, value: number): void {
  into[key] = (into[key] ?? 0) + value
}

const mean = (values: number[]): number =>
  Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 1e6) / 1e6

/** What a measure comes to over several returns; null where they are too few to be told. */
export type Total = { from: number; sum: number; mean: number; median: number } | null
export type Totals = { [measure: string]: Total }
export type GroupTotals = { code: string; returns: number | null; figures: Totals }

/** A return as its totals need it: what the museum was when it sent it. */
export type Counted = { countryCode: string | null; type: string | null; sizeClass: string | null; figures: Figures }

/**
 * The places whose figures must be hidden, of groups that make up a whole that is shown: those that come from fewer than `smallest`,
 * and as many more (the smallest first) as it takes so that what is left of the whole does not give the hidden ones away.
 */
export function hiddenGroups(froms: readonly number[], smallest: number): Set<number> {
  const hidden = new Set(froms.flatMap((from, place) => (from > 0 && from < smallest ? [place] : [])))
  const left = () => [...hidden].reduce((sum, place) => sum + froms[place]!, 0)
  while (hidden.size > 0 && (hidden.size === 1 || left() < smallest)) {
    const [next] = froms
      .map((from, place) => ({ from, place }))
      .filter(({ from, place }) => from > 0 && !hidden.has(place))
      .sort((one, other) => one.from - other.from || one.place - other.place)
    if (!next) break
    hidden.add(next.place)
  }
  return hidden
}

/**
 * Totals of returns by one dimension (`''` for those of whom it is not known), fit for the public. `whole` is shown beside them, so
 * nothing that is hidden may be worked out as the rest of it.
 */
export function totalsBy(
  returns: readonly Counted[],
  groupOf: (one: Counted) => string | null,
  smallest: number,
): GroupTotals[] {
  const groups = [...Map.groupBy(returns, (one) => groupOf(one) ?? '')].sort(([one], [other]) => (one < other ? -1 : 1))
  const keys = [...new Set(returns.flatMap((one) => Object.keys(one.figures)))].sort()
  const few = hiddenGroups(
    groups.map(([, some]) => some.length),
    smallest,
  )
  const totals: GroupTotals[] = groups.map(([code, some], place) => ({
    code,
    returns: few.has(place) ? null : some.length,
    figures: {},
  }))
  for (const key of keys) {
    const values = groups.map(([, some]) => some.map((one) => one.figures[key]).filter((value) => value !== undefined))
    const hidden = hiddenGroups(
      values.map(({ length }) => length),
      smallest,
    )
    for (const place of few) hidden.add(place)
    for (const [place, some] of values.entries()) {
      if (some.length > 0) totals[place]!.figures[key] = hidden.has(place) ? null : totalOf(some)
    }
  }
  return totals
}

function totalOf(values: number[]): Total {
  const { from, sum, mean: average, median } = figures(values)
  return { from, sum: sum!, mean: average!, median: median! }
}

/** How a figure stands beside the year before: the difference, and its share of the earlier figure (none where that was nought). */
export function changeOf(
  now: number | undefined,
  before: number | undefined,
): { by: number; share: number | null } | null {
  if (now === undefined || before === undefined) return null
  return { by: Math.round((now - before) * 1e6) / 1e6, share: before === 0 ? null : (now - before) / before }
}

/** Where a figure stands among its like. */
export function placeOf(value: number | undefined, median: number | undefined): 'above' | 'below' | 'at' | null {
  if (value === undefined || median === undefined) return null
  if (Math.abs(value - median) < 1e-9) return 'at'
  return value > median ? 'above' : 'below'
}

export type InstrumentState = 'draft' | 'open' | 'closed' | 'published'
export const steps = ['open', 'close', 'publish'] as const
export type InstrumentStep = (typeof steps)[number]
/** What an instrument may become next. What was closed may be opened again, as long as its totals are not public. */
export const nextSteps: Record<InstrumentState, readonly InstrumentStep[]> = {
  draft: ['open'],
  open: ['close'],
  closed: ['publish', 'open'],
  published: [],
}

/** Whether an instrument takes answers: it is open, and its time has come and is not over. */
export function takesAnswers(
  instrument: { state: string; openFrom: string | null; openUntil: string | null },
  now: Temporal.Instant,
): boolean {
  const at = (text: string) => Temporal.Instant.from(text.replace(' ', 'T'))
  const { state, openFrom, openUntil } = instrument
  return (
    state === 'open' &&
    (openFrom === null || Temporal.Instant.compare(at(openFrom), now) <= 0) &&
    (openUntil === null || Temporal.Instant.compare(now, at(openUntil)) < 0)
  )
}

/** How far a response is: of the questions asked, those that have an answer that can be read. */
export function doneOf(
  definition: Definition,
  answers: Answers,
): { section: string; asked: number; answered: number }[] {
  return visible(definition, answers).sections.map(({ section, questions }) => ({
    section: section.key,
    asked: questions.length,
    answered: questions.filter(({ key }) => isAnswered(answers[key])).length,
  }))
}

/** The states of a return, in the order in which a desk shows them. */
export const deskStates = ['sent', 'returned', 'draft', 'checked'] as const
