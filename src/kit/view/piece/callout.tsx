import type { ComponentChildren } from 'preact'
import { useWords } from '../reader.ts'
import { words } from '../words/index.ts'

type CalloutProps = {
  kind?: 'note' | 'done' | 'warning' | 'wrong'
  /** Named after what it is about; the kind's own name stands there otherwise. */
  title?: string
  children: ComponentChildren
}

/** Something to know before going on. Not a dialog: it stands in the text where it matters. */
export function Callout({ kind = 'note', title, children }: CalloutProps) {
  const t = useWords(words)
  return (
    <div class={`callout callout-${kind}`} role="note">
      <p class="callout-title">{title ?? t(`callout.${kind}`)}</p>
      {typeof children === 'string' ? <p>{children}</p> : children}
    </div>
  )
}
