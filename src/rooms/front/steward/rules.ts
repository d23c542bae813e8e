/** What is kept of an error: what it is called, what it says without what anybody typed, and where in the program it came about. */
export type KeptError = { name: string; message: string; place: string }

/**
 * An error as it may be kept: one line, in which quoted pieces, addresses, telephone and other long numbers are left out, because they may be what a person
 * typed; of PostgreSQL's errors the code and the constraint or table are added, which are ours.
 */
export function keptError(error: unknown): KeptError {
  if (!(error instanceof Error)) return { name: typeof error, message: '', place: '' }
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown }
  const ours = [constraint, table].filter((one) => typeof one === 'string')
  const said = withoutContent(error.message.split('\n')[0] ?? '')
  return {
    name: [error.name, code]
      .filter((one) => typeof one === 'string')
      .join(' ')
      .slice(0, 120),
    message: [said, ...ours.map((one) => `[${one}]`)].join(' ').slice(0, 400),
    place: placeOf(error.stack ?? ''),
  }
}

/** A message without the pieces that may be somebody's own words. */
export function withoutContent(message: string): string {
  return message
    .replaceAll(/"[^"]*"|«[^»]*»|“[^”]*”|`[^`]*`|(?<!\p{L})'[^']*'/gu, '…')
    .replaceAll(/[^\s@]+@[^\s@]+/gu, '…')
    .replaceAll(/\+?\d[\d\s().-]{4,}\d/gu, '…')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

/** The innermost place of a stack that is the program's own: `src/rooms/…/actions.ts:12`. */
function placeOf(stack: string): string {
  return (/\b((?:src|build|demo)\/[\w./-]+:\d+)/u.exec(stack)?.[1] ?? '').slice(0, 200)
}

/** How a backup's age stands: none at all, older than a night may be late, or as it should be. */
export function backupStanding(newest: Temporal.Instant | null, now: Temporal.Instant): 'none' | 'old' | 'good' {
  if (newest === null) return 'none'
  return now.since(newest).total('hours') > 36 ? 'old' : 'good'
}
