import { useFormats, useReader, useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import { useTyped } from './context.ts'
import { type FieldBase, Frame, useControl } from './frame.tsx'

export type DateKind = FieldBase & {
  /** `date` 2026-11-22, `month` 2026-11, `date-time` 2026-11-22T18:30, `time` 18:30. */
  kind: 'date' | 'month' | 'date-time' | 'time'
  value?: string | null | undefined
  minimum?: string
  maximum?: string
  /** The zone in which a date and hour are meant; said beside it. The reader's unless told. */
  zone?: string
  autocomplete?: 'bday'
}

const types = { date: 'date', month: 'month', 'date-time': 'datetime-local', time: 'time' } as const

/** A date, typed or picked. Where the browser has no such field it is a text field that shows the shape to be typed. */
export function DateField(field: DateKind) {
  const t = useWords(words)
  const formats = useFormats()
  const { now, zone } = useReader()
  const control = useControl(field)
  const input = (
    <input
      {...control}
      type={types[field.kind]}
      dir="ltr"
      value={useTyped(field.name, field.value)}
      min={field.minimum}
      max={field.maximum}
      placeholder={t(`form.shape.${field.kind}`)}
      autocomplete={field.autocomplete}
    />
  )
  return (
    <Frame field={field} kind="date">
      {field.kind === 'date-time' ? (
        <span class="with-unit">
          {input} <span class="unit">{formats.zoneName(now, field.zone ?? zone)}</span>
        </span>
      ) : (
        input
      )}
    </Frame>
  )
}
