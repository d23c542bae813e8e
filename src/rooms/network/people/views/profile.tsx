import type { ComponentChildren } from 'preact'
import {
  A,
  Button,
  ButtonLink,
  Field,
  Fieldset,
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
import type { Affiliation, HeldRole, Profile, Topic } from '../queries.ts'
import { contracts, sexes, willingness } from '../rules.ts'
import { words } from '../words/index.ts'
import { OwnFields } from './fields.tsx'
import { useScopeName } from './roles.tsx'

type Again = { typed?: Typed | undefined; problems?: Problem[] | undefined }
export type ProfilePageProps = {
  profile: Profile
  affiliations: readonly Affiliation[]
  held: readonly HeldRole[]
  topics: readonly Topic[]
  countries: readonly string[]
} & Again

/** One's own data, or those of someone without e-mail for whom one acts. */
export function ProfilePage({ profile, affiliations, held, topics, countries, typed, problems }: ProfilePageProps) {
  const t = useWords(words)
  const { person, address } = useReader()
  const own = person?.id === profile.id
  return (
    <Page
      title={own ? t('profile.title') : t('profile.title-of', { name: profile.name })}
      lead={own ? t('profile.lead') : t('profile.on-behalf', { name: profile.name })}
      robots="noindex"
      aside={own ? <Aside profile={profile} /> : undefined}
    >
      <Form
        action={own ? address('network.profile') : address('network.edit-person', { id: profile.id })}
        version={profile.version}
        typed={typed}
        problems={problems}
        buttons={<Button>{t('profile.save')}</Button>}
      >
        <Fieldset legend={t('profile.who')}>
          <OwnFields of={profile} countries={countries} />
        </Fieldset>
        <Fieldset legend={t('profile.shown')}>
          <Field
            kind="checkbox"
            name="inDirectory"
            label={t('field.directory')}
            hint={t('field.directory-hint')}
            checked={profile.inDirectory}
          />
          <Field
            kind="checkbox"
            name="publicProfile"
            label={t('field.public')}
            hint={t('field.public-hint')}
            checked={profile.publicProfile}
          />
          {topics.length > 0 ? (
            <Field
              kind="checkboxes"
              name="expertise"
              label={t('field.expertise')}
              options={topics.map(asOption)}
              value={profile.expertise}
            />
          ) : null}
          <Field
            kind="checkboxes"
            name="willingTo"
            label={t('field.willing')}
            options={willingness.map((value) => ({ value, label: t(`willing.${value}`) }))}
            value={profile.willingTo}
          />
        </Fieldset>
        <Fieldset legend={t('profile.private')}>
          <Field
            kind="tel"
            name="telephone"
            label={t('field.telephone')}
            hint={t('field.telephone-hint')}
            value={profile.telephone}
            maxLength={40}
          />
          {own ? (
            <Field
              kind="select"
              name="sex"
              label={t('field.sex')}
              hint={t('field.sex-hint')}
              options={sexes.map((value) => ({ value, label: t(`sex.${value}`) }))}
              value={profile.sex}
            />
          ) : null}
        </Fieldset>
      </Form>
      <Work affiliations={affiliations} personId={profile.id} />
      {own ? <Roles held={held} /> : null}
    </Page>
  )
}

const asOption = ({ id, label }: Topic): Option => ({ value: id, label })

function Aside({ profile }: { profile: Profile }) {
  const t = useWords(words)
  return (
    <ul class="plain-list">
      {profile.publicProfile ? (
        <li>
          <A to="network.person" with={{ id: profile.id }}>
            {t('profile.see-public')}
          </A>
        </li>
      ) : null}
      <li>
        <A to="auth.account">{t('profile.account')}</A>
      </li>
      <li>
        <A to="network.my-data">{t('profile.my-data')}</A>
      </li>
    </ul>
  )
}

function Work({ affiliations, personId }: { affiliations: readonly Affiliation[]; personId: string }) {
  const t = useWords(words)
  const { date } = useFormats()
  const { address } = useReader()
  return (
    <section id="work">
      <h2>{t('profile.work')}</h2>
      <p class="hint">{t('profile.work-lead')}</p>
      <Table
        caption={t('profile.work')}
        captionUnseen
        responsive
        rows={affiliations}
        empty={<p>{t('profile.work-none')}</p>}
        columns={[
          {
            id: 'institution',
            head: t('field.institution'),
            names: true,
            cell: (one) => <span lang={one.institutionLanguage}>{one.institution}</span>,
          },
          { id: 'post', head: t('field.post'), cell: (one) => <bdi>{one.post}</bdi> },
          { id: 'from', head: t('field.from'), cell: (one) => (one.from ? date(one.from) : '') },
          { id: 'state', head: t('people-of.state'), cell: (one) => t(`state.${one.state}`) },
        ]}
        actions={(one) =>
          one.state === 'claimed' || one.state === 'verified' ? (
            <Decide
              id={one.id}
              action={address('network.affiliation', { id: one.id })}
              outcome="ended"
              label={t('profile.end-work-named', { name: one.institution })}
            >
              {t('profile.end-work')}
            </Decide>
          ) : null
        }
      />
      <p class="ways-on">
        <ButtonLink to="network.claim" with={{ id: personId }} kind="second">
          {t('profile.claim')}
        </ButtonLink>
      </p>
    </section>
  )
}

/** One press of a button that decides about a row. */
export function Decide({
  id,
  action,
  outcome,
  label,
  kind = 'quiet',
  children,
}: {
  id: string
  action: string
  outcome: string
  label: string
  kind?: 'quiet' | 'second'
  children: ComponentChildren
}) {
  return (
    <Form
      id={`${outcome}-${id}`}
      action={action}
      buttons={
        <Button kind={kind} name="outcome" value={outcome} label={label}>
          {children}
        </Button>
      }
    >
      {null}
    </Form>
  )
}

function Roles({ held }: { held: readonly HeldRole[] }) {
  const t = useWords(words)
  const { address } = useReader()
  const scopeName = useScopeName()
  return (
    <section id="roles">
      <h2>{t('profile.roles')}</h2>
      {held.length === 0 ? <p>{t('profile.roles-none')}</p> : null}
      <ul class="plain-list">
        {held.map((one) => (
          <li>
            {t(`role.${one.role}`)}, {scopeName(one)}{' '}
            <Form
              id={`role-${one.id}`}
              action={address('network.end-role', { id: one.id })}
              buttons={
                <Button kind="quiet" label={t('profile.lay-down-named', { name: t(`role.${one.role}`) })}>
                  {t('profile.lay-down')}
                </Button>
              }
            >
              {null}
            </Form>
          </li>
        ))}
      </ul>
    </section>
  )
}

type ClaimProps = { found: readonly Option[] | undefined; chosen: Option | null; day: string } & Again

export function ClaimPage({ found, chosen, day, typed, problems }: ClaimProps) {
  const t = useWords(words)
  return (
    <Page
      title={t('profile.claim-title')}
      lead={t('profile.work-lead')}
      crumbs={[{ to: 'network.profile', name: t('profile.title') }]}
      robots="noindex"
    >
      <Form typed={typed} problems={problems} buttons={<Button>{t('profile.claim-save')}</Button>}>
        <Field kind="lookup" name="institution" label={t('field.institution')} required found={found} chosen={chosen} />
        <Field kind="text" name="post" label={t('field.post')} maxLength={200} />
        <Field
          kind="select"
          name="contract"
          label={t('field.contract')}
          options={contracts.map((value) => ({ value, label: t(`contract.${value}`) }))}
        />
        <Field kind="date" name="from" label={t('field.from')} required maximum={day} />
      </Form>
    </Page>
  )
}
