import { Badge, Empty, Table, When, useFormats, useWords } from '#kit/view'
import { words } from '../words/index.ts'
import type { KeptFailure } from '../failures.ts'
import type { Query, Setting, UnderWay } from '../queries.ts'

/** What failed, by the number that the person who met it was given. */
export function Failures({ of, asked }: { of: readonly KeptFailure[]; asked: string }) {
  const t = useWords(words)
  return (
    <Table
      caption={t('failure.title')}
      captionUnseen
      responsive
      rows={of}
      empty={<Empty title={t(asked ? 'failure.none-such' : 'failure.none')}>{t('failure.none-text')}</Empty>}
      columns={[
        { id: 'request', head: t('failure.request'), names: true, cell: (it) => <code dir="ltr">{it.requestId}</code> },
        { id: 'at', head: t('failure.at'), cell: (it) => <When at={it.at} style="medium" /> },
        { id: 'route', head: t('failure.route'), cell: (it) => (it.route ? <code dir="ltr">{it.route}</code> : null) },
        { id: 'person', head: t('failure.person'), cell: (it) => it.person },
        {
          id: 'message',
          head: t('failure.message'),
          cell: (it) => (
            <code dir="ltr">
              {it.name}: {it.message}
              {it.place ? ` (${it.place})` : ''}
            </code>
          ),
        },
      ]}
    />
  )
}

/** What PostgreSQL has been slow at, and what it is doing now. */
export function Queries({ slow, underWay }: { slow: readonly Query[] | null; underWay: readonly UnderWay[] }) {
  const t = useWords(words)
  const { number } = useFormats()
  const milliseconds = (value: number) => number(value, { maximumFractionDigits: value < 10 ? 1 : 0 })
  return (
    <>
      {slow === null ? (
        <p>{t('query.uncounted')}</p>
      ) : (
        <Table
          caption={t('query.slow')}
          responsive
          rows={slow}
          columns={[
            { id: 'text', head: t('query.text'), names: true, cell: (it) => <Statement of={it.text} /> },
            { id: 'calls', head: t('query.calls'), figures: true, cell: (it) => number(it.calls) },
            { id: 'mean', head: t('query.mean'), figures: true, cell: (it) => milliseconds(it.mean) },
            { id: 'total', head: t('query.total'), figures: true, cell: (it) => milliseconds(it.total) },
          ]}
          empty={<p>{t('query.none')}</p>}
        />
      )}
      <Table
        caption={t('query.now')}
        responsive
        rows={underWay}
        columns={[
          { id: 'text', head: t('query.text'), names: true, cell: (it) => <Statement of={it.text} /> },
          { id: 'seconds', head: t('query.seconds'), figures: true, cell: (it) => milliseconds(it.seconds) },
        ]}
        empty={<p>{t('query.idle')}</p>}
      />
    </>
  )
}

const shown = 160

function Statement({ of }: { of: string }) {
  return <code dir="ltr">{of.length > shown ? `${of.slice(0, shown)}…` : of}</code>
}

/** The settings in force; what is secret says only that it is set. */
export function Settings({ of }: { of: readonly Setting[] }) {
  const t = useWords(words)
  return (
    <Table
      caption={t('setting.title')}
      captionUnseen
      responsive
      rows={of}
      empty={<p>{t('setting.none')}</p>}
      columns={[
        { id: 'name', head: t('setting.name'), names: true, cell: (it) => <code dir="ltr">{it.name}</code> },
        {
          id: 'value',
          head: t('setting.value'),
          cell: (it) =>
            it.secret && it.given ? (
              <Badge tone="done">{t('setting.set')}</Badge>
            ) : it.value ? (
              <code dir="ltr">{it.value}</code>
            ) : (
              t('setting.unset')
            ),
        },
        { id: 'given', head: t('setting.from'), cell: (it) => t(it.given ? 'setting.given' : 'setting.default') },
      ]}
    />
  )
}
