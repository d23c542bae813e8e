// Longer than most because the page of a return is told from top to bottom as it is read.
import type { Problem, Verdict } from '#kit/access'
import {
  A,
  Button,
  ButtonLink,
  Callout,
  Confirm,
  Deadline,
  Facts,
  Field,
  Form,
  Page,
  Table,
  useFormats,
  useReader,
  useWords,
  When,
  type Crumb,
  type Typed,
} from '#kit/view'
import { AnswersList, SaidWords, saidIn, SectionFields, type Question } from '#kit/questionnaire'
import { say } from '#kit/words'
import type { InstitutionRow, Instrument, Return } from '../queries.ts'
import { doneOf } from '../rules.ts'
import { words } from '../words/index.ts'
import { State, useInstrumentName } from './pieces.tsx'

/** Something that keeps a return from being sent, with the section and the question that it is about. */
export type Missing = Problem & { section: string; question: Question }

function useCrumbs(it: Return, inside = true): Crumb[] {
  const t = useWords(words)
  const name = useInstrumentName()
  return [
    { to: 'network.returns', name: t('list.title') },
    ...(inside
      ? [{ to: 'network.return', with: { id: it.id }, name: `${it.institution}, ${name(it.instrument)}` } as const]
      : []),
  ]
}

export type ReturnProps = {
  it: Return
  mayAnswer: Verdict
  mayCheck: Verdict
  missing: readonly Missing[]
  maySeeResult: boolean
}

/** One museum's return: how far it is section by section, what is still missing, and what was answered. */
export function ReturnPage({ it, mayAnswer, mayCheck, missing, maySeeResult }: ReturnProps) {
  const t = useWords(words)
  const name = useInstrumentName()
  const { definition, openUntil, zone } = it.instrument
  const with_ = { id: it.id }
  const done = doneOf(definition, it.answers)
  const first = done.find(({ asked, answered }) => answered < asked) ?? done[0]
  const begun = done.some(({ answered }) => answered > 0)
  const titleOf = (key: string) => definition.sections.find((section) => section.key === key)!.title
  return (
    <Page
      title={`${it.institution}: ${name(it.instrument)}`}
      lead={<State of="return" state={it.state} />}
      crumbs={useCrumbs(it, false)}
      primary={
        mayAnswer.allowed ? (
          missing.length === 0 ? (
            <ButtonLink to="network.send-return" with={with_}>
              {t('do.review-send')}
            </ButtonLink>
          ) : (
            <ButtonLink to="network.answer-return" with={{ id: it.id, section: first!.section }}>
              {t(begun ? 'do.go-on' : 'do.answer')}
            </ButtonLink>
          )
        ) : mayCheck.allowed ? (
          <ButtonLink to="network.check-return" with={with_}>
            {t('do.check')}
          </ButtonLink>
        ) : maySeeResult ? (
          <ButtonLink to="network.return-result" with={with_}>
            {t('do.result')}
          </ButtonLink>
        ) : null
      }
      aside={
        <Facts
          narrow
          of={[
            {
              term: t('field.open-until'),
              value: mayAnswer.allowed && openUntil ? <Deadline at={openUntil} zone={zone} /> : null,
            },
            { term: t('desk.sent'), value: it.sentAt ? <When at={it.sentAt} /> : null },
            {
              term: t('result.checked-on'),
              value: it.checkedAt ? <When at={it.checkedAt} style="long" hour={false} /> : null,
            },
            { term: t('return.checked-by'), value: it.checkedBy },
          ].filter(({ value }) => value !== null)}
        />
      }
    >
      {it.state === 'returned' && it.note ? (
        <Callout kind="warning" title={t('return.given-back')}>
          <p dir="auto">{it.note}</p>
        </Callout>
      ) : null}
      {mayAnswer.allowed ? (
        <>
          <h2 id="sections">{t('return.sections')}</h2>
          <p class="quiet">{t('return.saved-as-you-go')}</p>
          <Table
            caption={t('return.sections')}
            captionUnseen
            rows={done}
            columns={[
              {
                id: 'section',
                head: t('return.section'),
                names: true,
                cell: ({ section }) => (
                  <A to="network.answer-return" with={{ id: it.id, section }}>
                    <SaidWords of={titleOf(section)} languages={definition.languages} />
                  </A>
                ),
              },
              {
                id: 'done',
                head: t('return.answered'),
                figures: true,
                cell: ({ asked, answered }) => t('return.done', { answered, asked }),
              },
            ]}
          />
          <MissingList it={it} missing={missing} />
        </>
      ) : (
        <AnswersList definition={definition} answers={it.answers} />
      )}
    </Page>
  )
}

/** Everything that is missing before a return can be sent, at once, each with the way to it. */
function MissingList({ it, missing }: { it: Return; missing: readonly Missing[] }) {
  const t = useWords(words)
  const { language } = useReader()
  const { definition } = it.instrument
  if (missing.length === 0)
    return (
      <Callout kind="done" title={t('return.whole')}>
        {t('return.whole-text')}
      </Callout>
    )
  const bySection = Map.groupBy(missing, ({ section }) => section)
  return (
    <>
      <h2 id="missing">{t('return.missing', { count: missing.length })}</h2>
      {[...bySection].map(([section, some]) => (
        <>
          <h3>
            <SaidWords
              of={definition.sections.find(({ key }) => key === section)!.title}
              languages={definition.languages}
            />
          </h3>
          <ul>
            {some.map((one) => (
              <li>
                <A
                  to="network.answer-return"
                  with={{ id: it.id, section }}
                  hash={`f-${one.field}`.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')}
                >
                  {saidIn(one.question.label, language, definition.languages).words}
                </A>{' '}
                <span class="quiet">{say(language, one.words, one.values)}</span>
              </li>
            ))}
          </ul>
        </>
      ))}
    </>
  )
}

export type SectionProps = {
  it: Return
  section: string
  typed?: Typed | undefined
  problems?: readonly Problem[] | undefined
}

/** One section of a return as a form, saved as one goes. */
export function SectionPage({ it, section: key, typed, problems }: SectionProps) {
  const t = useWords(words)
  const { language } = useReader()
  const { definition } = it.instrument
  const done = doneOf(definition, it.answers)
  const place = done.findIndex(({ section }) => section === key)
  const { title } = definition.sections.find((section) => section.key === key)!
  return (
    <Page
      title={saidIn(title, language, definition.languages).words}
      lead={t('return.place', { number: place + 1, total: done.length })}
      crumbs={useCrumbs(it)}
    >
      <Form
        typed={typed}
        problems={problems}
        draft={`return-${it.id}-${key}-${it.revision}`}
        buttons={
          <>
            <Button>{t('do.save-go-on')}</Button>
            <Button kind="second" name="then" value="leave">
              {t('do.save-leave')}
            </Button>
          </>
        }
      >
        <SectionFields definition={definition} section={key} answers={it.answers} />
      </Form>
    </Page>
  )
}

/** Asks before a return is sent: what happens then, and everything as it was answered. */
export function SendPage({
  it,
  problems,
  typed,
}: {
  it: Return
  problems?: readonly Problem[] | undefined
  typed?: Typed | undefined
}) {
  const t = useWords(words)
  return (
    <Page title={t('send.title')} crumbs={useCrumbs(it)}>
      <Confirm
        will={[t('send.will'), t('send.public', { count: it.instrument.smallestCell })]}
        undo={t('send.undo')}
        verb={t('do.send')}
        back={{ to: 'network.return', with: { id: it.id } }}
        problems={problems}
        typed={typed}
      />
      <h2 id="answers">{t('send.answers')}</h2>
      <AnswersList definition={it.instrument.definition} answers={it.answers} level={3} />
    </Page>
  )
}

/** Checks a return: read it, then find it in order or give it back with a note. */
export function CheckPage({
  it,
  problems,
  typed,
}: {
  it: Return
  problems?: readonly Problem[] | undefined
  typed?: Typed | undefined
}) {
  const t = useWords(words)
  const formats = useFormats()
  return (
    <Page
      title={t('check.title', { institution: it.institution })}
      lead={`${useInstrumentName()(it.instrument)} · ${formats.countryName(it.countryCode)}`}
      crumbs={useCrumbs(it)}
    >
      <AnswersList definition={it.instrument.definition} answers={it.answers} />
      <h2 id="decide">{t('check.decide')}</h2>
      <Form typed={typed} problems={problems} buttons={<Button>{t('check.verb')}</Button>}>
        <Field
          kind="radios"
          name="what"
          label={t('check.what')}
          required
          options={[
            { value: 'check', label: t('check.in-order'), hint: t('check.in-order-hint') },
            { value: 'return', label: t('check.give-back'), hint: t('check.give-back-hint') },
          ]}
        />
        <Field kind="long-text" name="note" label={t('check.note')} hint={t('check.note-hint')} dir="auto" />
      </Form>
    </Page>
  )
}

export type BeginProps = {
  instrument: Instrument
  institutions: readonly InstitutionRow[]
  problems?: readonly Problem[] | undefined
  typed?: Typed | undefined
}

/** Begins a return: for which museum, and what it takes. */
export function BeginPage({ instrument, institutions, problems, typed }: BeginProps) {
  const t = useWords(words)
  const name = useInstrumentName()(instrument)
  return (
    <Page
      title={t('begin.title', { instrument: name })}
      lead={t('begin.lead')}
      crumbs={[
        { to: 'network.returns', name: t('list.title') },
        { to: 'network.instrument', with: { id: instrument.id }, name },
      ]}
    >
      <Form typed={typed} problems={problems} buttons={<Button>{t('do.begin')}</Button>}>
        <Field
          kind="radios"
          name="institutionId"
          label={t('begin.institution')}
          required
          value={institutions.length === 1 ? institutions[0]!.id : undefined}
          options={institutions.map(({ id, name: label }) => ({ value: id, label }))}
        />
      </Form>
    </Page>
  )
}
