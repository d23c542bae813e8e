import { A, Button, ButtonLink, Field, Form, Page, useReader, useWords, type Problem, type Typed } from '#kit/view'
import { words } from '../words/index.ts'
import { Next } from './sign-in.tsx'

type Again = { typed?: Typed | undefined; problems?: Problem[] | undefined }

/** "Look into your mail": the same for every address. */
export function CodePage({ email, joining, typed, problems }: { email: string; joining: boolean } & Again) {
  const t = useWords(words)
  return (
    <Page title={t('code.title')} lead={t('code.lead', { email })} robots="noindex">
      <Form typed={typed} problems={problems} buttons={<Button>{t('code.enter')}</Button>}>
        <Field
          kind="text"
          name="code"
          label={t('code.code')}
          hint={t('code.hint')}
          required
          autocomplete="one-time-code"
          dir="ltr"
          maxLength={12}
        />
      </Form>
      <p class="ways-on">
        {joining ? <A to="auth.join">{t('code.again')}</A> : <A to="auth.sign-in">{t('code.again')}</A>}
      </p>
    </Page>
  )
}

/** What a letter's link opens. Only its button signs in: mail scanners fetch links, and must not spend them. */
export function LinkPage({ next, problems }: { next: string; problems?: Problem[] | undefined }) {
  const t = useWords(words)
  const { network } = useReader()
  return (
    <Page title={t('link.title', { network })} lead={t('link.lead')} robots="noindex, nofollow">
      <Form problems={problems} buttons={<Button>{t('link.enter')}</Button>}>
        <Next to={next} />
      </Form>
      {problems?.length ? (
        <p class="ways-on">
          <A to="auth.sign-in">{t('code.again')}</A>
        </p>
      ) : null}
    </Page>
  )
}

export function SecondStepPage({ next, typed, problems }: { next: string } & Again) {
  const t = useWords(words)
  return (
    <Page title={t('second-step.title')} lead={t('second-step.lead')} robots="noindex">
      <Form typed={typed} problems={problems} buttons={<Button>{t('second-step.enter')}</Button>}>
        <Next to={next} />
        <Field
          kind="text"
          name="code"
          label={t('second-step.code')}
          required
          autocomplete="one-time-code"
          dir="ltr"
          maxLength={20}
        />
      </Form>
      <p class="ways-on">
        <A to="auth.sign-in">{t('sign-in.title')}</A>
      </p>
    </Page>
  )
}

/** On the way to the ministry's own accounts: the page goes there by itself, and has the link for browsers that do not. */
export function MinistryPage({ name, href }: { name: string; href: string }) {
  const t = useWords(words)
  return (
    <Page title={t('ministry.title', { name })} lead={t('ministry.lead')} robots="noindex">
      <p class="ways-on">
        <ButtonLink href={href}>{t('ministry.go')}</ButtonLink>
      </p>
    </Page>
  )
}

export function JoinPage({ next, typed, problems }: { next: string } & Again) {
  const t = useWords(words)
  return (
    <Page title={t('join.title')} lead={t('join.lead')}>
      <Form typed={typed} problems={problems} buttons={<Button>{t('join.send')}</Button>}>
        <Next to={next} />
        <Field
          kind="email"
          name="email"
          label={t('join.email')}
          hint={t('join.email-hint')}
          required
          autocomplete="email"
        />
      </Form>
      <p class="ways-on">
        <A to="auth.sign-in">{t('join.have')}</A>
      </p>
    </Page>
  )
}

export function ForgotPage({ typed, problems }: Again) {
  const t = useWords(words)
  return (
    <Page title={t('forgot.title')} lead={t('forgot.lead')} robots="noindex">
      <Form typed={typed} problems={problems} buttons={<Button>{t('forgot.send')}</Button>}>
        <Field kind="email" name="email" label={t('join.email')} required autocomplete="email" />
      </Form>
    </Page>
  )
}

export function ResetPage({ problems }: Again) {
  const t = useWords(words)
  return (
    <Page title={t('reset.title')} lead={t('reset.lead')} robots="noindex, nofollow">
      <Form problems={problems} buttons={<Button>{t('reset.save')}</Button>}>
        <NewPassword />
      </Form>
    </Page>
  )
}

/** A new password, typed twice: what is typed is not seen. */
export function NewPassword() {
  const t = useWords(words)
  return (
    <>
      <Field
        kind="password"
        name="password"
        label={t('password.new')}
        hint={t('password.new-hint')}
        required
        autocomplete="new-password"
      />
      <Field kind="password" name="again" label={t('password.again')} required autocomplete="new-password" />
    </>
  )
}
