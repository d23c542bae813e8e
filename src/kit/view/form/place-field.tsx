import { useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import { fieldId, useForm, useTyped } from './context.ts'
import { type FieldBase, FieldProblems, GroupFrame, useProblems } from './frame.tsx'

export type CoordinatesKind = FieldBase & {
  kind: 'coordinates'
  /** Decimal degrees, WGS 84. */
  value?: { latitude: string | number | null; longitude: string | number | null } | null | undefined
}

/** A place on the map in decimal degrees: `name.latitude` and `name.longitude`. */
export function CoordinatesField(field: CoordinatesKind) {
  return (
    <GroupFrame field={field} kind="coordinates">
      <div class="field-row">
        <Degrees field={field} part="latitude" value={field.value?.latitude} />
        <Degrees field={field} part="longitude" value={field.value?.longitude} />
      </div>
    </GroupFrame>
  )
}

type DegreesProps = {
  field: CoordinatesKind
  part: 'latitude' | 'longitude'
  value: string | number | null | undefined
}

function Degrees({ field, part, value }: DegreesProps) {
  const t = useWords(words)
  const form = useForm()
  const name = `${field.name}.${part}`
  const id = fieldId(form.id, name)
  const problems = useProblems({ name, label: t(`form.${part}`) })
  return (
    <div
      class={`field${problems.length > 0 ? ' field-wrong' : ''}`}
      id={part === 'latitude' ? fieldId(form.id, field.name) : undefined}
    >
      <label class="label label-small" for={id}>
        {t(`form.${part}`)}
      </label>
      <FieldProblems id={id} of={problems} />
      <input
        id={id}
        name={name}
        type="text"
        inputMode="decimal"
        dir="ltr"
        class="digits"
        value={useTyped(name, value)}
        placeholder={part === 'latitude' ? '-13.5319' : '-71.9675'}
        required={field.required}
        aria-invalid={problems.length > 0 ? 'true' : undefined}
        aria-describedby={problems.length > 0 ? `${id}-problem` : undefined}
      />
    </div>
  )
}
