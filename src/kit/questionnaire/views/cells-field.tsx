import type { ComponentChildren } from 'preact'
import { Field, Table, useFormats, useWords, type Column } from '#kit/view'
import { fieldName, rowsOf, type Definition, type QuestionOf } from '../definition.ts'
import { questionnaireWords } from '../words/index.ts'
import { useSaid } from './said.tsx'

type Props = {
  definition: Definition
  question: QuestionOf<'table'>
  hint: ComponentChildren
  shown: Record<string, string | string[]>
}

/** A table of numbers to fill in. Each cell is a field of its own, named by its row and column for whoever hears it. */
export function CellsField({ definition, question, hint, shown }: Props) {
  const say = useSaid(definition.languages)
  const t = useWords(questionnaireWords)
  const months = useFormats().months()
  const name = fieldName(question.key)
  const rows = rowsOf(question).map(({ key, label }) => ({ key, name: label ? say(label) : months[Number(key) - 1]! }))
  const columns: Column<(typeof rows)[number]>[] = [
    { id: 'row', head: question.rows ? '' : t('form.months'), names: true, cell: (row) => row.name },
    ...question.columns.map((column) => ({
      id: column.key,
      head: say(column.label),
      cell: (row: (typeof rows)[number]) => (
        <Field
          kind="number"
          name={`${name}.${row.key}.${column.key}`}
          label={`${row.name}, ${say(column.label)}`}
          value={[shown[`${name}.${row.key}.${column.key}`]].flat()[0]}
          required={question.required ?? false}
        />
      ),
    })),
  ]
  return (
    <fieldset class="field answer-table">
      <legend class="label">{say(question.label)}</legend>
      {hint ? <div class="hint">{hint}</div> : null}
      <Table caption={say(question.label)} captionUnseen columns={columns} rows={rows} />
    </fieldset>
  )
}
