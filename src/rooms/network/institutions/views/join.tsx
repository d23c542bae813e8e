import {
  A,
  Badge,
  Button,
  ButtonLink,
  Callout,
  Empty,
  Field,
  Form,
  Page,
  Steps,
  Table,
  useFormats,
  useReader,
  useWords,
  type Crumb,
  type Problem,
  type Typed,
} from '#kit/view'
import { institutionKinds } from '../codes.ts'
import { sections, type Section } from '../forms.ts'
import type { Institution, InstitutionBrief } from '../queries.ts'
import { completeness, lackingToSubmit } from '../rules/index.ts'
import { words } from '../words/index.ts'
import { useCodes, useOptions } from './codes.ts'
import { EntryFacts, Lacking } from './entry.tsx'
import { SectionFields } from './fields.tsx'
import { Name } from './value.tsx'

type Form_ = { typed?: Typed | undefined; problems?: readonly Problem[] | undefined }

/** The first page of joining: what one needs, and as much as tells whether the museum is here already. */
export function JoinPage({
  countries,
  alike,
  typed,
  problems,
}: Form_ & { countries: readonly string[]; alike: readonly InstitutionBrief[] }) {
  const t = useWords(words)
  const options = useOptions()
  return (
    <Page title={t('join.title')} lead={t('join.lead')}>
      <h2>{t('join.needs')}</h2>
      <ul>
        {(['name', 'contact', 'visit', 'time'] as const).map((need) => (
          <li>{t(`join.need-${need}`)}</li>
        ))}
      </ul>
      <Form typed={typed} problems={problems} buttons={<Button>{t('join.start')}</Button>}>
        <Field kind="country" name="country" label={t('field.country')} countries={countries} required />
        <Field
          kind="select"
          name="kind"
          label={t('field.kind')}
          options={options('kind', institutionKinds)}
          value="museum"
          required
        />
        <Field
          kind="text"
          name="name"
          label={t('field.name')}
          hint={t('hint.name')}
          maxLength={300}
          autocomplete="organization"
          required
        />
        <Field kind="text" name="city" label={t('field.city')} maxLength={150} autocomplete="address-level2" required />
        {alike.length > 0 ? <Alike of={alike} /> : null}
      </Form>
    </Page>
  )
}

function Alike({ of }: { of: readonly InstitutionBrief[] }) {
  const t = useWords(words)
  const { language } = useReader()
  return (
    <Callout kind="warning" title={t('join.like-title')}>
      <p>{t('join.like-text')}</p>
      <ul>
        {of.map((one) => (
          <li>
            <A to="network.museum" with={{ id: one.slug }}>
              <Name of={one} language={language} />
            </A>
            {one.city ? `, ${one.city}` : ''}
          </li>
        ))}
      </ul>
      <Field kind="checkbox" name="anew" label={t('join.like-anew')} />
    </Callout>
  )
}

/** One page of joining. */
export function JoinStepPage({ it, section, typed, problems }: Form_ & { it: Institution; section: Section }) {
  const t = useWords(words)
  return (
    <Page title={`${t(`section.${section}`)}: ${it.name}`} crumbs={useMine()}>
      <JoinSteps id={it.slug} now={section} />
      <Form
        typed={typed}
        problems={problems}
        version={it.version}
        buttons={
          <>
            <Button name="next" value="on">
              {t('join.step')}
            </Button>
            <Button kind="second" name="next" value="later">
              {t('join.later')}
            </Button>
          </>
        }
      >
        <SectionFields section={section} it={it} />
      </Form>
    </Page>
  )
}

function JoinSteps({ id, now }: { id: string; now: Section | 'check' }) {
  const t = useWords(words)
  const at = now === 'check' ? sections.length : sections.indexOf(now)
  return (
    <Steps
      of={[...sections, 'check' as const].map((section, place) => ({
        name: t(`section.${section}`),
        state: place === at ? 'now' : place < at ? 'done' : 'ahead',
        target:
          section === 'check'
            ? { to: 'network.join-check', with: { id } }
            : { to: 'network.join-step', with: { id, step: String(place + 1) } },
      }))}
    />
  )
}

/** The last page of joining: the entry as its country will see it, what is missing, and the button that sends it. */
export function JoinCheckPage({ it, typed, problems }: Form_ & { it: Institution }) {
  const t = useWords(words)
  const { countryName, date } = useFormats()
  const lacking = lackingToSubmit(it)
  const whole = completeness(it, it.pictures.length)
  const sent = it.state === 'submitted'
  return (
    <Page
      title={sent ? t('join.sent-title', { name: it.name }) : `${t('section.check')}: ${it.name}`}
      lead={
        sent
          ? t('join.sent-lead', { date: date(it.submittedAt!) })
          : t('join.check-lead', { country: countryName(it.countryCode) })
      }
      crumbs={useMine()}
    >
      <JoinSteps id={it.slug} now="check" />
      {it.state === 'returned' && it.note ? (
        <Callout kind="warning" title={t('join.returned')}>
          {it.note}
        </Callout>
      ) : null}
      {lacking.length > 0 ? (
        <Callout kind="warning" title={t('join.missing')}>
          <ul>
            {lacking.map((wanted) => (
              <li>{t(`field.${wanted}`)}</li>
            ))}
          </ul>
        </Callout>
      ) : whole.missing.length > 0 ? (
        <Callout title={t('join.optional')}>
          <Lacking of={whole} />
        </Callout>
      ) : null}
      <EntryFacts it={it} />
      {sent ? null : (
        <Form typed={typed} problems={problems} buttons={<Button>{t('join.submit')}</Button>}>
          <Field kind="checkbox" name="sure" label={t('join.sure')} required />
        </Form>
      )}
    </Page>
  )
}

function useMine(): Crumb[] {
  const t = useWords(words)
  return [{ to: 'network.my-museums', name: t('mine.title') }]
}

/** The museums that someone looks after. */
export function MinePage({ rows }: { rows: readonly (InstitutionBrief & { completeness: number })[] }) {
  const t = useWords(words)
  const code = useCodes()
  const { language } = useReader()
  const { countryName, percent } = useFormats()
  type Row = (typeof rows)[number]
  const join = <ButtonLink to="network.join-register">{t('action.join')}</ButtonLink>
  return (
    <Page title={t('mine.title')} lead={t('mine.lead')} primary={rows.length > 0 ? join : undefined}>
      <Table
        caption={t('mine.title')}
        captionUnseen
        responsive
        rows={rows}
        rowId={(row) => row.slug}
        columns={[
          {
            id: 'name',
            head: t('queue.institution'),
            names: true,
            cell: (row: Row) =>
              row.state === 'listed' ? (
                <A to="network.museum" with={{ id: row.slug }}>
                  <Name of={row} language={language} />
                </A>
              ) : (
                <A to="network.join-check" with={{ id: row.slug }}>
                  <Name of={row} language={language} />
                </A>
              ),
          },
          { id: 'country', head: t('field.country'), cell: (row: Row) => countryName(row.countryCode) },
          {
            id: 'state',
            head: t('field.state'),
            cell: (row: Row) => <Badge tone={tones[row.state]}>{code('state', row.state)}</Badge>,
          },
          {
            id: 'complete',
            head: t('queue.complete'),
            figures: true,
            cell: (row: Row) => percent(row.completeness / 100),
          },
        ]}
        actions={(row: Row) => (
          <A to="network.edit-museum" with={{ id: row.slug }} aria-label={`${t('action.edit')}: ${row.name}`}>
            {t('action.edit')}
          </A>
        )}
        empty={
          <Empty title={t('mine.empty')} first={join}>
            {t('mine.empty-text')}
          </Empty>
        }
      />
    </Page>
  )
}

/** What each state of an entry means to whoever looks. */
export const tones = {
  draft: 'plain',
  submitted: 'going',
  returned: 'wanting',
  listed: 'done',
  withdrawn: 'refused',
  merged: 'over',
} as const
