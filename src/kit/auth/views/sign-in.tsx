import { A, Button, Field, Form, Page, Table, useReader, useWords, type Problem, type Typed } from '#kit/view'
import type { DemoPerson } from '../auth.ts'
import { words } from '../words/index.ts'
import { PasskeyButton } from './passkey.tsx'

type Again = { typed?: Typed | undefined; problems?: Problem[] | undefined }

/** The field that carries where somebody wanted to go. */
export const Next = ({ to }: { to: string }) => (to ? <input type="hidden" name="next" value={to} /> : null)

/** The one page for signing in: password or letter in one form, then the other ways. */
export function SignInPage({ next, ministry, typed, problems }: { next: string; ministry: string | null } & Again) {
  const t = useWords(words)
  const { address, person } = useReader()
  return (
    <Page
      title={t('sign-in.title')}
      lead={person ? t('sign-in.already', { name: person.name }) : t('sign-in.lead')}
      robots="noindex"
    >
      <Form
        action={address('auth.sign-in')}
        typed={typed}
        problems={problems}
        buttons={
          <>
            <Button name="way" value="password">
              {t('sign-in.by-password')}
            </Button>
            <Button kind="second" name="way" value="letter">
              {t('sign-in.by-letter')}
            </Button>
          </>
        }
      >
        <Next to={next} />
        <Field kind="email" name="email" label={t('sign-in.email')} required autocomplete="username webauthn" />
        <Field
          kind="password"
          name="password"
          label={t('sign-in.password')}
          hint={t('sign-in.password-hint')}
          required
          autocomplete="current-password"
        />
      </Form>
      <p class="ways-on">
        <A to="auth.forgot">{t('sign-in.forgot')}</A> <A to="auth.join">{t('sign-in.join')}</A>
      </p>
      <section aria-label={t('sign-in.other-ways')}>
        <PasskeyButton kind="enter" next={next} label={t('sign-in.by-passkey')} failed={t('sign-in.passkey-failed')} />
        {ministry ? (
          <Form
            id="ministry"
            action={address('auth.ministry')}
            buttons={<Button kind="second">{t('sign-in.by-ministry', { name: ministry })}</Button>}
          >
            <Next to={next} />
          </Form>
        ) : null}
      </section>
    </Page>
  )
}

/** The demo: its people, one click each. */
export function DemoPage({
  people,
  next,
  problems,
}: {
  people: readonly DemoPerson[]
  next: string
  problems?: Problem[] | undefined
}) {
  const t = useWords(words)
  const { address } = useReader()
  return (
    <Page title={t('demo.title')} lead={t('demo.lead')} robots="noindex">
      <Form id="demo" label={t('demo.list')} action={address('auth.demo')} problems={problems}>
        <Next to={next} />
        <div class="unframed">
          <Table
            caption={t('demo.list')}
            captionUnseen
            responsive
            rows={people}
            rowId={({ personId }) => personId}
            columns={[
              { id: 'person', head: t('demo.person'), names: true, cell: ({ name }) => name },
              { id: 'part', head: t('demo.part'), cell: ({ part }) => part },
            ]}
            actions={({ personId, name }) => (
              <Button kind="quiet" name="person" value={personId} label={t('demo.be', { name })}>
                {t('sign-in.by-password')}
              </Button>
            )}
          />
        </div>
      </Form>
    </Page>
  )
}
