import { sql } from 'kysely'
import { Feed } from 'feed'
import type { Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { asInstant, formats, speak } from '#kit/words'
import { words } from './words/index.ts'

export type RegisterChange = {
  id: string
  name: string
  at: string
  slug: string
  institution: string
  countryCode: string
}

/** The latest changes of the public register that a reader may notice, newest first: only of entries that are listed now. */
export async function listRegisterChanges(_actor: Actor, db: Db, limit = 60): Promise<RegisterChange[]> {
  const { rows } = await sql<RegisterChange>`
    select d.id, d.name, d.at, i.slug, i.name as institution, i.country_code
    from record.deed d join network.institution i on i.id = d.about_id
    where d.name in ('institution.validated', 'institution.edited', 'edit.accepted', 'edit.partly-accepted', 'institution.merged') and i.state = 'listed'
    order by d.at desc, d.id desc limit ${limit}`.execute(db)
  return rows
}

const sentences = {
  'institution.validated': 'change.validated',
  'institution.edited': 'change.edited',
  'edit.accepted': 'change.edited',
  'edit.partly-accepted': 'change.edited',
  'institution.merged': 'change.merged',
} as const

/** The changes as an Atom feed (RFC 4287) in the reader's language. */
export function changesFeed(
  actor: Actor,
  changes: readonly RegisterChange[],
  of: { id: string; self: string; page: string; urlOf: (slug: string) => string },
): string {
  const t = speak(words, actor.language)
  const { countryName } = formats(actor.language)
  const newest = changes[0]?.at
  const feed = new Feed({
    id: of.id,
    title: t('change.title'),
    link: of.page,
    language: actor.language,
    updated: newest ? new Date(asInstant(newest).epochMilliseconds) : new Date(actor.now.epochMilliseconds),
    feedLinks: { atom: of.self },
    copyright: '',
  })
  for (const change of changes) {
    const sentence = sentences[change.name as keyof typeof sentences]
    feed.addItem({
      id: `urn:uuid:${change.id}`,
      title: t(sentence, { name: change.institution, country: countryName(change.countryCode) }),
      link: of.urlOf(change.slug),
      date: new Date(asInstant(change.at).epochMilliseconds),
    })
  }
  return feed.atom1()
}
