/** Words of a title as an address: lower-case, without accents, joined by hyphens; '' when nothing is left. */
export function slugOf(title: string): string {
  return title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80)
    .replaceAll(/-+$/g, '')
}

export const documentKinds = [
  'publication',
  'manual',
  'report',
  'declaration',
  'plan',
  'minutes',
  'form',
  'other',
] as const
export type DocumentKind = (typeof documentKinds)[number]

/** A tree of pages from its rows, each level in the order given. Rows whose parent is not among them are left out. */
export type Branch<Row> = Row & { children: Branch<Row>[] }
export function treeOf<Row extends { id: string; parentId: string | null }>(
  rows: readonly Row[],
  parentId: string | null = null,
): Branch<Row>[] {
  return rows.filter((row) => row.parentId === parentId).map((row) => ({ ...row, children: treeOf(rows, row.id) }))
}
