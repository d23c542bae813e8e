import {
  isUnread,
  type Answer,
  type Answers,
  type Condition,
  type Definition,
  type Question,
  type Section,
} from './definition.ts'

/** What is asked, given the answers so far. */
export type Visible = { sections: { section: Section; questions: Question[] }[]; keys: Set<string> }

/**
 * What a person is asked. Conditions look at the answers to earlier questions that are themselves asked: an answer left
 * behind by a changed mind asks nothing.
 */
export function visible(definition: Definition, answers: Answers): Visible {
  const heard: Answers = {}
  const keys = new Set<string>()
  const sections: Visible['sections'] = []
  for (const section of definition.sections) {
    if (section.when && !holdsTrue(section.when, heard)) continue
    const questions: Question[] = []
    for (const question of section.questions) {
      if (question.when && !holdsTrue(question.when, heard)) continue
      questions.push(question)
      keys.add(question.key)
      const answer = answers[question.key]
      if (isAnswered(answer)) heard[question.key] = answer
    }
    if (questions.length > 0) sections.push({ section, questions })
  }
  return { sections, keys }
}

/** Whether there is an answer that can be read and says something. */
export function isAnswered(answer: Answer | undefined | null): answer is Answer {
  if (answer === undefined || answer === null || isUnread(answer)) return false
  if (typeof answer === 'string') return answer.trim() !== ''
  if (typeof answer !== 'object') return true
  if (Array.isArray(answer)) return answer.length > 0
  if ('chosen' in answer) return answer.chosen.length > 0
  if ('cells' in answer) return Object.values(answer.cells).some((row) => Object.keys(row).length > 0)
  return answer.amount !== ''
}

/** Whether a condition holds for these answers. */
export function holdsTrue(condition: Condition, answers: Answers): boolean {
  if ('all' in condition) return condition.all.every((one) => holdsTrue(one, answers))
  if ('any' in condition) return condition.any.some((one) => holdsTrue(one, answers))
  if ('not' in condition) return !holdsTrue(condition.not, answers)
  const answer = answers[condition.question]
  const answered = isAnswered(answer)
  if ('is' in condition) return answered === (condition.is === 'answered')
  if (!answered) return false
  if ('equals' in condition) return says(answer, condition.equals)
  if ('oneOf' in condition) return condition.oneOf.some((value) => says(answer, value))
  const value = numberOf(answer)
  if (value === undefined) return false
  return 'atLeast' in condition ? value >= condition.atLeast : value <= condition.atMost
}

function says(answer: Answer, value: string | boolean): boolean {
  if (typeof answer === 'object' && 'chosen' in answer) return answer.chosen.includes(String(value))
  if (typeof answer === 'number') return String(answer) === value
  return answer === value
}

/** The number that an answer comes to: itself, an amount, or a table's total. */
export function numberOf(answer: Answer): number | undefined {
  if (typeof answer === 'number') return answer
  if (typeof answer !== 'object' || Array.isArray(answer)) return undefined
  if ('amount' in answer) return Number(answer.amount)
  if ('cells' in answer)
    return Object.values(answer.cells)
      .flatMap((row) => Object.values(row))
      .reduce((sum, cell) => sum + cell, 0)
  return undefined
}

/** The questions that a condition asks about. */
export function askedAbout(condition: Condition | undefined): string[] {
  if (!condition) return []
  if ('all' in condition) return condition.all.flatMap(askedAbout)
  if ('any' in condition) return condition.any.flatMap(askedAbout)
  if ('not' in condition) return askedAbout(condition.not)
  return [condition.question]
}

/** Every simple condition inside one. */
export function simpleConditions(condition: Condition | undefined): Extract<Condition, { question: string }>[] {
  if (!condition) return []
  if ('all' in condition) return condition.all.flatMap(simpleConditions)
  if ('any' in condition) return condition.any.flatMap(simpleConditions)
  if ('not' in condition) return simpleConditions(condition.not)
  return [condition]
}

/**
 * Where to go after a section was saved: the same one while it asks something that it did not ask before, else the next
 * that is asked, else `null`: everything has been seen.
 */
export function sectionAfter(definition: Definition, before: Answers, now: Answers, key: string): string | null {
  const seen = visible(definition, before).keys
  const { sections } = visible(definition, now)
  const at = sections.findIndex(({ section }) => section.key === key)
  const fresh = sections[at]?.questions.some((question) => !seen.has(question.key))
  if (fresh) return key
  const order = definition.sections.findIndex((section) => section.key === key)
  const later = new Set(definition.sections.slice(order + 1).map((section) => section.key))
  return sections.find(({ section }) => later.has(section.key))?.section.key ?? null
}
