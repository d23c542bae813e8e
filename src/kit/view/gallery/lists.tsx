import { Filter } from '../data/filter.tsx'
import { History } from '../data/history.tsx'
import { Pager } from '../data/pager.tsx'
import { Progress } from '../data/progress.tsx'
import { Table } from '../data/table.tsx'
import { ButtonLink } from '../form/button.tsx'
import { Badge, type Tone } from '../piece/badge.tsx'
import { Empty } from '../piece/empty.tsx'
import { useFormats, useWords } from '../reader.ts'
import { people, street } from './samples.ts'
import { Section } from './section.tsx'
import { galleryWords } from './words/index.ts'

type Row = { name: string; place: string; tone: Tone; visitors: number }

export function Lists() {
  const t = useWords(galleryWords)
  const { number, countryName } = useFormats()
  const rows: Row[] = [
    { name: t('museum.salt'), place: t('museum.city'), tone: 'done', visitors: 12_480 },
    { name: t('museum.reed'), place: t('museum.city2'), tone: 'going', visitors: 9_112 },
    { name: t('museum.mask'), place: t('museum.city3'), tone: 'wanting', visitors: 31_905 },
  ]
  const table = {
    columns: [
      { id: 'name', head: t('table.museum'), names: true, cell: (row: Row) => <a href="#table">{row.name}</a> },
      { id: 'place', head: t('table.place'), cell: (row: Row) => row.place },
      {
        id: 'state',
        head: t('table.state'),
        cell: (row: Row) => <Badge tone={row.tone}>{t(`tone.${row.tone}`)}</Badge>,
      },
      {
        id: 'visitors',
        head: t('table.visitors'),
        figures: true,
        sort: { target: { href: '#table' }, now: 'descending' as const },
        cell: (row: Row) => number(row.visitors),
      },
    ],
    actions: (row: Row) => (
      <ButtonLink kind="quiet" href="#table" label={`${t('button.quiet')}: ${row.name}`}>
        {t('button.quiet')}
      </ButtonLink>
    ),
  }
  return (
    <>
      <Section id="table" title={t('section.table')}>
        <Table
          {...table}
          caption={t('table.caption')}
          rows={rows}
          responsive
          foot={
            <tr>
              <th scope="row" colSpan={3}>
                {t('table.total')}
              </th>
              <td class="figures">{number(rows.reduce((sum, row) => sum + row.visitors, 0))}</td>
              <td>{null}</td>
            </tr>
          }
        />
        <Table
          {...table}
          caption={t('table.caption')}
          rows={[]}
          empty={<Empty title={t('empty.title')}>{t('empty.text')}</Empty>}
        />
      </Section>
      <Section id="list" title={t('section.filter')}>
        <Filter
          search={{ name: 'q', label: t('filter.search'), value: '', suggestions: rows.map((row) => row.name) }}
          sort={{
            name: 'sort',
            value: 'name',
            options: [
              { value: 'name', label: t('filter.by-name') },
              { value: 'date', label: t('filter.by-date') },
            ],
          }}
          total={271}
          facets={[
            {
              name: 'country',
              label: t('filter.country'),
              options: [
                { value: 'PE', label: countryName('PE'), count: 112, chosen: true },
                { value: 'BR', label: countryName('BR'), count: 98, chosen: false },
                { value: 'MX', label: countryName('MX'), count: 61, chosen: false },
              ],
            },
            {
              name: 'kind',
              label: t('filter.kind'),
              options: [
                { value: 'archaeology', label: t('filter.archaeology'), count: 150, chosen: true },
                { value: 'ethnography', label: t('filter.ethnography'), count: 121, chosen: false },
              ],
            },
          ]}
        >
          <Table {...table} caption={t('section.filter')} captionUnseen rows={rows} />
          <Pager page={4} pages={28} />
        </Filter>
      </Section>
      <Section id="history" title={t('section.history')}>
        <History
          level={3}
          of={[
            {
              id: '3',
              at: '2026-11-20 15:04:00+00',
              who: people[1]!,
              sentence: t('deed.edited'),
              reason: t('deed.reason'),
              corrects: { sentence: t('deed.imported'), id: '1' },
              changes: [
                { field: t('deed.address'), before: street[0]!, after: street[1]! },
                { field: t('form.phone'), before: '+51 84 000 000', after: null },
              ],
            },
            { id: '2', at: '2026-05-03 20:00:00+00', who: people[0]!, sentence: t('deed.validated') },
            { id: '1', at: '2026-05-02 11:30:00+00', who: null, sentence: t('deed.imported'), erased: t('deed.rule') },
          ]}
        />
      </Section>
      <Section id="long" title={t('section.progress')}>
        <Progress
          id="running"
          label={t('progress.label')}
          state="running"
          done={3120}
          total={8000}
          detail={t('progress.detail')}
        />
        <Progress id="waiting" label={t('progress.label')} state="waiting" done={0} total={null} />
        <Progress id="done" label={t('progress.label')} state="done" done={8000} total={8000} />
        <Progress id="failed" label={t('progress.label')} state="failed" done={5210} total={8000} />
      </Section>
    </>
  )
}
