import {
  A,
  Badge,
  Callout,
  Confirm,
  Field,
  Pager,
  Table,
  useReader,
  useWords,
  type Problem,
  type Typed,
} from '#kit/view'
import { say } from '#kit/words'
import { laterChoices } from '../forms.ts'
import type { Import, KeptFinding, TouchedInstitution } from '../queries.ts'
import { words } from '../words/index.ts'
import { ColumnName, ImportPage } from './parts.tsx'

type FindingsProps = { of: Import; findings: readonly KeptFinding[]; count: number; page: number; pages: number }

/** Cells that are wrong, one a line: the row, the column, what stands there and why it cannot be taken. */
export function FindingsPage({ of, findings, count, page, pages }: FindingsProps) {
  const t = useWords(words)
  const { language } = useReader()
  return (
    <ImportPage of={of} title={t('rows.title')} lead={t('rows.count', { count })}>
      <Table
        caption={t('rows.title')}
        captionUnseen
        responsive
        rows={findings}
        empty={<p>{t('rows.none')}</p>}
        columns={[
          { id: 'row', head: t('rows.row'), names: true, cell: ({ number }) => String(number) },
          {
            id: 'column',
            head: t('group.column'),
            cell: ({ columnPath }) => (columnPath === '' ? t('group.no-column') : <ColumnName of={columnPath} />),
          },
          { id: 'value', head: t('rows.value'), cell: ({ value }) => <bdi>{value}</bdi> },
          {
            id: 'why',
            head: t('group.why'),
            cell: ({ code, fills }) => say(language, `import.problem.${code}`, fills),
          },
          {
            id: 'effect',
            head: t('group.effect'),
            cell: ({ refuses, remedy }) => t(`effect.${refuses ? 'refuses' : (remedy ?? 'noted')}`),
          },
        ]}
      />
      <Pager page={page} pages={pages} />
    </ImportPage>
  )
}

type Row = Omit<TouchedInstitution, 'undone'> & { undone?: TouchedInstitution['undone'] }

function Institutions({ rows, caption, seen }: { rows: readonly Row[]; caption: string; seen: boolean }) {
  const t = useWords(words)
  return (
    <Table
      caption={caption}
      captionUnseen={!seen}
      responsive
      rows={rows}
      rowId={({ number }) => String(number)}
      empty={<p>{t('touched.empty')}</p>}
      columns={[
        { id: 'row', head: t('rows.row'), cell: ({ number }) => String(number) },
        {
          id: 'name',
          head: t('touched.name'),
          names: true,
          cell: ({ slug, name }) => (
            <A to="network.museum" with={{ id: slug }}>
              {name}
            </A>
          ),
        },
        { id: 'city', head: t('touched.city'), cell: ({ city }) => city },
        {
          id: 'outcome',
          head: t('touched.outcome'),
          cell: ({ outcome, undone }) => (
            <>
              {t(`outcome.${outcome}`)}{' '}
              {undone === 'kept' || undone === 'undone' ? <Badge>{t(`touched.${undone}`)}</Badge> : null}
            </>
          ),
        },
      ]}
    />
  )
}

/** The institutions that an import entered or changed. */
export function TouchedPage({
  of,
  institutions,
  page,
  pages,
}: {
  of: Import
  institutions: readonly TouchedInstitution[]
  page: number
  pages: number
}) {
  const t = useWords(words)
  return (
    <ImportPage of={of} title={t('touched.title')}>
      <Institutions rows={institutions} caption={t('touched.caption')} seen={false} />
      <Pager page={page} pages={pages} />
    </ImportPage>
  )
}

type UndoProps = {
  of: Import
  later: readonly Row[]
  laterCount: number
  typed?: Typed | undefined
  problems?: readonly Problem[] | undefined
}

/** Asks before an import is undone, by showing what goes, what comes back and what others have changed since. */
export function UndoImportPage({ of, later, laterCount, typed, problems }: UndoProps) {
  const t = useWords(words)
  return (
    <ImportPage of={of} title={t('undo.title')}>
      {laterCount > 0 ? (
        <>
          <Callout kind="warning">{t('undo.later-lead', { count: laterCount })}</Callout>
          <Institutions rows={later} caption={t('undo.later')} seen />
        </>
      ) : null}
      <Confirm
        grave
        verb={t('do.undo')}
        back={{ to: 'network.import', with: { id: of.id } }}
        will={[
          t('undo.created', { count: of.counts.created ?? 0 }),
          t('undo.updated', { count: of.counts.updated ?? 0 }),
        ]}
        undo={t('undo.record')}
        typed={typed}
        problems={problems}
      >
        <Field
          kind="radios"
          name="later"
          label={t('undo.choose')}
          required
          value="keep"
          options={laterChoices.map((value) => ({ value, label: t(`undo.${value}`) }))}
        />
      </Confirm>
    </ImportPage>
  )
}
