import {
  CheckboxField,
  type CheckboxKind,
  CheckboxesField,
  type CheckboxesKind,
  CountryField,
  type CountryKind,
  RadiosField,
  type RadiosKind,
  SelectField,
  type SelectKind,
} from './choice-field.tsx'
import { DateField, type DateKind } from './date-field.tsx'
import { FileField, type FileKind } from './file-field.tsx'
import { LookupField, type LookupKind } from './lookup-field.tsx'
import { CoordinatesField, type CoordinatesKind } from './place-field.tsx'
import {
  LongTextField,
  type LongTextKind,
  MoneyField,
  type MoneyKind,
  NumberField,
  type NumberKind,
  TextField,
  type TextKind,
} from './text-field.tsx'
import { TextSetField, type TextSetKind } from './text-set-field.tsx'

export type FieldProps =
  | TextKind
  | LongTextKind
  | NumberKind
  | MoneyKind
  | DateKind
  | CheckboxKind
  | CheckboxesKind
  | RadiosKind
  | SelectKind
  | CountryKind
  | TextSetKind
  | CoordinatesKind
  | FileKind
  | LookupKind

/** A field of a form: label above, hint under the label, its problem under the hint. `kind` decides what else it takes. */
export function Field(field: FieldProps) {
  switch (field.kind) {
    case 'long-text':
      return <LongTextField {...field} />
    case 'number':
      return <NumberField {...field} />
    case 'money':
      return <MoneyField {...field} />
    case 'date':
    case 'month':
    case 'date-time':
    case 'time':
      return <DateField {...field} />
    case 'checkbox':
      return <CheckboxField {...field} />
    case 'checkboxes':
      return <CheckboxesField {...field} />
    case 'radios':
      return <RadiosField {...field} />
    case 'select':
      return <SelectField {...field} />
    case 'country':
      return <CountryField {...field} />
    case 'text-set':
      return <TextSetField {...field} />
    case 'coordinates':
      return <CoordinatesField {...field} />
    case 'file':
      return <FileField {...field} />
    case 'lookup':
      return <LookupField {...field} />
    default:
      return <TextField {...field} />
  }
}
