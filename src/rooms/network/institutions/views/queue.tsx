import { A, ButtonLink, Empty, Page, Table, When, useFormats, useReader, useWords } from '#kit/view'
import type { QueueRow } from '../queries.ts'
import { words } from '../words/index.ts'
import { Name } from './value.tsx'

type Props = {
  rows: readonly QueueRow[]
  counts: readonly { countryCode: string; validations: number; edits: number }[]
  /** Those whose entries are the reader's to review; the office sees what waits elsewhere. */
  countries: readonly string[] | 'all'
}

/** What waits for the officers of the register. */
export function QueuePage({ rows, counts, countries }: Props) {
  const t = useWords(words)
  const { language } = useReader()
  const { countryName, percent } = useFormats()
  const sum = (of: 'validations' | 'edits') => counts.reduce((all, one) => all + one[of], 0)
  return (
    <Page
      title={t('queue.title')}
      lead={t('queue.lead')}
      wide
      primary={
        <ButtonLink kind="second" to="network.duplicates">
          {t('queue.duplicates')}
        </ButtonLink>
      }
    >
      {rows.length > 0 ? (
        <p>
          <strong>{t('queue.validations', { count: sum('validations') })}</strong> ·{' '}
          <strong>{t('queue.edits', { count: sum('edits') })}</strong>
        </p>
      ) : null}
      <Table
        caption={t('queue.caption')}
        captionUnseen
        responsive
        rows={rows}
        rowId={(row) => `${row.slug}-${row.waitsFor}`}
        columns={[
          {
            id: 'name',
            head: t('queue.institution'),
            names: true,
            cell: (row: QueueRow) => <Name of={row} language={language} />,
          },
          { id: 'country', head: t('queue.country'), cell: (row: QueueRow) => countryName(row.countryCode) },
          {
            id: 'what',
            head: t('queue.what'),
            cell: (row: QueueRow) =>
              row.waitsFor === 'validation' ? t('queue.validation') : t('queue.edit', { count: row.fields }),
          },
          {
            id: 'since',
            head: t('queue.since'),
            cell: (row: QueueRow) => <When at={row.since} hour={false} />,
          },
          {
            id: 'complete',
            head: t('queue.complete'),
            figures: true,
            cell: (row: QueueRow) => percent(row.completeness / 100),
          },
        ]}
        actions={(row: QueueRow) =>
          countries === 'all' || countries.includes(row.countryCode) ? (
            <A
              to={row.waitsFor === 'validation' ? 'network.validate-museum' : 'network.decide-edit'}
              with={{ id: row.slug }}
              aria-label={`${t('queue.review')}: ${row.name}`}
            >
              {t('queue.review')}
            </A>
          ) : null
        }
        empty={<Empty title={t('queue.empty')}>{t('queue.empty-text')}</Empty>}
      />
    </Page>
  )
}
