import { asInstant, kitWords, type DateStyle, type Moment, type Money as Amount } from '#kit/words'
import { useFormats, useReader, useWords } from '../reader.ts'

type WhenProps = {
  /** An instant or a date, as Temporal or as PostgreSQL's text. A date has no hour and is not moved by any zone. */
  at: Moment
  style?: DateStyle
  /** The hour too; an instant shows it unless told otherwise. */
  hour?: boolean
}

/** A moment, in the reader's language and zone. */
export function When({ at, style = 'long', hour = isInstant(at) }: WhenProps) {
  const formats = useFormats()
  return <time dateTime={machineForm(at)}>{hour ? formats.dateTime(at, { style }) : formats.date(at, style)}</time>
}

/** From one date to another, what both share said once. */
export function Span({ from, to, style = 'long' }: { from: Moment; to: Moment; style?: DateStyle }) {
  const formats = useFormats()
  return <span class="span-of-time">{formats.dateRange(from, to, style)}</span>
}

type DeadlineProps = {
  at: Moment
  /** The zone in which the deadline was set. */
  zone: string
}

/** A deadline: in the reader's zone, in the zone where it was set when the clocks differ, and the time that is left. */
export function Deadline({ at, zone }: DeadlineProps) {
  const reader = useReader()
  const formats = useFormats()
  const kit = useWords(kitWords)
  const instant = asInstant(at, zone)
  const left = formats.timeLeft(instant, reader.now)
  const until = instant.toString()
  const away = instant.toZonedDateTimeISO(zone).offset !== instant.toZonedDateTimeISO(reader.zone).offset
  const told = (inZone: string) =>
    kit('date.in-zone', {
      time: formats.dateTime(instant, { style: 'full', inZone }),
      zone: formats.zoneName(instant, inZone),
    })
  return (
    <span class="deadline">
      <time class="deadline-own" dateTime={until}>
        {told(reader.zone)}
      </time>
      {away ? <span class="deadline-there">{told(zone)}</span> : null}
      <span class="deadline-left">
        {left === undefined
          ? formats.relative(instant, reader.now)
          : kit.rich('date.left', { time: <time-left until={until}>{left}</time-left> })}
      </span>
    </span>
  )
}

/** An amount with its ISO 4217 code. */
export function Money({ of }: { of: Amount }) {
  const { money } = useFormats()
  return (
    <data class="money" value={`${of.amount} ${of.currency}`}>
      {money(of)}
    </data>
  )
}

function isInstant(at: Moment): boolean {
  if (typeof at === 'string') return /\d:\d{2}/u.test(at)
  return at instanceof Temporal.Instant || at instanceof Temporal.ZonedDateTime
}

/** What `datetime` takes: PostgreSQL's space becomes a T. */
function machineForm(at: Moment): string {
  if (typeof at !== 'string') return at instanceof Temporal.ZonedDateTime ? at.toInstant().toString() : at.toString()
  return isInstant(at) ? asInstant(at).toString() : at
}
