import type { DeskCount } from '#kit/text'
import { A, Empty, Page, Table, useFormats, useWords } from '#kit/view'
import { words } from '../words/index.ts'
import { ownerKey, useOwner } from './owner.ts'

type Props = { counts: readonly DeskCount[]; names: ReadonlyMap<string, string> }

/** How each language stands, owner by owner: where work waits, one goes to it. */
export function Overview({ counts, names }: Props) {
  const t = useWords(words)
  const { languageName, number } = useFormats()
  const nameOf = useOwner(names)
  const column = (id: 'missing' | 'stale' | 'waiting' | 'machine' | 'in-edit', of: (count: DeskCount) => number) => ({
    id,
    head: t(`show.${id}`),
    figures: true,
    cell: (count: DeskCount) =>
      Number(of(count)) === 0 ? (
        number(0)
      ) : (
        <A
          to="desk.list"
          with={{ language: count.language }}
          query={{ show: id, owner: ownerKey(count.owner) }}
          aria-label={`${languageName(count.language)}, ${nameOf(count.owner)}: ${t(`show.${id}`)}, ${number(of(count))}`}
        >
          {number(of(count))}
        </A>
      ),
  })
  return (
    <Page title={t('overview.title')} lead={t('overview.lead')} robots="noindex" wide>
      <Table
        caption={t('overview.caption')}
        responsive
        rows={counts}
        empty={<Empty title={t('overview.empty')}>{t('overview.empty-text')}</Empty>}
        columns={[
          {
            id: 'language',
            head: t('overview.language'),
            names: true,
            cell: ({ language }) => (
              <A to="desk.list" with={{ language }}>
                {languageName(language)}
              </A>
            ),
          },
          { id: 'owner', head: t('overview.owner'), cell: ({ owner }) => nameOf(owner) },
          column('missing', (it) => it.missing),
          column('stale', (it) => it.stale),
          column('waiting', (it) => it.waiting),
          column('machine', (it) => it.machine),
          column('in-edit', (it) => it.inEdit),
          { id: 'approved', head: t('show.approved'), figures: true, cell: (it) => number(it.approved) },
          { id: 'total', head: t('overview.total'), figures: true, cell: (it) => number(it.total) },
        ]}
      />
    </Page>
  )
}
