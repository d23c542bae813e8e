import { Facts, useWords, type Fact } from '#kit/view'
import type { Completeness, Entry, EntryField } from '../rules/index.ts'
import { words } from '../words/index.ts'
import { useValue } from './value.tsx'

const shown: readonly EntryField[] = [
  'name',
  'kind',
  'type',
  'legalKind',
  'governingBody',
  'founded',
  'names',
  'identifiers',
  'city',
  'region',
  'address',
  'postcode',
  'latitude',
  'longitude',
  'coordinatesPrecision',
  'email',
  'telephone',
  'website',
  'social',
  'collections',
  'sizeClass',
  'staffCount',
  'resources',
  'opening',
  'openingNote',
  'admission',
  'admissionNote',
  'services',
  'accessibility',
  'accessibilityNote',
  'description',
]

/** All that an entry says, field by field. */
export function EntryFacts({ it }: { it: Entry }) {
  const t = useWords(words)
  const value = useValue()
  const facts = shown.map((field): Fact => ({ term: t(`field.${field}`), value: value(field, it[field]) }))
  if (it.closedPermanently) facts.push({ term: t('field.closedPermanently'), value: t('value.yes') })
  return <Facts of={facts} />
}

/** What an entry lacks, what counts most first; at most five, for a longer list is not read. */
export function Lacking({ of }: { of: Completeness }) {
  const t = useWords(words)
  return (
    <ul>
      {of.missing.slice(0, 5).map((wanted) => (
        <li>{t(`field.${wanted}`)}</li>
      ))}
    </ul>
  )
}
