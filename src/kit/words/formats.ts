import { direction, localeOf, type Language } from './languages.ts'
import { asInstant, readMoment, type Moment } from './moments.ts'

export type Money = { amount: number | string; currency: string }
/** How a date reads: `full` with the day of the week, `long` the month in words, `medium` shortened, `short` in digits. */
export type DateStyle = 'full' | 'long' | 'medium' | 'short' | 'month' | 'month-name' | 'day' | 'weekday' | 'year'

const dateOptions: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  medium: { year: 'numeric', month: 'short', day: 'numeric' },
  short: { year: 'numeric', month: '2-digit', day: '2-digit' },
  month: { year: 'numeric', month: 'long' },
  'month-name': { month: 'long' },
  day: { month: 'long', day: 'numeric' },
  weekday: { weekday: 'long' },
  year: { year: 'numeric' },
}

/** Where the reader is: the country decides signs and digits, the zone in which days and hours are told. */
export type Place = { country?: string | null; zone?: string }

export type Formats = ReturnType<typeof makeFormats>

const kept = new Map<string, Formats>()

/**
 * How one language, in one place, writes dates, numbers, money and lists. Made once and kept. Without a country the
 * hour is told from 0 to 23, which nobody in the network misreads; with one, as that country tells it.
 */
export function formats(language: Language, place: Place = {}): Formats {
  const locale = localeOf(language, place.country)
  const zone = place.zone ?? 'UTC'
  const name = `${language} ${locale} ${zone} ${place.country ? 'country' : ''}`
  const known = kept.get(name)
  if (known) return known
  const made = makeFormats(language, locale, zone, place.country ? {} : { hourCycle: 'h23' })
  if (kept.size < 1000) kept.set(name, made)
  return made
}

function makeFormats(language: Language, locale: string, zone: string, clock: Intl.DateTimeFormatOptions) {
  const intl = keepers(locale)

  /** The formatter that suits a value: dates without an hour are never moved by a zone. */
  const dated = (value: Moment, options: Intl.DateTimeFormatOptions, inZone: string) => {
    const moment = readMoment(value)
    const timeZone = moment.kind === 'instant' ? inZone : 'UTC'
    return { format: intl.date({ ...options, timeZone }), at: Number(moment.at) }
  }

  const written = (value: Moment, options: Intl.DateTimeFormatOptions, inZone = zone): string => {
    const { format, at } = dated(value, options, inZone)
    return format.format(at)
  }

  return {
    language,
    locale,
    zone,
    direction: direction(language),

    /** A date in words. Takes a date, an instant, or either as text (`2026-11-22`, `2026-11-22 10:00:00+00`). */
    date(value: Moment, style: DateStyle = 'long', inZone?: string): string {
      return written(value, dateOptions[style], inZone)
    },

    /** The hour and minute of an instant. */
    time(value: Moment, inZone?: string): string {
      return written(value, { hour: 'numeric', minute: '2-digit', ...clock }, inZone)
    },

    /** Date and hour of an instant; with `named` the zone is told too, as deadlines ask. */
    dateTime(value: Moment, { style = 'long', inZone, named = false }: DateTimeOptions = {}): string {
      const options = { ...dateOptions[style], hour: 'numeric', minute: '2-digit', ...clock } as const
      return written(value, named ? { ...options, timeZoneName: 'longGeneric' } : options, inZone)
    },

    /** What the zone is called at that moment, such as "hora de Perú". */
    zoneName(value: Moment, inZone: string = zone): string {
      const at = asInstant(value)
      const parts = intl.date({ timeZone: inZone, timeZoneName: 'longGeneric' }).formatToParts(at.epochMilliseconds)
      return parts.find((part) => part.type === 'timeZoneName')?.value ?? inZone
    },

    /** From one date to another, saying once what both share: "3–5 de mayo de 2026". */
    dateRange(from: Moment, to: Moment, style: DateStyle = 'long', inZone: string = zone): string {
      const start = dated(from, dateOptions[style], inZone)
      return start.format.formatRange(start.at, Number(readMoment(to).at))
    },

    /** A number. Text is taken as PostgreSQL writes it (`1234.50`), without loss of digits. */
    number(value: number | bigint | string, options: Intl.NumberFormatOptions = {}): string {
      return intl.number(options).format(value as Intl.StringNumericLiteral)
    },

    /** From one number to another. */
    numberRange(from: number, to: number, options: Intl.NumberFormatOptions = {}): string {
      return from === to ? intl.number(options).format(from) : intl.number(options).formatRange(from, to)
    },

    /** A share between 0 and 1 as a percentage. */
    percent(share: number, digits = 0): string {
      return intl.number({ style: 'percent', maximumFractionDigits: digits }).format(share)
    },

    /** Money, always with its ISO 4217 code, because signs and grouping differ between the network's countries. */
    money({ amount, currency }: Money): string {
      const options = { style: 'currency', currencyDisplay: 'code', trailingZeroDisplay: 'stripIfInteger' } as const
      return intl.number({ ...options, currency }).format(amount as Intl.StringNumericLiteral)
    },

    /** A number with its unit, as CLDR names units (`kilometer`, `square-meter`, `year`). */
    unit(value: number | string, unit: string, unitDisplay: 'long' | 'short' = 'long'): string {
      return intl.number({ style: 'unit', unit, unitDisplay }).format(value as Intl.StringNumericLiteral)
    },

    /** A size in bytes, in the largest unit that keeps it above one. */
    fileSize(bytes: number): string {
      const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
      const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
      const value = bytes / 1000 ** step
      const maximumFractionDigits = step > 1 && value < 100 ? 1 : 0
      const unitDisplay = step === 0 ? 'long' : 'short'
      return intl.number({ style: 'unit', unit: units[step], unitDisplay, maximumFractionDigits }).format(value)
    },

    /** Several things as one phrase: "a, b y c"; `or` gives "a, b o c". */
    list(items: Iterable<string>, kind: 'and' | 'or' | 'unit' = 'and'): string {
      return intl.list(kind).format(items)
    },

    /** How far a moment is from now: "hace 3 días", "mañana". */
    relative(value: Moment, now: Temporal.Instant): string {
      const seconds = Number(asInstant(value, zone).epochMilliseconds - now.epochMilliseconds) / 1000
      const [unit, size] = unitFor(Math.abs(seconds))
      return intl.relative().format(Math.trunc(seconds / size), unit)
    },

    /**
     * The time that is left until a moment, in the two largest units: "3 días y 4 horas"; under a minute, in seconds.
     * `undefined` when it has passed.
     */
    timeLeft(value: Moment, now: Temporal.Instant): string | undefined {
      const seconds = Math.floor((asInstant(value, zone).epochMilliseconds - now.epochMilliseconds) / 1000)
      if (seconds <= 0) return undefined
      return intl.duration().format(largestTwo(seconds))
    },

    /** A length of time given in seconds, in its two largest units. */
    duration(seconds: number): string {
      return intl.duration().format(largestTwo(Math.max(0, Math.floor(seconds))))
    },

    /** Compares two texts as the language sorts them; numbers inside by value, accents after letters. */
    compare(one: string, other: string): number {
      return intl.collator().compare(one, other)
    },

    /** Sorts things by a text of theirs, as the language sorts. */
    sorted<Thing>(things: Iterable<Thing>, textOf: (thing: Thing) => string): Thing[] {
      return [...things].sort((one, other) => intl.collator().compare(textOf(one), textOf(other)))
    },

    /** The name of a country (ISO 3166), else the code itself. */
    countryName: (code: string): string => intl.name('region', code),
    /** The name of a language (BCP 47), else the tag itself. */
    languageName: (tag: string): string => intl.name('language', tag),
    /** The name of a currency (ISO 4217), else the code itself. */
    currencyName: (code: string): string => intl.name('currency', code),

    /** The twelve months by name, January first. */
    months(): string[] {
      return Array.from({ length: 12 }, (_, month) =>
        intl.date({ month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month, 15)),
      )
    },

    /** The seven days by name, Monday first. */
    weekdays(): string[] {
      return Array.from({ length: 7 }, (_, day) =>
        intl.date({ weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day)),
      )
    },
  }
}

export type DateTimeOptions = { style?: DateStyle; inZone?: string; named?: boolean }

/** Intl's makers are slow to build (about 20 µs) and quick to use, so each set of options is built once a locale. */
function keepers(locale: string) {
  const held = new Map<string, unknown>()
  const once = <Thing>(name: string, make: () => Thing): Thing => {
    const known = held.get(name) as Thing | undefined
    if (known) return known
    const made = make()
    held.set(name, made)
    return made
  }
  const types = { and: 'conjunction', or: 'disjunction', unit: 'unit' } as const
  return {
    date: (options: Intl.DateTimeFormatOptions) =>
      once(`d${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, options)),
    number: (options: Intl.NumberFormatOptions) =>
      once(`n${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale, options)),
    list: (kind: keyof typeof types) => once(`l${kind}`, () => new Intl.ListFormat(locale, { type: types[kind] })),
    relative: () => once('r', () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })),
    duration: () => once('t', () => new Intl.DurationFormat(locale, { style: 'long' })),
    collator: () => once('c', () => new Intl.Collator(locale, { numeric: true, usage: 'sort' })),
    name: (type: 'region' | 'language' | 'currency', code: string): string => {
      try {
        return once(`N${type}`, () => new Intl.DisplayNames(locale, { type })).of(code) ?? code
      } catch {
        return code
      }
    },
  }
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

function unitFor(seconds: number): [Intl.RelativeTimeFormatUnit, number] {
  return steps.find(([unit, size]) => seconds >= size && !(unit === 'week' && seconds < 2 * size)) ?? ['second', 1]
}

function largestTwo(seconds: number): Record<string, number> {
  const sizes = { days: 86_400, hours: 3600, minutes: 60, seconds: 1 } as const
  let rest = seconds
  const all = Object.entries(sizes).map(([unit, size]) => {
    const value = Math.floor(rest / size)
    rest -= value * size
    return [unit, value] as const
  })
  const first = all.findIndex(([, value]) => value > 0)
  if (first === -1) return { seconds: 0 }
  return Object.fromEntries(all.slice(first, first + (first === 2 ? 1 : 2)).filter(([, value]) => value > 0))
}
