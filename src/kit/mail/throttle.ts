/**
 * Spaces out letters to one receiving host, which counts them. `wait(host, now)` takes the next free place and answers how many milliseconds away it is.
 * Kept in memory: it belongs to the one jobs' process.
 */
export function throttle(perMinute: number): { wait(host: string, now: number): number } {
  const gap = 60_000 / perMinute
  const next = new Map<string, number>()
  return {
    wait(host, now) {
      // A host that was left in peace for a minute may be written to in a small burst.
      const burst = Math.max(1, Math.floor(perMinute / 6)) * gap
      const place = Math.max(next.get(host) ?? 0, now - burst)
      next.set(host, place + gap)
      if (next.size > 5000) for (const [name, at] of next) if (at < now - burst) next.delete(name)
      return Math.max(0, Math.ceil(place - now))
    },
  }
}
