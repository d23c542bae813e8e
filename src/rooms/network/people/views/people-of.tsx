import {
  A,
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
import type { Worker } from '../queries.ts'
import { words } from '../words/index.ts'
import { LanguageField, NameFields } from './fields.tsx'
import { Decide } from './profile.tsx'

export type PeopleOfProps = {
  institution: { id: string; name: string; language: string }
  people: readonly Worker[]
  mayDecide: boolean
  problems?: Problem[] | undefined
}

/** Who says they work at an institution, and who says that it is so. */
export function PeopleOfPage({ institution, people, mayDecide, problems }: PeopleOfProps) {
  const t = useWords(words)
  const { date } = useFormats()
  const { person, address } = useReader()
  const steps = { claimed: ['verified', 'refused'], verified: ['ended'], refused: ['verified'], ended: [] } as const
  const verbs = { verified: 'verify', refused: 'refuse', ended: 'end' } as const
  return (
    <Page title={t('people-of.title', { name: institution.name })} lead={t('people-of.lead')} robots="noindex" wide>
      {problems?.length ? (
        <Form problems={problems} id="problems">
          {null}
        </Form>
      ) : null}
      <Table
        caption={t('people-of.table')}
        captionUnseen
        responsive
        rows={people}
        rowId={({ id }) => id}
        empty={<p>{t('people-of.empty')}</p>}
        columns={[
          {
            id: 'name',
            head: t('people-of.name'),
            names: true,
            cell: (one) => (
              <>
                <A to="network.person" with={{ id: one.personId }}>
                  <bdi>{one.name}</bdi>
                </A>
                {one.email ? (
                  <small class="remark">
                    <bdi>{one.email}</bdi>
                  </small>
                ) : one.actsWithoutEmail ? (
                  <small class="remark">{t('people-of.without-email')}</small>
                ) : null}
              </>
            ),
          },
          { id: 'post', head: t('people-of.post'), cell: (one) => <bdi>{one.post}</bdi> },
          { id: 'since', head: t('people-of.since'), cell: (one) => (one.from ? date(one.from) : '') },
          { id: 'state', head: t('people-of.state'), cell: (one) => t(`state.${one.state}`) },
          {
            id: 'roles',
            head: t('field.role'),
            cell: (one) => one.roles.map(({ role }) => t(`role.${role}`)).join(', '),
          },
        ]}
        actions={(one) =>
          mayDecide && one.personId !== person?.id
            ? steps[one.state].map((outcome) => (
                <Decide
                  id={one.id}
                  action={address('network.affiliation', { id: one.id })}
                  outcome={outcome}
                  kind={outcome === 'verified' ? 'second' : 'quiet'}
                  label={t(`people-of.${verbs[outcome]}-named`, { name: one.name })}
                >
                  {t(`people-of.${verbs[outcome]}`)}
                </Decide>
              ))
            : null
        }
      />
      {mayDecide ? (
        <Buttons>
          <ButtonLink to="network.invite" query={{ institution: institution.id }}>
            {t('people-of.invite')}
          </ButtonLink>
          <ButtonLink to="network.enter-person" query={{ institution: institution.id }} kind="second">
            {t('people-of.enter')}
          </ButtonLink>
        </Buttons>
      ) : null}
    </Page>
  )
}

type EnterProps = {
  countries: readonly string[]
  institutions: readonly Option[]
  institution: string
  typed?: Typed | undefined
  problems?: Problem[] | undefined
}

export function EnterPersonPage({ countries, institutions, institution, typed, problems }: EnterProps) {
  const t = useWords(words)
  return (
    <Page title={t('enter.title')} lead={t('enter.lead')} robots="noindex">
      <Form typed={typed} problems={problems} buttons={<Button>{t('enter.save')}</Button>}>
        <NameFields />
        <Field kind="text" name="profession" label={t('field.profession')} maxLength={200} />
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
        <LanguageField />
      </Form>
    </Page>
  )
}
