import {
  Button,
  ButtonLink,
  Empty,
  Field,
  Form,
  Page,
  Table,
  useWords,
  When,
  type Problem,
  type Typed,
} from '#kit/view'
import { frequencies, type Subscription, type Wish } from '../subscription.ts'
import { subscriptionWords as words } from '../words.ts'

/** What a person is told of: each wish with its own small form, so that one change touches nothing else. */
export function Mine({
  subscriptions,
  problems,
}: {
  subscriptions: readonly Subscription[]
  problems?: readonly Problem[]
}) {
  const t = useWords(words)
  const what = (one: Wish) => t(`kind.${one.kind}`, { title: one.title ?? one.subject })
  return (
    <Page title={t('title')} lead={t('lead')} robots="noindex">
      <Table
        caption={t('table.caption')}
        columns={[
          { id: 'what', head: t('table.what'), names: true, cell: (one) => what(one) },
          {
            id: 'since',
            head: t('table.since'),
            cell: (one) => <When at={one.createdAt} style="medium" hour={false} />,
          },
          {
            id: 'frequency',
            head: t('table.frequency'),
            cell: (one) => (
              <Form
                id={`change-${one.id}`}
                label={t('change.legend', { what: what(one) })}
                problems={problems}
                buttons={
                  <Button kind="quiet" label={`${t('change.verb')}: ${what(one)}`}>
                    {t('change.verb')}
                  </Button>
                }
              >
                <input type="hidden" name="id" value={one.id} />
                <Field
                  kind="select"
                  name="frequency"
                  label={t('table.frequency')}
                  value={one.frequency}
                  options={[...frequencies, 'never' as const].map((value) => ({
                    value,
                    label: t(`frequency.${value}`),
                  }))}
                  required
                />
              </Form>
            ),
          },
        ]}
        rows={subscriptions}
        rowId={({ id }) => id}
        responsive
        empty={
          <Empty
            title={t('empty.title')}
            first={
              <ButtonLink to="subscriptions.new" query={{ kind: 'everything' }}>
                {t('empty.all')}
              </ButtonLink>
            }
          >
            <p>{t('empty.text')}</p>
          </Empty>
        }
      />
    </Page>
  )
}

/** Asks how often one wants to be told of what the link named. */
export function New({
  wish,
  typed,
  problems,
}: {
  wish: Omit<Wish, 'frequency'>
  typed?: Typed
  problems?: readonly Problem[]
}) {
  const t = useWords(words)
  return (
    <Page
      title={t('new.title')}
      lead={t('new.lead')}
      crumbs={[{ name: t('title'), to: 'subscriptions.mine' }]}
      robots="noindex"
    >
      <p>
        {t('new.what')} <strong>{t(`kind.${wish.kind}`, { title: wish.title ?? wish.subject })}</strong>
      </p>
      <Form typed={typed} problems={problems} buttons={<Button>{t('new.verb')}</Button>}>
        <input type="hidden" name="kind" value={wish.kind} />
        <input type="hidden" name="subject" value={wish.subject} />
        <input type="hidden" name="room" value={wish.room ?? ''} />
        <input type="hidden" name="title" value={wish.title ?? ''} />
        <Field
          kind="radios"
          name="frequency"
          label={t('new.frequency')}
          value="daily"
          options={frequencies.map((value) => ({ value, label: t(`frequency.${value}`) }))}
          required
        />
      </Form>
    </Page>
  )
}
