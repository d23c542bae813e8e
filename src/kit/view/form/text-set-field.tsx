import type { Language } from '#kit/words'
import { direction } from '#kit/words'
import { useFormats, useReader, useWords } from '../reader.ts'
import type { Text } from '../text/pick.ts'
import { words } from '../words/index.ts'
import { type FormState, fieldId, useForm } from './context.ts'
import { type FieldBase, FieldProblems, Hint, OptionalMark, useProblems } from './frame.tsx'

export type TextSetKind = FieldBase & {
  kind: 'text-set'
  value?: Text | null | undefined
  /** The languages that may be written, in order; the reader's own comes first. */
  languages: readonly string[]
  /** The languages that must be there before it can be published: these stand open. */
  working?: readonly string[]
  /** How many lines; 1 gives a single line. */
  rows?: number
  maxLength?: number
}

/**
 * One text in several languages: a field for each (`name.es`, `name.pt`, …). The reader's language, the working languages,
 * and whatever is already written stand open; the others unfold, and say whether they hold anything.
 */
export function TextSetField(field: TextSetKind) {
  const reader = useReader()
  const t = useWords(words)
  const form = useForm()
  const group = fieldId(form.id, field.name)
  const problems = useProblems(field)
  const described = [field.hint ? `${group}-hint` : '', problems.length > 0 ? `${group}-problem` : ''].filter(Boolean)
  const order = inOrder(field.languages, reader.language)
  const open = order.filter((language) => isOpen(field, language, form, reader.language))
  const rest = order.filter((language) => !open.includes(language))
  // Two or three more languages are shown; a dozen would bury the field that comes next.
  const [near, far] = rest.length > 3 ? [open, rest] : [order, []]
  return (
    <fieldset
      class={`field field-text-set${problems.length > 0 ? ' field-wrong' : ''}`}
      id={group}
      tabIndex={-1}
      aria-describedby={described.join(' ') || undefined}
      disabled={field.disabled}
    >
      <legend class="label">
        {field.label}
        <OptionalMark field={field} />
      </legend>
      <Hint id={group} of={field.hint} />
      <FieldProblems id={group} of={problems} />
      {near.map((language) => (
        <OneLanguage field={field} language={language} />
      ))}
      {far.length > 0 ? (
        <details class="more-languages">
          <summary>{t('form.more-languages', { count: far.length })}</summary>
          {far.map((language) => (
            <OneLanguage field={field} language={language} />
          ))}
        </details>
      ) : null}
    </fieldset>
  )
}

function OneLanguage({ field, language }: { field: TextSetKind; language: string }) {
  const reader = useReader()
  const t = useWords(words)
  const { languageName } = useFormats()
  const form = useForm()
  const name = `${field.name}.${language}`
  const id = fieldId(form.id, name)
  const label = t('form.in-language', { label: field.label, language: languageName(language) })
  const problems = useProblems({ name, label })
  const back = form.typed?.[name]
  const value = form.typed
    ? typeof back === 'string'
      ? back
      : (back?.[0] ?? '')
    : (field.value?.[language]?.body ?? '')
  const working = field.working?.includes(language) ?? false
  const open = working || problems.length > 0 || value !== '' || language === reader.language
  const shared = {
    id,
    name,
    lang: language,
    dir: direction(language),
    maxLength: field.maxLength,
    'aria-invalid': problems.length > 0 ? ('true' as const) : undefined,
    'aria-describedby': problems.length > 0 ? `${id}-problem` : undefined,
  }
  return (
    <details class="one-language" open={open}>
      <summary>
        <span class="language-name">{languageName(language)}</span>{' '}
        <span class="language-state">
          {value !== '' ? null : working ? t('form.language-wanted') : t('form.language-empty')}
        </span>
      </summary>
      <label class="unseen" for={id}>
        {label}
      </label>
      <FieldProblems id={id} of={problems} />
      {field.rows === 1 ? (
        <input type="text" {...shared} value={value} />
      ) : (
        <textarea {...shared} rows={field.rows ?? 4}>
          {value}
        </textarea>
      )}
    </details>
  )
}

/** What stands in a language: what was typed, else what is kept. */
function written(field: TextSetKind, language: string, { typed }: FormState): string {
  if (!typed) return field.value?.[language]?.body ?? ''
  const back = typed[`${field.name}.${language}`]
  return typeof back === 'string' ? back : (back?.[0] ?? '')
}

/** Open stand the reader's language, those that must be written, those that are, and those with a problem. */
function isOpen(field: TextSetKind, language: string, form: FormState, own: Language): boolean {
  return (
    language === own ||
    (field.working?.includes(language) ?? false) ||
    written(field, language, form) !== '' ||
    form.problems.some((problem) => problem.field === `${field.name}.${language}`)
  )
}

function inOrder(languages: readonly string[], own: Language): string[] {
  return [...languages].sort((one, other) => Number(other === own) - Number(one === own))
}
