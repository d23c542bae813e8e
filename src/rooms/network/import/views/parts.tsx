import type { ComponentChildren } from 'preact'
import { Badge, Page, Steps, useWords, type Crumb, type Tone } from '#kit/view'
import type { Import, ImportState } from '../queries.ts'
import { words } from '../words/index.ts'

const tones: Record<ImportState, Tone> = {
  reading: 'going',
  unreadable: 'refused',
  mapping: 'wanting',
  checking: 'going',
  checked: 'wanting',
  running: 'going',
  stopped: 'wanting',
  done: 'done',
  undoing: 'going',
  undone: 'over',
}

/** The stage of an import in a word. */
export function Stage({ of }: { of: ImportState }) {
  const t = useWords(words)
  return <Badge tone={tones[of]}>{t(`state.${of}`)}</Badge>
}

/** What people call a column: the name that its path ends in (`campo[nombre=museo_cp]` is `museo_cp`). */
export const columnLabel = (path: string): string => /\[[^=\]]+=([^\]]+)\]$/.exec(path)?.[1] ?? path.split('/').at(-1)!

/** A column by its name; the whole path is there for whoever points at it or listens. */
export function ColumnName({ of }: { of: string }) {
  const label = columnLabel(of)
  return label === of ? <bdi>{of}</bdi> : <bdi title={of}>{label}</bdi>
}

const stages: ImportState[][] = [
  ['reading', 'unreadable'],
  ['mapping'],
  ['checking', 'checked'],
  ['running', 'stopped', 'done', 'undoing', 'undone'],
]

/** Where an import is among its four steps. */
function Way({ of }: { of: ImportState }) {
  const t = useWords(words)
  const now = stages.findIndex((stage) => stage.includes(of))
  return (
    <Steps
      of={(['file', 'columns', 'check', 'import'] as const).map((name, at) => ({
        name: t(`step.${name}`),
        state: at < now ? ('done' as const) : at === now ? ('now' as const) : ('ahead' as const),
      }))}
    />
  )
}

type ImportPageProps = {
  of: Import
  title?: string
  lead?: ComponentChildren
  primary?: ComponentChildren
  aside?: ComponentChildren
  refresh?: number | undefined
  children: ComponentChildren
}

/** A page of one import: its name, its steps and the way back. */
export function ImportPage({ of, title, children, ...rest }: ImportPageProps) {
  const t = useWords(words)
  const crumbs: Crumb[] = [{ to: 'network.imports', name: t('list.title') }]
  if (title !== undefined) crumbs.push({ to: 'network.import', with: { id: of.id }, name: of.fileName })
  return (
    <Page title={title ?? of.fileName} crumbs={crumbs} robots="noindex" wide {...rest}>
      <Way of={of.state} />
      {children}
    </Page>
  )
}
