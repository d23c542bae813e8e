import type { Verdict } from '#kit/access'
import {
  A,
  Button,
  ButtonLink,
  Empty,
  Field,
  Form,
  Page,
  Pager,
  Table,
  When,
  useFormats,
  useWords,
  type Problem,
  type Typed,
} from '#kit/view'
import type { ImportBrief } from '../queries.ts'
import { words } from '../words/index.ts'
import { Stage } from './parts.tsx'

type ImportsProps = { imports: readonly ImportBrief[]; page: number; pages: number; mayBring: Verdict }

/** Every register that was brought, and what became of it. */
export function ImportsPage({ imports, page, pages, mayBring }: ImportsProps) {
  const t = useWords(words)
  const { number, countryName } = useFormats()
  const bring = mayBring.allowed ? <ButtonLink to="network.bring-import">{t('list.bring')}</ButtonLink> : null
  return (
    <Page title={t('list.title')} lead={t('list.lead')} primary={imports.length > 0 ? bring : null} robots="noindex">
      <Table
        caption={t('list.caption')}
        responsive
        rows={imports}
        rowId={({ id }) => id}
        empty={
          <Empty title={t('list.empty-title')} first={bring}>
            {t('list.empty')}
          </Empty>
        }
        columns={[
          {
            id: 'file',
            head: t('list.file'),
            names: true,
            cell: (one) => (
              <A to="network.import" with={{ id: one.id }}>
                <bdi>{one.fileName}</bdi>
              </A>
            ),
          },
          {
            id: 'country',
            head: t('list.country'),
            cell: (one) => (one.countryCode ? countryName(one.countryCode) : t('list.several')),
          },
          { id: 'state', head: t('list.state'), cell: (one) => <Stage of={one.state} /> },
          { id: 'rows', head: t('list.rows'), figures: true, cell: (one) => number(one.rowCount) },
          {
            id: 'brought',
            head: t('list.brought'),
            cell: (one) => <When at={one.broughtAt} style="medium" hour={false} />,
          },
        ]}
      />
      <Pager page={page} pages={pages} />
    </Page>
  )
}

type BringProps = {
  countries: readonly string[]
  anyCountry: boolean
  accept: readonly string[]
  limit: number
  typed?: Typed | undefined
  problems?: readonly Problem[] | undefined
}

/** Where a file is brought: the file and whose museums it tells of. */
export function BringImportPage({ countries, anyCountry, accept, limit, typed, problems }: BringProps) {
  const t = useWords(words)
  return (
    <Page
      title={t('bring.title')}
      lead={t('bring.lead')}
      crumbs={[{ to: 'network.imports', name: t('list.title') }]}
      robots="noindex"
    >
      <Form files typed={typed} problems={problems} buttons={<Button>{t('bring.verb')}</Button>}>
        <Field
          kind="file"
          name="file"
          label={t('bring.file')}
          hint={t('bring.file-hint')}
          accept={accept}
          limit={limit}
          required
        />
        <Field
          kind="country"
          name="country"
          label={t('bring.country')}
          hint={t('bring.country-hint')}
          countries={countries}
          required={!anyCountry}
          value={countries.length === 1 ? countries[0] : null}
        />
      </Form>
    </Page>
  )
}
