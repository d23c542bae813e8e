import { found, holds, no, reachOf, require, yes, type Actor, type Verdict } from '#kit/access'
import { sql, type Db } from '#kit/db'
import { record, type Deed } from '#kit/record'

/** How a retention rule is carried out: removes or empties what is older than `before` (an instant as text), and answers how many things that were. */
export type Retention = {
  code: string
  apply(db: Db, circumstance: { before: string; actor: Actor; deed: Deed }): Promise<number>
}

export type RetentionRule = { id: string; code: string; days: number; active: boolean; basis: string | null }

/** Who decides how long things are kept. */
export const mayChangeRetention = (actor: Actor): Verdict =>
  holds(actor, ['steward', 'data-protection']) ? yes : no('jobs.refused.retention')

/** The rules, as people decided them. */
export async function listRetentionRules(_actor: Actor, db: Db): Promise<RetentionRule[]> {
  return (
    await sql<RetentionRule>`select id, code, (extract(epoch from keep_for) / 86400)::integer as days, active, basis
      from jobs.retention_rule order by code`.execute(db)
  ).rows
}

/** Changes a rule; why is part of the record. {@link Absent} if there is no such rule. */
export function changeRetention(
  actor: Actor,
  { id, days, active, reason }: { id: string; days: number; active?: 'yes' | undefined; reason: string },
): Promise<void> {
  require(mayChangeRetention(actor))
  return record(actor, 'retention-rule.changed', { about: { kind: 'retention-rule', id }, reason }, async (db) => {
    const { rows } =
      await sql`update jobs.retention_rule set keep_for = make_interval(days => ${days}), active = ${active === 'yes'} where id = ${id} returning id`.execute(
        db,
      )
    found(rows[0])
  })
}

class NothingDue extends Error {}

/** Applies every active rule that somebody knows how to carry out; each that finds something is one deed of the system, named with its rule. Answers how much each took. */
export async function applyRetention(actor: Actor, retention: readonly Retention[]): Promise<Record<string, number>> {
  const due = await actor.database.transaction(
    reachOf(actor),
    'read',
    async (db) =>
      (
        await sql<{ id: string; code: string; before: string }>`
      select id, code, (${actor.now.toString()}::timestamptz - keep_for)::text as before from jobs.retention_rule where active order by code`.execute(
          db,
        )
      ).rows,
  )
  const taken: Record<string, number> = {}
  for (const { id, code, before } of due) {
    const rule = retention.find((known) => known.code === code)
    if (!rule) continue
    try {
      taken[code] = await record(
        actor,
        'retention.applied',
        { about: { kind: 'retention-rule', id }, reason: code },
        async (db, deed) => {
          const count = await rule.apply(db, { before, actor, deed })
          if (count === 0) throw new NothingDue()
          return count
        },
      )
    } catch (error) {
      if (!(error instanceof NothingDue)) throw error
      taken[code] = 0
    }
  }
  return taken
}

const counted = (result: { numAffectedRows?: bigint | undefined }) => Number(result.numAffectedRows ?? 0n)

/** The rules that concern the jobs and the record themselves. */
export const jobsRetention: readonly Retention[] = [
  {
    code: 'jobs.progress',
    apply: async (db, { before }) =>
      counted(
        await sql`delete from jobs.progress where state in ('done', 'failed', 'cancelled') and ended_at < ${before}::timestamptz`.execute(
          db,
        ),
      ),
  },
  {
    code: 'jobs.finding',
    apply: async (db, { before }) =>
      counted(await sql`delete from jobs.finding where at < ${before}::timestamptz`.execute(db)),
  },
  {
    code: 'record.once',
    apply: async (db, { before }) =>
      counted(await sql`delete from record.once where at < ${before}::timestamptz`.execute(db)),
  },
]
