import type { Tide } from './tide.ts'

export type KeptPage = { body: Uint8Array<ArrayBuffer>; headers: Record<string, string>; status: number; etag: string }
type Kept = KeptPage & { until: number }

/**
 * Pages as an anonymous reader gets them, kept until any deed is recorded, and never past the instant at which the page says something opens, closes or expires.
 * A page that was begun before a deed and ends after it is not kept.
 */
export type PageCache = {
  /** The kept page, or the ticket with which to keep the one about to be made. */
  find(key: string, now: Temporal.Instant): Promise<{ page: KeptPage } | { ticket: number }>
  keep(key: string, ticket: number, page: KeptPage, until?: Temporal.Instant): void
}

const bytesAtMost = 48 * 1024 * 1024

export function pageCache(tide: Tide): PageCache {
  let pages = new Map<string, Kept>()
  let bytes = 0
  let generation = -1

  const forget = (): void => {
    pages = new Map()
    bytes = 0
  }

  return {
    async find(key, now) {
      const current = await tide.now()
      if (current !== generation) {
        generation = current
        forget()
      }
      const kept = pages.get(key)
      if (kept && kept.until > now.epochMilliseconds) return { page: kept }
      return { ticket: generation }
    },
    keep(key, ticket, page, until) {
      if (ticket !== generation) return
      if (bytes + page.body.byteLength > bytesAtMost) forget()
      const before = pages.get(key)
      if (before) bytes -= before.body.byteLength
      pages.set(key, { ...page, until: until?.epochMilliseconds ?? Infinity })
      bytes += page.body.byteLength
    },
  }
}
