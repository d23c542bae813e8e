import type { ComponentChildren } from 'preact'
import { render } from 'preact-render-to-string'
import { kitWords, say } from '#kit/words'
import { hidden } from '../page/places.ts'
import { type Reader, ReaderContext, useReader, useWords } from '../reader.ts'
import { FormContext, type FormState, type Problem, type Typed, fieldId } from './context.ts'

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
  const labels = problems.length > 0 ? new Map<string, string>() : undefined
  const state: FormState = { id, problems, typed, search: method === 'get', ...(labels && { labels }) }
  // The summary stands above the fields and names them by their labels, so a form with problems draws its fields first.
  const drawn = labels ? drawnApart(props.children, reader, state) : null
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
      {drawn === null ? (
        <FormContext.Provider value={state}>{props.children}</FormContext.Provider>
      ) : (
        <div class="fields" dangerouslySetInnerHTML={{ __html: drawn }} />
      )}
      {props.buttons ? <div class="buttons">{props.buttons}</div> : null}
    </form>
  )
  return (
    <>
      <ProblemSummary form={id} problems={problems} labels={labels} />
      {props.draft ? <draft-keeper>{form}</draft-keeper> : form}
    </>
  )
}

// No hook may follow in the component that calls this: the inner drawing takes the hooks' place.
function drawnApart(children: ComponentChildren, reader: Reader, state: FormState): string {
  return render(
    <ReaderContext.Provider value={reader}>
      <FormContext.Provider value={state}>{children}</FormContext.Provider>
    </ReaderContext.Provider>,
  )
}

type SummaryProps = { form?: string; problems: readonly Problem[]; labels?: ReadonlyMap<string, string> | undefined }

/** All problems at once, each named by its field and a link to it; the first thing that is read and reached when a form comes back. */
export function ProblemSummary({ form = 'f', problems, labels }: SummaryProps) {
  const { language } = useReader()
  const kit = useWords(kitWords)
  if (problems.length === 0) return null
  return (
    <div class="summary" role="alert" tabIndex={-1} id={`${form}-problems`} data-focus="">
      <h2>{kit('form.problems', { count: problems.length })}</h2>
      <ul>
        {problems.map((problem) => {
          const label = labels?.get(problem.field)
          const said = say(language, problem.words, problem.values)
          // A problem of a field that the form does not show is still told; it has nowhere to lead.
          if (problem.field === '' || (labels && label === undefined)) return <li>{said}</li>
          return (
            <li>
              <a href={`#${fieldId(form, problem.field)}`}>{label ? `${label}: ${said}` : said}</a>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
