/** The days of the week by their codes, Monday first. */
export const days = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const
export type Day = (typeof days)[number]

/** From and to as `HH:MM`; a place may close at noon, so a day has several. `24:00` is midnight at the day's end. */
export type Span = [from: string, to: string]
/** The hours of each day; a day with an empty list is closed, a day that is absent is not known. */
export type Opening = { [day in Day]?: Span[] }

const clock = /^(?:(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d)?|24(?:[:.h]00)?)h?$/u

/** `9`, `9:30`, `9.30`, `09h30` → `09:30`; undefined when it is no hour. */
function hour(text: string): string | undefined {
  const typed = text.trim().toLowerCase()
  if (!clock.test(typed)) return undefined
  const [hours = '', minutes = '00'] = typed.replace(/h$/u, '').split(/[:.h]/u)
  return `${hours.padStart(2, '0')}:${minutes}`
}

/**
 * Reads the hours of a day as people type them: `9:00-13:00, 15–18`. Spans must not overlap; they are answered in order.
 * Undefined when it cannot be read; an empty text is nobody's answer and is the caller's to keep apart.
 */
export function readHours(text: string): Span[] | undefined {
  const spans: Span[] = []
  for (const part of text.split(/[,;/،]|\s[ye]\s/u)) {
    const [from, to, ...more] = part.split(/\s*[-–—]\s*|\s+(?:a|às|to|إلى)\s+/u)
    const begins = hour(from ?? '')
    const ends = hour(to ?? '')
    if (!begins || !ends || more.length > 0 || begins >= ends) return undefined
    spans.push([begins, ends])
  }
  spans.sort(([one], [other]) => (one < other ? -1 : 1))
  return spans.every((span, at) => at === 0 || spans[at - 1]![1] <= span[0]) ? spans : undefined
}

/** The hours of a day as they are typed again in a form. */
export function writeHours(spans: readonly Span[] | undefined): string {
  return (spans ?? []).map(([from, to]) => `${from}–${to}`).join(', ')
}

/** Days in a row with the same hours, for a short list: Monday to Friday, then Saturday. Days not known are left out. */
export function groupedDays(opening: Opening): { from: Day; to: Day; spans: Span[] }[] {
  const groups: { from: Day; to: Day; spans: Span[] }[] = []
  for (const [at, day] of days.entries()) {
    const spans = opening[day]
    if (!spans) continue
    const last = groups.at(-1)
    const follows = last && days[at - 1] === last.to
    if (follows && writeHours(last.spans) === writeHours(spans)) last.to = day
    else groups.push({ from: day, to: day, spans })
  }
  return groups
}
