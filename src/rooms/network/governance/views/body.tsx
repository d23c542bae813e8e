import type { Verdict } from '#kit/access'
import { A, ButtonLink, Page, T, Table, useFormats, useWords } from '#kit/view'
import type { BodyDetail, SeatRow } from '../queries.ts'
import { endsOf } from '../rules.ts'
import { words } from '../words/index.ts'
import { DecisionTable } from './governance.tsx'
import { Period, PersonName } from './pieces.tsx'

export type BodyProps = {
  body: BodyDetail
  date: string
  mayManage: Verdict
  mayKeep: Verdict
  mandates: Record<string, string>
}

/** A body: who sits in it, who sat before, when it met and what it decided. */
export function BodyPage({ body, date, mayManage, mayKeep, mandates }: BodyProps) {
  const t = useWords(words)
  const formats = useFormats()
  const code = { code: body.code }
  return (
    <Page
      title={body.name}
      lead={[t(`kind.${body.kind as 'council'}`), body.countryCode ? formats.countryName(body.countryCode) : '']
        .filter(Boolean)
        .join(' · ')}
      crumbs={[{ to: 'network.governance', name: t('page.title') }]}
      primary={
        mayKeep.allowed ? (
          <ButtonLink to="network.propose-motion" with={code}>
            {t('do.propose-motion')}
          </ButtonLink>
        ) : null
      }
    >
      {body.about ? <T of={body.about} as="div" level={3} /> : null}
      <p class="quiet">
        {body.valid === '(,)' || body.valid === '[,)' ? null : <Period valid={body.valid} />}{' '}
        {body.quorumShare ? t('body.quorum', { share: formats.percent(Number(body.quorumShare)) }) : ''}
      </p>
      <h2>{t('body.seats')}</h2>
      <Table
        caption={`${t('body.seats')}. ${t('page.on-date', { date: formats.date(date) })}`}
        responsive
        rows={body.seatList}
        empty={t('body.seats-empty')}
        columns={[
          { id: 'office', head: t('body.office'), names: true, cell: (row) => t(`office.${row.office as 'chair'}`) },
          {
            id: 'country',
            head: t('body.country'),
            cell: (row) => (row.countryCode ? formats.countryName(row.countryCode) : ''),
          },
          {
            id: 'holder',
            head: t('body.holder'),
            cell: (row) =>
              row.holder ? <PersonName name={row.holder.name} /> : <span class="quiet">{t('body.vacant')}</span>,
          },
          { id: 'term', head: t('body.term'), cell: (row) => (row.holder ? <Period valid={row.holder.valid} /> : '') },
          { id: 'votes', head: t('body.votes'), figures: true, cell: (row) => formats.number(row.votes) },
          { id: 'earlier', head: t('body.earlier'), cell: (row) => <Earlier seat={row} /> },
        ]}
        {...(mayManage.allowed && {
          actions: (row: SeatRow) =>
            row.holder && !endsOf(row.holder.valid).until && mandates[row.id] ? (
              <A
                to="network.end-mandate"
                with={{ id: mandates[row.id]! }}
                aria-label={`${t('do.end-mandate')}: ${row.holder.name ?? ''}`}
              >
                {t('do.end-mandate')}
              </A>
            ) : null,
        })}
      />
      {mayManage.allowed ? (
        <p class="buttons">
          <ButtonLink kind="second" to="network.add-seat" with={code}>
            {t('do.add-seat')}
          </ButtonLink>
          <ButtonLink kind="second" to="network.give-mandate" with={code}>
            {t('do.give-mandate')}
          </ButtonLink>
        </p>
      ) : null}
      {body.sessions.length > 0 || mayKeep.allowed ? <h2>{t('body.sessions')}</h2> : null}
      <ul>
        {body.sessions.map((session) => (
          <li>
            {session.name ? (
              <T of={session.name} />
            ) : session.number ? (
              t('body.session', { number: session.number })
            ) : (
              t('body.session-plain')
            )}
            {' · '}
            <Period valid={session.held} />
            {session.place ? ` · ${session.place}` : ''}
          </li>
        ))}
      </ul>
      {mayKeep.allowed ? (
        <p class="buttons">
          <ButtonLink kind="second" to="network.hold-session" with={code}>
            {t('do.hold-session')}
          </ButtonLink>
        </p>
      ) : null}
      <h2>{t('body.decisions')}</h2>
      <DecisionTable
        decisions={body.decisions}
        empty={t('page.decisions-empty')}
        caption={t('body.decisions')}
        withBody={false}
      />
    </Page>
  )
}

function Earlier({ seat }: { seat: SeatRow }) {
  if (seat.earlier.length === 0) return null
  return (
    <ul class="plain">
      {seat.earlier.map(({ name, valid }) => (
        <li>
          <PersonName name={name} />, <Period valid={valid} />
        </li>
      ))}
    </ul>
  )
}
