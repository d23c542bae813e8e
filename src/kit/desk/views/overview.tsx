import type { DeskCount } from '#kit/text'
import { A, Empty, Page, Table, useFormats, useWords } from '#kit/view'
import { words } from '../words/index.ts'
import { ownerKey, useOwner } from './owner.ts'

/**
 * What is counted, a line for the network and each country; of institutions, bodies and people, who may be thousands, a line a kind.
 */
function inLines(counts: readonly DeskCount[]): Line[] {
  const lines = new Map<string, Line>()
  for (const count of counts) {
    const together = !['network', 'country'].includes(count.owner.kind)
    const key = `${count.language} ${together ? count.owner.kind : ownerKey(count.owner)}`
    const before = lines.get(key)
    const sum = (name: (typeof figures)[number]) => Number(before?.[name] ?? 0) + Number(count[name])
    lines.set(key, { ...count, ...(Object.fromEntries(figures.map((name) => [name, sum(name)])) as Figures), together })
  }
  return [...lines.values()]
}
const figures = ['total', 'missing', 'stale', 'waiting', 'machine', 'inEdit', 'approved'] as const
type Line = DeskCount & { together: boolean }
type Figures = Record<(typeof figures)[number], number>

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
    cell: (count: Line) =>
      count.together || of(count) === 0 ? (
        number(of(count))
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
        rows={inLines(counts)}
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
          {
            id: 'owner',
            head: t('overview.owner'),
            cell: ({ owner, together }) => (together ? t(`owners.${owner.kind as 'institution'}`) : nameOf(owner)),
          },
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
