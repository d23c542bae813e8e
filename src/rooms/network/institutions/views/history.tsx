import { History, Page, When, useFormats, useReader, useWords, type Change, type Deed } from '#kit/view'
import type { HistoryEntry } from '#kit/record'
import type { Institution, Validation } from '../queries.ts'
import { entryFields, type EntryField, type OtherName, type Identifier } from '../rules/index.ts'
import { words } from '../words/index.ts'
import { useCodes } from './codes.ts'
import { useValue } from './value.tsx'

type Props = {
  it: Institution
  entries: readonly HistoryEntry[]
  people: ReadonlyMap<string, string>
  validations: readonly Validation[]
}

/** How an entry came to be as it is: every deed, every field before and after, and each time its country decided. */
export function HistoryPage({ it, entries, people, validations }: Props) {
  const t = useWords(words)
  const deedOf = useDeed(people)
  return (
    <Page
      title={t('history.title', { name: it.name })}
      lead={t('history.lead')}
      crumbs={[{ to: 'network.museum', with: { id: it.slug }, name: it.name }]}
    >
      {validations.length > 0 ? (
        <section>
          <h2>{t('history.validations')}</h2>
          <ul>
            {validations.map((one) => (
              <li>
                <ValidationLine of={one} /> · <When at={one.at} hour={false} />
                {one.note ? <p>{one.note}</p> : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <History of={entries.map(deedOf)} />
    </Page>
  )
}

function ValidationLine({ of }: { of: Validation }) {
  const t = useWords(words)
  const officer = of.officerName ?? t('history.someone')
  if (of.outcome === 'validated' && of.definitionSource)
    return <>{t('history.validated-under', { officer, definition: of.definitionSource })}</>
  return <>{t(`history.${of.outcome}`, { officer })}</>
}

function useDeed(people: ReadonlyMap<string, string>): (entry: HistoryEntry) => Deed {
  const t = useWords(words)
  const changesOf = useChanges()
  const sentence = (name: string): string => {
    const key = `deed.${name}`
    return t.has(key) ? t(key) : t('deed.other')
  }
  return (entry) => ({
    id: entry.deedId,
    at: entry.at,
    who: entry.personId ? (people.get(entry.personId) ?? t('history.someone')) : null,
    sentence: sentence(entry.name),
    reason: entry.reason,
    erased: entry.changes.find(({ erasedUnder }) => erasedUnder)?.erasedUnder ?? null,
    changes: entry.changes.flatMap(changesOf),
  })
}

const camel = (column: string): string => column.replaceAll(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase())
// Kept beside the fields for sorting, searching and leading on; nobody typed them.
const silent = new Set([
  'id',
  'slug',
  'foundedYear',
  'completeness',
  'descriptionId',
  'registeredBy',
  'submittedAt',
  'institutionId',
  'invented',
  'source',
])

function useChanges(): (change: HistoryEntry['changes'][number]) => Change[] {
  const t = useWords(words)
  const value = useValue()
  const code = useCodes()
  const { date } = useFormats()
  const { dir } = useReader()
  const written = (field: string, given: unknown) => {
    if (given === null || given === undefined) return null
    if (field in entryFields) return value(field as EntryField, given)
    if (field === 'state') return code('state', String(given))
    if (field === 'validatedAt') return date(String(given))
    return <bdi dir={dir === 'rtl' ? 'auto' : undefined}>{String(given)}</bdi>
  }
  return ({ relation, before, after }) => {
    if (relation === 'network.institution_name') {
      return [
        {
          field: t('field.names'),
          before: before ? value('names', [before as OtherName]) : null,
          after: after ? value('names', [after as OtherName]) : null,
        },
      ]
    }
    if (relation === 'network.identifier') {
      const one = (row: Record<string, unknown> | null) => (row ? value('identifiers', [row as Identifier]) : null)
      return [{ field: t('field.identifiers'), before: one(before), after: one(after) }]
    }
    if (relation !== 'network.institution') return []
    return Object.keys({ ...before, ...after }).flatMap((column) => {
      const field = camel(column)
      const key = `field.${field}`
      if (silent.has(field) || !t.has(key)) return []
      const change = { field: t(key), before: written(field, before?.[column]), after: written(field, after?.[column]) }
      return change.before || change.after ? [change] : []
    })
  }
}
