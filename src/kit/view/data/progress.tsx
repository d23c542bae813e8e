import type { ComponentChildren } from 'preact'
import { useFormats, useWords } from '../reader.ts'
import { words } from '../words/index.ts'

export type ProgressState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

type ProgressProps = {
  /** Tells two pieces of work on one page apart. */
  id?: string
  /** What is being done: "Importing the register of Peru". */
  label: string
  state: ProgressState
  done: number
  /** Null while nobody knows yet. */
  total: number | null
  /** What is counted, in words, where the numbers alone do not say it. */
  detail?: ComponentChildren
  /** What can be done meanwhile: cancel, resume, fetch the result. */
  children?: ComponentChildren
}

/** How far long work has come. With script it moves by itself; without, the page is drawn again (`Page refresh`). */
export function Progress({ id = 'progress', label, state, done, total, detail, children }: ProgressProps) {
  const t = useWords(words)
  const { percent, number } = useFormats()
  const going = state === 'waiting' || state === 'running'
  return (
    <live-part id={id} data-every={going ? '2' : undefined}>
      <div class={`progress progress-${state}`}>
        <p class="progress-label" id={`${id}-label`}>
          {label}
        </p>
        <progress
          aria-labelledby={`${id}-label`}
          max={total ?? 1}
          value={state === 'done' ? (total ?? 1) : total === null ? undefined : done}
        />
        <p class="progress-state" role="status">
          {t(`progress.${state}`)}
          {total === null || total === 0
            ? null
            : ` · ${t('progress.of', { done: number(done), total: number(total), share: percent(Math.min(1, done / total)) })}`}
        </p>
        {detail ? <div class="progress-detail">{detail}</div> : null}
        {children ? <div class="buttons">{children}</div> : null}
      </div>
    </live-part>
  )
}
