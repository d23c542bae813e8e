import { cleanText, plainWords, splitList } from './cells/text.ts'

/** What happens to the values of a rule, one step after the other. */
export type Step =
  /** Several values in one cell. */
  | { do: 'split'; on: string[] }
  /** Cells that say "not known" in words: compared without case and accents. */
  | { do: 'empty-when'; values: string[] }
  /** The register's words to ours. What the table lacks is kept, left empty or a problem. Compared without case and accents. */
  | { do: 'lookup'; table: Record<string, string>; otherwise: 'keep' | 'empty' | 'problem' }
  /** What stands after the last occurrence of a mark: `http://…/Q123` → `Q123`. */
  | { do: 'after'; mark: string }
  /** What stands before the first occurrence of a mark: `914 548 700 (información)` → `914 548 700`. */
  | { do: 'before'; mark: string }
  /** SOME TEXT IN CAPITALS → Some Text In Capitals; texts with a small letter stay as they are. */
  | { do: 'small-letters' }

/**
 * Where one field comes from. `from` are columns or paths; `constant` stands for every row instead. Several columns are
 * joined by `join`, or the first filled one is taken where `join` is not given. `onProblem` says what a cell that cannot
 * be read does: the row is refused, or the cell is left empty and noted.
 */
export type Rule = {
  field: string
  language?: string
  from: string[]
  constant?: string
  join?: string
  steps?: Step[]
  onProblem?: 'refuse' | 'empty'
}

/** Which rows are of the kind that is imported. The others are left out by rule: counted, shown, not refused. */
export type Filter = {
  column: string
  is: 'among' | 'not-among' | 'filled' | 'empty'
  values?: string[]
}

/** How the columns of one kind of file become fields: data, saved and shared. Rooms add their own settings to it. */
export type Mapping = { version: 1; only: Filter[]; rules: Rule[] }

export type RuleResult = {
  values: string[]
  /** The column that the values came from, for telling where a problem is. */
  column: string
  /** Values that a lookup had no word for. */
  unknown: string[]
}

const titled = (text: string): string =>
  /\p{Ll}/u.test(text)
    ? text
    : text
        .toLowerCase()
        .replace(/(^|[\s("«¿¡/-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
        .replace(/(?<=\s)(?:De|Del|La|Las|El|Los|Y|E|Da|Do|Das|Dos|En|Em)(?=\s)/g, (word) => word.toLowerCase())

const lookup = new WeakMap<Step, Map<string, string>>()

const tableOf = (step: Extract<Step, { do: 'lookup' }>): Map<string, string> => {
  let table = lookup.get(step)
  if (table === undefined) {
    table = new Map(Object.entries(step.table).map(([value, code]) => [plainWords(value) || value, code]))
    lookup.set(step, table)
  }
  return table
}

const take = (values: string[], step: Step, unknown: string[]): string[] => {
  if (step.do === 'split') return values.flatMap((value) => splitList(value, step.on))
  if (step.do === 'empty-when') {
    const words = step.values.map((value) => plainWords(value) || value)
    return values.filter((value) => !words.includes(plainWords(value) || value))
  }
  if (step.do === 'small-letters') return values.map(titled)
  if (step.do === 'lookup') {
    const table = tableOf(step)
    return values.flatMap((value) => {
      const found = table.get(plainWords(value) || value)
      if (found !== undefined) return found === '' ? [] : [found]
      if (step.otherwise === 'keep') return [value]
      if (step.otherwise === 'problem') unknown.push(value)
      return []
    })
  }
  const cut = (value: string): string => {
    const at = step.do === 'after' ? value.lastIndexOf(step.mark) : value.indexOf(step.mark)
    if (at === -1) return value
    return (step.do === 'after' ? value.slice(at + step.mark.length) : value.slice(0, at)).trim()
  }
  return values.map(cut).filter((value) => value !== '')
}

const none: string[] = []

/** The values of one field of one row: cleaned, joined, taken through the steps; none where all cells are empty. */
export const applyRule = (rule: Rule, cells: Readonly<Record<string, string>>): RuleResult => {
  let values: string[] = none
  let column = rule.from[0] ?? ''
  if (rule.constant !== undefined) values = [rule.constant]
  else if (rule.join === undefined) {
    for (const path of rule.from) {
      const cell = cells[path]
      if (cell === undefined || cell === '') continue
      const text = cleanText(cell)
      if (text === '') continue
      values = [text]
      column = path
      break
    }
  } else {
    const texts = rule.from.map((path) => cleanText(cells[path] ?? '')).filter((text) => text !== '')
    if (texts.length > 0) values = [texts.join(rule.join)]
  }
  if (values.length === 0 || rule.steps === undefined) return { values, column, unknown: none }
  const unknown: string[] = []
  for (const step of rule.steps) values = take(values, step, unknown)
  return { values, column, unknown }
}

/** The first filter that leaves this row out, or undefined where the row is one to import. */
export const firstFilterThatLeavesOut = (
  only: readonly Filter[],
  cells: Readonly<Record<string, string>>,
): Filter | undefined =>
  only.find((filter) => {
    const cell = cleanText(cells[filter.column] ?? '')
    if (filter.is === 'filled') return cell === ''
    if (filter.is === 'empty') return cell !== ''
    const among = (filter.values ?? []).includes(cell)
    return filter.is === 'among' ? !among : among
  })
