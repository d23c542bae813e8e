// Longer than most because each form of the alcove stands here once, and is read by itself.
import type { ComponentChildren } from 'preact'
import type { Problem } from '#kit/access'
import {
  Button,
  Field,
  Form,
  FieldRow,
  Page,
  plainText,
  useFormats,
  useReader,
  useWords,
  type Crumb,
  type Text,
  type Typed,
} from '#kit/view'
import { languages } from '#kit/words'
import type { BodyDetail, CountryDetail, DecisionListRow, NetworkRow, SessionRow } from '../queries.ts'
import { bodyKinds, lawKinds, membershipKinds, offices, parts, workingLanguages } from '../forms.ts'
import { decisionRules } from '../rules.ts'
import { words } from '../words/index.ts'

/** What came back with a form that was not taken. */
export type Back = { typed?: Typed | undefined; problems?: readonly Problem[] | undefined }
type DoKey =
  | 'describe-network'
  | 'begin-membership'
  | 'end-membership'
  | 'found-body'
  | 'add-seat'
  | 'give-mandate'
  | 'end-mandate'
  | 'hold-session'
  | 'propose-motion'
  | 'enter-partner'
  | 'enter-country'
  | 'describe-country'
  | 'enter-law'

/** One thing on a page of its own: its title is the verb, its button too. */
function Task({
  what,
  lead,
  back,
  crumbs = [],
  children,
  version,
}: {
  what: DoKey
  lead?: ComponentChildren
  back: Back
  crumbs?: readonly Crumb[]
  children: ComponentChildren
  version?: string | undefined
}) {
  const t = useWords(words)
  return (
    <Page
      title={t(`do.${what}`)}
      lead={lead}
      crumbs={[{ to: 'network.governance', name: t('page.title') }, ...crumbs]}
      robots="noindex"
    >
      <Form {...back} version={version} buttons={<Button>{t(`do.${what}`)}</Button>}>
        {children}
      </Form>
    </Page>
  )
}

/** Languages in which content may be written here: the interface's, and those that the network or country works in. */
const writable = (working: readonly string[]): string[] => [...new Set([...working, ...languages])]

function Texts({
  name,
  label,
  value,
  hint,
  working = ['es', 'pt'],
  rows = 1,
  required,
}: {
  name: string
  label: string
  value?: Text | null
  hint?: string
  working?: readonly string[]
  rows?: number
  required?: boolean
}) {
  return (
    <Field
      kind="text-set"
      name={name}
      label={label}
      hint={hint}
      value={value}
      languages={writable(working)}
      working={working}
      rows={rows}
      required={required ?? false}
    />
  )
}

function Languages({ value, working = workingLanguages }: { value?: readonly string[]; working?: readonly string[] }) {
  const t = useWords(words)
  const { languageName } = useFormats()
  return (
    <Field
      kind="checkboxes"
      name="workingLanguages"
      label={t('field.working-languages')}
      hint={t('field.working-languages-hint')}
      value={value}
      options={working.map((code) => ({ value: code, label: languageName(code) }))}
    />
  )
}

/** Codes as options, named by the words. */
const options = <Code extends string>(codes: readonly Code[], name: (code: Code) => string) =>
  codes.map((value) => ({ value: value as string, label: name(value) }))

function DecisionField({ decisions }: { decisions: readonly DecisionListRow[] }) {
  const t = useWords(words)
  const { language } = useReader()
  const adopted = decisions.filter(({ state }) => state === 'adopted')
  return (
    <Field
      kind="select"
      name="decisionId"
      label={t('field.decision')}
      hint={t('field.decision-hint')}
      options={adopted.map((one) => ({ value: one.id, label: `${one.code} · ${plainText(one.motion, language)}` }))}
    />
  )
}

export function NetworkFormPage({
  network,
  countries,
  back,
}: {
  network: NetworkRow
  countries: readonly string[]
  back: Back
}) {
  const t = useWords(words)
  return (
    <Task what="describe-network" back={back}>
      <Texts name="name" label={t('field.name')} value={network.name} working={network.workingLanguages} required />
      <Texts
        name="about"
        label={t('field.about')}
        hint={t('field.about-hint')}
        value={network.about}
        working={network.workingLanguages}
        rows={8}
      />
      <FieldRow>
        <Field
          kind="country"
          name="seatCountry"
          label={t('field.seat-country')}
          required
          countries={countries}
          value={network.seatCountry}
        />
        <Field kind="text" name="seatCity" label={t('field.seat-city')} value={network.seatCity ?? ''} />
      </FieldRow>
      <Field
        kind="text"
        name="zone"
        label={t('field.zone')}
        hint={t('field.zone-hint')}
        required
        value={network.zone}
      />
      <Languages value={network.workingLanguages} />
    </Task>
  )
}

export function MembershipFormPage({
  countries,
  decisions,
  back,
}: {
  countries: readonly string[]
  decisions: readonly DecisionListRow[]
  back: Back
}) {
  const t = useWords(words)
  return (
    <Task what="begin-membership" back={back}>
      <Field kind="country" name="countryCode" label={t('field.country')} required countries={countries} />
      <Field
        kind="radios"
        name="kind"
        label={t('field.membership-kind')}
        required
        value="member"
        options={options(membershipKinds, (code) => t(`membership.${code}`))}
      />
      <FieldRow>
        <Field kind="date" name="from" label={t('field.from')} required />
        <Field kind="date" name="last" label={t('field.last')} hint={t('field.last-hint')} />
      </FieldRow>
      <Field kind="checkbox" name="beginUnknown" label={t('field.begin-unknown')} />
      <DecisionField decisions={decisions} />
      <Field kind="text" name="source" label={t('field.source')} hint={t('field.source-hint')} />
    </Task>
  )
}

/** Ends a membership or a mandate: shows whose, asks for the last day. */
export function EndFormPage({ what, of, back }: { what: 'end-membership' | 'end-mandate'; of: string; back: Back }) {
  const t = useWords(words)
  return (
    <Task what={what} lead={of} back={back}>
      <Field kind="date" name="last" label={t('field.last')} required />
      <Field kind="text" name="reason" label={t('field.reason')} />
    </Task>
  )
}

export function BodyFormPage({
  countries,
  working,
  back,
}: {
  countries: readonly string[]
  working: readonly string[]
  back: Back
}) {
  const t = useWords(words)
  return (
    <Task what="found-body" back={back}>
      <Texts name="name" label={t('field.name')} working={working} required />
      <Field kind="text" name="code" label={t('field.code')} hint={t('field.code-hint')} required />
      <Field
        kind="select"
        name="kind"
        label={t('field.body-kind')}
        required
        options={options(bodyKinds, (code) => t(`kind.${code}`))}
      />
      <Field kind="country" name="countryCode" label={t('field.country')} countries={countries} />
      <Texts name="about" label={t('field.about')} hint={t('field.about-hint')} working={working} rows={6} />
      <FieldRow>
        <Field kind="date" name="from" label={t('field.from')} />
        <Field kind="date" name="last" label={t('field.last')} hint={t('field.last-hint')} />
      </FieldRow>
      <Field
        kind="number"
        name="quorum"
        label={t('field.quorum')}
        hint={t('field.quorum-hint')}
        unit="%"
        minimum={0}
        maximum={100}
      />
    </Task>
  )
}

function useBodyCrumb(body: BodyDetail): Crumb[] {
  const { language } = useReader()
  return [{ to: 'network.body', with: { code: body.code }, name: plainText(body.name, language) }]
}

export function SeatFormPage({
  body,
  countries,
  back,
}: {
  body: BodyDetail
  countries: readonly string[]
  back: Back
}) {
  const t = useWords(words)
  return (
    <Task what="add-seat" crumbs={useBodyCrumb(body)} back={back}>
      <Field
        kind="select"
        name="office"
        label={t('field.office')}
        required
        options={options(offices, (code) => t(`office.${code}`))}
      />
      <Field kind="country" name="countryCode" label={t('field.country')} countries={countries} />
      <Field kind="number" name="votes" label={t('field.votes')} required value="1" minimum={0} maximum={100} />
    </Task>
  )
}

export function MandateFormPage({
  body,
  decisions,
  people,
  back,
}: {
  body: BodyDetail
  decisions: readonly DecisionListRow[]
  people: readonly { id: string; name: string }[] | undefined
  back: Back
}) {
  const t = useWords(words)
  const formats = useFormats()
  return (
    <Task what="give-mandate" crumbs={useBodyCrumb(body)} back={back}>
      <Field
        kind="select"
        name="seatId"
        label={t('field.seat')}
        required
        options={body.seatList.map((seat) => ({
          value: seat.id,
          label: [
            seat.countryCode ? formats.countryName(seat.countryCode) : '',
            t(`office.${seat.office as 'chair'}`),
            seat.holder?.name ?? '',
          ]
            .filter(Boolean)
            .join(' · '),
        }))}
      />
      <Field
        kind="lookup"
        name="personId"
        label={t('field.person')}
        hint={t('field.person-hint')}
        required
        found={people?.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FieldRow>
        <Field kind="date" name="from" label={t('field.from')} required />
        <Field kind="date" name="last" label={t('field.last')} hint={t('field.last-hint')} />
      </FieldRow>
      <DecisionField decisions={decisions} />
    </Task>
  )
}

export function SessionFormPage({ body, working, back }: { body: BodyDetail; working: readonly string[]; back: Back }) {
  const t = useWords(words)
  return (
    <Task what="hold-session" crumbs={useBodyCrumb(body)} back={back}>
      <Field kind="number" name="number" label={t('field.session-number')} minimum={1} maximum={999} />
      <Texts name="name" label={t('field.name')} working={working} />
      <FieldRow>
        <Field kind="date" name="from" label={t('field.from')} required />
        <Field kind="date" name="last" label={t('field.last')} required />
      </FieldRow>
      <Field kind="text" name="place" label={t('field.place')} />
    </Task>
  )
}

export function MotionFormPage({ body, working, back }: { body: BodyDetail; working: readonly string[]; back: Back }) {
  const t = useWords(words)
  const { language } = useReader()
  const formats = useFormats()
  const named = (session: SessionRow): string =>
    plainText(session.name, language) ||
    (session.number ? t('body.session', { number: session.number }) : t('body.session-plain'))
  return (
    <Task what="propose-motion" crumbs={useBodyCrumb(body)} back={back}>
      <Field kind="text" name="code" label={t('field.code')} hint={t('field.code-hint')} required />
      <Texts name="motion" label={t('field.motion')} hint={t('field.motion-hint')} working={working} required />
      <Texts name="text" label={t('field.text')} hint={t('field.about-hint')} working={working} rows={8} />
      <Field
        kind="radios"
        name="rule"
        label={t('field.rule')}
        required
        options={options(decisionRules, (code) => t(`decision.rule.${code}`))}
      />
      <Field
        kind="select"
        name="sessionId"
        label={t('field.session')}
        options={body.sessions.map((session) => ({
          value: session.id,
          label: `${named(session)} · ${formats.date(session.held.slice(1, 11))}`,
        }))}
      />
      <Field kind="checkbox" name="public" label={t('field.public')} hint={t('field.public-hint')} />
    </Task>
  )
}

export function PartnerFormPage({ countries, back }: { countries: readonly string[]; back: Back }) {
  const t = useWords(words)
  return (
    <Task what="enter-partner" back={back}>
      <Field kind="text" name="name" label={t('field.name')} required />
      <Field
        kind="radios"
        name="part"
        label={t('field.part')}
        required
        options={options(parts, (code) => t(`part.${code}`))}
      />
      <Field kind="url" name="website" label={t('field.website')} />
      <Field kind="country" name="countryCode" label={t('field.country')} countries={countries} />
      <Field kind="text" name="source" label={t('field.source')} hint={t('field.source-hint')} />
    </Task>
  )
}

export function EnterCountryFormPage({ countries, back }: { countries: readonly string[]; back: Back }) {
  const t = useWords(words)
  return (
    <Task what="enter-country" back={back} crumbs={[{ to: 'network.countries', name: t('country.list-title') }]}>
      <Field kind="country" name="code" label={t('field.country')} required countries={countries} />
      <Field kind="checkbox" name="inRegion" label={t('field.in-region')} checked />
      <Field kind="text" name="zone" label={t('field.zone')} hint={t('field.zone-hint')} required />
      <Languages />
      <Field kind="checkbox" name="editsAreReviewed" label={t('field.edits-reviewed')} checked />
    </Task>
  )
}

export function CountryFormPage({ country, back }: { country: CountryDetail; back: Back }) {
  const t = useWords(words)
  const { countryName } = useFormats()
  return (
    <Task
      what="describe-country"
      lead={countryName(country.code)}
      back={back}
      crumbs={[{ to: 'network.country', with: { code: country.code.toLowerCase() }, name: countryName(country.code) }]}
    >
      <Texts
        name="introduction"
        label={t('field.introduction')}
        hint={t('field.about-hint')}
        value={country.introduction}
        working={country.workingLanguages}
        rows={6}
      />
      <Texts
        name="definition"
        label={t('field.definition')}
        hint={t('field.about-hint')}
        value={country.definition}
        working={country.workingLanguages}
        rows={6}
      />
      <Field
        kind="text"
        name="definitionSource"
        label={t('field.definition-source')}
        value={country.definitionSource}
      />
      <Field
        kind="text"
        name="zone"
        label={t('field.zone')}
        hint={t('field.zone-hint')}
        required
        value={country.zone}
      />
      <Field
        kind="checkbox"
        name="editsAreReviewed"
        label={t('field.edits-reviewed')}
        checked={country.editsAreReviewed}
      />
    </Task>
  )
}

export function LawFormPage({ country, back }: { country: CountryDetail; back: Back }) {
  const t = useWords(words)
  const { countryName } = useFormats()
  return (
    <Task
      what="enter-law"
      lead={countryName(country.code)}
      back={back}
      crumbs={[{ to: 'network.country', with: { code: country.code.toLowerCase() }, name: countryName(country.code) }]}
    >
      <Field
        kind="radios"
        name="kind"
        label={t('field.law-kind')}
        required
        options={options(lawKinds, (code) => t(`law.${code}`))}
      />
      <Texts name="title" label={t('field.law-title')} working={country.workingLanguages} required />
      <Texts name="summary" label={t('field.law-summary')} working={country.workingLanguages} rows={4} />
      <Field kind="url" name="url" label={t('field.source-url')} />
      <Field kind="date" name="adoptedOn" label={t('field.adopted-on')} />
    </Task>
  )
}
