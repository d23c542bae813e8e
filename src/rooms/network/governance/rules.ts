import type { Problem } from '#kit/access'

/** A stretch of days as PostgreSQL writes it: `[2018-01-01,2024-01-01)`, either end open when empty. */
export type DateRange = string

export type Ends = { from: string | null; until: string | null }

/** The first day and the day after the last of a range; null where it is open. */
export function endsOf(range: DateRange): Ends {
  const [from = '', until = ''] = range.slice(1, -1).split(',')
  return { from: from || null, until: until || null }
}

/** A range from its first day up to and with its last. */
export function rangeThrough(from: string | null, last: string | null): DateRange {
  return `[${from ?? ''},${last ? Temporal.PlainDate.from(last).add({ days: 1 }).toString() : ''})`
}

/** The last day that a range holds; null when it goes on. */
export function lastDayOf(range: DateRange): string | null {
  const { until } = endsOf(range)
  return until ? Temporal.PlainDate.from(until).subtract({ days: 1 }).toString() : null
}

export function holdsOn(range: DateRange, date: string): boolean {
  const { from, until } = endsOf(range)
  return (!from || from <= date) && (!until || date < until)
}

export type MembershipKind = 'member' | 'observer' | 'invited'
export type Membership = { countryCode: string; kind: MembershipKind; valid: DateRange }

/** Who was what on a day. A country has one membership at a time, so it stands here once. */
export function membersOn<M extends Membership>(memberships: readonly M[], date: string, kind?: MembershipKind): M[] {
  return memberships.filter((one) => holdsOn(one.valid, date) && (kind === undefined || one.kind === kind))
}

export type DecisionRule = 'unanimity' | 'consensus' | 'absolute-majority' | 'two-thirds' | 'simple-majority'
export const decisionRules: readonly DecisionRule[] = [
  'unanimity',
  'consensus',
  'absolute-majority',
  'two-thirds',
  'simple-majority',
]
export type Choice = 'for' | 'against' | 'abstention' | 'absent'
export const choices: readonly Choice[] = ['for', 'against', 'abstention', 'absent']

/** What the votes weigh: `seats` are all votes that the body's filled seats carry, cast or not. */
export type Count = { seats: number; for: number; against: number; abstention: number; absent: number }
export type Outcome = { result: 'adopted' | 'rejected' | 'no-quorum'; needed: number; present: number; quorum: number }

/**
 * The outcome of a vote. Unanimity: every vote present is in favour, at least one. Consensus: nobody present objects. Absolute majority: more than half of
 * all seats, whoever came. Two thirds: at least two thirds of all seats. Simple majority: more for than against among those cast. Whole numbers only: shares are
 * compared by multiplication, so no rounding decides a vote. `quorumShare` is the share of all seats that must be present, as a fraction's decimal text (`0.5` is half).
 */
export function outcomeOf(rule: DecisionRule, count: Count, quorumShare: string | null): Outcome {
  const present = count.for + count.against + count.abstention
  const quorum =
    quorumShare === null ? 0 : Math.ceil(Math.round(Number(quorumShare) * 10_000 * count.seats) / 10_000 - 1e-9)
  const needed = {
    unanimity: Math.max(1, present),
    consensus: 1,
    'absolute-majority': Math.floor(count.seats / 2) + 1,
    'two-thirds': Math.ceil((count.seats * 2) / 3),
    'simple-majority': Math.max(1, Math.floor((count.for + count.against) / 2) + 1),
  }[rule]
  const carried = rule === 'consensus' ? count.against === 0 && count.for >= 1 : count.for >= needed
  return {
    result: present < quorum || present === 0 ? 'no-quorum' : carried ? 'adopted' : 'rejected',
    needed,
    present,
    quorum,
  }
}

/** Problems of a pair of days typed as a beginning and a last day. */
export function periodProblems(from: string | null, last: string | null, field = 'last'): Problem[] {
  return from && last && last < from ? [{ field, words: 'kit.problem.date-order' }] : []
}

/** Which changes of membership a list of them tells, oldest first: who came in, who left, who changed kind. */
export function changesOf(memberships: readonly Membership[]): { date: string; came: string[]; left: string[] }[] {
  const changes = new Map<string, { came: string[]; left: string[] }>()
  const at = (date: string) => changes.get(date) ?? changes.set(date, { came: [], left: [] }).get(date)!
  for (const { countryCode, valid, kind } of memberships) {
    if (kind !== 'member') continue
    const { from, until } = endsOf(valid)
    if (from) at(from).came.push(countryCode)
    if (until) at(until).left.push(countryCode)
  }
  return [...changes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, change]) => ({ date, came: change.came.sort(), left: change.left.sort() }))
}
