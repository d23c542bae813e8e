import type { ComponentChildren } from 'preact'
import { useFormats, useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import { fieldId, useForm, useTyped, useTypedList } from './context.ts'
import { type FieldBase, FieldProblems, Frame, GroupFrame, Hint, useControl, useProblems } from './frame.tsx'

export type Option = { value: string; label: string; hint?: ComponentChildren; disabled?: boolean }

export type CheckboxKind = FieldBase & { kind: 'checkbox'; checked?: boolean | undefined }
export type CheckboxesKind = FieldBase & {
  kind: 'checkboxes'
  options: readonly Option[]
  value?: readonly string[] | undefined
}
export type RadiosKind = FieldBase & { kind: 'radios'; options: readonly Option[]; value?: string | null | undefined }
export type SelectKind = FieldBase & {
  kind: 'select'
  options: readonly (Option | { group: string; options: readonly Option[] })[]
  value?: string | null | undefined
}
export type CountryKind = FieldBase & {
  kind: 'country'
  /** ISO 3166-1 codes to choose from, in any order: they are sorted by name. */
  countries: readonly string[]
  value?: string | null | undefined
}

/** One yes or no: sent as `yes`, and not at all when it is not ticked. */
export function CheckboxField(field: CheckboxKind) {
  const control = useControl(field)
  const { typed } = useForm()
  const checked = typed ? typed[field.name] !== undefined : field.checked
  const problems = useProblems(field)
  return (
    <div class={`field field-checkbox${problems.length > 0 ? ' field-wrong' : ''}`}>
      <FieldProblems id={control.id} of={problems} />
      <div class="choice">
        <input {...control} type="checkbox" value="yes" checked={checked} />
        <label for={control.id}>{field.label}</label>
      </div>
      <Hint id={control.id} of={field.hint} />
    </div>
  )
}

export function CheckboxesField(field: CheckboxesKind) {
  const chosen = useTypedList(field.name, field.value)
  return (
    <GroupFrame field={field} kind="checkboxes">
      <Choices field={field} type="checkbox" options={field.options} chosen={chosen} />
    </GroupFrame>
  )
}

export function RadiosField(field: RadiosKind) {
  const chosen = useTyped(field.name, field.value)
  return (
    <GroupFrame field={field} kind="radios">
      <Choices field={field} type="radio" options={field.options} chosen={[chosen]} />
    </GroupFrame>
  )
}

type ChoicesProps = {
  field: FieldBase
  type: 'radio' | 'checkbox'
  options: readonly Option[]
  chosen: readonly string[]
}

/** The boxes or circles of a group; the first carries the group's id, so that the error summary can lead there. */
export function Choices({ field, type, options, chosen }: ChoicesProps) {
  const { id: form, problems } = useForm()
  const group = fieldId(form, field.name)
  const wrong = problems.some((problem) => problem.field === field.name)
  return (
    <div class={options.length > 7 ? 'choices choices-many' : 'choices'}>
      {options.map((option, place) => {
        const id = place === 0 ? group : `${group}-${place + 1}`
        return (
          <div class="choice">
            <input
              type={type}
              id={id}
              name={field.name}
              value={option.value}
              checked={chosen.includes(option.value)}
              disabled={option.disabled}
              required={type === 'radio' ? field.required : undefined}
              aria-describedby={option.hint ? `${id}-note` : undefined}
              aria-invalid={wrong && type === 'checkbox' ? 'true' : undefined}
            />
            <label for={id}>{option.label}</label>
            {option.hint ? (
              <div class="hint" id={`${id}-note`}>
                {option.hint}
              </div>
            ) : null}
          </div>
        )
      })}
    </div>
  )
}

export function SelectField(field: SelectKind) {
  const t = useWords(words)
  const { search } = useForm()
  const chosen = useTyped(field.name, field.value)
  return (
    <Frame field={field} kind="select">
      <select {...useControl(field)}>
        <option value="">{search ? t('form.any') : t('form.choose')}</option>
        {field.options.map((option) =>
          'group' in option ? (
            <optgroup label={option.group}>
              {option.options.map((one) => (
                <SelectOption of={one} chosen={chosen} />
              ))}
            </optgroup>
          ) : (
            <SelectOption of={option} chosen={chosen} />
          ),
        )}
      </select>
    </Frame>
  )
}

function SelectOption({ of, chosen }: { of: Option; chosen: string }) {
  return (
    <option value={of.value} selected={of.value === chosen} disabled={of.disabled}>
      {of.label}
    </option>
  )
}

/** A country out of those given, by its name in the reader's language, sorted as that language sorts. */
export function CountryField(field: CountryKind) {
  const { countryName, sorted } = useFormats()
  const options = sorted(
    field.countries.map((value) => ({ value, label: countryName(value) })),
    (option) => option.label,
  )
  return <SelectField {...field} kind="select" options={options} />
}
