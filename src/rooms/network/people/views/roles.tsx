import { roles, type Role } from '#kit/access'
import {
  A,
  Button,
  ButtonLink,
  Field,
  FieldRow,
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
import type { HeldRole } from '../queries.ts'
import type { ScopeKind } from '../rules.ts'
import { words } from '../words/index.ts'

type Scoped = {
  scopeKind: ScopeKind | null
  countryCode: string | null
  scopeName?: string | null
  institution?: string | null
  body?: string | null
}

/** The name of the place where a role holds. */
export function useScopeName(): (of: Scoped) => string {
  const t = useWords(words)
  const { countryName } = useFormats()
  return (of) => {
    if (of.scopeKind === 'country') return of.countryCode ? countryName(of.countryCode) : ''
    return of.scopeKind === 'network' || !of.scopeKind
      ? t('scope.network')
      : (of.scopeName ?? of.institution ?? of.body ?? '')
  }
}

/** Every role that holds now: who, where, since when and by which decision. */
export function RolesPage({
  held,
  mayGrant,
  problems,
}: {
  held: readonly HeldRole[]
  mayGrant: boolean
  problems?: Problem[] | undefined
}) {
  const t = useWords(words)
  const { date } = useFormats()
  const { address } = useReader()
  const scopeName = useScopeName()
  return (
    <Page
      title={t('roles.title')}
      lead={t('roles.lead')}
      robots="noindex"
      wide
      primary={mayGrant ? <ButtonLink to="network.grant-role">{t('roles.grant')}</ButtonLink> : null}
    >
      {problems?.length ? (
        <Form problems={problems} id="problems">
          {null}
        </Form>
      ) : null}
      {roles
        .filter((role) => held.some((one) => one.role === role))
        .map((role) => (
          <section>
            <h2>{t(`role.${role}`)}</h2>
            <Table
              caption={`${t('roles.table')}: ${t(`role.${role}`)}`}
              captionUnseen
              responsive
              rows={held.filter((one) => one.role === role)}
              columns={[
                {
                  id: 'person',
                  head: t('roles.person'),
                  names: true,
                  cell: (one) => (
                    <A to="network.person" with={{ id: one.personId }}>
                      <bdi>{one.name}</bdi>
                    </A>
                  ),
                },
                { id: 'scope', head: t('roles.scope'), cell: (one) => scopeName(one) },
                { id: 'from', head: t('roles.from'), cell: (one) => (one.from ? date(one.from) : '') },
                {
                  id: 'until',
                  head: t('roles.until'),
                  cell: (one) => (one.until ? date(one.until) : t('roles.open-end')),
                },
                { id: 'decision', head: t('roles.decision'), cell: (one) => one.decision ?? t('roles.no-decision') },
              ]}
              actions={(one) =>
                mayGrant ? (
                  <Form
                    id={`end-${one.id}`}
                    action={address('network.end-role', { id: one.id })}
                    buttons={
                      <Button
                        kind="quiet"
                        label={t('roles.end-named', { role: t(`role.${one.role}`), name: one.name })}
                      >
                        {t('roles.end')}
                      </Button>
                    }
                  >
                    {null}
                  </Form>
                ) : null
              }
            />
          </section>
        ))}
      {held.length === 0 ? <p>{t('roles.empty')}</p> : null}
    </Page>
  )
}

export type GrantProps = {
  roleCodes: readonly Role[]
  scopes: readonly { group: string; options: readonly Option[] }[]
  decisions: readonly Option[]
  found: readonly Option[] | undefined
  chosen: Option | null
  typed?: Typed | undefined
  problems?: Problem[] | undefined
}

export function GrantRolePage({ roleCodes, scopes, decisions, found, chosen, typed, problems }: GrantProps) {
  const t = useWords(words)
  return (
    <Page
      title={t('roles.grant-title')}
      lead={t('roles.grant-lead')}
      crumbs={[{ to: 'network.roles', name: t('roles.title') }]}
      robots="noindex"
    >
      <Form typed={typed} problems={problems} buttons={<Button>{t('roles.grant-save')}</Button>}>
        <Field kind="lookup" name="person" label={t('field.person')} required found={found} chosen={chosen} />
        <Field
          kind="select"
          name="role"
          label={t('field.role')}
          required
          options={roleCodes.map((value) => ({ value, label: t(`role.${value}`) }))}
        />
        <Field kind="select" name="scope" label={t('field.scope')} required options={scopes} />
        <FieldRow>
          <Field kind="date" name="from" label={t('field.from')} />
          <Field kind="date" name="until" label={t('field.until')} />
        </FieldRow>
        {decisions.length > 0 ? (
          <Field kind="select" name="decision" label={t('field.decision')} options={decisions} />
        ) : null}
        <Field kind="text" name="reason" label={t('field.reason')} maxLength={500} />
      </Form>
    </Page>
  )
}
