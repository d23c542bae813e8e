import {
  A,
  Button,
  ButtonLink,
  Callout,
  Facts,
  Form,
  Progress,
  Table,
  useFormats,
  useReader,
  useWords,
  type Problem,
} from '#kit/view'
import { say } from '#kit/words'
import type { Work } from '#kit/jobs'
import type { FindingGroup, Import } from '../queries.ts'
import { words } from '../words/index.ts'
import { ColumnName, columnLabel, ImportPage } from './parts.tsx'

export type ImportProps = {
  of: Import
  work: Work | null
  groups: readonly FindingGroup[]
  mayHandle: boolean
  problems?: readonly Problem[] | undefined
}

const going = ['reading', 'checking', 'running', 'undoing'] as const
type Going = (typeof going)[number]
const isGoing = (state: string): state is Going => (going as readonly string[]).includes(state)

/** One import: what it is, how far it has come, what it did, and what can be done next. */
export function ImportOverview({ of, work, groups, mayHandle, problems }: ImportProps) {
  const t = useWords(words)
  const failed = work?.state === 'failed' && isGoing(of.state)
  const busy = isGoing(of.state) && !failed
  return (
    <ImportPage of={of} refresh={busy ? 3 : undefined}>
      <ProblemsOfPage of={problems} />
      {isGoing(of.state) ? <Going of={of} work={work} state={of.state} mayHandle={mayHandle} /> : null}
      {failed ? (
        <Callout kind="wrong" title={t('page.failed')}>
          {t('page.failed-text')}
        </Callout>
      ) : null}
      <Standing of={of} />
      {mayHandle && !busy ? <Doing of={of} failed={failed} /> : null}
      {of.state === 'checked' || of.state === 'done' || of.state === 'stopped' || of.state === 'undone' ? (
        <Outcomes of={of} />
      ) : null}
      {of.state === 'reading' || of.state === 'unreadable' || of.state === 'mapping' ? null : (
        <Groups of={of} groups={groups} />
      )}
      <About of={of} />
    </ImportPage>
  )
}

function ProblemsOfPage({ of = [] }: { of?: readonly Problem[] | undefined }) {
  const { language } = useReader()
  if (of.length === 0) return null
  return (
    <Callout kind="wrong">
      <ul>
        {of.map(({ words: key, values }) => (
          <li>{say(language, key, values)}</li>
        ))}
      </ul>
    </Callout>
  )
}

function About({ of }: { of: Import }) {
  const t = useWords(words)
  const { number, fileSize, countryName } = useFormats()
  const reading = of.reading
  return (
    <section>
      <h2>{t('page.file')}</h2>
      <Facts
        of={[
          { term: t('list.country'), value: of.countryCode ? countryName(of.countryCode) : t('list.several') },
          { term: t('page.brought-by'), value: of.broughtBy },
          { term: t('page.format'), value: reading === null ? null : t(`format.${reading.format}`) },
          { term: t('page.size'), value: fileSize(of.bytes) },
          { term: t('page.rows'), value: of.rowCount === 0 ? null : number(of.rowCount) },
          { term: t('page.columns'), value: of.columns.length === 0 ? null : number(of.columns.length) },
          { term: t('page.source'), value: of.mapping?.source ?? null },
          { term: t('page.enters-as'), value: of.mapping === null ? null : t(`enters.${of.entersAs}`) },
        ]}
      />
    </section>
  )
}

function Going({ of, work, state, mayHandle }: { of: Import; work: Work | null; state: Going; mayHandle: boolean }) {
  const t = useWords(words)
  return (
    <Progress
      label={t(`page.${state}`, { file: of.fileName })}
      state={work?.state ?? 'waiting'}
      done={work?.done ?? of.atRow}
      total={work?.total ?? (of.rowCount === 0 ? null : of.rowCount)}
    >
      {mayHandle && work !== null && state !== 'reading' && (work.state === 'running' || work.state === 'waiting') ? (
        <Form
          id="stop"
          label={t('do.stop')}
          buttons={
            <Button kind="second" name="what" value="stop">
              {t('do.stop')}
            </Button>
          }
        >
          {null}
        </Form>
      ) : null}
    </Progress>
  )
}

function Standing({ of }: { of: Import }) {
  const t = useWords(words)
  const { number } = useFormats()
  const { language } = useReader()
  if (of.state === 'unreadable' && of.unreadable !== null)
    return (
      <Callout kind="wrong" title={t('page.unreadable')}>
        <p>{say(language, `reading.unreadable.${of.unreadable.code}`, of.unreadable.values)}</p>
        <p>{t('page.try-again')}</p>
      </Callout>
    )
  if (of.state === 'mapping') return <p>{t('page.mapping-text')}</p>
  if (of.state === 'stopped')
    return (
      <Callout kind="warning">{t('page.stopped-text', { row: number(of.atRow), rows: number(of.rowCount) })}</Callout>
    )
  if (of.state === 'undone')
    return (
      <Callout kind="done">
        {(of.undo?.kept ?? 0) > 0 ? `${t('page.undone-text')} ${t('page.kept-text')}` : t('page.undone-text')}
      </Callout>
    )
  if (of.state === 'checked' && of.checkedRevision !== of.mappingRevision)
    return <Callout kind="warning">{t('page.stale')}</Callout>
  return null
}

function Doing({ of, failed }: { of: Import; failed: boolean }) {
  const t = useWords(words)
  const to = { id: of.id }
  const fresh = of.state === 'checked' && of.checkedRevision === of.mappingRevision
  const resumes = of.state === 'stopped' || (failed && of.state === 'running')
  const checks = of.state === 'mapping' || of.state === 'checked' || (failed && of.state === 'checking')
  const maps = of.state === 'mapping' || of.state === 'checked'
  const refused = of.counts.refused ?? 0
  const buttons = (
    <>
      {fresh || resumes ? (
        <Button name="what" value="run">
          {t(fresh ? 'do.run' : 'do.resume')}
        </Button>
      ) : null}
      {of.state === 'mapping' ? (
        <ButtonLink to="network.import-columns" with={to}>
          {t('do.map')}
        </ButtonLink>
      ) : null}
      {checks ? (
        <Button kind={fresh || of.state === 'mapping' ? 'second' : 'main'} name="what" value="check">
          {t('do.check')}
        </Button>
      ) : null}
      {maps && of.state !== 'mapping' ? (
        <ButtonLink to="network.import-columns" with={to} kind="second">
          {t('do.map')}
        </ButtonLink>
      ) : null}
      {of.state === 'unreadable' ? <ButtonLink to="network.bring-import">{t('do.bring-again')}</ButtonLink> : null}
      {refused > 0 ? (
        <ButtonLink to="network.import-refused" with={to} kind="second">
          {t('do.download-refused')}
        </ButtonLink>
      ) : null}
      {of.atRow > 0 ? (
        <ButtonLink to="network.import-institutions" with={to} kind="second">
          {t('do.see-museums')}
        </ButtonLink>
      ) : null}
      {of.state === 'done' || of.state === 'stopped' ? (
        <ButtonLink to="network.undo-import" with={to} kind="quiet">
          {t('do.undo')}
        </ButtonLink>
      ) : null}
    </>
  )
  return (
    <Form id="act" label={t('page.next')} buttons={buttons}>
      {null}
    </Form>
  )
}

const outcomes = ['created', 'updated', 'unchanged', 'refused', 'left-out'] as const

function Outcomes({ of }: { of: Import }) {
  const t = useWords(words)
  const { number } = useFormats()
  const ahead = of.state === 'checked'
  return (
    <section>
      <h2>{t(ahead ? 'page.would' : 'page.did')}</h2>
      {ahead ? <p>{t('page.would-lead')}</p> : null}
      <Facts
        of={outcomes.map((outcome) => ({ term: t(`outcome.${outcome}`), value: number(of.counts[outcome] ?? 0) }))}
      />
    </section>
  )
}

function Groups({ of, groups }: { of: Import; groups: readonly FindingGroup[] }) {
  const t = useWords(words)
  const { number } = useFormats()
  const { language } = useReader()
  return (
    <section>
      <h2>{t('page.problems')}</h2>
      <Table
        caption={t('group.caption')}
        captionUnseen
        responsive
        rows={groups}
        rowId={({ code, columnPath, remedy }) => `${code}-${columnPath}-${remedy ?? ''}`}
        empty={<p>{t('page.no-problems')}</p>}
        columns={[
          {
            id: 'why',
            head: t('group.why'),
            names: true,
            cell: ({ code, fills }) => say(language, `import.problem.${code}`, fills),
          },
          {
            id: 'column',
            head: t('group.column'),
            cell: ({ columnPath }) => (columnPath === '' ? t('group.no-column') : <ColumnName of={columnPath} />),
          },
          {
            id: 'samples',
            head: t('group.samples'),
            cell: ({ samples }) => <bdi>{samples.map((sample) => sample.slice(0, 60)).join(' · ')}</bdi>,
          },
          {
            id: 'effect',
            head: t('group.effect'),
            cell: ({ refuses, remedy }) => t(`effect.${refuses ? 'refuses' : (remedy ?? 'noted')}`),
          },
          { id: 'count', head: t('group.count'), figures: true, cell: ({ count }) => number(count) },
        ]}
        actions={({ code, columnPath }) => (
          <A to="network.import-problems" with={{ id: of.id }} query={{ code, column: columnPath }}>
            {t('group.see')}
            <span class="unseen">: {columnLabel(columnPath)}</span>
          </A>
        )}
      />
    </section>
  )
}
