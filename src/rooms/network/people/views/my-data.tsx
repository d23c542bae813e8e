import { say } from '#kit/words'
import {
  A,
  Button,
  ButtonLink,
  Field,
  Form,
  Page,
  Table,
  useFormats,
  useReader,
  useWords,
  type Problem,
  type Typed,
} from '#kit/view'
import type { Held, Kept } from '../actions/personal-data.ts'
import type { ConsentGiven } from '../queries.ts'
import { neededPurposes, purposes, type Purpose } from '../rules.ts'
import { words } from '../words/index.ts'

/** Everything that is held on who asks: what they agreed to, what there is, the file of all of it, and the way out. */
export function MyDataPage({
  rooms,
  consents,
  problems,
}: {
  rooms: readonly { room: string; held: Held[] }[]
  consents: readonly ConsentGiven[]
  problems?: Problem[] | undefined
}) {
  const t = useWords(words)
  const { language, address } = useReader()
  const { date } = useFormats()
  const rows = rooms.flatMap(({ held }) => held).filter((one) => one.rows.length > 0)
  const given = (purpose: Purpose) => consents.find((one) => one.purpose === purpose && one.withdrawnAt === null)
  return (
    <Page
      title={t('my-data.title')}
      lead={t('my-data.lead')}
      crumbs={[{ to: 'network.profile', name: t('profile.title') }]}
      primary={<ButtonLink to="network.my-data-file">{t('my-data.download')}</ButtonLink>}
      robots="noindex"
    >
      <section id="consents">
        <h2>{t('my-data.consents')}</h2>
        {problems?.length ? (
          <Form problems={problems} id="problems">
            {null}
          </Form>
        ) : null}
        <Table
          caption={t('my-data.consents')}
          captionUnseen
          responsive
          rows={purposes}
          columns={[
            { id: 'purpose', head: t('my-data.purpose'), names: true, cell: (one) => t(`purpose.${one}`) },
            {
              id: 'given',
              head: t('my-data.given'),
              cell: (one) => (given(one) ? date(given(one)!.givenAt) : t('my-data.nothing')),
            },
            { id: 'version', head: t('my-data.version'), cell: (one) => given(one)?.noticeVersion ?? '' },
          ]}
          actions={(one) => {
            if (neededPurposes.includes(one))
              return <A to={one === 'terms' ? 'network.terms' : 'network.privacy'}>{t(`legal.${one as 'terms'}`)}</A>
            const verb = given(one) ? 'withdraw' : 'give'
            return (
              <Form
                id={`consent-${one}`}
                action={address('network.consents')}
                buttons={
                  <Button kind="quiet" label={t(`my-data.${verb}-named`, { name: t(`purpose.${one}`) })}>
                    {t(`my-data.${verb}`)}
                  </Button>
                }
              >
                <input type="hidden" name="purpose" value={one} />
                {given(one) ? null : <input type="hidden" name="give" value="yes" />}
              </Form>
            )
          }}
        />
      </section>
      <section>
        <h2>{t('my-data.held')}</h2>
        <Table
          caption={t('my-data.held')}
          captionUnseen
          rows={rows}
          columns={[
            { id: 'kind', head: t('my-data.kind'), names: true, cell: (one) => say(language, one.words) },
            { id: 'count', head: t('my-data.count'), figures: true, cell: (one) => one.rows.length },
          ]}
        />
      </section>
      <p class="ways-on">
        <ButtonLink to="network.erase" kind="danger">
          {t('my-data.erase')}
        </ButtonLink>
      </p>
    </Page>
  )
}

/** Shows what will happen, then asks for one's name. */
export function ErasePage({
  name,
  typed,
  problems,
}: {
  name: string
  typed?: Typed | undefined
  problems?: Problem[] | undefined
}) {
  const t = useWords(words)
  return (
    <Page
      title={t('erase.title')}
      lead={t('erase.lead')}
      crumbs={[{ to: 'network.my-data', name: t('my-data.title') }]}
      robots="noindex"
    >
      <section>
        <h2>{t('erase.kept')}</h2>
        <ul>
          {(['public-office', 'accountability', 'proof-of-consent', 'record'] as const).map((because) => (
            <li>{t(`kept.${because}`)}</li>
          ))}
        </ul>
      </section>
      <Form
        typed={typed}
        problems={problems}
        buttons={
          <>
            <Button kind="danger">{t('erase.save')}</Button>
            <ButtonLink to="network.my-data" kind="second">
              {t('erase.cancel')}
            </ButtonLink>
          </>
        }
      >
        <Field kind="text" name="name" label={t('erase.name')} hint={<bdi>{name}</bdi>} required autocomplete="off" />
      </Form>
    </Page>
  )
}

export function ErasedPage({ kept }: { kept: readonly Kept[] }) {
  const t = useWords(words)
  const { language } = useReader()
  return (
    <Page title={t('erase.done-title')} lead={t('erase.done-lead')} robots="noindex">
      <section>
        <h2>{t('erase.kept')}</h2>
        {kept.length === 0 ? <p>{t('erase.kept-none')}</p> : null}
        <dl class="facts">
          {kept.map((one) => (
            <>
              <dt>
                {say(language, one.words)} ({one.count})
              </dt>
              <dd>{say(language, one.because)}</dd>
            </>
          ))}
        </dl>
      </section>
    </Page>
  )
}
