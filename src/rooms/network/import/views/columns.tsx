// Longer than most because the page on which columns are told is one form, drawn field by field as it is read from top to bottom.
import {
  Button,
  Callout,
  Card,
  Cards,
  Field,
  FieldRow,
  Fieldset,
  Form,
  useFormats,
  useReader,
  useWords,
  type Option,
  type Problem,
  type Typed,
} from '#kit/view'
import { languages, say } from '#kit/words'
import type { Column } from '#kit/import'
import { institutionKinds } from '../../vocabulary.ts'
import type { Outcome } from '../check.ts'
import { columnState, constantOf } from '../columns.ts'
import { fields, type Field as FieldName, type FieldShape } from '../fields.ts'
import {
  entersAsChoices,
  existingChoices,
  januaryChoices,
  nearChoices,
  orderChoices,
  outsideChoices,
  pointOrders,
  remedies,
  repeatedChoices,
} from '../forms.ts'
import type { InstitutionMapping } from '../mapping.ts'
import type { Import, KeptMapping } from '../queries.ts'
import { words } from '../words/index.ts'
import { columnLabel, ImportPage } from './parts.tsx'

export type Previewed = { number: number; outcome: Outcome }

type ColumnsProps = {
  of: Import
  mapping: InstitutionMapping
  preview: readonly Previewed[]
  kept: readonly KeptMapping[]
  countries: readonly string[]
  typed?: Typed | undefined
  problems?: readonly Problem[] | undefined
}

const groups = {
  who: [
    'name',
    'name-translated',
    'name-short',
    'name-former',
    'kind',
    'legal-kind',
    'type',
    'collections',
    'governing-body',
    'founded',
    'description',
  ],
  where: [
    'country',
    'region',
    'city',
    'address',
    'postcode',
    'latitude',
    'longitude',
    'point',
    'easting',
    'northing',
    'zone',
    'precision',
  ],
  contact: ['website', 'email', 'telephone'],
  visit: ['opening', 'admission', 'admission-note', 'services', 'accessible', 'accessibility-note'],
  ids: ['identifier', 'national-register', 'isil', 'wikidata', 'osm'],
} as const satisfies Record<string, readonly FieldName[]>

/** Which group of the institutions' words names the codes of a field. */
const codeWords: Partial<Record<FieldName, string>> = {
  kind: 'kind',
  'legal-kind': 'legal',
  type: 'type',
  collections: 'collection',
  services: 'service',
  admission: 'admission',
  precision: 'precision',
}

const useCodes = (field: FieldName | null): Option[] => {
  const { language } = useReader()
  const group = field === null ? undefined : codeWords[field]
  const codes = field === null ? [] : ((fields[field] as FieldShape).codes ?? [])
  return codes.map((value) => ({ value, label: say(language, `institutions.code.${group}.${value}`) }))
}

/** Where each column of the file is given its field. */
export function ColumnsPage({ of, mapping, preview, kept, countries, typed, problems }: ColumnsProps) {
  const t = useWords(words)
  return (
    <ImportPage of={of} title={t('columns.title')} lead={t('columns.lead')}>
      {preview.length > 0 && !problems?.length ? <Preview of={preview} /> : null}
      <Form typed={typed} problems={problems} version={of.mappingRevision} buttons={<Button>{t('do.save')}</Button>}>
        <General of={of} mapping={mapping} countries={countries} />
        <h2>{t('columns.list')}</h2>
        {of.columns.map((column, at) => (
          <ColumnFields column={column} at={at} mapping={mapping} rows={of.rowCount} />
        ))}
      </Form>
      <Keeping kept={kept} />
    </ImportPage>
  )
}

function useChoices() {
  const t = useWords(words)
  return (values: readonly (keyof typeof choiceKeys)[]): Option[] =>
    values.map((value) => ({ value, label: t(`choice.${value}`) }))
}
// Every word that a choice of this page is called by.
const choiceKeys = {
  refuse: 1,
  correct: 1,
  empty: 1,
  keep: 1,
  'leave-out': 1,
  note: 1,
  fill: 1,
  day: 1,
  year: 1,
  'day-month-year': 1,
  'month-day-year': 1,
  'latitude-first': 1,
  'longitude-first': 1,
} as const

function General({
  of,
  mapping,
  countries,
}: {
  of: Import
  mapping: InstitutionMapping
  countries: readonly string[]
}) {
  const t = useWords(words)
  const choices = useChoices()
  const { languageName } = useFormats()
  const kinds = useCodes('kind').filter(({ value }) => (institutionKinds as readonly string[]).includes(value))
  return (
    <>
      <Fieldset legend={t('columns.general')}>
        <Field
          kind="text"
          name="source"
          label={t('columns.source')}
          hint={t('columns.source-hint')}
          value={mapping.source}
          required
        />
        <FieldRow>
          {of.countryCode === null ? (
            <Field
              kind="country"
              name="country"
              label={t('columns.country')}
              hint={t('columns.country-hint')}
              countries={countries}
              value={constantOf(mapping, 'country')}
            />
          ) : null}
          <Field
            kind="select"
            name="language"
            label={t('columns.language')}
            required
            value={mapping.language}
            options={languages.map((value) => ({ value, label: languageName(value) }))}
          />
          <Field
            kind="select"
            name="kind"
            label={t('columns.kind')}
            value={constantOf(mapping, 'kind') ?? 'museum'}
            options={kinds}
          />
        </FieldRow>
        <Field
          kind="text"
          name="zone"
          label={t('columns.zone')}
          hint={t('columns.zone-hint')}
          value={constantOf(mapping, 'zone')}
        />
        <Field
          kind="radios"
          name="entersAs"
          label={t('columns.enters-as')}
          required
          value={of.entersAs}
          options={entersAsChoices.map((value) => ({ value, label: t(`enters.${value}`) }))}
        />
      </Fieldset>
      <details class="more">
        <summary>{t('columns.care')}</summary>
        <FieldRow>
          <Field
            kind="select"
            name="swapped"
            label={t('columns.swapped')}
            required
            value={mapping.place.swapped}
            options={choices(remedies)}
          />
          <Field
            kind="select"
            name="sign"
            label={t('columns.sign')}
            required
            value={mapping.place.sign}
            options={choices(remedies)}
          />
          <Field
            kind="select"
            name="outside"
            label={t('columns.outside')}
            required
            value={mapping.place.outside}
            options={choices(outsideChoices)}
          />
        </FieldRow>
        <FieldRow>
          <Field
            kind="select"
            name="identifier"
            label={t('columns.identifier')}
            required
            value={mapping.repeated.identifier}
            options={choices(repeatedChoices)}
          />
          <Field
            kind="select"
            name="near"
            label={t('columns.near')}
            required
            value={mapping.repeated.near}
            options={choices(nearChoices)}
          />
          <Field
            kind="select"
            name="existing"
            label={t('columns.existing')}
            required
            value={mapping.existing}
            options={choices(existingChoices)}
          />
        </FieldRow>
      </details>
    </>
  )
}

function ColumnFields({
  column,
  at,
  mapping,
  rows,
}: {
  column: Column
  at: number
  mapping: InstitutionMapping
  rows: number
}) {
  const t = useWords(words)
  const { number } = useFormats()
  const state = columnState(mapping, column)
  const name = (part: string): string => `columns.${at}.${part}`
  const options = (Object.keys(groups) as (keyof typeof groups)[]).map((group) => ({
    group: t(`field.group-${group}`),
    options: groups[group].map((value) => ({ value, label: t(`field.${value}`) })),
  }))
  return (
    <Fieldset
      legend={columnLabel(column.path)}
      hint={
        <>
          {t('columns.filled', { count: column.filled, rows: number(rows) })}
          {column.samples.length > 0 ? (
            <>
              {' · '}
              <bdi>{column.samples.slice(0, 3).join(' · ').slice(0, 160)}</bdi>
            </>
          ) : null}
        </>
      }
    >
      <Field kind="select" name={name('field')} label={t('columns.field')} value={state.field} options={options} />
      {column.filled === 0 ? null : (
        <details class="more">
          <summary>
            {t('columns.more')}
            <span class="unseen">: {columnLabel(column.path)}</span>
          </summary>
          <ColumnDetails column={column} name={name} state={state} />
        </details>
      )}
    </Fieldset>
  )
}

/** Whether the column says what kind of thing a row is: few values, each of many rows. */
const isKind = ({ values, filled }: Column): boolean =>
  values !== null && values.length > 1 && values.length * 2 <= filled

type DetailsProps = { column: Column; name: (part: string) => string; state: ReturnType<typeof columnState> }

function ColumnDetails({ column, name, state }: DetailsProps) {
  const t = useWords(words)
  const choices = useChoices()
  const { languageName } = useFormats()
  const shape: FieldShape | null = state.field === null ? null : fields[state.field]
  return (
    <>
      <Field kind="checkbox" name={name('strict')} label={t('columns.strict')} checked={state.strict} />
      {shape?.inLanguage ? (
        <Field
          kind="select"
          name={name('language')}
          label={t('columns.names-language')}
          value={state.language}
          options={languages.map((value) => ({ value, label: languageName(value) }))}
        />
      ) : null}
      {state.field === 'founded' ? <Dates column={column} name={name} state={state} /> : null}
      {state.field === 'founded' ? null : <Unknown name={name} value={state.unknown} />}
      {state.field === 'point' ? (
        <Field
          kind="radios"
          name={name('point')}
          label={t('columns.point-order')}
          value={state.point}
          options={choices(pointOrders)}
        />
      ) : null}
      {shape?.codes && column.values ? (
        <Codes column={column} field={state.field!} name={name} codeOf={state.codeOf} />
      ) : null}
      {isKind(column) ? (
        <Field
          kind="checkboxes"
          name={name('only')}
          label={t('columns.only')}
          value={state.only}
          options={(column.values ?? []).map(({ value, count }) => ({
            value: value.trim(),
            label: `${value.trim()} (${count})`,
          }))}
        />
      ) : null}
    </>
  )
}

function Unknown({ name, value }: { name: DetailsProps['name']; value: string }) {
  const t = useWords(words)
  return (
    <Field
      kind="long-text"
      name={name('unknown')}
      label={t('columns.unknown')}
      hint={t('columns.unknown-hint')}
      rows={2}
      value={value}
    />
  )
}

function Dates({ column, name, state }: DetailsProps) {
  const t = useWords(words)
  const choices = useChoices()
  const { number } = useFormats()
  const dates = column.dates
  return (
    <>
      {dates === null || dates.days === 0 ? null : (
        <Callout>
          <p>{t('columns.dates', { days: number(dates.days), januaries: number(dates.januaryFirsts) })}</p>
          {dates.suspects.map(({ value, count }) => (
            <p>{t('columns.suspect', { value, count })}</p>
          ))}
        </Callout>
      )}
      <Unknown name={name} value={state.unknown} />
      <Field
        kind="radios"
        name={name('january')}
        label={t('columns.january')}
        value={state.january}
        options={choices(januaryChoices)}
      />
      <Field
        kind="select"
        name={name('order')}
        label={t('columns.order')}
        value={state.order}
        options={choices(orderChoices)}
      />
    </>
  )
}

function Codes({
  column,
  field,
  name,
  codeOf,
}: {
  column: Column
  field: FieldName
  name: DetailsProps['name']
  codeOf: (value: string) => string
}) {
  const t = useWords(words)
  const options = [{ value: '-', label: t('columns.means-empty') }, ...useCodes(field)]
  return (
    <Fieldset legend={t('columns.codes')}>
      {column.values!.map(({ value, count }, at) => (
        <Field
          kind="select"
          name={name(`codes.${at}`)}
          label={`${value.trim()} (${count})`}
          value={codeOf(value)}
          options={options}
        />
      ))}
    </Fieldset>
  )
}

/** The first rows as the museums that they would become. */
function Preview({ of }: { of: readonly Previewed[] }) {
  const t = useWords(words)
  const { language } = useReader()
  const { countryName } = useFormats()
  return (
    <section>
      <h2>{t('preview.title')}</h2>
      <Cards columns={3}>
        {of.map(({ number, outcome }) => {
          const draft = outcome.outcome === 'left-out' ? null : outcome.draft
          const place =
            draft === null
              ? []
              : [draft.city, draft.region, draft.countryCode === '' ? '' : countryName(draft.countryCode)]
          const point = draft === null || draft.latitude === null ? '' : `${draft.latitude}, ${draft.longitude}`
          return (
            <Card
              title={draft?.name || t('preview.row', { row: number })}
              kicker={
                outcome.outcome === 'accepted' ? t('preview.row', { row: number }) : t(`preview.${outcome.outcome}`)
              }
              meta={place.filter((part) => part !== '').join(', ')}
            >
              <p>
                <bdi>
                  {[draft?.founded, point, draft?.website, draft?.email, draft?.telephone].filter(Boolean).join(' · ')}
                </bdi>
              </p>
              {outcome.findings.length > 0 ? (
                <ul>
                  {outcome.findings.map(({ code, values }) => (
                    <li>{say(language, `import.problem.${code}`, values)}</li>
                  ))}
                </ul>
              ) : null}
            </Card>
          )
        })}
      </Cards>
    </section>
  )
}

function Keeping({ kept }: { kept: readonly KeptMapping[] }) {
  const t = useWords(words)
  const { percent } = useFormats()
  return (
    <>
      {kept.length > 0 ? (
        <Form
          id="take"
          label={t('keep.take')}
          buttons={
            <Button kind="second" name="what" value="take">
              {t('do.take-mapping')}
            </Button>
          }
        >
          <h2>{t('keep.take')}</h2>
          <Field
            kind="select"
            name="mapping"
            label={t('keep.which')}
            required
            options={kept.map(({ id, name, author, fits }) => ({
              value: id,
              label: `${author ? t('keep.of', { name, author }) : name} (${percent(fits)})`,
            }))}
          />
        </Form>
      ) : null}
      <Form
        id="keep"
        label={t('keep.legend')}
        buttons={
          <Button kind="second" name="what" value="keep">
            {t('do.keep-mapping')}
          </Button>
        }
      >
        <h2>{t('keep.legend')}</h2>
        <Field kind="text" name="name" label={t('keep.name')} required />
        <Field kind="checkbox" name="shared" label={t('keep.shared')} />
      </Form>
    </>
  )
}
