import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A backup that lies in the folder; `at` is when its snapshot was taken. */
export type Kept = { file: string; at: Temporal.Instant; bytes: number }

/** The backups of a folder, newest first. */
export function listBackups(folder: string): Kept[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => {
      const [, date, hours, minutes, seconds] = /^quipu-(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d)Z\.zip$/.exec(name) ?? []
      if (!date) return []
      const file = join(folder, name)
      return [{ file, at: Temporal.Instant.from(`${date}${hours}:${minutes}:${seconds}Z`), bytes: statSync(file).size }]
    })
    .sort((one, other) => Temporal.Instant.compare(other.at, one.at))
}

/** Whether tonight's backup is still to be made: none is younger than 20 hours. */
export function backupDue(folder: string, now: Temporal.Instant): boolean {
  const newest = listBackups(folder)[0]
  return newest === undefined || now.since(newest.at).total('hours') >= 20
}

/**
 * Removes backups that are no longer worth their space: kept are the newest `nights`, and the newest of each of the last `weeks` weeks.
 * What a power cut left half-written a day ago goes too. Returns what was removed.
 */
export function pruneBackups(folder: string, now: Temporal.Instant, { nights = 7, weeks = 5 } = {}): string[] {
  const all = listBackups(folder)
  const keep = new Set(all.slice(0, nights).map(({ file }) => file))
  const seen = new Set<number>()
  for (const { file, at } of all) {
    const week = Math.floor(now.since(at).total('hours') / (24 * 7))
    if (week < weeks && !seen.has(week)) keep.add(file)
    seen.add(week)
  }
  const torn = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /^quipu-.*\.zip\.part-\d+$/.test(name))
        .map((name) => join(folder, name))
        .filter((file) => now.epochMilliseconds - statSync(file).mtimeMs > 86_400_000)
    : []
  const removed = [...all.map(({ file }) => file).filter((file) => !keep.has(file)), ...torn]
  for (const file of removed) rmSync(file, { force: true })
  return removed
}
