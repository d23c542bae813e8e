import { Link, type Target } from '../address.tsx'
import { useFormats, useWords } from '../reader.ts'
import { words } from '../words/index.ts'

export type Tab = { target: Target; name: string; count?: number; current?: boolean }

/** The parts of a thing, each a page of its own. */
export function Tabs({ label, of }: { label: string; of: readonly Tab[] }) {
  const { number } = useFormats()
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {of.map((tab) => (
          <li>
            <Link target={tab.target} aria-current={tab.current ? 'page' : undefined}>
              {tab.name}
              {tab.count === undefined ? null : <span class="tab-count"> {number(tab.count)}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** A step of a task: `done` steps can be gone back to, the one `now` is this page, those `ahead` wait. */
export type Step = { name: string; state: 'done' | 'now' | 'ahead'; target?: Target }

/** Where one is in a task that asks one thing a page. */
export function Steps({ of }: { of: readonly Step[] }) {
  const t = useWords(words)
  return (
    <nav class="steps" aria-label={t('steps.label')}>
      <ol>
        {of.map((step) => (
          <li class={`step step-${step.state}`}>
            {step.target && step.state !== 'now' ? (
              <Link target={step.target}>{step.name}</Link>
            ) : (
              <span aria-current={step.state === 'now' ? 'step' : undefined}>{step.name}</span>
            )}
            {step.state === 'done' ? <span class="unseen"> {t('steps.done')}</span> : null}
          </li>
        ))}
      </ol>
    </nav>
  )
}
