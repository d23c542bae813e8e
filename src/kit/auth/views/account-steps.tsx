import { A, Button, Field, Form, Page, useReader, useWords, type Problem, type Typed } from '#kit/view'
import type { Setup } from '../keeping.ts'
import { words } from '../words/index.ts'
import { NewPassword } from './steps.tsx'

type Again = { typed?: Typed | undefined; problems?: Problem[] | undefined }

const useCrumbs = () => [{ to: 'auth.account' as const, name: useWords(words)('account.title') }]

/** Who has a password proves it once more before a grave change. */
function Current({ asked, name = 'current' }: { asked: boolean; name?: string }) {
  const t = useWords(words)
  return asked ? (
    <Field kind="password" name={name} label={t('password.current')} required autocomplete="current-password" />
  ) : null
}

export function PasswordPage({ hasPassword, problems }: { hasPassword: boolean } & Again) {
  const t = useWords(words)
  return (
    <Page title={hasPassword ? t('password.change') : t('password.first')} crumbs={useCrumbs()} robots="noindex">
      <Form problems={problems} buttons={<Button>{t('password.save')}</Button>}>
        <Current asked={hasPassword} />
        <NewPassword />
      </Form>
    </Page>
  )
}

export function EmailPage({ email, hasPassword, typed, problems }: { email: string; hasPassword: boolean } & Again) {
  const t = useWords(words)
  return (
    <Page title={t('email.title')} lead={t('email.lead', { email })} crumbs={useCrumbs()} robots="noindex">
      <Form typed={typed} problems={problems} buttons={<Button>{t('email.send')}</Button>}>
        <Field kind="email" name="email" label={t('email.new')} required autocomplete="email" />
        <Current asked={hasPassword} />
      </Form>
    </Page>
  )
}

export function EmailProofPage({ problems }: Again) {
  const t = useWords(words)
  return (
    <Page title={t('email.proof-title')} lead={t('email.proof-lead')} crumbs={useCrumbs()} robots="noindex, nofollow">
      <Form problems={problems} buttons={<Button>{t('email.proof')}</Button>}>
        {null}
      </Form>
    </Page>
  )
}

export function SecondFactorPage({
  on,
  hasPassword,
  problems,
  failed,
}: { on: boolean; hasPassword: boolean; failed?: string } & Again) {
  const t = useWords(words)
  const { address } = useReader()
  if (!on) {
    return (
      <Page title={t('second-factor.title')} lead={t('second-factor.lead')} crumbs={useCrumbs()} robots="noindex">
        <Form
          action={address('auth.second-factor')}
          problems={problems}
          buttons={<Button>{t('second-factor.begin')}</Button>}
        >
          <Current asked={hasPassword} />
        </Form>
      </Page>
    )
  }
  const forms = [
    { id: 'recovery', action: address('auth.recovery'), words: 'renew', kind: 'second' },
    { id: 'end', action: address('auth.second-factor-end'), words: 'end', kind: 'danger' },
  ] as const
  return (
    <Page title={t('second-factor.title')} lead={t('second-factor.on-lead')} crumbs={useCrumbs()} robots="noindex">
      {forms.map((form) => (
        <section>
          <h2>{t(`second-factor.${form.words}`)}</h2>
          <p>{t(`second-factor.${form.words}-lead`)}</p>
          <Form
            id={form.id}
            action={form.action}
            problems={failed === form.id ? problems : undefined}
            buttons={<Button kind={form.kind}>{t(`second-factor.${form.words}`)}</Button>}
          >
            <Current asked={hasPassword} />
          </Form>
        </section>
      ))}
    </Page>
  )
}

/** The key and the recovery codes, shown this once. */
export function SetupPage({ setup, sealed, problems }: { setup: Setup; sealed: string } & Again) {
  const t = useWords(words)
  const { address } = useReader()
  return (
    <Page
      title={t('second-factor.setup-title')}
      lead={t('second-factor.setup-lead')}
      crumbs={useCrumbs()}
      robots="noindex, nofollow"
    >
      <h2>{t('second-factor.key')}</h2>
      <p>
        <code class="secret" dir="ltr">
          {setup.key.replaceAll(/(.{4})(?=.)/g, '$1 ')}
        </code>
      </p>
      <p>
        <a href={setup.address}>{t('second-factor.open-app')}</a>
      </p>
      <RecoveryCodes codes={setup.recoveryCodes} />
      <Form
        action={address('auth.second-factor-confirm')}
        problems={problems}
        buttons={<Button>{t('second-factor.confirm')}</Button>}
      >
        <input type="hidden" name="setup" value={sealed} />
        <Field
          kind="text"
          name="code"
          label={t('second-factor.code')}
          required
          autocomplete="one-time-code"
          dir="ltr"
          maxLength={12}
        />
      </Form>
    </Page>
  )
}

export function RecoveryPage({ codes }: { codes: readonly string[] }) {
  const t = useWords(words)
  return (
    <Page title={t('second-factor.recovery')} crumbs={useCrumbs()} robots="noindex, nofollow">
      <RecoveryCodes codes={codes} />
      <p class="ways-on">
        <A to="auth.account">{t('second-factor.back')}</A>
      </p>
    </Page>
  )
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const t = useWords(words)
  return (
    <section>
      <h2>{t('second-factor.recovery')}</h2>
      <p>{t('second-factor.recovery-lead')}</p>
      <ul class="codes" dir="ltr">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}
