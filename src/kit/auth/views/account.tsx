import { A, Button, Form, Page, Table, useFormats, useReader, useWords } from '#kit/view'
import type { AccountPageData } from '../keeping.ts'
import { readAgent } from '../agent.ts'
import { words } from '../words/index.ts'
import { PasskeyButton } from './passkey.tsx'

/** One's own account: how one signs in, on which devices one is, and who tried. */
export function AccountPage({ account, profile }: { account: AccountPageData; profile: string | null }) {
  const t = useWords(words)
  const { demo } = useReader()
  return (
    <Page
      title={t('account.title')}
      lead={t('account.lead')}
      primary={profile ? <a href={profile}>{t('account.profile')}</a> : null}
      robots="noindex"
    >
      {demo ? null : <Ways account={account} />}
      {demo ? null : <Passkeys account={account} />}
      <Sessions account={account} />
      <Log account={account} />
    </Page>
  )
}

function Ways({ account }: { account: AccountPageData }) {
  const t = useWords(words)
  return (
    <section>
      <h2>{t('account.ways')}</h2>
      <dl class="facts">
        <dt>{t('account.email')}</dt>
        <dd>
          <bdi>{account.email}</bdi> <A to="auth.email">{t('account.change-email')}</A>
        </dd>
        <dt>{t('account.password')}</dt>
        <dd>
          {account.hasPassword ? t('account.password-set') : t('account.password-none')}{' '}
          <A to="auth.password">{account.hasPassword ? t('password.change') : t('password.first')}</A>
        </dd>
        <dt>{t('account.second-factor')}</dt>
        <dd>
          {account.secondFactor
            ? t('account.second-factor-on', { count: account.recoveryCodesLeft })
            : t('account.second-factor-off')}{' '}
          <A to="auth.second-factor">{account.secondFactor ? t('account.manage') : t('account.set-up')}</A>
        </dd>
      </dl>
    </section>
  )
}

function Passkeys({ account }: { account: AccountPageData }) {
  const t = useWords(words)
  const { date } = useFormats()
  const { address } = useReader()
  return (
    <section>
      <h2>{t('account.passkeys')}</h2>
      <p>{t('account.passkeys-lead')}</p>
      {account.passkeys.length === 0 ? <p>{t('account.passkeys-none')}</p> : null}
      <ul class="plain-list">
        {account.passkeys.map((key) => (
          <li>
            <bdi>{key.name || t('account.passkey-unnamed')}</bdi>{' '}
            {key.since ? t('account.passkey-since', { date: date(key.since) }) : null}
            <Form
              id={`key-${key.id}`}
              action={address('auth.passkey-remove', { id: key.id })}
              buttons={
                <Button
                  kind="quiet"
                  label={`${t('account.passkey-remove')}: ${key.name || t('account.passkey-unnamed')}`}
                >
                  {t('account.passkey-remove')}
                </Button>
              }
            >
              {null}
            </Form>
          </li>
        ))}
      </ul>
      <PasskeyButton kind="add" label={t('account.passkey-add')} failed={t('account.passkey-failed')}>
        <label class="label" for="passkey-name">
          {t('account.passkey-name')}
        </label>
        <input id="passkey-name" type="text" name="name" maxLength={60} />
      </PasskeyButton>
      <noscript>
        <p class="hint">{t('account.passkeys-script')}</p>
      </noscript>
    </section>
  )
}

/** What a device calls itself, in words. */
function useDevice(): (agent: string) => string {
  const t = useWords(words)
  return (agent) => {
    const { browser, system } = readAgent(agent)
    if (browser && system) return t('account.device', { browser, system })
    return browser || system || t('account.device-unknown')
  }
}

function Sessions({ account }: { account: AccountPageData }) {
  const t = useWords(words)
  const { dateTime } = useFormats()
  const { address } = useReader()
  const device = useDevice()
  return (
    <section>
      <h2>{t('account.sessions')}</h2>
      <Table
        caption={t('account.sessions')}
        captionUnseen
        responsive
        rows={account.sessions}
        columns={[
          { id: 'device', head: t('account.session-device'), names: true, cell: (one) => device(one.agent) },
          { id: 'from', head: t('account.session-from'), cell: (one) => <bdi>{one.client}</bdi> },
          { id: 'since', head: t('account.session-since'), cell: (one) => dateTime(one.since, { style: 'medium' }) },
          { id: 'seen', head: t('account.session-seen'), cell: (one) => dateTime(one.seen, { style: 'medium' }) },
        ]}
        actions={(one) =>
          one.here ? (
            <strong>{t('account.session-here')}</strong>
          ) : (
            <Form
              id={`session-${one.id}`}
              action={address('auth.session-end', { id: one.id })}
              buttons={
                <Button kind="quiet" label={t('account.session-end-named', { device: device(one.agent) })}>
                  {t('account.session-end')}
                </Button>
              }
            >
              {null}
            </Form>
          )
        }
      />
      {account.sessions.length > 1 ? (
        <Form
          id="others"
          action={address('auth.sessions-end')}
          buttons={<Button kind="second">{t('account.sessions-end')}</Button>}
        >
          {null}
        </Form>
      ) : null}
    </section>
  )
}

function Log({ account }: { account: AccountPageData }) {
  const t = useWords(words)
  const { dateTime } = useFormats()
  const device = useDevice()
  return (
    <section>
      <h2>{t('account.log')}</h2>
      <Table
        caption={t('account.log')}
        captionUnseen
        responsive
        rows={account.signIns}
        columns={[
          { id: 'at', head: t('account.log-at'), names: true, cell: (one) => dateTime(one.at, { style: 'medium' }) },
          { id: 'way', head: t('account.log-way'), cell: (one) => t(`method.${one.method}`) },
          { id: 'outcome', head: t('account.log-outcome'), cell: (one) => t(`outcome.${one.outcome}`) },
          {
            id: 'from',
            head: t('account.log-from'),
            cell: (one) => (
              <>
                <bdi>{one.client}</bdi> {device(one.agent)}
              </>
            ),
          },
        ]}
      />
    </section>
  )
}
