import type { Verdict } from '#kit/access'
import { A, ButtonLink, Deadline, Empty, Page, Table, When, useFormats, useWords } from '#kit/view'
import type { InstrumentRow, OwnReturn } from '../queries.ts'
import { words } from '../words/index.ts'
import { InstrumentName, State, nextOf } from './pieces.tsx'

export type ReturnsProps = { instruments: InstrumentRow[]; own: OwnReturn[]; mayPrepare: Verdict; mayReadDesk: Verdict }

/** The yearly returns: what is mine to answer, what is open now, and what the public may read. */
export function ReturnsPage({ instruments, own, mayPrepare, mayReadDesk }: ReturnsProps) {
  const t = useWords(words)
  const formats = useFormats()
  const mine = own.flatMap((one) => {
    const instrument = instruments.find(({ id }) => id === one.instrumentId)
    return instrument && nextOf(one) ? [{ ...one, instrument }] : []
  })
  return (
    <Page
      title={t('list.title')}
      lead={t('list.lead')}
      primary={mayPrepare.allowed ? <ButtonLink to="network.prepare-return">{t('do.prepare')}</ButtonLink> : null}
    >
      {mine.length > 0 ? (
        <>
          <h2 id="mine">{t('list.mine')}</h2>
          <Table
            caption={t('list.mine')}
            captionUnseen
            responsive
            rows={mine}
            columns={[
              { id: 'museum', head: t('field.institution'), names: true, cell: (row) => <bdi>{row.institution}</bdi> },
              { id: 'what', head: t('field.instrument'), cell: (row) => <InstrumentName of={row.instrument} /> },
              {
                id: 'state',
                head: t('field.state'),
                cell: (row) => (row.state ? <State of="return" state={row.state} /> : t('list.not-begun')),
              },
              {
                id: 'until',
                head: t('field.open-until'),
                cell: (row) =>
                  row.takesAnswers && row.instrument.openUntil ? (
                    <When at={row.instrument.openUntil} style="medium" />
                  ) : (
                    '–'
                  ),
              },
            ]}
            actions={(row) => <NextStep of={row} />}
          />
        </>
      ) : null}
      <h2 id="all">{t('list.all')}</h2>
      <Table
        caption={t('list.all')}
        captionUnseen
        responsive
        rows={instruments}
        empty={
          <Empty
            title={t('list.empty')}
            first={mayPrepare.allowed ? <A to="network.prepare-return">{t('do.prepare')}</A> : undefined}
          >
            {t('list.empty-text')}
          </Empty>
        }
        columns={[
          {
            id: 'title',
            head: t('field.instrument'),
            names: true,
            cell: (row) => (
              <A to="network.instrument" with={{ id: row.id }}>
                <InstrumentName of={row} />
              </A>
            ),
          },
          {
            id: 'owner',
            head: t('field.owner'),
            cell: (row) => (row.countryCode ? formats.countryName(row.countryCode) : t('list.network')),
          },
          { id: 'state', head: t('field.state'), cell: (row) => <State of="instrument" state={row.state} /> },
          {
            id: 'until',
            head: t('field.open-until'),
            cell: (row) =>
              row.state === 'open' && row.openUntil ? <Deadline at={row.openUntil} zone={row.zone} /> : '–',
          },
          {
            id: 'returns',
            head: t('field.returns'),
            figures: true,
            cell: (row) => (row.returns === null ? '–' : formats.number(row.returns)),
          },
        ]}
        {...(mayReadDesk.allowed && {
          actions: (row: InstrumentRow) =>
            row.state === 'draft' ? null : (
              <A to="network.return-desk" with={{ id: row.id }} aria-label={`${t('do.desk')}: ${row.year}`}>
                {t('do.desk')}
              </A>
            ),
        })}
      />
    </Page>
  )
}

function NextStep({ of }: { of: OwnReturn & { instrument: InstrumentRow } }) {
  const t = useWords(words)
  const next = nextOf(of)
  const label = `${t(`do.${next ?? 'see'}`)}: ${of.institution}, ${of.instrument.year}`
  if (next === 'begin')
    return (
      <A to="network.begin-return" with={{ id: of.instrumentId }} aria-label={label}>
        {t('do.begin')}
      </A>
    )
  return (
    <A to="network.return" with={{ id: of.returnId! }} aria-label={label}>
      {t(`do.${next ?? 'see'}`)}
    </A>
  )
}
