import type { ComponentChildren } from 'preact'
import { useFormats, useWords } from '#kit/view'
import { direction } from '#kit/words'
import {
  days,
  groupedDays,
  isEmpty,
  readFounded,
  writeHours,
  type EntryField,
  type Identifier,
  type Opening,
  type OtherName,
} from '../rules/index.ts'
import { words } from '../words/index.ts'
import { useCodes, type CodeGroup } from './codes.ts'

const groups: { [field in EntryField]?: CodeGroup } = {
  kind: 'kind',
  legalKind: 'legal',
  type: 'type',
  collections: 'collection',
  services: 'service',
  accessibility: 'accessibility',
  resources: 'resource',
  admission: 'admission',
  sizeClass: 'size',
  coordinatesPrecision: 'precision',
}

/** A value of any field of an entry as people read it; null where it says nothing. */
export function useValue(): (field: EntryField, value: unknown) => ComponentChildren {
  const t = useWords(words)
  const label = useCodes()
  const formats = useFormats()
  const founded = useFounded()
  return (field, value) => {
    if (isEmpty(value)) return null
    const group = groups[field]
    if (group)
      return Array.isArray(value)
        ? formats.list(value.map((code: string) => label(group, code)))
        : label(group, value as string)
    switch (field) {
      case 'closedPermanently':
        return value ? t('value.yes') : t('value.no')
      case 'founded':
        return founded(value as string)
      case 'nameLanguage':
        return formats.languageName(value as string)
      case 'opening':
        return <OpeningHours of={value as Opening} />
      case 'names':
        return <NameList of={value as OtherName[]} />
      case 'identifiers':
        return (
          <ul class="plain-list">
            {(value as Identifier[]).map((one) => (
              <li>
                {label('scheme', one.scheme)}: <bdi>{one.value}</bdi>
              </li>
            ))}
          </ul>
        )
      case 'description':
        return Object.entries(value as Record<string, string>).map(([language, body]) => (
          <p lang={language} dir={direction(language)}>
            {body}
          </p>
        ))
      case 'social':
        return formats.list(Object.values(value as Record<string, string>), 'unit')
      case 'latitude':
      case 'longitude':
        return <bdi>{formats.number(value as number, { maximumFractionDigits: 6 })}</bdi>
      default:
        return typeof value === 'number' ? formats.number(value) : <bdi>{String(value)}</bdi>
    }
  }
}

/** The year of an EDTF date in words: "around 1890", "between 1920 and 1929". */
export function useFounded(): (edtf: string) => string {
  const t = useWords(words)
  return (edtf) => {
    const read = readFounded(edtf)
    if (!read) return edtf
    const written = (year: number): string => (year < 0 ? t('value.bce', { year: String(-year) }) : String(year))
    if (read.earliest === null) return t('value.before', { year: written(read.latest!) })
    if (read.latest === null) return t('value.after', { year: written(read.earliest) })
    const year =
      read.earliest === read.latest
        ? written(read.earliest)
        : t('value.between', { from: written(read.earliest), to: written(read.latest) })
    if (read.approximate) return t('value.about', { year })
    return read.uncertain ? t('value.maybe', { year }) : year
  }
}

/** Opening hours, days with the same hours together. */
export function OpeningHours({ of }: { of: Opening }) {
  const t = useWords(words)
  const label = useCodes()
  return (
    <ul class="plain-list">
      {groupedDays(of).map(({ from, to, spans }) => (
        <li>
          {from === to
            ? label('day', from)
            : t('value.days', { from: label('day', from), to: label('day', to).toLocaleLowerCase() })}
          {': '}
          <bdi>{spans.length === 0 ? t('value.closed') : writeHours(spans)}</bdi>
        </li>
      ))}
    </ul>
  )
}

function NameList({ of }: { of: OtherName[] }) {
  const label = useCodes()
  const { languageName } = useFormats()
  return (
    <ul class="plain-list">
      {of.map((one) => (
        <li>
          <span lang={one.language} dir={direction(one.language)}>
            {one.name}
          </span>{' '}
          <small>({one.kind === 'translated' ? languageName(one.language) : label('name', one.kind)})</small>
        </li>
      ))}
    </ul>
  )
}

/** A name in its own language, marked where that is not the page's. */
export function Name({ of, language }: { of: { name: string; nameLanguage: string }; language: string }) {
  return of.nameLanguage === language ? (
    <>{of.name}</>
  ) : (
    <span lang={of.nameLanguage} dir={direction(of.nameLanguage)}>
      {of.name}
    </span>
  )
}

export { days }
