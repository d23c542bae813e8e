import { Chart, Table, useFormats, useReader, useWords, type Column } from '#kit/view'
import { questionsOf, Results } from '#kit/questionnaire'
import type { Instrument, PublicTotals } from '../queries.ts'
import { nameCode, tellMeasures } from '../result-words.ts'
import { measuresOf, type GroupTotals, type Measure, type Total } from '../rules.ts'
import { words } from '../words/index.ts'

/** The measure by which groups are compared: the whole score, else the first that has parts, else the first there is. */
export function mainMeasure(measures: readonly Measure[]): Measure | undefined {
  return (
    measures.find(({ kind }) => kind === 'whole') ??
    measures.find(({ key }) => measures.some((part) => part.of === key)) ??
    measures[0]
  )
}

const shownOf = (measure: Measure, total: NonNullable<Total>): number =>
  measure.kind === 'score' || measure.kind === 'whole' ? total.mean : total.sum

/** What the public reads of an instrument: the whole, by month or part, by country, by kind and by size, each as drawing and table. */
export function TotalsView({ instrument, totals }: { instrument: Instrument; totals: PublicTotals }) {
  const t = useWords(words)
  const formats = useFormats()
  const { language } = useReader()
  const measures = measuresOf(instrument.definition)
  const told = tellMeasures(instrument.definition, language)
  const main = mainMeasure(measures)
  const whole = totals.whole
  if (!whole || !main) return <p>{t('totals.none')}</p>
  const heads = measures.filter(({ kind, key }) => kind !== 'part' && whole.figures[key] !== undefined)
  const months = measures.filter(({ month, of }) => month !== undefined && of === main.key)
  const scores = measures.filter(({ kind, key }) => kind === 'score' && whole.figures[key])
  const hidden = <span class="absent">{t('totals.hidden')}</span>
  const choices = new Set(
    questionsOf(instrument.definition).flatMap(({ kind, key }) =>
      kind === 'choice' || kind === 'choices' || kind === 'yes-no' ? [key] : [],
    ),
  )
  const countries = formats.sorted(totals.country, ({ code }) => (code ? formats.countryName(code) : ''))
  const groups: { id: 'country' | 'type' | 'size'; rows: readonly GroupTotals[]; name: (code: string) => string }[] = [
    { id: 'country', rows: countries, name: (code) => formats.countryName(code) },
    { id: 'type', rows: totals.type, name: (code) => nameCode('type', code, language) },
    { id: 'size', rows: totals.size, name: (code) => nameCode('size', code, language) },
  ]
  return (
    <>
      <h2 id="totals">{t('totals.title')}</h2>
      <p>
        {whole.returns === null
          ? t('totals.too-few', { count: instrument.smallestCell })
          : t('totals.from', { count: whole.returns })}{' '}
        {t('totals.hidden-why', { count: instrument.smallestCell })}
      </p>
      {months.length > 0 ? (
        <Chart
          kind="columns"
          id="months"
          title={t('totals.by-month', { measure: told.nameOf(main) })}
          description={t('totals.by-month-desc')}
          labelName={t('totals.month')}
          labels={months.map(told.nameOf)}
          series={[{ name: told.nameOf(main), values: months.map(({ key }) => whole.figures[key]?.sum ?? null) }]}
        />
      ) : null}
      {scores.length > 0 ? (
        <Chart
          kind="bars"
          id="scores"
          title={t('totals.by-part')}
          description={t('totals.by-part-desc')}
          labelName={t('result.measure')}
          labels={scores.map(told.nameOf)}
          series={[{ name: t('totals.mean'), values: scores.map(({ key }) => whole.figures[key]!.mean) }]}
          format={(value) => formats.percent(value)}
        />
      ) : null}
      <Table
        caption={t('totals.figures')}
        rows={heads}
        columns={[
          { id: 'measure', head: t('result.measure'), names: true, cell: (measure: Measure) => told.nameOf(measure) },
          ...figureColumns(
            (measure: Measure) => whole.figures[measure.key],
            (measure) => measure,
          ),
        ]}
      />
      {groups.map(({ id, rows, name }) => {
        const known = rows.filter(({ figures }) => figures[main.key])
        const nameOf = ({ code }: GroupTotals) => (code === '' ? t('totals.unknown') : name(code))
        return (
          <section id={`by-${id}`}>
            <h3>{t(`totals.by.${id}`)}</h3>
            {id !== 'size' && known.length > 1 ? (
              <Chart
                kind="bars"
                id={`chart-${id}`}
                title={`${told.nameOf(main)}: ${t(`totals.by.${id}`)}`}
                description={t('totals.by-desc')}
                labelName={t(`totals.by.${id}`)}
                labels={known.map(nameOf)}
                series={[
                  { name: told.nameOf(main), values: known.map(({ figures }) => shownOf(main, figures[main.key]!)) },
                ]}
                format={(value) => told.write(main, value)}
              />
            ) : null}
            <Table
              caption={`${told.nameOf(main)}: ${t(`totals.by.${id}`)}`}
              captionUnseen
              rows={rows}
              columns={[
                { id: 'name', head: t(`totals.by.${id}`), names: true, cell: nameOf },
                ...figureColumns(
                  (row: GroupTotals) => row.figures[main.key],
                  () => main,
                ),
              ]}
            />
          </section>
        )
      })}
      {choices.size > 0 ? (
        <>
          <h2 id="answers">{t('totals.answers')}</h2>
          <Results
            definition={instrument.definition}
            tabulated={totals.answers.filter(({ key }) => choices.has(key))}
            smallest={instrument.smallestCell}
          />
        </>
      ) : null}
    </>
  )

  function figureColumns<Row>(
    totalOf: (row: Row) => Total | undefined,
    measureOf: (row: Row) => Measure,
  ): Column<Row>[] {
    const cell = (row: Row, pick: (total: NonNullable<Total>) => string) => {
      const total = totalOf(row)
      return total === undefined ? '–' : total === null ? hidden : pick(total)
    }
    return [
      {
        id: 'from',
        head: t('totals.museums'),
        figures: true,
        cell: (row) => cell(row, ({ from }) => formats.number(from)),
      },
      {
        id: 'value',
        head: main?.kind === 'whole' ? t('totals.mean') : t('totals.sum'),
        figures: true,
        cell: (row) => cell(row, (total) => told.write(measureOf(row), shownOf(measureOf(row), total))),
      },
      {
        id: 'median',
        head: t('totals.median'),
        figures: true,
        cell: (row) => cell(row, ({ median }) => told.write(measureOf(row), median)),
      },
    ]
  }
}
