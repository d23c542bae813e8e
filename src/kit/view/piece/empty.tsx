import type { ComponentChildren } from 'preact'

type EmptyProps = {
  /** What is not here yet, in a sentence. */
  title: string
  /** What would be here, and what it is good for. */
  children: ComponentChildren
  /** The first step: a button or a link. */
  first?: ComponentChildren
}

/** Where nothing is yet: teaches what would be here and offers the first step. */
export function Empty({ title, children, first }: EmptyProps) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      <div class="empty-text">{children}</div>
      {first ? <div class="empty-first">{first}</div> : null}
    </div>
  )
}
