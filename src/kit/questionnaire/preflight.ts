import { check } from './check.ts'
import { otherKey, questionsOf, type Condition, type Definition, type Question, type Said } from './definition.ts'
import { reachOf, sampleAnswer, sampleAnswers } from './sample.ts'
import { askedAbout, simpleConditions } from './visible.ts'

/**
 * What an author is told of a form before it is published. `at` is the key of the question or section (empty for the
 * whole); an error keeps it from being published, a warning does not.
 */
export type Finding = {
  at: string
  level: 'error' | 'warning'
  words: string
  values?: Record<string, string | number>
}

/**
 * Whether the form can be completed, and is whole in its languages: conditions that go in circles, look forward, name what
 * is not there or can never hold; required questions that nobody reaches; limits that contradict each other; choices
 * that are missing or repeated; words missing in a working language. No errors means that some answers can be sent.
 */
export function preflight(definition: Definition): Finding[] {
  const findings = [
    ...ofWhole(definition),
    ...ofKeys(definition),
    ...ofConditions(definition),
    ...questionsOf(definition).flatMap(ofLimits),
    ...ofWords(definition),
  ]
  if (findings.some(({ level }) => level === 'error')) return findings
  const unreached = ofReach(definition)
  const impossible =
    unreached.length === 0 && check(definition, sampleAnswers(definition)).length > 0 ? [error('', 'impossible')] : []
  return [...findings, ...unreached, ...impossible]
}

/** Whether a form may be published: a preflight without errors. */
export function mayBePublished(findings: readonly Finding[]): boolean {
  return findings.every(({ level }) => level !== 'error')
}

function error(at: string, what: string, values?: Finding['values']): Finding {
  return { at, level: 'error', words: `questionnaire.preflight.${what}`, ...(values && { values }) }
}

function ofWhole(definition: Definition): Finding[] {
  const findings: Finding[] = []
  if (definition.languages.length === 0) findings.push(error('', 'no-languages'))
  if (questionsOf(definition).length === 0) findings.push(error('', 'no-questions'))
  for (const section of definition.sections) {
    if (section.questions.length === 0) findings.push(error(section.key, 'empty-section'))
  }
  return findings
}

function repeated(keys: string[]): string[] {
  return [...new Set(keys.filter((key, at) => keys.indexOf(key) !== at))]
}

const keyShape = /^[a-z][a-z0-9-]{0,59}$/u

function ofKeys(definition: Definition): Finding[] {
  const keys = questionsOf(definition).map(({ key }) => key)
  const sections = definition.sections.map(({ key }) => key)
  return [
    ...[...repeated(keys), ...repeated(sections)].map((key) => error(key, 'repeated-key', { key })),
    ...[...keys, ...sections].filter((key) => !keyShape.test(key)).map((key) => error(key, 'bad-key', { key })),
  ]
}

function ofConditions(definition: Definition): Finding[] {
  const order = new Map(questionsOf(definition).map((question, at) => [question.key, at]))
  const questions = new Map(questionsOf(definition).map((question) => [question.key, question]))
  const findings: Finding[] = []
  const look = (at: string, place: number, condition: Condition | undefined): void => {
    for (const key of new Set(askedAbout(condition))) {
      if (!order.has(key)) findings.push(error(at, 'unknown-question', { key }))
      else if (inCircle(definition, at, key)) findings.push(error(at, 'circle', { key }))
      else if (order.get(key)! >= place) findings.push(error(at, 'later-question', { key }))
    }
    for (const simple of simpleConditions(condition)) {
      const question = questions.get(simple.question)
      if (question) findings.push(...misread(at, simple, question))
    }
  }
  for (const section of definition.sections) {
    look(section.key, order.get(section.questions[0]?.key ?? '') ?? 0, section.when)
    for (const question of section.questions) look(question.key, order.get(question.key)!, question.when)
  }
  return findings
}

/** Whether what `from` asks about comes back, through conditions, to `from` itself. */
function inCircle(definition: Definition, from: string, asked: string): boolean {
  const next = (key: string): string[] => {
    const section = definition.sections.find(({ questions }) => questions.some((question) => question.key === key))
    const question = section?.questions.find((one) => one.key === key)
    const own = [...askedAbout(question?.when), ...askedAbout(section?.when)]
    // A section's condition that asks about one of its own questions waits for itself.
    return section && section.key === from ? [...own, from] : own
  }
  const seen = new Set<string>()
  const walk = (key: string): boolean => {
    if (key === from) return true
    if (seen.has(key)) return false
    seen.add(key)
    return next(key).some(walk)
  }
  return walk(asked)
}

const counted: Question['kind'][] = ['number', 'money', 'scale', 'table']

function misread(at: string, simple: ReturnType<typeof simpleConditions>[number], question: Question): Finding[] {
  const { key } = question
  if ('atLeast' in simple || 'atMost' in simple)
    return counted.includes(question.kind) ? [] : [error(at, 'not-counted', { key })]
  if ('is' in simple) return []
  const values = 'equals' in simple ? [simple.equals] : simple.oneOf
  return values
    .filter((value) => !canBe(question, value))
    .map((value) => error(at, 'never-answered', { key, value: String(value) }))
}

function canBe(question: Question, value: string | boolean): boolean {
  if (question.kind === 'yes-no') return typeof value === 'boolean'
  if (typeof value === 'boolean') return false
  if (question.kind === 'choice' || question.kind === 'choices') {
    return question.choices.some((choice) => choice.key === value) || (question.other === true && value === otherKey)
  }
  if (question.kind === 'scale') return Number(value) >= question.from && Number(value) <= question.to
  if (question.kind === 'country') return question.among?.includes(value) ?? /^[A-Z]{2}$/u.test(value)
  return question.kind === 'short-text' || question.kind === 'institution' || question.kind === 'date'
}

function ofLimits(question: Question): Finding[] {
  const findings: Finding[] = []
  const told = (what: string, values?: Finding['values']) => findings.push(error(question.key, what, values))
  if (question.kind === 'choice' || question.kind === 'choices' || question.kind === 'table') {
    const lists =
      question.kind === 'table' ? [question.columns, ...(question.rows ? [question.rows] : [])] : [question.choices]
    for (const list of lists) {
      if (list.length === 0) told('no-choices')
      for (const key of repeated(list.map((choice) => choice.key))) told('repeated-choice', { key })
      for (const { key } of list) if (!/^[a-z0-9][a-z0-9-]{0,59}$/u.test(key)) told('bad-key', { key })
    }
    if (question.kind !== 'table' && question.other && question.choices.some(({ key }) => key === otherKey))
      told('repeated-choice', { key: otherKey })
  }
  if (question.kind === 'money' && question.currencies.length === 0) told('no-currencies')
  if (question.kind === 'country' && question.among?.length === 0) told('no-choices')
  if (question.kind === 'file' && (question.accept.length === 0 || question.maximumBytes <= 0)) told('no-files')
  if (findings.length === 0 && sampleAnswer(question) === undefined) told('contradictory-limits')
  return findings
}

function ofReach(definition: Definition): Finding[] {
  return definition.sections.flatMap((section) =>
    section.questions.flatMap((question): Finding[] => {
      if (!section.when && !question.when) return []
      const reach = reachOf(definition, question.key)
      if (reach === 'reached') return []
      if (reach === 'too-many')
        return [{ at: question.key, level: 'warning', words: 'questionnaire.preflight.too-many-ways' }]
      const level = question.required ? 'error' : 'warning'
      return [
        {
          at: question.key,
          level,
          words: `questionnaire.preflight.${question.required ? 'unreachable-required' : 'unreachable'}`,
        },
      ]
    }),
  )
}

function ofWords(definition: Definition): Finding[] {
  const said = (at: string, words: Said | undefined, part: string): Finding[] => {
    if (!words) return []
    const missing = definition.languages.filter((language) => !words[language]?.trim())
    return missing.map((language) => error(at, 'missing-words', { language, part }))
  }
  return [
    ...said('', definition.title, 'title'),
    ...said('', definition.introduction, 'introduction'),
    ...definition.sections.flatMap((section) => [
      ...said(section.key, section.title, 'title'),
      ...said(section.key, section.help, 'help'),
      ...section.questions.flatMap((question) =>
        wordsOfQuestion(question).flatMap(([part, words]) => said(question.key, words, part)),
      ),
    ]),
  ]
}

/** Every text of a question, with the part that it is. */
export function wordsOfQuestion(question: Question): [string, Said | undefined][] {
  const words: [string, Said | undefined][] = [
    ['label', question.label],
    ['help', question.help],
  ]
  if (question.kind === 'number') words.push(['unit', question.unit])
  if (question.kind === 'scale') words.push(['low', question.low], ['high', question.high])
  if (question.kind === 'choice' || question.kind === 'choices') {
    words.push(...question.choices.map(({ key, label }): [string, Said] => [key, label]))
  }
  if (question.kind === 'table') {
    words.push(...[...question.columns, ...(question.rows ?? [])].map(({ key, label }): [string, Said] => [key, label]))
  }
  return words
}
