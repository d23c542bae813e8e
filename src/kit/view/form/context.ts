import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Problem } from '#kit/access'

export type { Problem }

/** What was typed, by the form's names, as it came. */
export type Typed = Readonly<Record<string, string | readonly string[] | undefined>>

export type FormState = {
  id: string
  problems: readonly Problem[]
  typed: Typed | undefined
  /** A search or filter: nothing is required, so nothing is marked optional. */
  search: boolean
  /** Where fields write their labels down while a form with problems is drawn, so that the summary can name them. */
  labels?: Map<string, string>
}

const nowhere: FormState = { id: 'f', problems: [], typed: undefined, search: false }

export const FormContext = createContext<FormState>(nowhere)

/** The form that a field stands in. */
export function useForm(): FormState {
  return useContext(FormContext)
}

/** The id of a field's control, to which the error summary links. Dots in names (`title.es`) are kept readable. */
export function fieldId(form: string, name: string): string {
  return `${form}-${name}`.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')
}

/** What a field shows: what was typed if the form came back, else the stored value. A form that came back without the field means that it was emptied. */
export function useTyped(name: string, stored: string | number | null | undefined): string {
  const { typed } = useForm()
  if (!typed) return stored === null || stored === undefined ? '' : String(stored)
  const value = typed[name]
  return typeof value === 'string' ? value : (value?.[0] ?? '')
}

/** The same for a field of several values. */
export function useTypedList(name: string, stored: readonly string[] | undefined): readonly string[] {
  const { typed } = useForm()
  if (!typed) return stored ?? []
  const value = typed[name]
  if (value === undefined) return []
  return typeof value === 'string' ? [value] : value
}
