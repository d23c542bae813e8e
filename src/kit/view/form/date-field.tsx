import { useFormats, useReader } from '../reader.ts'
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

/** How it is to be typed where the browser only has a text field; browsers that pick dates do not show this. */
const shapes = { date: '2026-05-18', month: '2026-05', 'date-time': '2026-05-18T14:30', time: '14:30' } as const

const types = { date: 'date', month: 'month', 'date-time': 'datetime-local', time: 'time' } as const

/** A date, typed or picked. Where the browser has no such field it is a text field that shows the shape to be typed. */
export function DateField(field: DateKind) {
  const formats = useFormats()
  const { now, zone } = useReader()
  const control = useControl(field)
  const typed = useTyped(field.name, field.value)
  // A date field drops what it cannot read, so what was typed wrongly comes back in a field that keeps it.
  const readable = typed === '' || isReadable(field.kind, typed)
  const input = (
    <input
      {...control}
      type={(readable ? types[field.kind] : 'text') as 'date'}
      dir="ltr"
      value={typed}
      min={field.minimum}
      max={field.maximum}
      placeholder={shapes[field.kind]}
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

function isReadable(kind: DateKind['kind'], text: string): boolean {
  try {
    if (kind === 'date') return Temporal.PlainDate.from(text).toString() === text
    if (kind === 'month') return Temporal.PlainYearMonth.from(text).toString() === text
    if (kind === 'time') return /^\d{2}:\d{2}/u.test(text) && Boolean(Temporal.PlainTime.from(text))
    return /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/u.test(text) && Boolean(Temporal.PlainDateTime.from(text))
  } catch {
    return false
  }
}
