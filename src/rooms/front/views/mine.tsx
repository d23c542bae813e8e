import { Page, useFormats, useReader, useWords } from '#kit/view'
import { say } from '#kit/words'
import type { listDoors } from '../doors.ts'
import { words } from '../words/index.ts'

/** Something that waits for this person: how many, in whose words, and where to go. */
export type Task = { words: string; count: number; to: string; params?: Record<string, string>; query?: string }

/** What is mine to do, in every room: what waits, and where one's own work begins. */
export function Mine({ tasks, groups }: { tasks: readonly Task[]; groups: ReturnType<typeof listDoors> }) {
  const t = useWords(words)
  const reader = useReader()
  const { number } = useFormats()
  return (
    <Page title={t('mine.title')} lead={t('mine.lead')} robots="noindex">
      <h2>{t('mine.waits')}</h2>
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
      {groups.map(({ group, doors }) => (
        <nav aria-labelledby={`doors-${group}`}>
          <h2 id={`doors-${group}`}>{t(`mine.group.${group}`)}</h2>
          <ul class="columns">
            {doors
              .filter(({ to }) => reader.has(to))
              .map((door) => (
                <li>
                  <a href={reader.address(door.to)}>{say(reader.language, door.words)}</a>
                </li>
              ))}
          </ul>
        </nav>
      ))}
    </Page>
  )
}
