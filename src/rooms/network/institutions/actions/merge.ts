import { sql } from 'kysely'
import { found, Problems, require, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { record } from '#kit/record'
import { mayMerge } from '../access.ts'
import { countCompleteness, takeInstitution, writeEntry } from '../keep.ts'
import type { Institution } from '../queries.ts'
import { canonical, fillings, type Change, type Changes, type EntryField } from '../rules/index.ts'

/** The tables whose rows follow an institution into the one that stays. */
const following = [
  'institution_name',
  'identifier',
  'picture',
  'affiliation',
  'role_grant',
  'institution_return',
] as const
type Following = (typeof following)[number]

/** What a merge moved, so that it can be undone: row ids by table, and the fields that were filled in the one that stays. */
type Moved = { rows: Partial<Record<Following, string[]>>; filled: Changes }

/**
 * Two entries turn out to be one institution: names, identifiers, pictures, people, roles and returns of the one that goes move to the one that
 * stays, whose empty fields are filled from it. The one that goes keeps its row and its history, and its address leads on.
 */
export async function mergeInstitutions(
  actor: Actor,
  input: { keep: string; absorb: string; reason?: string; once?: string | null },
): Promise<{ mergeId: string }> {
  if (input.keep === input.absorb) throw new Problems([{ field: 'keep', words: 'institutions.problem.same' }])
  const about = {
    about: { kind: 'institution', id: input.keep },
    once: input.once ?? null,
    reason: input.reason?.trim() || null,
  }
  return record(actor, 'institution.merged', about, async (db) => {
    // Always in one order, so that two officers who merge the same pair wait for each other.
    for (const id of [input.keep, input.absorb].sort()) await takeInstitution(actor, db, id)
    const kept = await takeInstitution(actor, db, input.keep)
    const absorbed = await takeInstitution(actor, db, input.absorb)
    require(mayMerge(actor, kept, absorbed))
    for (const it of [kept, absorbed]) {
      if (it.state === 'merged')
        throw new Problems([{ field: '', words: 'institutions.problem.merged-before', values: { name: it.name } }])
    }
    const filled = fillings(kept, absorbed)
    const rows: Moved['rows'] = {}
    for (const table of following) {
      const moved = await move(db, table, absorbed.id, kept.id)
      if (moved.length > 0) rows[table] = moved
    }
    await writeEntry(actor, db, { ...kept, names: [], identifiers: [] }, filled)
    await sql`update network.institution set state = 'merged', merged_into = ${kept.id} where id = ${absorbed.id}`.execute(
      db,
    )
    const moved: Moved = { rows, filled }
    const merge = await sql<{ id: string }>`
      insert into network.merge (kept_id, absorbed_id, moved, state_before)
      values (${kept.id}, ${absorbed.id}, ${JSON.stringify(moved)}::jsonb, ${absorbed.state}) returning id`.execute(db)
    await countCompleteness(actor, db, kept.id)
    return { mergeId: merge.rows[0]!.id }
  })
}

/** What moves: all rows of the absorbed, except those whose like the kept one has, which stay where they are. */
async function move(db: Db, table: Following, from: string, to: string): Promise<string[]> {
  const unlike = {
    institution_name: sql`not exists (select from network.institution_name o where o.institution_id = ${to} and (o.language, o.name, o.kind) = (r.language, r.name, r.kind))`,
    identifier: sql`true`,
    picture: sql`true`,
    affiliation: sql`not exists (select from network.affiliation o where o.institution_id = ${to} and o.person_id = r.person_id and o.valid && r.valid)`,
    role_grant: sql`not exists (select from network.role_grant o where o.institution_id = ${to} and o.person_id = r.person_id and o.role = r.role and o.valid && r.valid)`,
    institution_return: sql`not exists (select from network.institution_return o where o.institution_id = ${to} and o.instrument_id = r.instrument_id)`,
  }[table]
  const { rows } = await sql<{ id: string }>`
    update ${sql.table(`network.${table}`)} r set institution_id = ${to} where r.institution_id = ${from} and ${unlike} returning r.id`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/**
 * Parts two entries that were merged: everything that moved and is still where it was moved to goes back, the fields that were filled are emptied
 * unless someone has changed them since, and the entry that went stands again as it stood.
 */
export async function unmergeInstitutions(
  actor: Actor,
  absorbedId: string,
  input: { reason: string; once?: string | null },
): Promise<void> {
  const reason = input.reason.trim()
  if (reason === '') throw new Problems([{ field: 'reason', words: 'kit.problem.required' }])
  await record(
    actor,
    'institution.unmerged',
    { about: { kind: 'institution', id: absorbedId }, once: input.once ?? null, reason },
    async (db) => {
      const merge = found(
        (
          await sql<{ id: string; keptId: string; moved: Moved; stateBefore: string }>`
          select id, kept_id, moved, state_before from network.merge where absorbed_id = ${absorbedId} and undone_at is null for update`.execute(
            db,
          )
        ).rows[0],
      )
      const kept = await takeInstitution(actor, db, merge.keptId)
      const absorbed = await takeInstitution(actor, db, absorbedId)
      require(mayMerge(actor, kept, absorbed))
      for (const [table, ids] of Object.entries(merge.moved.rows)) {
        await sql`update ${sql.table(`network.${table}`)} set institution_id = ${absorbedId} where id = any (${ids}::uuid[]) and institution_id = ${kept.id}`.execute(
          db,
        )
      }
      await writeEntry(actor, db, { ...kept, names: [], identifiers: [] }, undone(kept, merge.moved.filled))
      await sql`update network.institution set state = ${merge.stateBefore}, merged_into = null where id = ${absorbedId}`.execute(
        db,
      )
      await sql`update network.merge set undone_at = ${actor.now.toString()}::timestamptz where id = ${merge.id}`.execute(
        db,
      )
      for (const id of [kept.id, absorbedId]) await countCompleteness(actor, db, id)
    },
  )
}

/** The way back from what a merge filled, where nobody has written since. */
function undone(kept: Institution, filled: Changes): Changes {
  const back = (Object.entries(filled) as [EntryField, Change][])
    .filter(([field, change]) => canonical(kept[field]) === canonical(change.after))
    .map(([field, change]) => [field, { before: change.after, after: change.before }])
  return Object.fromEntries(back) as Changes
}

/** Two entries that look alike are two institutions: the pair is not asked about again. */
export async function tellApart(
  actor: Actor,
  input: { one: string; other: string; reason?: string; once?: string | null },
): Promise<void> {
  const [one, other] = [input.one, input.other].sort() as [string, string]
  const about = {
    about: { kind: 'institution', id: one },
    once: input.once ?? null,
    reason: input.reason?.trim() || null,
  }
  await record(actor, 'pair.told-apart', about, async (db) => {
    const [first, second] = [await takeInstitution(actor, db, one), await takeInstitution(actor, db, other)]
    require(mayMerge(actor, first, second))
    await sql`insert into network.different (one_id, other_id) values (${one}, ${other}) on conflict on constraint "a pair is told apart once" do nothing`.execute(
      db,
    )
  })
}
