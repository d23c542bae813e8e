import { sql } from 'kysely'
import type { Actor } from '#kit/access'
import type { Db } from '#kit/db'

export type HistoryEntry = {
  deedId: string
  name: string
  at: string
  actorKind: 'person' | 'system'
  personId: string | null
  onBehalfOf: string | null
  reason: string | null
  corrects: string | null
  correctedBy: string | null
  sealed: boolean
  changes: {
    relation: string
    rowId: string
    operation: 'insert' | 'update' | 'delete'
    before: Values
    after: Values
    erasedUnder: string | null
  }[]
}
type Values = Record<string, unknown> | null

/**
 * The deeds that touched a thing, newest first: those about it and those that changed one of its rows (`rows`: the thing's own id is always among them).
 * Private rows are left out for whoever does not reach them (row security).
 */
export async function listHistory(
  _actor: Actor,
  db: Db,
  id: string,
  options: { rows?: string[]; limit?: number; before?: string | null } = {},
): Promise<HistoryEntry[]> {
  const rows = [id, ...(options.rows ?? [])]
  const found = await sql<HistoryEntry>`
    select d.id as deed_id, d.name, d.at, d.actor_kind, d.person_id, d.on_behalf_of, d.reason, d.corrects,
      (select c.id from record.deed c where c.corrects = d.id order by c.at limit 1) as corrected_by,
      exists (select from record.sealed s where s.deed_id = d.id) as sealed,
      coalesce((select jsonb_agg(jsonb_build_object('relation', c.relation, 'rowId', c.row_id, 'operation', c.operation,
          'before', c.before, 'after', c.after, 'erasedUnder', c.erased_under) order by c.id)
        from record.change c where c.deed_id = d.id and c.row_id = any (${rows}::uuid[])), '[]') as changes
    from record.deed d
    where d.id in (
      select id from record.deed where about_id = ${id}
      union select deed_id from record.change where row_id = any (${rows}::uuid[]))
      and (${options.before ?? null}::timestamptz is null or d.at < ${options.before ?? null}::timestamptz)
    order by d.at desc, d.id desc
    limit ${options.limit ?? 50}`.execute(db)
  return found.rows
}

/** Everything in the history that does not hold; an empty list is the good answer. Reads all of it: a job for the night. */
export async function verifyHistory(db: Db): Promise<{ problem: string; subject: string }[]> {
  return (await sql<{ problem: string; subject: string }>`select problem, subject from record.verify()`.execute(db))
    .rows
}

/** Seals what was committed since the last seal into the chain; answers how many deeds. As the owner's role. */
export async function sealDeeds(db: Db): Promise<number> {
  return (await sql<{ sealed: number }>`select record.seal_deeds() as sealed`.execute(db)).rows[0]!.sealed
}

/** Inside a deed: takes the values of these rows out of history under a named rule. Digests, who and when stay, and the chain still verifies. Answers how many kept values were emptied. */
export async function eraseHistory(db: Db, relation: string, rowIds: string[], rule: string): Promise<number> {
  return (
    await sql<{ emptied: number }>`select record.erase(${relation}, ${rowIds}::uuid[], ${rule}) as emptied`.execute(db)
  ).rows[0]!.emptied
}
