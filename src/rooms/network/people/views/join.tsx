import { A, Button, Field, Fieldset, Form, Page, useReader, useWords, type Problem, type Typed } from '#kit/view'
import type { Invitation } from '../invited.ts'
import { words } from '../words/index.ts'
import { OwnFields } from './fields.tsx'
import { useScopeName } from './roles.tsx'

type Again = { typed?: Typed | undefined; problems?: Problem[] | undefined }

/** The two boxes that an account rests on, each beside what it is about. */
function Agreement() {
  const t = useWords(words)
  return (
    <Fieldset legend={t('join.agree')}>
      <Field
        kind="checkbox"
        name="terms"
        label={t('field.terms')}
        hint={<A to="network.terms">{t('join.read-terms')}</A>}
        required
      />
      <Field
        kind="checkbox"
        name="privacy"
        label={t('field.privacy')}
        hint={<A to="network.privacy">{t('join.read-privacy')}</A>}
        required
      />
    </Fieldset>
  )
}

const Password = () => {
  const t = useWords(words)
  return (
    <Field
      kind="password"
      name="password"
      label={t('field.password')}
      hint={t('field.password-hint')}
      autocomplete="new-password"
    />
  )
}

/** The address is proved; now who it is. */
export function JoinPage({
  email,
  name,
  next,
  countries,
  typed,
  problems,
}: { email: string; name: string; next: string; countries: readonly string[] } & Again) {
  const t = useWords(words)
  return (
    <Page title={t('join.title')} lead={t('join.lead', { email })} robots="noindex">
      <Form typed={typed} problems={problems} buttons={<Button>{t('join.save')}</Button>}>
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <OwnFields of={{ givenNames: name }} countries={countries} />
        <Password />
        <Agreement />
      </Form>
    </Page>
  )
}

/** What an invitation's link opens: who invites, to what, and the form by which one accepts with one's own data. */
export function InvitationPage({
  invitation,
  token,
  countries,
  typed,
  problems,
}: { invitation: Invitation; token: string; countries: readonly string[] } & Again) {
  const t = useWords(words)
  const { network, person, address } = useReader()
  const scopeName = useScopeName()
  const offers = [
    ...(invitation.role
      ? [t('invitation.role', { role: t(`role.${invitation.role}`), scope: scopeName(invitation) })]
      : []),
    ...(invitation.institution ? [t('invitation.place', { name: invitation.institution })] : []),
  ]
  return (
    <Page
      title={t('invitation.title', { network })}
      lead={invitation.inviter ? t('invitation.lead', { name: invitation.inviter }) : t('invitation.lead-office')}
      robots="noindex, nofollow"
    >
      {invitation.state === 'open' ? null : (
        <p class="notice notice-warning">{t(`invitation.over.${invitation.state}`)}</p>
      )}
      {invitation.message ? <blockquote dir="auto">{invitation.message}</blockquote> : null}
      {offers.length > 0 ? (
        <section>
          <h2>{t('invitation.offers')}</h2>
          <ul>
            {offers.map((offer) => (
              <li>{offer}</li>
            ))}
          </ul>
        </section>
      ) : null}
      {invitation.state === 'open' && person ? (
        <>
          <p>{t('invitation.signed-in', { name: person.name })}</p>
          <Form
            action={address('network.take-invitation', { token })}
            problems={problems}
            buttons={<Button>{t('invitation.accept')}</Button>}
          >
            {null}
          </Form>
        </>
      ) : null}
      {invitation.state === 'open' && !person ? (
        <>
          <p>
            {t('invitation.have-account')}{' '}
            <A to="auth.sign-in" query={{ next: address('network.invitation', { token }) }}>
              {t('invitation.sign-in')}
            </A>
          </p>
          <Form
            action={address('network.invitation', { token })}
            typed={typed}
            problems={problems}
            buttons={<Button>{t('invitation.accept')}</Button>}
          >
            {invitation.email ? null : (
              <>
                <Field kind="email" name="email" label={t('field.email')} required />
                <Field kind="email" name="emailAgain" label={t('field.email-again')} required />
              </>
            )}
            <OwnFields of={{ ...invitation, countryCode: invitation.countryCode }} countries={countries} />
            <Password />
            <Agreement />
          </Form>
        </>
      ) : null}
    </Page>
  )
}
