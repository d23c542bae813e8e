/** A date or an instant, as Temporal has it or as PostgreSQL writes it (`2026-11-22`, `2026-11-22 10:00:00.5+00`). */
export type Moment =
  | string
  | Temporal.PlainDate
  | Temporal.PlainYearMonth
  | Temporal.PlainDateTime
  | Temporal.Instant
  | Temporal.ZonedDateTime

/** What was read: an instant moves with the zone it is told in; a date or a wall clock never does. */
export type ReadMoment = { kind: 'instant' | 'plain'; at: number }

/**
 * Reads a moment into milliseconds: of the epoch for an instant, of the same calendar day taken in UTC for a date.
 * Throws a `RangeError` for text that is neither.
 */
export function readMoment(value: Moment): ReadMoment {
  if (typeof value === 'string') return readMoment(parse(value))
  if (value instanceof Temporal.Instant || value instanceof Temporal.ZonedDateTime) {
    return { kind: 'instant', at: value.epochMilliseconds }
  }
  const plain =
    value instanceof Temporal.PlainYearMonth
      ? value.toPlainDate({ day: 1 }).toPlainDateTime()
      : value instanceof Temporal.PlainDate
        ? value.toPlainDateTime()
        : value
  return { kind: 'plain', at: plain.toZonedDateTime('UTC').epochMilliseconds }
}

/** The instant of a moment; a date begins at the start of its day in the zone given. */
export function asInstant(value: Moment, zone = 'UTC'): Temporal.Instant {
  const read = typeof value === 'string' ? parse(value) : value
  if (read instanceof Temporal.Instant) return read
  if (read instanceof Temporal.ZonedDateTime) return read.toInstant()
  if (read instanceof Temporal.PlainDateTime) return read.toZonedDateTime(zone).toInstant()
  const day = read instanceof Temporal.PlainYearMonth ? read.toPlainDate({ day: 1 }) : read
  return day.toZonedDateTime(zone).toInstant()
}

function parse(text: string): Exclude<Moment, string> {
  if (/^\d{4}-\d{2}$/u.test(text)) return Temporal.PlainYearMonth.from(text)
  if (/^[+-]?\d{4,6}-\d{2}-\d{2}$/u.test(text)) return Temporal.PlainDate.from(text)
  if (text.endsWith(']')) return Temporal.ZonedDateTime.from(text)
  if (/(?:Z|[+-]\d{2}(?::?\d{2})?)$/iu.test(text)) return Temporal.Instant.from(text)
  return Temporal.PlainDateTime.from(text)
}
