import { sql } from 'kysely'
import { holds, scopesOf, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import type { Task } from './views/mine.tsx'

/** What waits for this person in the rooms that are here. Only what their roles reach is counted. */
export async function listTasks(actor: Actor, db: Db): Promise<Task[]> {
  const countries = scopesOf(actor, 'country-officer', 'country')
  const institutions = scopesOf(actor, 'institution-representative', 'institution')
  const office = holds(actor, ['steward', 'editor'])
  const { rows } = await sql<{ submitted: number; edits: number; returned: number; drafts: number }>`
    select
      (select count(*)::int from network.institution where state = 'submitted' and country_code = any (${countries}::text[])) as submitted,
      (select count(*)::int from network.proposed_edit e join network.institution i on i.id = e.institution_id
        where e.state = 'waiting' and i.country_code = any (${countries}::text[])) as edits,
      (select count(*)::int from network.institution where state = 'returned' and id = any (${institutions}::uuid[])) as returned,
      (select count(*)::int from front.page where state = 'draft' and ${office}) as drafts`.execute(db)
  const { submitted, edits, returned, drafts } = rows[0]!
  return [
    { words: 'front.task.submitted', count: submitted, to: 'network.register-queue' },
    { words: 'front.task.edits', count: edits, to: 'network.register-queue' },
    { words: 'front.task.returned', count: returned, to: 'network.my-museums' },
    { words: 'front.task.drafts', count: drafts, to: 'front.news' },
  ].filter(({ count }) => count > 0)
}
