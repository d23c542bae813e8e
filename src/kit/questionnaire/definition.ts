import { fallbackOrder } from '#kit/text'
import { direction, type Direction } from '#kit/words'

/** Words in several languages, by language tag. */
export type Said = { [language: string]: string }

/** One thing to choose. An exclusive one ("none of these") stands alone. */
export type Choice = { key: string; label: Said; exclusive?: boolean }

/**
 * When something is asked, by answers to earlier questions. The answer to a question that is not asked counts as none.
 * `equals` and `oneOf` look for a choice, a yes or no, a country or a text; `atLeast` and `atMost` compare numbers,
 * amounts, scales, and a table's total.
 */
export type Condition =
  | { question: string; is: 'answered' | 'unanswered' }
  | { question: string; equals: string | boolean }
  | { question: string; oneOf: string[] }
  | { question: string; atLeast: number }
  | { question: string; atMost: number }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }

export type Kind =
  | { kind: 'short-text' | 'long-text'; minimum?: number; maximum?: number; maximumWords?: number }
  | { kind: 'number'; minimum?: number; maximum?: number; whole?: boolean; unit?: Said }
  | { kind: 'money'; currencies: string[]; minimum?: number; maximum?: number }
  | { kind: 'date'; earliest?: string; latest?: string }
  | { kind: 'yes-no' }
  | { kind: 'choice'; choices: Choice[]; other?: boolean }
  | { kind: 'choices'; choices: Choice[]; other?: boolean; minimum?: number; maximum?: number }
  | { kind: 'scale'; from: number; to: number; low?: Said; high?: Said }
  /** Numbers by row and column; without rows of its own, the twelve months (`01` to `12`). */
  | { kind: 'table'; rows?: Choice[]; columns: Choice[]; minimum?: number; maximum?: number; whole?: boolean }
  | { kind: 'file'; accept: string[]; maximumBytes: number; maximum?: number }
  | { kind: 'country'; among?: string[] }
  | { kind: 'institution' }

/** One question. Its key is permanent: answers of different years are compared by it. */
export type Question = { key: string; label: Said; help?: Said; required?: boolean; when?: Condition } & Kind
export type QuestionOf<Name extends Kind['kind']> = Extract<Question, { kind: Name }>

export type Section = { key: string; title: Said; help?: Said; when?: Condition; questions: Question[] }

/** An authored form. `languages` are those in which every word must be there before it is published. */
export type Definition = { format: 1; languages: string[]; title: Said; introduction?: Said; sections: Section[] }

/** What was chosen: keys, and the person's own words where "other" is one of them. */
export type Chosen = { chosen: string[]; other?: string }
/** What could not be read, as it was typed: kept, so that nothing is lost, and never counted. */
export type Unread = { typed: string | Record<string, string> }

export type Answer =
  | string
  | number
  | boolean
  | string[]
  | Chosen
  | { amount: string; currency: string }
  | { cells: { [row: string]: { [column: string]: number } } }
  | Unread
export type Answers = { [question: string]: Answer | undefined }

/** The key by which "other" is chosen, where a question offers it. */
export const otherKey = 'other'

/** The name of a question's field in forms, and in the problems that name it. */
export function fieldName(key: string): string {
  return `q.${key}`
}

/** All questions in their order. */
export function questionsOf(definition: Definition): Question[] {
  return definition.sections.flatMap(({ questions }) => questions)
}

/** The rows of a table: its own, or the twelve months with nothing to say (their names are the language's). */
export function rowsOf(question: QuestionOf<'table'>): { key: string; label: Said | null }[] {
  if (question.rows) return question.rows
  return Array.from({ length: 12 }, (_, month) => ({ key: String(month + 1).padStart(2, '0'), label: null }))
}

/** Whether an answer is what someone typed and we could not read. */
export function isUnread(answer: Answer | undefined): answer is Unread {
  return typeof answer === 'object' && 'typed' in answer
}

export type SaidIn = { words: string; language: string; dir: Direction; isFallback: boolean }

/** Words in the reader's language, or the nearest there is; empty words where there are none. */
export function saidIn(said: Said | null | undefined, language: string, languages: readonly string[]): SaidIn {
  const there = Object.keys(said ?? {}).filter((tag) => said![tag]!.trim() !== '')
  const found = fallbackOrder(language, languages, there)[0]
  if (found === undefined) return { words: '', language, dir: direction(language), isFallback: false }
  return { words: said![found]!, language: found, dir: direction(found), isFallback: found.split('-')[0] !== language }
}
