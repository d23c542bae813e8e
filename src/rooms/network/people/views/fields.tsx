import { Field, FieldRow, useFormats, useReader, useWords } from '#kit/view'
import { languages } from '#kit/words'
import type { Profile } from '../queries.ts'
import { words } from '../words/index.ts'

type Name = { givenNames?: string; firstSurname?: string; secondSurname?: string }

/** A name as its holder writes it: many carry two surnames. */
export function NameFields({ of, required = true }: { of?: Name | undefined; required?: boolean }) {
  const t = useWords(words)
  return (
    <>
      <Field
        kind="text"
        name="givenNames"
        label={t('field.given-names')}
        hint={t('field.given-names-hint')}
        required={required}
        value={of?.givenNames}
        autocomplete="given-name"
        maxLength={120}
      />
      <FieldRow>
        <Field
          kind="text"
          name="firstSurname"
          label={t('field.first-surname')}
          value={of?.firstSurname}
          autocomplete="family-name"
          maxLength={120}
        />
        <Field
          kind="text"
          name="secondSurname"
          label={t('field.second-surname')}
          value={of?.secondSurname}
          maxLength={120}
        />
      </FieldRow>
    </>
  )
}

/** What everybody says of themselves, whichever door they come by. */
export function OwnFields({ of, countries }: { of?: Partial<Profile> | undefined; countries: readonly string[] }) {
  const t = useWords(words)
  const { zone } = useReader()
  return (
    <>
      <NameFields of={of} />
      <Field kind="text" name="profession" label={t('field.profession')} value={of?.profession} maxLength={200} />
      <FieldRow>
        <Field
          kind="country"
          name="countryCode"
          label={t('field.country')}
          countries={countries}
          value={of?.countryCode}
        />
        <LanguageField value={of?.language} />
      </FieldRow>
      <Field
        kind="select"
        name="zone"
        label={t('field.zone')}
        required
        value={of?.zone ?? zone}
        options={zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
      />
    </>
  )
}

export function LanguageField({ value }: { value?: string | undefined }) {
  const t = useWords(words)
  const { language } = useReader()
  const { languageName } = useFormats()
  return (
    <Field
      kind="select"
      name="language"
      label={t('field.language')}
      required
      value={value ?? language}
      options={languages.map((one) => ({ value: one, label: languageName(one) }))}
    />
  )
}

// The zones of the region first to be found: the list is long, and the browser finds by typing.
const zones = [
  ...Intl.supportedValuesOf('timeZone').filter((zone) =>
    /^(America|Europe|Atlantic|Africa|Asia|Pacific|Indian|Australia)\//.test(zone),
  ),
  'UTC',
]
