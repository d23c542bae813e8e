import type { ComponentChildren } from 'preact'
import { Field, useReader, useWords, type Option } from '#kit/view'
import { kitWords } from '#kit/words'
import {
  fieldName,
  otherKey,
  saidIn,
  type Answer,
  type Choice,
  type Definition,
  type Question,
  type QuestionOf,
} from '../definition.ts'
import { shownAnswer } from '../read.ts'
import { questionnaireWords } from '../words/index.ts'
import { CellsField } from './cells-field.tsx'
import { SaidWords, useSaid } from './said.tsx'

/** What only the room that asks can bring: countries to choose from, institutions found, a file's own field. */
export type Brought = {
  countries?: readonly string[]
  institutions?: { [question: string]: { chosen?: Option | null; found?: readonly Option[] } }
  file?: (question: QuestionOf<'file'>, ids: readonly string[]) => ComponentChildren
}

type Props = { definition: Definition; question: Question; answer: Answer | undefined; brought?: Brought }

/** One question as a field of its form, with the answer there is. */
export function QuestionField({ definition, question, answer, brought = {} }: Props) {
  const { language } = useReader()
  const { isFallback, language: said, dir } = saidIn(question.label, language, definition.languages)
  const field = <Control definition={definition} question={question} answer={answer} brought={brought} />
  return isFallback ? (
    <div lang={said} dir={dir}>
      {field}
    </div>
  ) : (
    field
  )
}

function Control({ definition, question, answer, brought = {} }: Props) {
  const say = useSaid(definition.languages)
  const t = useWords(questionnaireWords)
  const kit = useWords(kitWords)
  const shown = shownAnswer(question, answer)
  const name = fieldName(question.key)
  const one = (at: string = name): string | undefined => [shown[at]].flat()[0]
  const limit = useLimit(question, definition.languages)
  const help = question.help ? <SaidWords of={question.help} languages={definition.languages} /> : null
  const hint = help && limit ? [help, ' ', limit] : (help ?? limit ?? undefined)
  const common = { name, label: say(question.label), hint, required: question.required ?? false }
  switch (question.kind) {
    case 'short-text':
      return <Field kind="text" {...common} value={one()} dir="auto" />
    case 'long-text':
      return <Field kind="long-text" {...common} value={one()} dir="auto" />
    case 'number':
      return <Field kind="number" {...common} value={one()} {...(question.unit && { unit: say(question.unit) })} />
    case 'money': {
      const value = { amount: one(`${name}.amount`) ?? null, currency: one(`${name}.currency`) ?? null }
      return <Field kind="money" {...common} value={value} currencies={question.currencies} />
    }
    case 'date':
      return (
        <Field
          kind="date"
          {...common}
          value={one()}
          {...(question.earliest && { minimum: question.earliest })}
          {...(question.latest && { maximum: question.latest })}
        />
      )
    case 'yes-no': {
      const options = (['yes', 'no'] as const).map((value) => ({ value, label: kit(`answer.${value}`) }))
      return <Field kind="radios" {...common} options={options} value={one()} />
    }
    case 'scale': {
      const values = Array.from({ length: question.to - question.from + 1 }, (_, at) => String(question.from + at))
      return (
        <Field
          kind="radios"
          {...common}
          options={values.map((value) => ({ value, label: t.formats.number(value) }))}
          value={one()}
        />
      )
    }
    case 'choice':
    case 'choices': {
      const options = optionsOf(question.choices, say, question.other ? kit('answer.other') : undefined)
      const chosen = [shown[name] ?? []].flat()
      const many = question.kind === 'choices'
      return (
        <>
          {many ? <Field kind="checkboxes" {...common} options={options} value={chosen} /> : null}
          {!many && options.length <= 8 ? (
            <Field kind="radios" {...common} options={options} value={chosen[0]} />
          ) : null}
          {!many && options.length > 8 ? <Field kind="select" {...common} options={options} value={chosen[0]} /> : null}
          {question.other ? (
            <Field
              kind="text"
              name={`${name}.${otherKey}`}
              label={t('form.other')}
              value={one(`${name}.${otherKey}`)}
              dir="auto"
            />
          ) : null}
        </>
      )
    }
    case 'table':
      return <CellsField definition={definition} question={question} hint={hint} shown={shown} />
    case 'file':
      return (
        brought.file?.(question, [shown[name] ?? []].flat()) ?? (
          <Field kind="file" {...common} accept={question.accept} limit={question.maximumBytes} />
        )
      )
    case 'country':
      return <Field kind="country" {...common} countries={question.among ?? brought.countries ?? []} value={one()} />
    case 'institution':
      return (
        <Field
          kind="lookup"
          {...common}
          chosen={brought.institutions?.[question.key]?.chosen}
          found={brought.institutions?.[question.key]?.found}
        />
      )
  }
}

function optionsOf(choices: readonly Choice[], say: ReturnType<typeof useSaid>, other: string | undefined): Option[] {
  const options = choices.map(({ key, label }) => ({ value: key, label: say(label) }))
  return other === undefined ? options : [...options, { value: otherKey, label: other }]
}

/** What a question's limits ask, in words; nothing where they ask nothing that must be known beforehand. */
function useLimit(question: Question, languages: readonly string[]): string | null {
  const { language } = useReader()
  const t = useWords(questionnaireWords)
  if (question.kind === 'short-text' || question.kind === 'long-text') {
    if (question.maximumWords !== undefined) return t('form.words-at-most', { count: question.maximumWords })
    return question.maximum === undefined ? null : t('form.characters-at-most', { count: question.maximum })
  }
  if (question.kind === 'choices') {
    const { minimum = 0, maximum } = question
    if (minimum > 0 && maximum !== undefined) return t('form.choose-between', { minimum, maximum })
    if (minimum > 0) return t('form.choose-at-least', { count: minimum })
    return maximum === undefined ? null : t('form.choose-at-most', { count: maximum })
  }
  if (question.kind === 'scale' && question.low && question.high) {
    const [low, high] = [question.low, question.high].map((end) => saidIn(end, language, languages).words)
    return t('form.scale', { from: question.from, to: question.to, low, high })
  }
  return null
}
