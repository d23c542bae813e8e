import {
  Badge,
  Button,
  Callout,
  Empty,
  Facts,
  Field,
  Form,
  Page,
  Table,
  When,
  useWords,
  type Problem,
  type Typed,
} from '#kit/view'
import type { SenderCheck } from '../check-sender.ts'
import type { Suppression } from '../outbox.ts'
import { mailWords } from '../words.ts'

type SenderProps = {
  from: string | null
  relay: string | null
  checks: readonly SenderCheck[]
  problems: readonly Problem[]
  typed?: Typed | undefined
}

/** Whether letters of this installation will be believed: what DNS says of the sender, what it should say, and a letter to see for oneself. */
export function Sender({ from, relay, checks, problems, typed }: SenderProps) {
  const t = useWords(mailWords)
  return (
    <Page
      title={t('sender.title')}
      lead={t('sender.lead')}
      crumbs={[{ name: t('letters.title'), to: 'mail.letters' }]}
      robots="noindex"
    >
      {from ? (
        <Facts
          of={[
            { term: t('sender.from'), value: <bdi dir="ltr">{from}</bdi> },
            { term: t('sender.relay'), value: relay ? <bdi dir="ltr">{relay}</bdi> : null },
          ]}
        />
      ) : (
        <Callout kind="warning" title={t('sender.none')}>
          {t('sender.none-text')}
        </Callout>
      )}
      {checks.length > 0 ? (
        <Table
          caption={t('sender.checks')}
          columns={[
            { id: 'name', head: t('sender.what'), names: true, cell: ({ name }) => t(`sender.of.${name}`) },
            {
              id: 'state',
              head: t('letters.state'),
              cell: ({ state }) => (
                <Badge tone={state === 'good' ? 'done' : state === 'unreachable' ? 'wanting' : 'refused'}>
                  {t(`sender.state.${state}`)}
                </Badge>
              ),
            },
            { id: 'where', head: t('sender.where'), cell: ({ where }) => <code dir="ltr">{where}</code> },
            {
              id: 'found',
              head: t('sender.found'),
              cell: ({ found }) => (found ? <code dir="ltr">{found}</code> : '—'),
            },
            {
              id: 'wanted',
              head: t('sender.wanted'),
              cell: ({ wanted }) => (wanted ? <code dir="ltr">{wanted}</code> : '—'),
            },
          ]}
          rows={checks}
          responsive
        />
      ) : null}
      <h2>{t('sender.test')}</h2>
      <Form problems={problems} typed={typed} buttons={<Button>{t('sender.send')}</Button>}>
        <Field kind="email" name="address" label={t('sender.address')} hint={t('sender.address-hint')} required />
      </Form>
    </Page>
  )
}

/** Addresses that get no more letters, why, and the way back. */
export function Suppressed({
  suppressed,
  problems,
  typed,
}: {
  suppressed: readonly Suppression[]
  problems: readonly Problem[]
  typed?: Typed | undefined
}) {
  const t = useWords(mailWords)
  return (
    <Page
      title={t('suppressed.title')}
      lead={t('suppressed.lead')}
      crumbs={[{ name: t('letters.title'), to: 'mail.letters' }]}
      robots="noindex"
      wide
    >
      <Table
        caption={t('suppressed.title')}
        captionUnseen
        columns={[
          { id: 'address', head: t('letters.to'), names: true, cell: ({ address }) => <bdi dir="ltr">{address}</bdi> },
          {
            id: 'reason',
            head: t('suppressed.why'),
            cell: ({ reason, detail }) => (
              <>
                {t(`suppressed.reason.${reason}`)} {detail ? <bdi dir="ltr">{detail}</bdi> : null}
              </>
            ),
          },
          {
            id: 'purpose',
            head: t('suppressed.what'),
            cell: ({ purpose }) => t(purpose === '' ? 'suppressed.all' : 'suppressed.some'),
          },
          { id: 'at', head: t('letters.at'), cell: ({ at }) => <When at={at} style="medium" hour={false} /> },
        ]}
        rows={suppressed}
        rowId={({ id }) => id}
        responsive
        actions={(one) => {
          const own = typed?.['id'] === one.id
          return (
            <Form
              id={`lift-${one.id}`}
              label={one.address}
              problems={own ? problems : []}
              typed={own ? typed : undefined}
              buttons={
                <Button kind="quiet" label={`${t('suppressed.lift')}: ${one.address}`}>
                  {t('suppressed.lift')}
                </Button>
              }
            >
              <input type="hidden" name="id" value={one.id} />
              <Field kind="text" name="reason" label={t('suppressed.reason-label')} required />
            </Form>
          )
        }}
        empty={<Empty title={t('suppressed.empty')}>{t('suppressed.empty-text')}</Empty>}
      />
    </Page>
  )
}
