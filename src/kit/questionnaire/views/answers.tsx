import type { ComponentChildren } from 'preact'
import { Facts, Table, useFormats, useWords, type Column } from '#kit/view'
import { kitWords } from '#kit/words'
import {
  isUnread,
  otherKey,
  rowsOf,
  type Answer,
  type Answers,
  type Definition,
  type Question,
  type QuestionOf,
} from '../definition.ts'
import { visible } from '../visible.ts'
import { questionnaireWords } from '../words/index.ts'
import { SaidWords, useSaid } from './said.tsx'

type Props = {
  definition: Definition
  answers: Answers
  /** What stands after a section's heading, such as a link that changes it. */
  after?: (section: string) => ComponentChildren
  /** Names of institutions and files by id, and links to them. */
  named?: (question: Question, id: string) => ComponentChildren
  /** The headings' level. */
  level?: 2 | 3
}

/** A response read through: every question that was asked, in its own words, with its answer. */
export function AnswersList({ definition, answers, after, named, level = 2 }: Props) {
  const t = useWords(questionnaireWords)
  const say = useSaid(definition.languages)
  const Heading = `h${level}` as 'h2' | 'h3'
  return (
    <>
      {visible(definition, answers).sections.map(({ section, questions }) => (
        <section id={`section-${section.key}`}>
          <Heading>
            <SaidWords of={section.title} languages={definition.languages} />
          </Heading>
          {after?.(section.key)}
          <Facts
            of={questions.map((question) => ({
              term: say(question.label),
              value:
                answers[question.key] === undefined ? null : (
                  <OneAnswer
                    definition={definition}
                    question={question}
                    answer={answers[question.key]!}
                    named={named}
                  />
                ),
              absent: t('form.not-answered'),
            }))}
          />
        </section>
      ))}
    </>
  )
}

type One = { definition: Definition; question: Question; answer: Answer; named?: Props['named'] | undefined }

/** One answer in words. What could not be read is shown as it was typed, and said to be so. */
export function OneAnswer({ definition, question, answer, named }: One) {
  const t = useWords(questionnaireWords)
  const kit = useWords(kitWords)
  const say = useSaid(definition.languages)
  const { number, money, date, list, countryName } = useFormats()
  if (isUnread(answer)) {
    const typed =
      typeof answer.typed === 'string' ? answer.typed : Object.values(answer.typed).filter(Boolean).join(' ')
    return <>{t.rich('form.unread', { typed: <bdi>{typed}</bdi> })}</>
  }
  if (typeof answer === 'boolean') return <>{kit(`answer.${answer ? 'yes' : 'no'}`)}</>
  if (typeof answer === 'number') {
    const unit = question.kind === 'number' && question.unit ? ` ${say(question.unit)}` : ''
    return <>{number(answer) + unit}</>
  }
  if (Array.isArray(answer))
    return named ? (
      <>
        {answer.map((id) => (
          <span>{named(question, id)} </span>
        ))}
      </>
    ) : (
      <>{t('form.files', { count: answer.length })}</>
    )
  if (typeof answer === 'object') {
    if ('amount' in answer) return <>{money(answer)}</>
    if ('cells' in answer)
      return question.kind === 'table' ? (
        <Cells definition={definition} question={question} cells={answer.cells} />
      ) : null
    const choices = question.kind === 'choice' || question.kind === 'choices' ? question.choices : []
    const words = answer.chosen.map((key) =>
      key === otherKey && answer.other ? answer.other : say(choices.find((choice) => choice.key === key)?.label) || key,
    )
    return <>{list(words)}</>
  }
  if (question.kind === 'date') return <>{date(answer)}</>
  if (question.kind === 'country') return <>{countryName(answer)}</>
  if (question.kind === 'institution' && named) return <>{named(question, answer)}</>
  return (
    <>
      {answer.split(/\n{2,}/u).map((paragraph) => (
        <p dir="auto">{paragraph}</p>
      ))}
    </>
  )
}

type CellsProps = {
  definition: Definition
  question: QuestionOf<'table'>
  cells: { [row: string]: { [column: string]: number } }
}

function Cells({ definition, question, cells }: CellsProps) {
  const t = useWords(questionnaireWords)
  const say = useSaid(definition.languages)
  const formats = useFormats()
  const months = formats.months()
  const total = (column: string) => Object.values(cells).reduce((sum, row) => sum + (row[column] ?? 0), 0)
  const rows = rowsOf(question).map((row) => ({
    key: row.key,
    name: row.label ? say(row.label) : months[Number(row.key) - 1]!,
  }))
  const columns: Column<(typeof rows)[number]>[] = [
    { id: 'row', head: question.rows ? '' : t('form.months'), names: true, cell: (row) => row.name },
    ...question.columns.map((column) => ({
      id: column.key,
      head: say(column.label),
      figures: true,
      cell: (row: (typeof rows)[number]) => {
        const value = cells[row.key]?.[column.key]
        return value === undefined ? '–' : formats.number(value)
      },
    })),
  ]
  const foot = (
    <tr>
      <th scope="row">{t('form.total')}</th>
      {question.columns.map((column) => (
        <td class="figures">{formats.number(total(column.key))}</td>
      ))}
    </tr>
  )
  return <Table caption={say(question.label)} captionUnseen columns={columns} rows={rows} foot={foot} />
}
