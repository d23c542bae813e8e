import {
  A,
  Button,
  Confirm,
  Empty,
  Field,
  Form,
  Map,
  Page,
  Table,
  useFormats,
  useReader,
  useWords,
  type Problem,
  type Typed,
} from '#kit/view'
import type { DuplicatePair } from '../likeness-queries.ts'
import type { Institution, InstitutionBrief } from '../queries.ts'
import { changed, differences, entryFields, fillings, isEmpty, type Entry, type EntryField } from '../rules/index.ts'
import { words } from '../words/index.ts'
import { useDistance } from './review.tsx'
import { Name, useValue } from './value.tsx'

type DuplicatesProps = { countries: readonly string[]; country: string; pairs: readonly DuplicatePair[]; total: number }

/** Pairs of a country that look alike. */
export function DuplicatesPage({ countries, country, pairs, total }: DuplicatesProps) {
  const t = useWords(words)
  const { language } = useReader()
  const { percent } = useFormats()
  const distance = useDistance()
  const named = (one: InstitutionBrief) => (
    <>
      <A to="network.museum" with={{ id: one.slug }}>
        <Name of={one} language={language} />
      </A>
      {one.city ? <p class="hint">{one.city}</p> : null}
    </>
  )
  const why = ({ likeness: { shared, name, metres } }: DuplicatePair): string =>
    [
      shared === 'identifier' ? t('duplicates.identifier') : shared === 'website' ? t('duplicates.website') : '',
      t('duplicates.name', { percent: percent(name) }),
      metres === null ? t('duplicates.no-place') : t('duplicates.metres', { distance: distance(metres) }),
    ]
      .filter(Boolean)
      .join(' · ')
  return (
    <Page
      title={t('duplicates.title')}
      lead={t('duplicates.lead')}
      wide
      crumbs={[{ to: 'network.register-queue', name: t('queue.title') }]}
    >
      {countries.length > 1 ? (
        <Form method="get" buttons={<Button kind="second">{t('duplicates.show')}</Button>}>
          <Field kind="country" name="country" label={t('duplicates.country')} countries={countries} value={country} />
        </Form>
      ) : null}
      {pairs.length > 0 ? <p>{t('duplicates.found', { count: total })}</p> : null}
      <Table
        caption={t('duplicates.caption')}
        captionUnseen
        responsive
        rows={pairs}
        columns={[
          { id: 'one', head: t('duplicates.one'), names: true, cell: (pair: DuplicatePair) => named(pair.first) },
          { id: 'other', head: t('duplicates.other'), cell: (pair: DuplicatePair) => named(pair.second) },
          { id: 'why', head: t('duplicates.why'), cell: why },
        ]}
        actions={(pair: DuplicatePair) => (
          <A
            to="network.duplicate-pair"
            with={{ one: pair.one, other: pair.other }}
            aria-label={`${t('duplicates.compare')}: ${pair.first.name}, ${pair.second.name}`}
          >
            {t('duplicates.compare')}
          </A>
        )}
        empty={<Empty title={t('duplicates.empty')}>{t('duplicates.empty-text')}</Empty>}
      />
    </Page>
  )
}

type PairProps = {
  one: Institution
  other: Institution
  /** Which stays, where the reader asked to see it so. */
  keep?: string | null
  typed?: Typed | undefined
  problems?: readonly Problem[] | undefined
}

/** Two entries beside each other, where they stand, what a merge would make of them, and the two ways to decide. */
export function PairPage({ one, other, keep: asked, typed, problems }: PairProps) {
  const t = useWords(words)
  const keep = (typed?.['keep'] as string | undefined) ?? asked ?? fuller(one, other).id
  const [kept, absorbed] = keep === other.id ? [other, one] : [one, other]
  const placed = [one, other].filter(({ latitude }) => latitude !== null)
  return (
    <Page
      title={t('pair.title')}
      lead={t('pair.lead', { one: one.name, other: other.name })}
      wide
      crumbs={[{ to: 'network.duplicates', name: t('duplicates.title') }]}
    >
      <Comparison one={one} other={other} kept={kept} absorbed={absorbed} />
      <p>
        <A to="network.duplicate-pair" with={{ one: one.id, other: other.id }} query={{ keep: absorbed.id }}>
          {t('pair.see-other', { name: absorbed.name })}
        </A>
      </p>
      {placed.length > 0 ? (
        <Map
          id="where"
          title={t('pair.map')}
          description={t('pair.map-text', { one: one.name, other: other.name })}
          points={placed.map((it) => ({
            latitude: it.latitude!,
            longitude: it.longitude!,
            name: it.name,
            where: [it.address, it.city].filter(Boolean).join(', '),
          }))}
        />
      ) : null}
      <Confirm
        id="merge"
        will={[t('pair.will-one'), t('pair.will-move'), t('pair.will-fill')]}
        undo={t('pair.undo')}
        verb={t('pair.merge')}
        back={{ to: 'network.duplicates' }}
        problems={typed?.['decision'] === 'apart' ? undefined : problems}
        typed={typed}
      >
        <input type="hidden" name="decision" value="merge" />
        <Field
          kind="radios"
          name="keep"
          label={t('pair.keep')}
          hint={t('pair.keep-hint')}
          options={[one, other].map((it) => ({
            value: it.id,
            label: it.name,
            hint: [it.city, it.slug].filter(Boolean).join(' · '),
          }))}
          value={keep}
          required
        />
        <Field kind="long-text" name="reason" label={t('pair.reason')} rows={2} maxLength={1000} />
      </Confirm>
      <section>
        <h2>{t('pair.apart-title')}</h2>
        <p>{t('pair.apart-text')}</p>
        <Form id="apart" typed={typed} buttons={<Button kind="second">{t('pair.apart')}</Button>}>
          <input type="hidden" name="decision" value="apart" />
          <input type="hidden" name="keep" value={one.id} />
        </Form>
      </section>
    </Page>
  )
}

/** The one that would better stay: listed before waiting, then the fuller, then the older. */
function fuller(one: Institution, other: Institution): Institution {
  const listed = Number(other.state === 'listed') - Number(one.state === 'listed')
  if (listed !== 0) return listed > 0 ? other : one
  if (one.completeness !== other.completeness) return one.completeness > other.completeness ? one : other
  return one.id < other.id ? one : other
}

function Comparison({
  one,
  other,
  kept,
  absorbed,
}: {
  one: Institution
  other: Institution
  kept: Institution
  absorbed: Institution
}) {
  const t = useWords(words)
  const value = useValue()
  const result: Entry = changed(kept, fillings(kept, absorbed))
  const after: Entry = {
    ...result,
    names: [
      ...kept.names,
      ...absorbed.names.filter((name) => !kept.names.some((own) => own.name === name.name && own.kind === name.kind)),
    ],
    identifiers: [...kept.identifiers, ...absorbed.identifiers],
  }
  const differing = (Object.keys(entryFields) as EntryField[]).filter(
    (field) =>
      !(isEmpty(one[field]) && isEmpty(other[field])) &&
      Object.keys(differences(one, { [field]: other[field] })).length > 0,
  )
  return (
    <Table
      caption={t('pair.caption')}
      responsive
      rows={differing}
      columns={[
        { id: 'field', head: t('pair.field'), names: true, cell: (field: EntryField) => t(`field.${field}`) },
        { id: 'one', head: one.name, cell: (field: EntryField) => value(field, one[field]) ?? t('value.none') },
        { id: 'other', head: other.name, cell: (field: EntryField) => value(field, other[field]) ?? t('value.none') },
        {
          id: 'result',
          head: t('pair.result'),
          cell: (field: EntryField) => value(field, after[field]) ?? t('value.none'),
        },
      ]}
    />
  )
}

/** Two merged entries are parted again: what will go back. */
export function PartPage({
  it,
  typed,
  problems,
}: {
  it: Institution
  typed?: Typed | undefined
  problems?: readonly Problem[] | undefined
}) {
  const t = useWords(words)
  const kept = it.mergedInto!
  return (
    <Page title={t('part.title', { name: it.name })} lead={t('part.lead', { kept: kept.name })}>
      <Confirm
        will={[t('part.will-back'), t('part.will-fill', { kept: kept.name }), t('part.will-state')]}
        undo={t('part.undo')}
        verb={t('part.verb')}
        back={{ to: 'network.museum', with: { id: kept.slug } }}
        problems={problems}
        typed={typed}
      >
        <Field kind="long-text" name="reason" label={t('part.reason')} rows={2} maxLength={1000} required />
      </Confirm>
    </Page>
  )
}
