import type { ComponentChildren } from 'preact'
import type { Moment } from '#kit/words'
import { useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import { When } from '../piece/when.tsx'

/** A field that a deed changed, named and written as people read it. */
export type Change = { field: string; before: ComponentChildren; after: ComponentChildren }

export type Deed = {
  id?: string
  at: Moment
  /** Null: the system itself. */
  who: string | null
  /** What was done, without who: "validated the museum". */
  sentence: ComponentChildren
  reason?: ComponentChildren
  changes?: readonly Change[]
  /** What it corrects, and where that stands on the page. */
  corrects?: { sentence: ComponentChildren; id?: string }
  /** The law had its values erased; rule and date remain. */
  erased?: string | null
}

/** What was done, latest first, as sentences: who, what, when, why, and what changed. */
export function History({ of, level = 2, title }: { of: readonly Deed[]; level?: 2 | 3; title?: string }) {
  const t = useWords(words)
  const Heading = `h${level}` as 'h2'
  return (
    <section class="history-part">
      <Heading>{title ?? t('history.title')}</Heading>
      {of.length === 0 ? (
        <p class="hint">{t('history.none')}</p>
      ) : (
        <ol class="history">
          {of.map((deed) => (
            <li id={deed.id ? `deed-${deed.id}` : undefined}>
              <p class="deed">
                <strong>{deed.who ?? t('history.system')}</strong> {deed.sentence}
              </p>
              <p class="deed-when">
                <When at={deed.at} />
              </p>
              {deed.reason ? (
                <p class="deed-reason">{t.rich('history.reason', { reason: <span>{deed.reason}</span> })}</p>
              ) : null}
              {deed.corrects ? (
                <p class="deed-corrects">
                  {t.rich('history.corrects', {
                    what: deed.corrects.id ? (
                      <a href={`#deed-${deed.corrects.id}`}>{deed.corrects.sentence}</a>
                    ) : (
                      <span>{deed.corrects.sentence}</span>
                    ),
                  })}
                </p>
              ) : null}
              {deed.erased ? <p class="deed-erased">{t('history.erased', { rule: deed.erased })}</p> : null}
              {deed.changes && deed.changes.length > 0 ? <Changes of={deed.changes} /> : null}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Changes({ of }: { of: readonly Change[] }) {
  const t = useWords(words)
  return (
    <details class="changes">
      <summary>{t('history.changes', { count: of.length })}</summary>
      <dl>
        {of.map((change) => (
          <div class="fact">
            <dt>{change.field}</dt>
            <dd>
              {isNothing(change.before) ? null : (
                <>
                  <del>
                    <span class="unseen">{t('diff.before')} </span>
                    {change.before}
                  </del>{' '}
                </>
              )}
              {isNothing(change.after) ? (
                <span class="absent">{t('history.emptied')}</span>
              ) : (
                <ins>
                  <span class="unseen">{t('diff.after')} </span>
                  {change.after}
                </ins>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function isNothing(value: ComponentChildren): boolean {
  return value === null || value === undefined || value === '' || value === false
}
