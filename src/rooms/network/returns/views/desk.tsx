import { A, Pager, Page, Table, Tabs, When, useFormats, useWords } from '#kit/view'
import type { Desk, Instrument } from '../queries.ts'
import { deskStates } from '../rules.ts'
import { words } from '../words/index.ts'
import { State, useInstrumentName } from './pieces.tsx'

export type DeskProps = { instrument: Instrument; desk: Desk; state: string | null; page: number; pages: number }

/** The returns that an officer checks: those that wait come first. */
export function DeskPage({ instrument, desk, state, page, pages }: DeskProps) {
  const t = useWords(words)
  const formats = useFormats()
  const name = useInstrumentName()(instrument)
  const target = (wanted: string | null) =>
    ({ to: 'network.return-desk', with: { id: instrument.id }, query: { state: wanted } }) as const
  return (
    <Page
      title={t('desk.title', { instrument: name })}
      lead={t('desk.lead')}
      crumbs={[
        { to: 'network.returns', name: t('list.title') },
        { to: 'network.instrument', with: { id: instrument.id }, name },
      ]}
    >
      <Tabs
        label={t('field.state')}
        of={[
          {
            target: target(null),
            name: t('desk.all'),
            count: Object.values(desk.counts).reduce((sum, count) => sum + count, 0),
            current: state === null,
          },
          ...deskStates.map((one) => ({
            target: target(one),
            name: t(`state.return.${one}`),
            count: desk.counts[one],
            current: state === one,
          })),
        ]}
      />
      <Table
        caption={t('desk.title', { instrument: name })}
        captionUnseen
        responsive
        rows={desk.rows}
        empty={<p>{t('desk.empty')}</p>}
        columns={[
          {
            id: 'museum',
            head: t('field.institution'),
            names: true,
            cell: (row) =>
              row.state === 'draft' ? (
                <bdi>{row.institution}</bdi>
              ) : (
                <A to="network.return" with={{ id: row.id }}>
                  <bdi>{row.institution}</bdi>
                </A>
              ),
          },
          { id: 'country', head: t('result.country'), cell: (row) => formats.countryName(row.countryCode) },
          { id: 'state', head: t('field.state'), cell: (row) => <State of="return" state={row.state} /> },
          { id: 'answered', head: t('desk.answered'), figures: true, cell: (row) => formats.number(row.answered) },
          {
            id: 'sent',
            head: t('desk.sent'),
            cell: (row) => (row.sentAt ? <When at={row.sentAt} style="medium" /> : '–'),
          },
        ]}
        actions={(row) =>
          row.state === 'sent' ? (
            <A to="network.check-return" with={{ id: row.id }} aria-label={`${t('do.check')}: ${row.institution}`}>
              {t('do.check')}
            </A>
          ) : null
        }
      />
      <Pager page={page} pages={pages} />
    </Page>
  )
}
