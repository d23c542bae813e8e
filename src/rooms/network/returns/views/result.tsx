import type { Problem, Verdict } from '#kit/access'
import {
  A,
  Button,
  ButtonLink,
  Callout,
  Chart,
  Facts,
  Field,
  Form,
  Page,
  Progress,
  Table,
  useFormats,
  useReader,
  useWords,
  When,
  type Typed,
} from '#kit/view'
import { audiences, type Audience } from '../forms.ts'
import type { Result } from '../queries.ts'
import { nameCode, tellMeasures } from '../result-words.ts'
import { changeOf, measuresOf, placeOf, type Measure } from '../rules.ts'
import { words } from '../words/index.ts'
import { useInstrumentName } from './pieces.tsx'
import { mainMeasure } from './totals.tsx'

export type ResultProps = { result: Result; mayShare: Verdict; mayPrint: Verdict; reaches: boolean }

/** A museum's result: its figures, how they changed in a year, and where they stand among museums of its size. */
export function ResultPage({ result, mayShare, mayPrint, reaches }: ResultProps) {
  const t = useWords(words)
  const formats = useFormats()
  const { language } = useReader()
  const name = useInstrumentName()(result.instrument)
  const { definition, year } = result.instrument
  const told = tellMeasures(definition, language)
  const measures = measuresOf(definition).filter(({ key }) => result.figures[key] !== undefined)
  const main = mainMeasure(measures)
  const months = measures.filter(({ month, of }) => month !== undefined && of === main?.key)
  const scores = measures.filter(({ kind }) => kind === 'score')
  const drawn = months.length > 0 ? months : scores
  const before = result.before
  const with_ = { id: result.id }
  const size = result.sizeClass ? nameCode('size', result.sizeClass, language) : t('result.size-unknown')
  return (
    <Page
      title={t('result.title', { institution: result.institution, year: String(year) })}
      lead={name}
      crumbs={[
        { to: 'network.returns', name: t('list.title') },
        reaches
          ? { to: 'network.return', with: with_, name: `${result.institution}, ${name}` }
          : { to: 'network.instrument', with: { id: result.instrument.id }, name },
      ]}
      primary={
        mayPrint.allowed ? (
          <ButtonLink to="network.print-return" with={with_}>
            {t('do.print')}
          </ButtonLink>
        ) : null
      }
      aside={
        <Facts
          narrow
          of={[
            { term: t('result.country'), value: formats.countryName(result.countryCode) },
            { term: t('result.size'), value: size },
            {
              term: t('result.checked-on'),
              value: result.checkedAt ? <When at={result.checkedAt} style="long" hour={false} /> : null,
            },
            ...(reaches
              ? [
                  {
                    term: t('share.label'),
                    value:
                      formats.list(result.sharedWith.map((one) => t(`share.${one as Audience}.name`))) ||
                      t('share.nobody'),
                  },
                ]
              : []),
          ]}
        />
      }
    >
      {result.state !== 'checked' ? <Callout kind="warning">{t('result.not-checked')}</Callout> : null}
      <ResultTable
        caption={t('result.figures')}
        rows={measures.filter(({ kind }) => kind !== 'part')}
        result={result}
      />
      <p class="quiet">{t('result.peers-why', { count: result.instrument.smallestCell })}</p>
      {drawn.length > 0 ? (
        <Chart
          kind={months.length > 0 ? 'columns' : 'bars'}
          id="result"
          title={months.length > 0 ? t('totals.by-month', { measure: told.nameOf(main!) }) : t('totals.by-part')}
          description={t(months.length > 0 ? 'totals.by-month-desc' : 'totals.by-part-desc')}
          labelName={months.length > 0 ? t('totals.month') : t('result.measure')}
          labels={drawn.map(told.nameOf)}
          series={[
            { name: String(year), values: drawn.map(({ key }) => result.figures[key] ?? null) },
            ...(before
              ? [{ name: String(before.year), values: drawn.map(({ key }) => before.figures[key] ?? null) }]
              : []),
            ...(months.length === 0 && result.peers
              ? [
                  {
                    name: t('result.median'),
                    values: drawn.map(({ key }) => result.peers!.figures[key]?.median ?? null),
                  },
                ]
              : []),
          ]}
          format={(value) => told.write(drawn[0]!, value)}
        />
      ) : null}
      {measures.some(({ kind, month }) => kind === 'part' && month === undefined) ? (
        <ResultTable
          caption={t('result.detail')}
          rows={measures.filter(({ kind, month }) => kind === 'part' && month === undefined)}
          result={result}
        />
      ) : null}
      {mayShare.allowed ? (
        <p class="buttons">
          <ButtonLink to="network.share-return" with={with_} kind="second">
            {t('do.share')}
          </ButtonLink>
        </p>
      ) : null}
    </Page>
  )
}

function ResultTable({ caption, rows, result }: { caption: string; rows: Measure[]; result: Result }) {
  const t = useWords(words)
  const { language } = useReader()
  const told = tellMeasures(result.instrument.definition, language)
  const { year } = result.instrument
  const peer = (key: string) => result.peers?.figures[key] ?? null
  return (
    <Table
      caption={caption}
      responsive
      rows={rows}
      columns={[
        { id: 'measure', head: t('result.measure'), names: true, cell: told.nameOf },
        { id: 'now', head: String(year), figures: true, cell: (row) => told.write(row, result.figures[row.key]!) },
        {
          id: 'change',
          head: t('result.change', { year: String(year - 1) }),
          figures: true,
          cell: (row) => {
            const change = changeOf(result.figures[row.key], result.before?.figures[row.key])
            return change ? told.writeChange(row, change) : '–'
          },
        },
        {
          id: 'median',
          head: t('result.median'),
          figures: true,
          cell: ({ key, ...row }) => (peer(key) ? told.write({ key, ...row }, peer(key)!.median) : '–'),
        },
        {
          id: 'place',
          head: t('result.place-label'),
          cell: ({ key }) => {
            const place = placeOf(result.figures[key], peer(key)?.median)
            return place ? t(`result.place.${place}`) : '–'
          },
        },
      ]}
    />
  )
}

type BackProps = { problems?: readonly Problem[] | undefined; typed?: Typed | undefined }

function useResultCrumbs(result: Result) {
  const t = useWords(words)
  const title = t('result.title', { institution: result.institution, year: String(result.instrument.year) })
  return [
    { to: 'network.returns', name: t('list.title') },
    { to: 'network.return-result', with: { id: result.id }, name: title },
  ] as const
}

/** To whom a museum gives its result; unticking takes it back. */
export function SharePage({ result, problems, typed }: { result: Result } & BackProps) {
  const t = useWords(words)
  return (
    <Page title={t('share.title')} lead={t('share.lead')} crumbs={useResultCrumbs(result)}>
      <Form typed={typed} problems={problems} buttons={<Button>{t('share.save')}</Button>}>
        <Field
          kind="checkboxes"
          name="with"
          label={t('share.label')}
          value={result.sharedWith}
          options={audiences.map((value) => ({
            value,
            label: t(`share.${value}.name`),
            hint: t(`share.${value}.hint`),
          }))}
        />
      </Form>
    </Page>
  )
}

export type PrintWork = {
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  done: number
  total: number | null
  /** Where the document is fetched; null while there is none, or where files cannot be fetched here. */
  file: { href: string; name: string; bytes: number } | null
}

/** The result as a document: asked for here, made meanwhile, fetched when it is done. */
export function PrintPage({ result, work, problems, typed }: { result: Result; work: PrintWork | null } & BackProps) {
  const t = useWords(words)
  const formats = useFormats()
  const going = work?.state === 'waiting' || work?.state === 'running'
  return (
    <Page
      title={t('print.title')}
      lead={t('print.lead')}
      crumbs={[...useResultCrumbs(result)]}
      {...(going && { refresh: 3 })}
    >
      {work ? (
        <Progress
          label={t('print.label', { institution: result.institution })}
          state={work.state}
          done={work.done}
          total={work.total}
        >
          {work.file ? (
            <a class="button button-main" href={work.file.href}>
              {t('print.download', { size: formats.number(Math.ceil(work.file.bytes / 1024)) })}
            </a>
          ) : null}
        </Progress>
      ) : null}
      {going ? null : (
        <Form
          typed={typed}
          problems={problems}
          buttons={<Button kind={work ? 'second' : 'main'}>{t('print.verb')}</Button>}
        >
          <p>
            {t('print.what')}{' '}
            <A to="network.return-result" with={{ id: result.id }}>
              {t('print.back')}
            </A>
          </p>
        </Form>
      )}
    </Page>
  )
}
