import { sql, type RawBuilder } from 'kysely'
import { found, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { shownText, type Text } from '#kit/text'
import { maySeeDrafts } from './access.ts'

const shownOrNull = (column: string): RawBuilder<Text | null> =>
  sql<Text | null>`case when ${sql.ref(column)} is not null then text.shown(${sql.ref(column)}) end`
/** What the public sees of pages; who writes them sees all. */
const visiblePages = (actor: Actor) => sql<boolean>`(${maySeeDrafts(actor).allowed} or p.state = 'published')`

export type PageRow = {
  id: string
  kind: string
  parentId: string | null
  slug: string
  title: Text
  summary: Text | null
  state: string
  publishedAt: string | null
  changedAt: string
}

// A draft has no public title yet; whoever may see drafts sees the words being worked on.
const title = sql<Text>`case when p.state = 'draft' then text.working(p.title_id) else text.shown(p.title_id) end`
const summary = sql<Text | null>`case when p.state = 'draft' then text.working(p.summary_id) else text.shown(p.summary_id) end`
const pageColumns = ['p.id', 'p.kind', 'p.parentId', 'p.slug', 'p.state', 'p.publishedAt', 'p.changedAt'] as const

/** Pages of the tree that this actor may see, in the order of the tree's levels. */
export function listPages(actor: Actor, db: Db): Promise<PageRow[]> {
  return db
    .selectFrom('front.page as p')
    .select(pageColumns)
    .select([title.as('title'), summary.as('summary')])
    .where('p.kind', '=', 'page')
    .where(visiblePages(actor))
    .orderBy('p.position')
    .execute()
}

/** News that this actor may see, newest first. */
export function listNews(actor: Actor, db: Db, options: { limit?: number; offset?: number } = {}): Promise<PageRow[]> {
  return db
    .selectFrom('front.page as p')
    .select(pageColumns)
    .select([title.as('title'), summary.as('summary')])
    .where('p.kind', '=', 'news')
    .where(visiblePages(actor))
    .orderBy(sql`p.published_at desc nulls first`)
    .orderBy('p.id', 'desc')
    .limit(options.limit ?? 20)
    .offset(options.offset ?? 0)
    .execute()
}

export type PageDetail = PageRow & {
  body: Text | null
  version: string
  children: PageRow[]
  path: { slug: string; title: Text }[]
}

/** A page or piece of news by its address among those this actor may see, with what hangs below it and the way to it. Throws `Absent`. */
export async function findPage(actor: Actor, db: Db, kind: 'page' | 'news', slug: string): Promise<PageDetail> {
  const row = found(
    await db
      .selectFrom('front.page as p')
      .select(pageColumns)
      .select([title.as('title'), summary.as('summary'), sql<string>`p.xmin::text`.as('version')])
      .select(
        sql<Text | null>`case when p.state = 'draft' then text.working(p.body_id) else text.shown(p.body_id) end`.as(
          'body',
        ),
      )
      .where('p.kind', '=', kind)
      .where('p.slug', '=', slug)
      .where(visiblePages(actor))
      .executeTakeFirst(),
  )
  const all = kind === 'page' ? await listPages(actor, db) : []
  const path: PageDetail['path'] = []
  for (let at = all.find(({ id }) => id === row.parentId); at; at = all.find(({ id }) => id === at!.parentId))
    path.unshift({ slug: at.slug, title: at.title })
  return { ...row, children: all.filter(({ parentId }) => parentId === row.id), path }
}

export type WorkingPage = {
  id: string
  kind: string
  parentId: string | null
  slug: string
  state: string
  version: string
  title: Text
  summary: Text
  body: Text
}

/** A page as it is being worked on, for its form. Throws `Absent`. */
export async function findWorkingPage(_actor: Actor, db: Db, id: string): Promise<WorkingPage> {
  return found(
    await db
      .selectFrom('front.page as p')
      .select(['p.id', 'p.kind', 'p.parentId', 'p.slug', 'p.state', sql<string>`p.xmin::text`.as('version')])
      .select([
        sql<Text>`text.working(p.title_id)`.as('title'),
        sql<Text>`text.working(p.summary_id)`.as('summary'),
        sql<Text>`text.working(p.body_id)`.as('body'),
      ])
      .where(sql<boolean>`p.id::text = ${id}`)
      .executeTakeFirst(),
  )
}

export type DocumentRow = {
  id: string
  code: string
  kind: string
  title: Text
  summary: Text | null
  authors: string
  publisher: string
  year: number | null
  languages: string[]
  url: string
  licence: string
}

/** The library, newest first; `words` are sought in titles, summaries and authors, accent-blind. */
export function listDocuments(
  _actor: Actor,
  db: Db,
  options: { words?: string; kind?: string } = {},
): Promise<DocumentRow[]> {
  const like = `%${(options.words ?? '').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return db
    .selectFrom('front.document as d')
    .select([
      'd.id',
      'd.code',
      'd.kind',
      'd.authors',
      'd.publisher',
      'd.year',
      'd.languages',
      'd.url',
      'd.licence',
      shownText('d.titleId').as('title'),
      shownOrNull('d.summaryId').as('summary'),
    ])
    .where('d.state', '=', 'published')
    .$if(Boolean(options.kind), (query) => query.where('d.kind', '=', options.kind!))
    .$if(Boolean(options.words), (query) =>
      query.where(
        sql<boolean>`(network.folded(d.authors) like network.folded(${like}) or exists (
          select from text.published t where t.set_id in (d.title_id, d.summary_id) and network.folded(t.plain) like network.folded(${like})))`,
      ),
    )
    .orderBy('d.year', (order) => order.desc().nullsLast())
    .orderBy('d.code')
    .limit(200)
    .execute()
}

export type Hit = {
  room: string
  title: string
  language: string
  excerpt: string
  to: string
  params: Record<string, string>
}

/** Pages, news and documents whose public words hold all that was asked, accent-blind: those with it in the title first. */
export async function searchFront(_actor: Actor, db: Db, words: string, limit = 10): Promise<Hit[]> {
  const terms = words.trim().split(/\s+/).filter(Boolean).slice(0, 8)
  if (terms.length === 0) return []
  const all = terms.map((term) => `%${term.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)
  const { rows } = await sql<{ kind: string; slug: string; title: string; language: string; excerpt: string }>`
    with texts as (
      select p.kind, p.slug, p.title_id, t.language, t.plain, t.set_id = p.title_id as in_title
      from front.page p join text.published t on t.set_id in (p.title_id, p.summary_id, p.body_id) where p.state = 'published'
      union all
      select 'document', d.code, d.title_id, t.language, t.plain, t.set_id = d.title_id
      from front.document d join text.published t on t.set_id in (d.title_id, d.summary_id) where d.state = 'published'
    ), hits as (
      select distinct on (kind, slug) kind, slug, title_id, language, plain, in_title from texts
      where (select bool_and(network.folded(plain) like network.folded(term)) from unnest(${all}::text[]) term)
      order by kind, slug, in_title desc
    )
    select kind, slug, text.reads(title_id, language) as title, language, left(plain, 200) as excerpt from hits order by in_title desc, title limit ${limit}`.execute(
    db,
  )
  const pages: Record<string, string> = { page: 'front.page', news: 'front.news-item', document: 'front.documents' }
  return rows.map(({ kind, slug, title: name, language, excerpt }) => ({
    room: 'front',
    title: name,
    language,
    excerpt,
    to: pages[kind]!,
    params: (kind === 'document' ? {} : { slug }) as Record<string, string>,
  }))
}
