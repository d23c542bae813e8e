import { holds, type Actor } from '#kit/access'
import { sql, type Db } from '#kit/db'
import { countDesk, listDesk, mayUseDesk, type DeskText } from '#kit/text'
import { languages as ofInterface } from '#kit/words'

/** The languages of the desk: those of the interface, and any other in which somebody has written, by tag. */
export async function listLanguages(db: Db): Promise<string[]> {
  const { rows } = await sql<{ language: string }>`select distinct language from text.version order by 1`.execute(db)
  return [...new Set([...ofInterface, ...rows.map(({ language }) => language)])]
}

/** The texts of one source language that are missing or stale, in which a translator's file would bring them; at most `limit`. */
export async function listForExport(
  actor: Actor,
  db: Db,
  asked: { language: string; source: string; limit?: number },
): Promise<DeskText[]> {
  const { language, source, limit = 1000 } = asked
  const both: DeskText[] = []
  for (const show of ['missing', 'stale', 'in-edit', 'machine'] as const)
    both.push(...(await listDesk(actor, db, { language, show, limit })))
  return both.filter(({ sourceLanguage }) => sourceLanguage === source).slice(0, limit)
}

/** From which languages there is something to translate into this one. */
export async function listSources(actor: Actor, db: Db, language: string): Promise<string[]> {
  const found = new Set<string>()
  for (const show of ['missing', 'stale', 'in-edit', 'machine'] as const)
    for (const { sourceLanguage } of await listDesk(actor, db, { language, show, limit: 1000 }))
      found.add(sourceLanguage)
  return [...found].sort()
}

/** How much waits at the desk for this person, in the languages of the interface: what to translate, and, for reviewers, what to review. */
export async function countMine(actor: Actor, db: Db): Promise<{ translate: number; review: number }> {
  const none = { translate: 0, review: 0 }
  if (!mayUseDesk(actor).allowed || !actor.grants.some(({ role }) => translating.includes(role))) return none
  const reviews = holds(actor, ['language-reviewer', 'editor', 'steward']) || actor.grants.some(isReviewer)
  return (await countDesk(actor, db, ofInterface)).reduce(
    (all, { missing, stale, waiting }) => ({
      translate: all.translate + Number(missing) + Number(stale),
      review: all.review + (reviews ? Number(waiting) : 0),
    }),
    none,
  )
}

// Those whose work it is; others may translate, and are not told that it waits for them.
const translating: readonly string[] = ['translator', 'language-reviewer', 'editor']
const isReviewer = ({ role }: Actor['grants'][number]) => role === 'language-reviewer'
