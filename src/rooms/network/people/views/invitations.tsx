import {
  Button,
  ButtonLink,
  Buttons,
  Field,
  Form,
  Page,
  Table,
  useFormats,
  useReader,
  useWords,
  type Option,
  type Problem,
  type Typed,
} from '#kit/view'
import type { Invitation } from '../invited.ts'
import { words } from '../words/index.ts'
import { LanguageField, NameFields } from './fields.tsx'
import { useScopeName } from './roles.tsx'

type Again = { typed?: Typed | undefined; problems?: Problem[] | undefined }

export function InvitationsPage({ invitations }: { invitations: readonly Invitation[] }) {
  const t = useWords(words)
  const { date } = useFormats()
  const { address } = useReader()
  const scopeName = useScopeName()
  const offer = (one: Invitation): string =>
    [
      ...(one.role ? [t('invitation.role', { role: t(`role.${one.role}`), scope: scopeName(one) })] : []),
      ...(one.institution ? [t('invitations.place', { name: one.institution })] : []),
    ].join('; ')
  return (
    <Page title={t('invitations.title')} lead={t('invitations.lead')} robots="noindex" wide>
      <Buttons>
        <ButtonLink to="network.invite">{t('invitations.invite')}</ButtonLink>
        <ButtonLink to="network.invite-many" kind="second">
          {t('invitations.many')}
        </ButtonLink>
      </Buttons>
      <Table
        caption={t('invitations.table')}
        captionUnseen
        responsive
        rows={invitations}
        empty={<p>{t('invitations.empty')}</p>}
        columns={[
          { id: 'email', head: t('invitations.email'), names: true, cell: (one) => <bdi>{one.email}</bdi> },
          { id: 'offer', head: t('invitations.offer'), cell: offer },
          { id: 'by', head: t('invitations.by'), cell: (one) => <bdi>{one.inviter ?? ''}</bdi> },
          { id: 'until', head: t('invitations.until'), cell: (one) => date(one.expiresAt) },
          { id: 'state', head: t('invitations.state'), cell: (one) => t(`invitations.states.${one.state}`) },
        ]}
        actions={(one) =>
          one.state === 'open' ? (
            <Form
              id={`withdraw-${one.id}`}
              action={address('network.withdraw-invitation', { id: one.id })}
              buttons={
                <Button kind="quiet" label={t('invitations.withdraw-named', { email: one.email })}>
                  {t('invitations.withdraw')}
                </Button>
              }
            >
              {null}
            </Form>
          ) : null
        }
      />
    </Page>
  )
}

type InviteProps = {
  countries: readonly string[]
  institutions: readonly Option[]
  institution: string
  roles: readonly Option[]
} & Again

export function InvitePage({ countries, institutions, institution, roles, typed, problems }: InviteProps) {
  const t = useWords(words)
  return (
    <Page
      title={t('invite.title')}
      lead={t('invite.lead')}
      crumbs={[{ to: 'network.invitations', name: t('invitations.title') }]}
      robots="noindex"
    >
      <Form typed={typed} problems={problems} buttons={<Button>{t('invite.send')}</Button>}>
        <Field kind="email" name="email" label={t('field.email')} required autocomplete="off" />
        <NameFields required={false} />
        <LanguageField />
        <Field kind="country" name="countryCode" label={t('field.country')} countries={countries} />
        {institutions.length > 0 ? (
          <Field
            kind="select"
            name="institution"
            label={t('field.institution')}
            options={institutions}
            value={institution}
          />
        ) : null}
        <Field kind="text" name="post" label={t('field.post')} maxLength={200} />
        <Field kind="select" name="role" label={t('field.role')} options={roles} />
        <Field
          kind="long-text"
          name="message"
          label={t('field.message')}
          hint={t('invite.message-hint')}
          maxLength={1000}
        />
      </Form>
    </Page>
  )
}

export function InviteManyPage({ typed, problems }: Again) {
  const t = useWords(words)
  return (
    <Page
      title={t('invite.many-title')}
      lead={t('invite.many-lead')}
      crumbs={[{ to: 'network.invitations', name: t('invitations.title') }]}
      robots="noindex"
    >
      <Form typed={typed} problems={problems} buttons={<Button>{t('invite.many-send')}</Button>}>
        <Field kind="long-text" name="table" label={t('field.table')} required rows={12} dir="ltr" />
        <LanguageField />
      </Form>
    </Page>
  )
}
