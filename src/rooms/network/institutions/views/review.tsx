import {
  A,
  Button,
  Callout,
  Field,
  Form,
  Page,
  T,
  Table,
  useFormats,
  useReader,
  useWords,
  type Problem,
  type Typed,
} from '#kit/view'
import type { CountrySettings, Institution, InstitutionBrief, ProposedEdit } from '../queries.ts'
import { overtaken, type EntryField } from '../rules/index.ts'
import { words } from '../words/index.ts'
import { EntryFacts } from './entry.tsx'
import { Name, useValue } from './value.tsx'

type Form_ = { typed?: Typed | undefined; problems?: readonly Problem[] | undefined }
type Alike = InstitutionBrief & { score: number; metres: number | null }

/** An officer decides whether the country vouches for an entry. */
export function ValidationPage({
  it,
  settings,
  alike,
  typed,
  problems,
}: Form_ & { it: Institution; settings: CountrySettings; alike: readonly Alike[] }) {
  const t = useWords(words)
  const { countryName, date } = useFormats()
  const country = countryName(it.countryCode)
  const listed = it.state === 'listed'
  const decisions = listed
    ? (['again', 'withdraw'] as const)
    : it.state === 'submitted'
      ? (['validate', 'return'] as const)
      : (['validate'] as const)
  return (
    <Page
      title={t('validation.title', { name: it.name })}
      lead={listed ? t('validation.lead-again', { country }) : t('validation.lead', { country })}
      crumbs={[{ to: 'network.register-queue', name: t('queue.title') }]}
      aside={
        Object.keys(settings.definition).length > 0 ? (
          <>
            <h2>{t('validation.definition', { country })}</h2>
            <T of={settings.definition} as="div" />
            {settings.definitionSource ? <p class="hint">{settings.definitionSource}</p> : null}
          </>
        ) : undefined
      }
    >
      {it.submittedAt ? <p>{t('validation.sent', { date: date(it.submittedAt) })}</p> : null}
      {alike.length > 0 ? <AlikeCallout it={it} alike={alike} /> : null}
      <h2>{t('validation.entry')}</h2>
      <EntryFacts it={it} />
      <Form typed={typed} problems={problems} version={it.version} buttons={<Button>{t('validation.decide')}</Button>}>
        <Field
          kind="radios"
          name="decision"
          label={t('validation.decision')}
          options={decisions.map((value) => ({
            value,
            label: t(`validation.${value}`),
            hint: t(`validation.${value}-hint`),
          }))}
          required
        />
        <Field
          kind="text"
          name="definitionSource"
          label={t('validation.source')}
          hint={t('validation.source-hint')}
          value={settings.definitionSource}
          maxLength={300}
        />
        <Field
          kind="long-text"
          name="note"
          label={t('validation.note')}
          hint={t('validation.note-hint')}
          rows={4}
          maxLength={2000}
        />
      </Form>
    </Page>
  )
}

function AlikeCallout({ it, alike }: { it: Institution; alike: readonly Alike[] }) {
  const t = useWords(words)
  const { language } = useReader()
  const distance = useDistance()
  return (
    <Callout kind="warning" title={t('validation.alike')}>
      <p>{t('validation.alike-text')}</p>
      <ul>
        {alike.map((one) => (
          <li>
            <Name of={one} language={language} />
            {one.city ? `, ${one.city}` : ''}
            {one.metres === null ? '' : ` (${t('duplicates.metres', { distance: distance(one.metres) })})`}{' '}
            <A
              to="network.duplicate-pair"
              with={{ one: it.id, other: one.id }}
              aria-label={`${t('validation.compare')}: ${one.name}`}
            >
              {t('validation.compare')}
            </A>
          </li>
        ))}
      </ul>
    </Callout>
  )
}

/** A distance as people say it: metres up to a kilometre, then kilometres. */
export function useDistance(): (metres: number) => string {
  const { unit } = useFormats()
  return (metres) =>
    metres < 950
      ? unit(Math.round(metres / 10) * 10, 'meter', 'short')
      : unit(metres < 9500 ? Math.round(metres / 100) / 10 : Math.round(metres / 1000), 'kilometer', 'short')
}

/** What a museum wishes to change, field by field, before and after. */
export function ProposalPage({ it, edit, typed, problems }: Form_ & { it: Institution; edit: ProposedEdit }) {
  const t = useWords(words)
  const { date } = useFormats()
  const value = useValue()
  const late = overtaken(it, edit.changes)
  const fields = Object.keys(edit.changes) as EntryField[]
  return (
    <Page
      title={t('proposal.title', { name: it.name })}
      lead={t('proposal.lead', { person: edit.personName, date: date(edit.at) })}
      crumbs={[{ to: 'network.register-queue', name: t('queue.title') }]}
      wide
    >
      {edit.note ? <Callout title={t('proposal.note')}>{edit.note}</Callout> : null}
      <Form
        typed={typed}
        problems={problems}
        version={edit.version}
        buttons={
          <>
            <Button name="decision" value="accept">
              {t('proposal.accept')}
            </Button>
            <Button kind="second" name="decision" value="refuse">
              {t('proposal.refuse')}
            </Button>
          </>
        }
      >
        <Table
          caption={t('proposal.caption')}
          responsive
          rows={fields}
          columns={[
            { id: 'field', head: t('proposal.field'), names: true, cell: (field: EntryField) => t(`field.${field}`) },
            {
              id: 'now',
              head: t('proposal.now'),
              cell: (field: EntryField) => (
                <>
                  {value(field, it[field]) ?? t('value.none')}
                  {late.includes(field) ? <p class="hint">{t('proposal.overtaken')}</p> : null}
                </>
              ),
            },
            {
              id: 'proposed',
              head: t('proposal.proposed'),
              cell: (field: EntryField) => value(field, edit.changes[field]!.after) ?? t('value.none'),
            },
          ]}
        />
        <Field
          kind="checkboxes"
          name="take"
          label={t('proposal.take')}
          options={fields.map((field) => ({ value: field, label: t(`field.${field}`) }))}
          value={fields}
        />
        <Field
          kind="long-text"
          name="reason"
          label={t('proposal.reason')}
          hint={t('proposal.reason-hint')}
          rows={3}
          maxLength={2000}
        />
      </Form>
    </Page>
  )
}
