import type { ComponentChildren } from 'preact'
import { say } from '#kit/words'
import { hidden } from '../page/places.ts'
import { useReader, useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import { FormContext, type Problem, type Typed, fieldId } from './context.ts'

export type FormProps = {
  /** Where it goes; this page unless told, for a page that shows a form also takes it. */
  action?: string
  method?: 'post' | 'get'
  /** Tells two forms of one page apart. */
  id?: string
  /** What the form is for, where the page's title does not say it. */
  label?: string
  problems?: readonly Problem[] | undefined
  typed?: Typed | undefined
  /** The version of the row being changed, so that an older form shows the difference instead of overwriting. */
  version?: string | number | undefined
  /** The form carries files. */
  files?: boolean
  /** Names a draft: what is typed is kept on the server as one goes, and leaving the page asks first. */
  draft?: string
  /** The buttons, in order: the main one first. */
  buttons?: ComponentChildren
  children: ComponentChildren
}

/**
 * A form: token, one-time key and row version ride along; problems are told in a summary that links to each field, and
 * again at the field. The browser's own checks are off, because they tell one problem at a time and in the browser's language.
 */
export function Form(props: FormProps) {
  const reader = useReader()
  const { method = 'post', id = 'f', problems = [], typed } = props
  const form = (
    <form
      id={id}
      class={`form form-${method}`}
      method={method}
      action={props.action ?? reader.path}
      encType={props.files ? 'multipart/form-data' : undefined}
      aria-label={props.label}
      noValidate
      data-draft={props.draft}
    >
      {method === 'post' ? (
        <>
          <input type="hidden" name={hidden.csrf} value={reader.csrf} />
          <input type="hidden" name={hidden.key} value={reader.key()} />
          {props.version === undefined ? null : <input type="hidden" name={hidden.version} value={props.version} />}
        </>
      ) : null}
      <FormContext.Provider value={{ id, problems, typed, search: method === 'get' }}>
        {props.children}
      </FormContext.Provider>
      {props.buttons ? <div class="buttons">{props.buttons}</div> : null}
    </form>
  )
  return (
    <>
      <ProblemSummary form={id} problems={problems} />
      {props.draft ? <draft-keeper>{form}</draft-keeper> : form}
    </>
  )
}

/** All problems at once, each a link to its field; the first thing that is read and reached when a form comes back. */
export function ProblemSummary({ form = 'f', problems }: { form?: string; problems: readonly Problem[] }) {
  const { language } = useReader()
  const t = useWords(words)
  if (problems.length === 0) return null
  return (
    <div class="summary" role="alert" tabIndex={-1} id={`${form}-problems`} data-focus="">
      <h2>{t('form.problems', { count: problems.length })}</h2>
      <ul>
        {problems.map((problem) => (
          <li>
            {problem.field === '' ? (
              say(language, problem.words, problem.values)
            ) : (
              <a href={`#${fieldId(form, problem.field)}`}>{say(language, problem.words, problem.values)}</a>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
