import { sql } from 'kysely'
import { holds, scopesOf, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { countMine } from '#kit/desk'
import type { Task } from './views/mine.tsx'

/** What waits for this person in the rooms that are here. Only what their roles reach is counted. */
export async function listTasks(actor: Actor, db: Db): Promise<Task[]> {
  const countries = scopesOf(actor, 'country-officer', 'country')
  const institutions = scopesOf(actor, 'institution-representative', 'institution')
  const office = holds(actor, ['steward', 'editor'])
  const { rows } = await sql<{
    submitted: number
    edits: number
    returned: number
    drafts: number
    toAnswer: number
    toCheck: number
  }>`
    select
      (select count(*)::int from network.institution where state = 'submitted' and country_code = any (${countries}::text[])) as submitted,
      (select count(*)::int from network.proposed_edit e join network.institution i on i.id = e.institution_id
        where e.state = 'waiting' and i.country_code = any (${countries}::text[])) as edits,
      (select count(*)::int from network.institution where state = 'returned' and id = any (${institutions}::uuid[])) as returned,
      (select count(*)::int from front.page where state = 'draft' and ${office}) as drafts,
      (select count(*)::int from network.institution m join network.instrument n on n.state = 'open' and (n.country_code is null or n.country_code = m.country_code)
        and ${actor.now.toString()}::timestamptz between coalesce(n.open_from, '-infinity') and coalesce(n.open_until, 'infinity')
        left join network.institution_return r on r.instrument_id = n.id and r.institution_id = m.id
        where m.state = 'listed' and m.id = any (${institutions}::uuid[]) and coalesce(r.state, 'draft') in ('draft', 'returned')) as to_answer,
      (select count(*)::int from network.institution_return r join network.institution m on m.id = r.institution_id join network.instrument n on n.id = r.instrument_id
        where r.state = 'sent' and n.state <> 'published' and m.country_code = any (${countries}::text[])) as to_check`.execute(
    db,
  )
  const { submitted, edits, returned, drafts, toAnswer, toCheck } = rows[0]!
  const desk = await countMine(actor, db)
  return [
    { words: 'front.task.translate', count: desk.translate, to: 'desk.overview' },
    { words: 'front.task.review', count: desk.review, to: 'desk.overview' },
    { words: 'front.task.submitted', count: submitted, to: 'network.register-queue' },
    { words: 'front.task.edits', count: edits, to: 'network.register-queue' },
    { words: 'front.task.returned', count: returned, to: 'network.my-museums' },
    { words: 'front.task.returns-to-answer', count: toAnswer, to: 'network.returns' },
    { words: 'front.task.returns-to-check', count: toCheck, to: 'network.returns' },
    { words: 'front.task.drafts', count: drafts, to: 'front.news' },
  ].filter(({ count }) => count > 0)
}
