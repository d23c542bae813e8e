import { Page, useFormats, useReader, useWords } from '#kit/view'
import { say } from '#kit/words'
import { words } from '../words/index.ts'

/** Something that waits for this person: how many, in whose words, and where to go. */
export type Task = { words: string; count: number; to: string; params?: Record<string, string>; query?: string }

/** What is mine to do, in every room. */
export function Mine({ tasks }: { tasks: readonly Task[] }) {
  const t = useWords(words)
  const reader = useReader()
  const { number } = useFormats()
  return (
    <Page title={t('mine.title')} lead={t('mine.lead')} robots="noindex">
      {tasks.length === 0 ? <p>{t('mine.empty')}</p> : null}
      <ul class="plain tasks">
        {tasks.map((task) => (
          <li>
            <a href={reader.address(task.to, task.params) + (task.query ?? '')}>
              {say(reader.language, task.words, { count: task.count })}
            </a>
            <span class="unseen">{number(task.count)}</span>
          </li>
        ))}
      </ul>
    </Page>
  )
}
