import { Table, useFormats, useWords, type Column } from '#kit/view'
import { kitWords } from '#kit/words'
import { otherKey, questionsOf, rowsOf, type Definition, type Question } from '../definition.ts'
import type { Figures, Tabulated } from '../tabulate.ts'
import { questionnaireWords } from '../words/index.ts'
import { useSaid } from './said.tsx'

type Props = {
  definition: Definition
  tabulated: readonly Tabulated[]
  /** The smallest number of answers a figure may come from, where small ones were hidden. */
  smallest?: number
}

/** What the responses come to: a table for each question. */
export function Results({ definition, tabulated, smallest }: Props) {
  const t = useWords(questionnaireWords)
  const questions = new Map(questionsOf(definition).map((question) => [question.key, question]))
  return (
    <>
      {smallest === undefined ? null : <p class="hint">{t('result.hidden-why', { smallest })}</p>}
      {tabulated.map((one) => {
        const question = questions.get(one.key)
        return question ? <Result definition={definition} question={question} of={one} /> : null
      })}
    </>
  )
}

function Result({ definition, question, of }: { definition: Definition; question: Question; of: Tabulated }) {
  const t = useWords(questionnaireWords)
  const say = useSaid(definition.languages)
  return (
    <section id={`result-${of.key}`}>
      <h3>{say(question.label)}</h3>
      <p class="hint">{t('result.answered', { answered: of.answered, asked: of.asked })}</p>
      <Body definition={definition} question={question} of={of} caption={say(question.label)} />
    </section>
  )
}

type Row = { name: string; figures: Figures }

function Body({
  definition,
  question,
  of,
  caption,
}: {
  definition: Definition
  question: Question
  of: Tabulated
  caption: string
}) {
  const t = useWords(questionnaireWords)
  const kit = useWords(kitWords)
  const say = useSaid(definition.languages)
  const { number, percent, countryName, months } = useFormats()
  const hidden = <span class="absent">{t('result.hidden')}</span>
  if (of.kind === 'words') return <p>{t('result.in-words')}</p>
  if (of.kind === 'counts') {
    const name = (value: string): string => {
      if (question.kind === 'yes-no') return kit(value === 'yes' ? 'answer.yes' : 'answer.no')
      if (question.kind === 'country') return countryName(value)
      if (question.kind === 'scale') return number(value)
      if (value === otherKey) return kit('answer.other')
      const choices = question.kind === 'choice' || question.kind === 'choices' ? question.choices : []
      return say(choices.find(({ key }) => key === value)?.label) || value
    }
    const columns: Column<{ value: string; count: number | null }>[] = [
      { id: 'value', head: t('result.value'), names: true, cell: ({ value }) => name(value) },
      {
        id: 'count',
        head: t('result.count'),
        figures: true,
        cell: ({ count }) => (count === null ? hidden : number(count)),
      },
      {
        id: 'share',
        head: t('result.share'),
        figures: true,
        cell: ({ count }) => (count === null || of.answered === 0 ? '–' : percent(count / of.answered)),
      },
    ]
    return <Table caption={caption} captionUnseen columns={columns} rows={of.counts} />
  }
  const rows: Row[] =
    of.kind === 'figures'
      ? (of.byCurrency ?? [{ currency: '', figures: of.figures }]).map(({ currency, figures }) => ({
          name: currency || caption,
          figures,
        }))
      : of.cells.map(({ row, column, figures }) => ({
          name: question.kind === 'table' ? cellName(question, row, column) : row,
          figures,
        }))
  function cellName(table: Extract<Question, { kind: 'table' }>, row: string, column: string): string {
    const label = rowsOf(table).find(({ key }) => key === row)?.label
    return `${label ? say(label) : months()[Number(row) - 1]}, ${say(table.columns.find(({ key }) => key === column)?.label)}`
  }
  const figure = (value: number | null) => (value === null ? '–' : number(value, { maximumFractionDigits: 2 }))
  const columns: Column<Row>[] = [
    { id: 'name', head: t('result.value'), names: true, cell: ({ name }) => name },
    {
      id: 'from',
      head: t('result.from'),
      figures: true,
      cell: ({ figures }) => (figures.from === 0 ? '–' : number(figures.from)),
    },
    { id: 'sum', head: t('result.sum'), figures: true, cell: ({ figures }) => figure(figures.sum) },
    { id: 'mean', head: t('result.mean'), figures: true, cell: ({ figures }) => figure(figures.mean) },
    { id: 'median', head: t('result.median'), figures: true, cell: ({ figures }) => figure(figures.median) },
  ]
  return <Table caption={caption} captionUnseen columns={columns} rows={rows} />
}
