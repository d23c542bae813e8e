import {
  A,
  ButtonLink,
  Card,
  Cards,
  Facts,
  Field,
  Form,
  Button,
  Page,
  T,
  Table,
  useFormats,
  useWords,
  plainText,
  useReader,
} from '#kit/view'
import type { Verdict } from '#kit/access'
import { changesOf, membersOn, type MembershipKind } from '../rules.ts'
import type { BodyRow, DecisionListRow, MembershipRow, NetworkRow, PartnerRow } from '../queries.ts'
import { words } from '../words/index.ts'
import { MembersOverTime } from './members-over-time.tsx'

export type GovernanceProps = {
  network: NetworkRow
  date: string
  memberships: MembershipRow[]
  bodies: BodyRow[]
  decisions: DecisionListRow[]
  partners: PartnerRow[]
  mayManage: Verdict
}

/** Who forms the network, who decides in it, and what was decided, as of any day. */
export function Governance({ network, date, memberships, bodies, decisions, partners, mayManage }: GovernanceProps) {
  const t = useWords(words)
  const formats = useFormats()
  const reader = useReader()
  const members = membersOn(memberships, date, 'member')
  const others = membersOn(memberships, date).filter(({ kind }) => kind !== 'member')
  const inOrder = <Row extends { countryCode: string }>(rows: Row[]): Row[] => [
    ...formats.sorted(rows, ({ countryCode }) => formats.countryName(countryCode)),
  ]
  return (
    <Page
      title={t('page.title')}
      lead={t('page.lead')}
      primary={
        mayManage.allowed ? <ButtonLink to="network.describe-network">{t('do.describe-network')}</ButtonLink> : null
      }
      aside={
        <Facts
          narrow
          of={[
            {
              term: t('page.seat'),
              value: [network.seatCity, formats.countryName(network.seatCountry)].filter(Boolean).join(', '),
            },
            { term: t('page.founded'), value: network.foundedYear ? String(network.foundedYear) : null },
            { term: t('page.languages'), value: formats.list(network.workingLanguages.map(formats.languageName)) },
          ]}
        />
      }
    >
      <Form method="get" label={t('page.other-date')} buttons={<Button kind="second">{t('page.show')}</Button>}>
        <Field kind="date" name="on" label={t('page.other-date')} value={date} />
      </Form>
      <h2 id="members">{t('page.members')}</h2>
      <p class="quiet">
        {t('page.on-date', { date: formats.date(date) })}. {t('page.members-count', { count: members.length })}.
      </p>
      {members.length === 0 ? <p>{t('page.members-none')}</p> : null}
      <ul class="columns">
        {inOrder(members).map(({ countryCode }) => (
          <li>
            <A to="network.country" with={{ code: countryCode.toLowerCase() }}>
              {formats.countryName(countryCode)}
            </A>
          </li>
        ))}
        {inOrder(others).map(({ countryCode, kind }) => (
          <li>
            <A to="network.country" with={{ code: countryCode.toLowerCase() }}>
              {formats.countryName(countryCode)}
            </A>{' '}
            <span class="quiet">{t(`membership.${kind as MembershipKind}`)}</span>
          </li>
        ))}
      </ul>
      <h3>{t('page.over-time')}</h3>
      <p class="quiet">{t('page.over-time-lead')}</p>
      <MembersOverTime memberships={memberships} date={date} mayManage={mayManage.allowed} />
      <h3>{t('page.changes')}</h3>
      <ul>
        {changesOf(memberships).map(({ date: day, came, left }) => (
          <li>
            <strong>{formats.date(day)}</strong>
            {came.length > 0 ? (
              <span>{` · ${t('page.came')}: ${formats.list(came.map((code) => formats.countryName(code)))}`}</span>
            ) : null}
            {left.length > 0 ? (
              <span>{` · ${t('page.left')}: ${formats.list(left.map((code) => formats.countryName(code)))}`}</span>
            ) : null}
          </li>
        ))}
      </ul>
      {mayManage.allowed ? (
        <p class="buttons">
          <ButtonLink kind="second" to="network.begin-membership">
            {t('do.begin-membership')}
          </ButtonLink>
          <ButtonLink kind="second" to="network.enter-country">
            {t('do.enter-country')}
          </ButtonLink>
        </p>
      ) : null}
      <h2 id="bodies">{t('page.bodies')}</h2>
      {bodies.length === 0 ? <p>{t('page.bodies-empty')}</p> : null}
      <Cards columns={3}>
        {bodies.map((body) => (
          <Card
            title={<T of={body.name} quiet />}
            target={{ to: 'network.body', with: { code: body.code } }}
            kicker={t(`kind.${body.kind as 'council'}`)}
            meta={[
              body.countryCode ? formats.countryName(body.countryCode) : '',
              t('body.seats-filled', { filled: body.filled, count: body.seats }),
            ]
              .filter(Boolean)
              .join(' · ')}
          />
        ))}
      </Cards>
      {mayManage.allowed ? (
        <p class="buttons">
          <ButtonLink kind="second" to="network.found-body">
            {t('do.found-body')}
          </ButtonLink>
        </p>
      ) : null}
      <h2 id="decisions">{t('page.decisions')}</h2>
      <DecisionTable decisions={decisions} empty={t('page.decisions-empty')} caption={t('page.decisions')} />
      <h2 id="partners">{t('page.partners')}</h2>
      <ul>
        {partners.map((partner) => (
          <li>
            {partner.website ? <a href={partner.website}>{partner.name}</a> : partner.name}{' '}
            <span class="quiet">{t(`part.${partner.part as 'funds'}`)}</span>
          </li>
        ))}
      </ul>
      {mayManage.allowed ? (
        <p class="buttons">
          <ButtonLink kind="second" to="network.enter-partner">
            {t('do.enter-partner')}
          </ButtonLink>
        </p>
      ) : null}
      <p class="unseen">{plainText(network.name, reader.language)}</p>
    </Page>
  )
}

/** Decisions, newest first, each with what became of it. */
export function DecisionTable({
  decisions,
  empty,
  caption,
  withBody = true,
}: {
  decisions: DecisionListRow[]
  empty: string
  caption: string
  withBody?: boolean
}) {
  const t = useWords(words)
  const formats = useFormats()
  return (
    <Table
      caption={caption}
      captionUnseen
      responsive
      rows={decisions}
      empty={empty}
      columns={[
        {
          id: 'motion',
          head: t('field.motion'),
          names: true,
          cell: (row) => (
            <A to="network.decision" with={{ code: row.code }}>
              <T of={row.motion} />
            </A>
          ),
        },
        ...(withBody
          ? [{ id: 'body', head: t('decision.body-label'), cell: (row: DecisionListRow) => <T of={row.bodyName} /> }]
          : []),
        { id: 'state', head: t('decision.state-label'), cell: (row) => t(`decision.state.${row.state as 'adopted'}`) },
        {
          id: 'date',
          head: t('decision.date-label'),
          cell: (row) => (row.decidedOn ? formats.date(row.decidedOn) : ''),
        },
      ]}
    />
  )
}
