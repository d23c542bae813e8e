/** How often something may be done: `burst` at once, then `perMinute`. */
export type Rate = { burst: number; perMinute: number }

/** Slows down, never locks out: each key has a bucket that fills again by itself. Answers 0 when allowed, else the seconds to wait. */
export function rateLimit({ burst, perMinute }: Rate): (key: string, now: Temporal.Instant, cost?: number) => number {
  const buckets = new Map<string, { left: number; at: number }>()
  return (key, now, cost = 1) => {
    const at = now.epochMilliseconds
    if (buckets.size > 50_000) {
      for (const [name, bucket] of buckets) if (at - bucket.at > (burst / perMinute) * 60_000) buckets.delete(name)
    }
    const bucket = buckets.get(key) ?? { left: burst, at }
    const left = Math.min(burst, bucket.left + ((at - bucket.at) / 60_000) * perMinute)
    if (left < cost) {
      buckets.set(key, { left, at })
      return Math.ceil(((cost - left) / perMinute) * 60)
    }
    buckets.set(key, { left: left - cost, at })
    return 0
  }
}
