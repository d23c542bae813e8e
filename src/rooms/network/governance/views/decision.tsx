import type { Problem, Verdict } from '#kit/access'
import {
  A,
  Button,
  Callout,
  Facts,
  Field,
  Form,
  Page,
  T,
  Table,
  plainText,
  useFormats,
  useReader,
  useWords,
  type Typed,
} from '#kit/view'
import type { DecisionDetail, VoteRow } from '../queries.ts'
import { choices, outcomeOf } from '../rules.ts'
import { words } from '../words/index.ts'
import { Period, PersonName } from './pieces.tsx'

export type DecisionProps = {
  decision: DecisionDetail
  today: string
  /** The seats whose vote this reader may cast or note. */
  votable: readonly string[]
  mayDecide: Verdict
  typed?: Typed | undefined
  problems?: readonly Problem[] | undefined
}

/** A decision: the motion, the votes seat by seat, the rule, and what rests on it. */
export function DecisionPage({ decision, today, votable, mayDecide, typed, problems }: DecisionProps) {
  const t = useGovernanceWords()
  const formats = useFormats()
  // Which of the page's two forms came back.
  const deciding = typed?.['what'] === 'decide'
  const open = decision.state === 'proposed'
  const outcome = outcomeOf(decision.rule, decision.count, decision.quorumShare)
  const { for: inFavour, against, abstention, seats } = decision.count
  const voted = decision.votes.some(({ choice }) => choice !== null)
  return (
    <Page
      title={t('decision.title', { code: decision.code })}
      lead={<T of={decision.motion} />}
      crumbs={[
        { to: 'network.governance', name: t('page.title') },
        {
          to: 'network.body',
          with: { code: decision.bodyCode },
          name: plainText(decision.bodyName, useReader().language),
        },
      ]}
      aside={
        <Facts
          narrow
          of={[
            { term: t('decision.state-label'), value: t(`decision.state.${decision.state as 'adopted'}`) },
            { term: t('decision.date-label'), value: decision.decidedOn ? formats.date(decision.decidedOn) : null },
            { term: t('decision.rule-label'), value: t(`decision.rule.${decision.rule}`) },
            {
              term: t('decision.session-label'),
              value: decision.sessionHeld ? (
                <>
                  <Period valid={decision.sessionHeld} />
                  {decision.sessionPlace ? `, ${decision.sessionPlace}` : ''}
                </>
              ) : null,
            },
            {
              term: t('decision.source-label'),
              value: /^https?:/.test(decision.sourceUrl) ? (
                <a href={decision.sourceUrl}>{decision.sourceUrl}</a>
              ) : (
                decision.sourceUrl
              ),
            },
          ]}
        />
      }
    >
      {decision.public ? null : <Callout>{t('decision.not-public')}</Callout>}
      {decision.text ? (
        <>
          <h2>{t('decision.text')}</h2>
          <T of={decision.text} as="div" level={3} />
        </>
      ) : null}
      <h2>{t('decision.votes')}</h2>
      {voted ? <p>{t('decision.tally', { for: inFavour, against, abstention, seats })}</p> : null}
      {open && voted ? (
        <p>{t(`decision.outcome.${outcome.result}`, { present: outcome.present, quorum: outcome.quorum })}</p>
      ) : null}
      <Table
        caption={t('decision.votes')}
        captionUnseen
        responsive
        rows={voted || open ? decision.votes : []}
        empty={t('decision.no-votes')}
        columns={[
          { id: 'office', head: t('body.office'), names: true, cell: (row) => seatName(row, t, formats) },
          {
            id: 'holder',
            head: t('body.holder'),
            cell: (row) => (row.holderId ? <PersonName name={row.holder} /> : ''),
          },
          { id: 'votes', head: t('body.votes'), figures: true, cell: (row) => formats.number(row.votes) },
          {
            id: 'vote',
            head: t('decision.vote'),
            cell: (row) =>
              row.choice ? t(`choice.${row.choice}`) : <span class="quiet">{t('decision.not-voted')}</span>,
          },
        ]}
      />
      {open && votable.length > 0 ? (
        <Form
          id="vote"
          label={t('do.vote')}
          {...(deciding ? {} : { typed, problems })}
          buttons={
            <Button name="what" value="vote">
              {t('do.vote')}
            </Button>
          }
        >
          <Field
            kind="select"
            name="seatId"
            label={t('field.seat')}
            required
            value={votable.length === 1 ? votable[0] : undefined}
            options={decision.votes
              .filter(({ seatId }) => votable.includes(seatId))
              .map((row) => ({
                value: row.seatId,
                label: `${seatName(row, t, formats)}${row.holder ? ` · ${row.holder}` : ''}`,
              }))}
          />
          <Field
            kind="radios"
            name="choice"
            label={t('decision.vote')}
            required
            options={choices.map((value) => ({ value, label: t(`choice.${value}`) }))}
          />
        </Form>
      ) : null}
      {open && mayDecide.allowed ? (
        <Form
          id="decide"
          label={t('do.decide')}
          {...(deciding ? { typed, problems } : {})}
          buttons={
            <Button kind="second" name="what" value="decide">
              {t('do.decide')}
            </Button>
          }
        >
          <Field kind="date" name="decidedOn" label={t('field.decided-on')} required value={today} />
        </Form>
      ) : null}
      <h2>{t('decision.rests')}</h2>
      {decision.memberships.length + decision.mandates.length === 0 ? (
        <p class="quiet">{t('decision.rests-none')}</p>
      ) : null}
      <ul>
        {decision.memberships.map((one) => (
          <li>
            <A to="network.country" with={{ code: one.countryCode.toLowerCase() }}>
              {formats.countryName(one.countryCode)}
            </A>{' '}
            · {t(`membership.${one.kind as 'member'}`)}, <Period valid={one.valid} />
          </li>
        ))}
        {decision.mandates.map((one) => (
          <li>
            <PersonName name={one.name} /> · {t(`office.${one.office as 'chair'}`)}, <Period valid={one.valid} />
          </li>
        ))}
      </ul>
    </Page>
  )
}

const useGovernanceWords = () => useWords(words)

function seatName(
  row: VoteRow,
  t: ReturnType<typeof useGovernanceWords>,
  formats: ReturnType<typeof useFormats>,
): string {
  const office = t(`office.${row.office as 'chair'}`)
  return row.countryCode ? `${formats.countryName(row.countryCode)} · ${office}` : office
}
