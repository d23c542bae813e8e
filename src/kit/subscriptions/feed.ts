import { Feed } from 'feed'
import ical from 'ical-generator'
import type { Language } from '#kit/words'
import { inLanguage, type KeptHappening } from './happening.ts'

/** What a feed or calendar says of itself. `address` is where it is read, `page` the page that shows the same; both whole. */
export type Of = {
  title: string
  lead?: string
  address: string
  page: string
  network: string
  language: Language
  origin: string
}

/** The entries of an Atom feed, newest first: for rooms whose pages list things that changed. Dates are instants as text. */
export type Entry = {
  id: string
  title: string
  href: string
  at: string
  lead?: string | null
  author?: string | null
}

/** Atom (RFC 4287) in the reader's language. */
export function atomFeed(of: Of, entries: readonly Entry[]): string {
  const newest = entries.reduce((latest, { at }) => Math.max(latest, instant(at)), 0)
  const feed = new Feed({
    id: of.address,
    title: of.title,
    ...(of.lead && { description: of.lead }),
    link: of.page,
    language: of.language,
    feedLinks: { atom: of.address },
    generator: 'Quipu',
    updated: new Date(newest),
    author: { name: of.network },
  })
  for (const { id, title, href, at, lead, author } of entries) {
    feed.addItem({
      id: `urn:uuid:${id}`,
      title,
      link: whole(href, of.origin),
      date: new Date(instant(at)),
      ...(lead && { description: lead }),
      ...(author && { author: [{ name: author }] }),
    })
  }
  return speaking(feed.atom1(), of.language)
}

/** The library writes no language on the feed itself, which readers that speak aloud need. */
function speaking(xml: string, language: Language): string {
  return xml.replace('<feed ', `<feed xml:lang="${language}" `)
}

/** Happenings as entries of a feed. */
export function entriesOf(happenings: readonly KeptHappening[], language: Language): Entry[] {
  return happenings.map((one) => ({
    id: one.id,
    title: inLanguage(one.title, language).text,
    href: inLanguage(one.path, language).text,
    at: one.at,
    lead: inLanguage(one.lead, language).text || null,
  }))
}

/** A thing with a beginning, for calendars: `from` and `to` are instants as text. The `id` stays, so that a changed date moves the entry. */
export type Dated = {
  id: string
  title: string
  from: string
  to?: string | null
  href?: string
  place?: string | null
  lead?: string | null
  cancelled?: boolean
  changed?: string
}

/** iCalendar (RFC 5545); hours in UTC, which every calendar tells in its own zone. */
export function calendarFeed(of: Of, dated: readonly Dated[]): string {
  const calendar = ical({
    name: of.title,
    prodId: { company: 'Quipu', product: 'Quipu', language: of.language.toUpperCase() },
    url: of.address,
    source: of.address,
    ttl: 3600,
  })
  for (const { id, title, from, to, href, place, lead, cancelled, changed } of dated) {
    const event = calendar.createEvent({
      id: `${id}@${new URL(of.origin).hostname}`,
      start: new Date(instant(from)),
      end: new Date(to ? instant(to) : instant(from) + 3_600_000),
      summary: title,
      ...(lead && { description: lead }),
      ...(place && { location: place }),
      ...(href && { url: whole(href, of.origin) }),
      stamp: new Date(instant(changed ?? from)),
    })
    if (cancelled) event.status('CANCELLED' as never)
  }
  return calendar.toString()
}

/** Dated happenings for a calendar: one entry a thing, as it was told last. */
export function datedOf(happenings: readonly KeptHappening[], language: Language): Dated[] {
  const latest = new Map<string, KeptHappening>()
  for (const one of happenings)
    if (one.startsAt && !latest.has(one.aboutId ?? one.id)) latest.set(one.aboutId ?? one.id, one)
  return [...latest].map(([id, one]) => ({
    id,
    title: inLanguage(one.title, language).text,
    from: one.startsAt!,
    to: one.endsAt,
    place: one.place,
    href: inLanguage(one.path, language).text,
    lead: inLanguage(one.lead, language).text || null,
    cancelled: one.kind.endsWith('.cancelled'),
    changed: one.at,
  }))
}

const whole = (href: string, origin: string) => (href.startsWith('/') ? origin + href : href)

/** PostgreSQL's text or ISO 8601, as milliseconds. */
function instant(text: string): number {
  return Temporal.Instant.from(text.replace(' ', 'T').replace(/([+-]\d{2})$/u, '$1:00')).epochMilliseconds
}
