import {
  A,
  Button,
  Callout,
  Empty,
  Field,
  Form,
  Page,
  Table,
  When,
  useFormats,
  useReader,
  useWords,
  type Problem,
  type Query,
  type Typed,
} from '#kit/view'
import { columns, licence, type OpenColumn } from '../open-data.ts'
import { facets } from '../index/register-index.ts'
import { paths, rates } from '../openapi.ts'
import type { ApiKey } from '../keys.ts'
import { useCodes } from '../trade.ts'
import { words } from '../words/index.ts'

/** Open data: what can be downloaded, under which licence, and what each column means. */
export function DataPage({ query }: { query: Query }) {
  const t = useWords(words)
  const { network, now } = useReader()
  const { date } = useFormats()
  const code = useCodes()
  const downloads = [
    ['csv', 'network.museums-csv'],
    ['geojson', 'network.museums-geojson'],
    ['json', 'network.museums-json'],
  ] as const
  return (
    <Page title={t('data.title')} lead={t('data.lead')} crumbs={[{ to: 'network.museums', name: t('list.title') }]}>
      <h2>{t('data.downloads')}</h2>
      <dl class="facts">
        {downloads.map(([kind, to]) => (
          <div class="fact">
            <dt>
              <A to={to} query={query}>
                {t(`data.${kind}`)}
              </A>
            </dt>
            <dd>{t(`data.${kind}-text`)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('data.filtered')}</p>
      <p>
        <A to="network.register-api">{t('api.title')}</A> · <A to="network.register-changes">{t('list.feed')}</A>
      </p>
      <h2>{t('data.licence')}</h2>
      <p>
        {t.rich('data.licence-text', {
          licence: (
            <a href={licence.url} rel="license">
              {licence.name}
            </a>
          ),
        })}
      </p>
      <p>{t('data.cite', { network, date: date(now) })}</p>
      <p>{t('data.pictures')}</p>
      <h2>{t('data.dictionary')}</h2>
      <p>{t('data.dictionary-text')}</p>
      <Table
        caption={t('data.dictionary')}
        captionUnseen
        rows={columns}
        columns={[
          {
            id: 'column',
            head: t('data.column'),
            names: true,
            cell: ({ name }: OpenColumn) => <code dir="ltr">{name}</code>,
          },
          { id: 'type', head: t('data.type'), cell: ({ type }: OpenColumn) => t(`data.kinds.${type}`) },
          {
            id: 'meaning',
            head: t('data.meaning'),
            cell: ({ name }: OpenColumn) => t(`column.${name}` as 'column.id'),
          },
        ]}
      />
      <h2>{t('data.codes')}</h2>
      <p>{t('data.codes-text')}</p>
      {columns
        .filter(({ codes, group }) => codes && group)
        .map(({ name, codes, group }) => (
          <details>
            <summary>
              <code dir="ltr">{name}</code>
            </summary>
            <Table
              caption={name}
              captionUnseen
              rows={codes!}
              columns={[
                { id: 'code', head: t('data.code'), names: true, cell: (one: string) => <code dir="ltr">{one}</code> },
                { id: 'name', head: t('data.name'), cell: (one: string) => code(group!, one) },
              ]}
            />
          </details>
        ))}
    </Page>
  )
}

/** The read API, for people: the same table from which its OpenAPI description is written. */
export function ApiPage({ origin, mayHaveKey }: { origin: string; mayHaveKey: boolean }) {
  const t = useWords(words)
  const { number } = useFormats()
  const parameters = ['q', ...facets, 'page', 'per_page']
  const meaning = (name: string): string =>
    name === 'q' || name === 'page' || name === 'per_page'
      ? t(`api.parameter-${name}`)
      : `${t(`facet.${name as 'country'}`)}. ${t('api.parameter-facet')}`
  return (
    <Page title={t('api.title')} lead={t('api.lead')} crumbs={[{ to: 'network.register-data', name: t('data.title') }]}>
      <h2>{t('api.start')}</h2>
      <p>{t('api.start-text')}</p>
      <pre dir="ltr">
        <code>{`GET ${origin}${paths.institutions}?q=sal&country=PE`}</code>
      </pre>
      <h2>{t('api.paths')}</h2>
      <Table
        caption={t('api.paths')}
        captionUnseen
        rows={Object.entries(paths)}
        columns={[
          {
            id: 'path',
            head: t('api.path'),
            names: true,
            cell: ([, path]: [string, string]) => <code dir="ltr">{path.replace(':id', '{id}')}</code>,
          },
          {
            id: 'what',
            head: t('api.what'),
            cell: ([name]: [string, string]) => t(`api.${name as keyof typeof paths}`),
          },
        ]}
      />
      <p>
        <A to="network.api-openapi">{t('api.openapi')}</A>
      </p>
      <h2>{t('api.parameters')}</h2>
      <Table
        caption={t('api.parameters')}
        captionUnseen
        rows={parameters}
        columns={[
          {
            id: 'parameter',
            head: t('api.parameter'),
            names: true,
            cell: (name: string) => <code dir="ltr">{name}</code>,
          },
          { id: 'meaning', head: t('data.meaning'), cell: meaning },
        ]}
      />
      <h2>{t('api.rates')}</h2>
      <p>{t('api.rates-text', { anonymous: number(rates.anonymous), keyed: number(rates.keyed) })}</p>
      {mayHaveKey ? (
        <p>
          <A to="network.api-keys">{t('api.keys')}</A>
        </p>
      ) : null}
      <h2>{t('api.promise')}</h2>
      <p>{t('api.promise-text')}</p>
    </Page>
  )
}

type KeysProps = {
  keys: readonly ApiKey[]
  fresh?: string | null
  typed?: Typed | undefined
  problems?: readonly Problem[] | undefined
}

/** The keys of whoever has signed in. A fresh one is shown this once. */
export function KeysPage({ keys, fresh, typed, problems }: KeysProps) {
  const t = useWords(words)
  const { number } = useFormats()
  return (
    <Page title={t('keys.title')} lead={t('keys.lead')} crumbs={[{ to: 'network.register-api', name: t('api.title') }]}>
      {fresh ? (
        <Callout kind="done" title={t('keys.fresh')}>
          <p>
            <code dir="ltr">{fresh}</code>
          </p>
          <p>{t('keys.fresh-text')}</p>
        </Callout>
      ) : null}
      <Table
        caption={t('keys.caption')}
        responsive
        rows={keys}
        columns={[
          { id: 'label', head: t('keys.label'), names: true, cell: (one: ApiKey) => one.label },
          { id: 'prefix', head: t('keys.prefix'), cell: (one: ApiKey) => <code dir="ltr">{one.prefix}…</code> },
          {
            id: 'since',
            head: t('keys.since'),
            cell: (one: ApiKey) => <When at={one.createdAt} hour={false} />,
          },
          { id: 'rate', head: t('keys.rate'), figures: true, cell: (one: ApiKey) => number(one.perMinute) },
        ]}
        actions={(one: ApiKey) => (
          <A to="network.revoke-api-key" with={{ id: one.id }} aria-label={`${t('keys.revoke')}: ${one.label}`}>
            {t('keys.revoke')}
          </A>
        )}
        empty={<Empty title={t('keys.empty')}>{t('keys.empty-text')}</Empty>}
      />
      <Form typed={typed} problems={problems} buttons={<Button>{t('keys.issue')}</Button>}>
        <Field kind="text" name="label" label={t('keys.label')} hint={t('keys.label-hint')} maxLength={120} required />
      </Form>
    </Page>
  )
}
