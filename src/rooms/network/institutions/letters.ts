import { sql } from 'kysely'
import type { Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { defineLetter, postLetter, type Block, type Correspondent } from '#kit/mail'
import { isLanguage, languages, speak } from '#kit/words'
import { words } from './words/index.ts'

/** What became of an entry that someone sent, or of changes that they proposed. */
export type Outcome = 'validated' | 'returned' | 'withdrawn' | 'accepted' | 'partly' | 'refused'

/** A country's decision, told to whoever asked for it: what was decided, the officer's words, and where to go on. */
export const decisionLetter = defineLetter<{ outcome: Outcome; name: string; slug: string; note: string }>(
  'network.register-decision',
  ({ outcome, name, slug, note }, { language }) => {
    const t = speak(words, language)
    const text = t(`letter.${outcome}.text`, { name })
    const museum = `/${language}/${encodeURIComponent(t('path.museums'))}/${encodeURIComponent(slug)}`
    const mend = outcome === 'returned' ? `${museum}/${encodeURIComponent(t('path.join'))}` : museum
    const blocks: Block[] = [
      { kind: 'text', text },
      ...(note ? [{ kind: 'quote' as const, text: note }] : []),
      ...(outcome === 'withdrawn'
        ? []
        : [{ kind: 'button' as const, label: t(`letter.${outcome}.button`), href: mend }]),
    ]
    return { subject: t(`letter.${outcome}.subject`, { name }), preview: text, blocks }
  },
)

type Found = Omit<Correspondent, 'language'> & { language: string }

/** Tells someone what was decided, if they have an address: part of the deed that decides. Nobody is told of their own deed. */
export async function tellDecision(
  actor: Actor,
  db: Db,
  personId: string | null,
  it: { id: string; name: string; slug: string },
  outcome: Outcome,
  note: string,
): Promise<void> {
  if (!personId || personId === actor.personId) return
  const { rows } = await sql<Found>`select * from network.asked_of_register(${personId}, ${it.id})`.execute(db)
  const [to] = rows
  if (!to) return
  const language = isLanguage(to.language) ? to.language : languages[0]
  await postLetter(db, decisionLetter, { ...to, language }, { outcome, name: it.name, slug: it.slug, note })
}
