import type { ComponentChildren } from 'preact'
import { Button, Form, Page, Progress, When, useReader, useWords, type Problem } from '#kit/view'
import { definedWords, say, speak, type Language } from '#kit/words'
import type { Work } from '../queue.ts'
import { jobsWords } from '../words.ts'

/** What the work is, in the words of the room whose task it is (`work.import-register` for the task `network.import-register`), or in general. */
function nameOf(task: string, language: Language, otherwise: string): string {
  const [roomName = '', verb = ''] = task.split('.')
  const words = definedWords().get(roomName)
  if (!words) return otherwise
  const t = speak(words, language)
  const key = `work.${verb}`
  return t.has(key) ? t(key) : otherwise
}

/** How far a piece of work is, for any page: a bar, what is being done, the button that stops it, what came of it. */
export function WorkProgress({ work, children }: { work: Work; children?: ComponentChildren }) {
  const t = useWords(jobsWords)
  const { language, address, has } = useReader()
  const going = work.state === 'waiting' || work.state === 'running'
  const detail = work.message ? say(language, work.message, work.messageValues) : null
  return (
    <Progress
      id={`work-${work.id}`}
      label={nameOf(work.task, language, t('work.label'))}
      state={work.state}
      done={work.done}
      total={work.total}
      detail={
        <>
          {detail ? <p>{detail}</p> : null}
          {work.problem ? <p class="problem">{say(language, work.problem)}</p> : null}
          {going && work.attempt > 1 ? <p>{t('work.again', { attempt: work.attempt })}</p> : null}
          {going && work.cancelAskedAt ? <p>{t('work.stopping')}</p> : null}
        </>
      }
    >
      {going && !work.cancelAskedAt ? (
        <Form
          id={`cancel-${work.id}`}
          action={address('jobs.work', { id: work.id })}
          buttons={<Button kind="second">{t('work.cancel')}</Button>}
        >
          <input type="hidden" name="deed" value="cancel" />
        </Form>
      ) : null}
      {work.resultFile && has('files.file') ? (
        <a
          class="button button-main"
          href={`${address('files.file', { id: work.resultFile, version: 'result', name: 'result' })}?download`}
        >
          {t('work.download')}
        </a>
      ) : null}
      {children}
    </Progress>
  )
}

/** The page of one piece of work. Without script it is drawn again until the work is over. */
export function WorkPage({ work, problems }: { work: Work; problems: readonly Problem[] }) {
  const t = useWords(jobsWords)
  const { language } = useReader()
  const going = work.state === 'waiting' || work.state === 'running'
  return (
    <Page
      title={nameOf(work.task, language, t('work.title'))}
      lead={t(going ? 'work.lead' : 'work.over')}
      robots="noindex"
      refresh={going ? 5 : undefined}
    >
      {problems.map((problem) => (
        <p class="problem">{say(language, problem.words, problem.values)}</p>
      ))}
      <WorkProgress work={work} />
      <p>
        {t.rich('work.begun', { at: <When at={work.createdAt} style="medium" /> })}
        {work.endedAt ? <> {t.rich('work.ended', { at: <When at={work.endedAt} style="medium" /> })}</> : null}
      </p>
    </Page>
  )
}
