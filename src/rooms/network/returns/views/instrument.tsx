import type { Problem } from '#kit/access'
import {
  Button,
  ButtonLink,
  Callout,
  Confirm,
  Deadline,
  Facts,
  Field,
  FieldRow,
  Form,
  Page,
  T,
  useFormats,
  useWords,
  type Typed,
} from '#kit/view'
import { SaidWords } from '#kit/questionnaire'
import type { Instrument, PublicTotals } from '../queries.ts'
import type { InstrumentStep } from '../rules.ts'
import { templates } from '../instruments.ts'
import { words } from '../words/index.ts'
import { State, useInstrumentName } from './pieces.tsx'
import { TotalsView } from './totals.tsx'

export type InstrumentProps = {
  instrument: Instrument
  totals: PublicTotals
  /** What its keeper may do with it next. */
  steps: readonly InstrumentStep[]
  readsDesk: boolean
  /** Whether the reader speaks for a museum that has not begun, and may. */
  begins: boolean
}

/** An instrument: until when it is answered, what it asks, and what came of it. */
export function InstrumentPage({ instrument, totals, steps, readsDesk, begins }: InstrumentProps) {
  const t = useWords(words)
  const formats = useFormats()
  const nameOf = useInstrumentName()
  const { id, definition, state, openUntil, openFrom, zone, countryCode } = instrument
  return (
    <Page
      title={nameOf(instrument)}
      lead={<State of="instrument" state={state} />}
      crumbs={[{ to: 'network.returns', name: t('list.title') }]}
      primary={
        begins ? (
          <ButtonLink to="network.begin-return" with={{ id }}>
            {t('do.begin')}
          </ButtonLink>
        ) : null
      }
      aside={
        <Facts
          narrow
          of={[
            {
              term: t('field.owner'),
              value: countryCode ? formats.countryName(countryCode) : t('list.network'),
            },
            { term: t('field.open-from'), value: openFrom ? formats.date(openFrom) : null },
            {
              term: t('field.open-until'),
              value: openUntil ? (
                state === 'open' ? (
                  <Deadline at={openUntil} zone={zone} />
                ) : (
                  formats.date(openUntil)
                )
              ) : null,
            },
            { term: t('field.smallest-cell'), value: formats.number(instrument.smallestCell) },
          ]}
        />
      }
    >
      {instrument.about ? <T of={instrument.about} as="div" level={3} /> : null}
      {steps.length > 0 || readsDesk ? (
        <p class="buttons">
          {steps.map((step) => (
            <ButtonLink to="network.instrument-step" with={{ id, step }} kind="second">
              {t(`step.${step}.verb`)}
            </ButtonLink>
          ))}
          {readsDesk ? (
            <ButtonLink to="network.return-desk" with={{ id }} kind="second">
              {t('do.desk')}
            </ButtonLink>
          ) : null}
        </p>
      ) : null}
      {state === 'published' ? (
        <TotalsView instrument={instrument} totals={totals} />
      ) : (
        <Callout>{t('instrument.not-yet', { count: instrument.smallestCell })}</Callout>
      )}
      <h2 id="asked">{t('instrument.asked')}</h2>
      <ol>
        {definition.sections.map((section) => (
          <li>
            <SaidWords of={section.title} languages={definition.languages} />{' '}
            <span class="quiet">{t('instrument.questions', { count: section.questions.length })}</span>
          </li>
        ))}
      </ol>
    </Page>
  )
}

export type PrepareProps = {
  /** The countries for which the reader may prepare one; `whole`: also for the whole network. */
  countries: readonly string[]
  whole: boolean
  year: number
  today: string
  until: string
  typed?: Typed | undefined
  problems?: readonly Problem[] | undefined
}

/** The form that prepares an instrument for a year. */
export function PreparePage({ countries, whole, year, today, until, typed, problems }: PrepareProps) {
  const t = useWords(words)
  const formats = useFormats()
  const owners = formats.sorted(
    countries.map((code) => ({ value: code, label: formats.countryName(code) })),
    ({ label }) => label,
  )
  return (
    <Page title={t('do.prepare')} lead={t('prepare.lead')} crumbs={[{ to: 'network.returns', name: t('list.title') }]}>
      <Form typed={typed} problems={problems} buttons={<Button>{t('prepare.save')}</Button>}>
        <Field
          kind="radios"
          name="template"
          label={t('prepare.template')}
          required
          options={templates.map((value) => ({
            value,
            label: t(`template.${value}.name`),
            hint: t(`template.${value}.hint`),
          }))}
        />
        <Field
          kind="number"
          name="year"
          label={t('field.year')}
          hint={t('prepare.year-hint')}
          value={String(year)}
          required
        />
        <Field
          kind="select"
          name="countryCode"
          label={t('field.owner')}
          required={!whole}
          options={[...(whole ? [{ value: '', label: t('list.network') }] : []), ...owners]}
        />
        <FieldRow>
          <Field kind="date" name="openFrom" label={t('field.open-from')} value={today} required />
          <Field
            kind="date"
            name="openUntil"
            label={t('field.open-until')}
            hint={t('prepare.until-hint')}
            value={until}
            required
          />
        </FieldRow>
        <Field
          kind="number"
          name="smallestCell"
          label={t('field.smallest-cell')}
          hint={t('prepare.smallest-hint')}
          value="5"
          required
        />
      </Form>
    </Page>
  )
}

export type StepProps = {
  instrument: Instrument
  step: InstrumentStep
  waiting: number
  checked: number
  typed?: Typed | undefined
  problems?: readonly Problem[] | undefined
}

/** Asks before an instrument is opened, closed or made public, by saying what will happen. */
export function StepPage({ instrument, step, waiting, checked, typed, problems }: StepProps) {
  const t = useWords(words)
  const name = useInstrumentName()(instrument)
  const will = {
    open: [t('step.open.will')],
    close: [t('step.close.will'), t('step.close.returned')],
    publish: [
      t('step.publish.will', { count: checked }),
      ...(waiting > 0 ? [t('step.publish.waiting', { count: waiting })] : []),
      t('step.publish.hidden', { count: instrument.smallestCell }),
    ],
  }[step]
  return (
    <Page
      title={`${t(`step.${step}.verb`)}: ${name}`}
      crumbs={[
        { to: 'network.returns', name: t('list.title') },
        { to: 'network.instrument', with: { id: instrument.id }, name },
      ]}
    >
      <Confirm
        will={will}
        undo={t(`step.${step}.undo`)}
        verb={t(`step.${step}.verb`)}
        back={{ to: 'network.instrument', with: { id: instrument.id } }}
        typed={typed}
        problems={problems}
      />
    </Page>
  )
}
