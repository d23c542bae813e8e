import type { ComponentChildren } from 'preact'
import { say } from '#kit/words'
import { useReader, useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import { fieldId, useForm } from './context.ts'

/** What every kind of field takes. */
export type FieldBase = {
  name: string
  label: string
  hint?: ComponentChildren
  /** Must be filled in. What need not be says so beside its label. */
  required?: boolean
  /** Nobody can change it now; it is shown and not sent. */
  disabled?: boolean
}

/** What the control must carry so that label, hint and problems belong to it. */
export type Control = {
  id: string
  name: string
  required: boolean | undefined
  disabled: boolean | undefined
  'aria-describedby': string | undefined
  'aria-invalid': 'true' | undefined
}

/** The problems of a field, in words. Writes its label down for the form's summary. `also` names further parts that tell their problems here. */
export function useProblems(
  { name, label }: Pick<FieldBase, 'name' | 'label'>,
  also: readonly string[] = [],
): string[] {
  const { problems, labels } = useForm()
  const { language } = useReader()
  const names = [name, ...also]
  for (const one of names) labels?.set(one, label)
  return problems.filter((one) => names.includes(one.field)).map((one) => say(language, one.words, one.values))
}

/** The attributes of a field's control. */
export function useControl(field: FieldBase): Control {
  const form = useForm()
  const id = fieldId(form.id, field.name)
  const wrong = form.problems.some((problem) => problem.field === field.name)
  const described = [field.hint ? `${id}-hint` : '', wrong ? `${id}-problem` : ''].filter(Boolean).join(' ')
  return {
    id,
    name: field.name,
    required: field.required,
    disabled: field.disabled,
    'aria-describedby': described || undefined,
    'aria-invalid': wrong ? 'true' : undefined,
  }
}

type FrameProps = { field: FieldBase; kind: string; also?: readonly string[]; children: ComponentChildren }

/** Label above, hint under the label, problem under the hint, then the control. */
export function Frame({ field, kind, also, children }: FrameProps) {
  const { id } = useForm()
  const control = fieldId(id, field.name)
  const problems = useProblems(field, also)
  return (
    <div class={`field field-${kind}${problems.length > 0 ? ' field-wrong' : ''}`}>
      <label class="label" for={control}>
        {field.label}
        <OptionalMark field={field} />
      </label>
      <Hint id={control} of={field.hint} />
      <FieldProblems id={control} of={problems} />
      {children}
    </div>
  )
}

/** The same for a group of controls, which is named by a legend. The summary links to the group's first control. */
export function GroupFrame({ field, kind, children }: { field: FieldBase; kind: string; children: ComponentChildren }) {
  const { id } = useForm()
  const group = fieldId(id, field.name)
  const problems = useProblems(field)
  const described = [field.hint ? `${group}-hint` : '', problems.length > 0 ? `${group}-problem` : ''].filter(Boolean)
  return (
    <fieldset
      class={`field field-${kind}${problems.length > 0 ? ' field-wrong' : ''}`}
      aria-describedby={described.join(' ') || undefined}
      disabled={field.disabled}
    >
      <legend class="label">
        {field.label}
        <OptionalMark field={field} />
      </legend>
      <Hint id={group} of={field.hint} />
      <FieldProblems id={group} of={problems} />
      {children}
    </fieldset>
  )
}

/** Says that a field may stay empty; what is required says nothing, for most fields are. */
export function OptionalMark({ field }: { field: Pick<FieldBase, 'required'> }) {
  const { search } = useForm()
  const t = useWords(words)
  if (field.required || search) return null
  return <span class="optional"> {t('form.optional')}</span>
}

export function Hint({ id, of }: { id: string; of: ComponentChildren }) {
  if (!of) return null
  return (
    <div class="hint" id={`${id}-hint`}>
      {of}
    </div>
  )
}

export function FieldProblems({ id, of }: { id: string; of: readonly string[] }) {
  if (of.length === 0) return null
  return (
    <div class="problem" id={`${id}-problem`}>
      {of.map((sentence) => (
        <p>{sentence}</p>
      ))}
    </div>
  )
}
