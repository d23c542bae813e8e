// Longer than most because the record of a museum has many fields, drawn here in the order of the page.
import { Field, FieldRow, Fieldset, useWords } from '#kit/view'
import {
  accessibilityFeatures,
  admissions,
  collectionKinds,
  institutionKinds,
  institutionTypes,
  legalKinds,
  resources,
  services,
  sizeClasses,
} from '../codes.ts'
import type { Section } from '../forms.ts'
import {
  days,
  precisions,
  socialNetworks,
  writeHours,
  type Entry,
  type Identifier,
  type NameKind,
} from '../rules/index.ts'
import { words } from '../words/index.ts'
import { useCodes, useOptions } from './codes.ts'

/** In which languages names and descriptions can be written here: those of the interface, then others of the region. */
export const contentLanguages = [
  'es',
  'pt',
  'en',
  'ar',
  'qu',
  'ay',
  'gn',
  'ca',
  'gl',
  'eu',
  'arn',
  'fr',
  'it',
  'de',
] as const

type Props = { it: Entry }

/** The fields of one section of an entry, filled with what it says now. */
export function SectionFields({ section, it }: Props & { section: Section }) {
  const Fields = parts[section]
  return <Fields it={it} />
}

const namesOf = (it: Entry, kind: NameKind): string =>
  it.names
    .filter((name) => name.kind === kind)
    .map(({ name }) => name)
    .join('\n')
const identifierOf = (it: Entry, scheme: Identifier['scheme']): string =>
  it.identifiers.find((one) => one.scheme === scheme)?.value ?? ''
const asText = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).map(([language, body]) => [language, { body }]))
const languagesWith = (written: Iterable<string>): string[] => [...new Set([...contentLanguages, ...written])]

function Identity({ it }: Props) {
  const t = useWords(words)
  const options = useOptions()
  const translated = it.names.filter(({ kind }) => kind === 'translated')
  const names = Object.fromEntries(translated.toReversed().map(({ language, name }) => [language, name]))
  return (
    <>
      <Field
        kind="text"
        name="name"
        label={t('field.name')}
        hint={t('hint.name')}
        value={it.name}
        maxLength={300}
        required
      />
      <FieldRow>
        <Field
          kind="text"
          name="nameLanguage"
          label={t('field.nameLanguage')}
          hint={t('hint.nameLanguage')}
          value={it.nameLanguage}
          maxLength={35}
          required
        />
        <Field
          kind="text"
          name="founded"
          label={t('field.founded')}
          hint={t('hint.founded')}
          value={it.founded}
          maxLength={30}
          dir="ltr"
        />
      </FieldRow>
      <FieldRow>
        <Field
          kind="select"
          name="kind"
          label={t('field.kind')}
          options={options('kind', institutionKinds)}
          value={it.kind}
          required
        />
        <Field
          kind="select"
          name="type"
          label={t('field.type')}
          options={options('type', institutionTypes)}
          value={it.type}
        />
        <Field
          kind="select"
          name="legalKind"
          label={t('field.legalKind')}
          options={options('legal', legalKinds)}
          value={it.legalKind}
        />
      </FieldRow>
      <Field
        kind="text"
        name="governingBody"
        label={t('field.governingBody')}
        hint={t('hint.governingBody')}
        value={it.governingBody}
        maxLength={300}
      />
      <Field
        kind="text-set"
        name="names"
        label={t('field.translations')}
        hint={t('hint.names')}
        languages={languagesWith(Object.keys(names)).filter(
          (language) => language !== it.nameLanguage || names[language],
        )}
        value={asText(names)}
        rows={1}
        maxLength={300}
      />
      <FieldRow>
        <Field
          kind="long-text"
          name="shortNames"
          label={t('field.shortNames')}
          hint={t('hint.oneALine')}
          value={namesOf(it, 'short')}
          rows={2}
        />
        <Field
          kind="long-text"
          name="acronyms"
          label={t('field.acronyms')}
          hint={t('hint.oneALine')}
          value={namesOf(it, 'acronym')}
          rows={2}
        />
        <Field
          kind="long-text"
          name="formerNames"
          label={t('field.formerNames')}
          hint={t('hint.oneALine')}
          value={namesOf(it, 'former')}
          rows={2}
        />
      </FieldRow>
      <FieldRow>
        <Field
          kind="text"
          name="isil"
          label={t('field.isil')}
          hint={t('hint.isil')}
          value={identifierOf(it, 'isil')}
          maxLength={20}
          dir="ltr"
        />
        <Field
          kind="text"
          name="wikidata"
          label={t('field.wikidata')}
          hint={t('hint.wikidata')}
          value={identifierOf(it, 'wikidata')}
          maxLength={60}
          dir="ltr"
        />
        <Field
          kind="text"
          name="nationalRegister"
          label={t('field.nationalRegister')}
          value={identifierOf(it, 'national-register')}
          maxLength={80}
          dir="ltr"
        />
      </FieldRow>
    </>
  )
}

function Place({ it }: Props) {
  const t = useWords(words)
  const options = useOptions()
  return (
    <>
      <FieldRow>
        <Field
          kind="text"
          name="city"
          label={t('field.city')}
          value={it.city}
          maxLength={150}
          autocomplete="address-level2"
        />
        <Field
          kind="text"
          name="region"
          label={t('field.region')}
          value={it.region}
          maxLength={150}
          autocomplete="address-level1"
        />
      </FieldRow>
      <FieldRow>
        <Field
          kind="text"
          name="address"
          label={t('field.address')}
          value={it.address}
          maxLength={300}
          autocomplete="street-address"
        />
        <Field
          kind="text"
          name="postcode"
          label={t('field.postcode')}
          value={it.postcode}
          maxLength={20}
          autocomplete="postal-code"
        />
      </FieldRow>
      <Field
        kind="coordinates"
        name="coordinates"
        label={t('field.coordinates')}
        hint={t('hint.coordinates')}
        value={{ latitude: it.latitude, longitude: it.longitude }}
      />
      <Field
        kind="select"
        name="coordinatesPrecision"
        label={t('field.coordinatesPrecision')}
        options={options('precision', precisions)}
        value={it.coordinatesPrecision}
      />
    </>
  )
}

function Contact({ it }: Props) {
  const t = useWords(words)
  const label = useCodes()
  return (
    <>
      <FieldRow>
        <Field kind="email" name="email" label={t('field.email')} hint={t('hint.email')} value={it.email} />
        <Field kind="tel" name="telephone" label={t('field.telephone')} value={it.telephone} maxLength={60} />
      </FieldRow>
      <Field kind="url" name="website" label={t('field.website')} value={it.website} />
      <Fieldset legend={t('field.social')}>
        {socialNetworks.map((network) => (
          <Field
            kind="url"
            name={`social.${network}`}
            label={label('social', network)}
            value={it.social[network]}
            autocomplete="off"
          />
        ))}
      </Fieldset>
    </>
  )
}

function Collections({ it }: Props) {
  const t = useWords(words)
  const options = useOptions()
  return (
    <>
      <Field
        kind="checkboxes"
        name="collections"
        label={t('field.collections')}
        options={options('collection', collectionKinds)}
        value={it.collections}
      />
      <FieldRow>
        <Field
          kind="select"
          name="sizeClass"
          label={t('field.sizeClass')}
          options={options('size', sizeClasses)}
          value={it.sizeClass}
        />
        <Field
          kind="number"
          name="staffCount"
          label={t('field.staffCount')}
          hint={t('hint.staffCount')}
          value={it.staffCount}
        />
      </FieldRow>
      <Field
        kind="checkboxes"
        name="resources"
        label={t('field.resources')}
        options={options('resource', resources)}
        value={it.resources}
      />
    </>
  )
}

function Visit({ it }: Props) {
  const t = useWords(words)
  const options = useOptions()
  const label = useCodes()
  return (
    <>
      <Fieldset legend={t('field.opening')} hint={t('hint.hours')}>
        {days.map((day) => {
          const spans = it.opening[day]
          return (
            <Field
              kind="text"
              name={`opening.${day}`}
              label={label('day', day)}
              value={spans?.length === 0 ? '-' : writeHours(spans)}
              dir="ltr"
              autocomplete="off"
            />
          )
        })}
      </Fieldset>
      <Field
        kind="long-text"
        name="openingNote"
        label={t('field.openingNote')}
        hint={t('hint.openingNote')}
        value={it.openingNote}
        rows={2}
        maxLength={1000}
      />
      <Field
        kind="radios"
        name="admission"
        label={t('field.admission')}
        options={options('admission', admissions)}
        value={it.admission}
      />
      <Field
        kind="long-text"
        name="admissionNote"
        label={t('field.admissionNote')}
        hint={t('hint.admissionNote')}
        value={it.admissionNote}
        rows={2}
        maxLength={1000}
      />
      <Field
        kind="checkboxes"
        name="services"
        label={t('field.services')}
        options={options('service', services)}
        value={it.services}
      />
      <Field
        kind="checkbox"
        name="closedPermanently"
        label={t('field.closedPermanently')}
        hint={t('hint.closedPermanently')}
        checked={it.closedPermanently}
      />
    </>
  )
}

function Accessibility({ it }: Props) {
  const t = useWords(words)
  const options = useOptions()
  return (
    <>
      <Field
        kind="checkboxes"
        name="accessibility"
        label={t('field.accessibility')}
        hint={t('hint.accessibility')}
        options={options('accessibility', accessibilityFeatures)}
        value={it.accessibility}
      />
      <Field
        kind="long-text"
        name="accessibilityNote"
        label={t('field.accessibilityNote')}
        hint={t('hint.accessibilityNote')}
        value={it.accessibilityNote}
        rows={4}
        maxLength={2000}
      />
    </>
  )
}

function Description({ it }: Props) {
  const t = useWords(words)
  return (
    <Field
      kind="text-set"
      name="description"
      label={t('field.description')}
      hint={t('hint.description')}
      languages={languagesWith(Object.keys(it.description))}
      value={asText(it.description)}
      rows={8}
      maxLength={8000}
    />
  )
}

const parts = {
  identity: Identity,
  place: Place,
  contact: Contact,
  collections: Collections,
  visit: Visit,
  accessibility: Accessibility,
  description: Description,
}
