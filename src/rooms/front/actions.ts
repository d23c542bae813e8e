import { sql } from 'kysely'
import { Changed, found, Problems, require, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { keepText, measureSource, newText, putBeforePublic, takeText } from '#kit/text'
import { record } from '#kit/record'
import { mayWritePages } from './access.ts'
import { slugOf, type DocumentKind } from './rules.ts'

/** A text typed in one or more languages, by language. */
export type Bodies = Record<string, string>
export type NewPage = {
  kind: 'page' | 'news'
  parentId?: string | null
  title: Bodies
  summary: Bodies
  body: Bodies
  slug?: string
  source: string
  topics?: string[]
}

const owner = { kind: 'network' } as const
const says = (bodies: Bodies): boolean => Object.values(bodies).some((body) => body.trim() !== '')
const firstOf = (bodies: Bodies, wished: string): string =>
  bodies[wished]?.trim() ? wished : (Object.keys(bodies).find((language) => bodies[language]!.trim()) ?? wished)

/** Writes a page or a piece of news, as a draft. Answers its id. */
export function writePage(actor: Actor, input: NewPage, once: string | null = null): Promise<string> {
  return record(actor, 'page.written', { about: { kind: 'page' }, once }, async (db, deed) => {
    require(mayWritePages(actor))
    const source = firstOf(input.title, input.source)
    const slug = slugOf(input.slug || (input.title[source] ?? ''))
    if (slug === '') throw new Problems([{ field: 'slug', words: 'front.problem.slug' }])
    const texts = { owner, room: 'front', source, publish: false }
    const titleId = await newText(actor, db, {
      ...texts,
      purpose: `${input.kind}.title`,
      form: 'line',
      bodies: input.title,
    })
    const summaryId = await newText(actor, db, {
      ...texts,
      purpose: `${input.kind}.summary`,
      form: 'plain',
      bodies: input.summary,
    })
    const bodyId = await newText(actor, db, {
      ...texts,
      purpose: `${input.kind}.body`,
      form: 'markdown',
      bodies: input.body,
    })
    const { id } = await db
      .insertInto('front.page')
      .values({
        kind: input.kind,
        parentId: input.kind === 'page' ? (input.parentId ?? null) : null,
        slug,
        titleId,
        summaryId,
        bodyId,
        topics: input.topics ?? [],
        position: sql<number>`(select coalesce(max(position), 0) + 1 from front.page where parent_id is not distinct from ${input.parentId ?? null}::uuid)`,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    deed.concerns(id)
    return id
  })
}

export type EditedPage = Pick<NewPage, 'title' | 'summary' | 'body'> & { parentId?: string | null; topics?: string[] }

/** Writes a page anew. What is public stays as it was until it is published again. */
export function editPage(
  actor: Actor,
  id: string,
  input: EditedPage,
  sent: { once?: string | null; version?: string | null } = {},
): Promise<void> {
  return record(actor, 'page.edited', { about: { kind: 'page', id }, once: sent.once ?? null }, async (db) => {
    require(mayWritePages(actor))
    const page = await takePage(db, id)
    if (sent.version && sent.version !== page.version) throw new Changed()
    const languages = await db
      .selectFrom('text.textSet')
      .select('sourceLanguage')
      .where('id', '=', page.titleId)
      .executeTakeFirstOrThrow()
    const keep = (textId: string | null, purpose: string, form: 'line' | 'plain' | 'markdown', bodies: Bodies) =>
      keepText(actor, db, textId, {
        owner,
        room: 'front',
        purpose: `${page.kind}.${purpose}`,
        form,
        source: languages.sourceLanguage,
        bodies,
      })
    await keep(page.titleId, 'title', 'line', input.title)
    await keep(page.summaryId, 'summary', 'plain', input.summary)
    await keep(page.bodyId, 'body', 'markdown', input.body)
    await db
      .updateTable('front.page')
      .set({
        changedAt: actor.now.toString(),
        parentId: page.kind === 'page' ? (input.parentId ?? null) : null,
        topics: input.topics ?? [],
      })
      .where('id', '=', id)
      .execute()
  })
}

async function takePage(db: Db, id: string) {
  return found(
    await db
      .selectFrom('front.page')
      .select(['id', 'kind', 'titleId', 'summaryId', 'bodyId', 'state', sql<string>`xmin::text`.as('version')])
      .where(sql<boolean>`id::text = ${id}`)
      .forUpdate()
      .executeTakeFirst(),
  )
}

/**
 * Puts a page before the public in every language in which it has a title and a text. The working languages of the network must be among them:
 * a network does not speak to half of its members.
 */
export function publishPage(actor: Actor, id: string, sent: { once?: string | null } = {}): Promise<void> {
  return record(actor, 'page.published', { about: { kind: 'page', id }, once: sent.once ?? null }, async (db) => {
    require(mayWritePages(actor))
    const page = await takePage(db, id)
    const network = await db.selectFrom('network.network').select('workingLanguages').executeTakeFirst()
    const written = await db
      .selectFrom('text.version')
      .select(['setId', 'language'])
      .where('setId', 'in', [page.titleId, page.summaryId!, page.bodyId!])
      .execute()
    const has = (setId: string, language: string): boolean =>
      written.some((one) => one.setId === setId && one.language === language)
    const missing = (network?.workingLanguages ?? []).filter(
      (language) => !has(page.titleId, language) || !has(page.bodyId!, language),
    )
    if (missing.length > 0) {
      const name = new Intl.DisplayNames(actor.language, { type: 'language' })
      throw new Problems([
        {
          field: '',
          words: 'front.problem.languages',
          values: { languages: missing.map((language) => name.of(language) ?? language).join(', ') },
        },
      ])
    }
    for (const setId of [page.titleId, page.summaryId, page.bodyId]) {
      for (const { language } of written.filter((one) => one.setId === setId)) {
        await putBeforePublic(db, await takeText(db, setId!, language), language, 'approve')
      }
      if (setId) await measureSource(db, setId)
    }
    await db
      .updateTable('front.page')
      .set({
        state: 'published',
        publishedAt: sql<string>`coalesce(published_at, ${actor.now.toString()}::timestamptz)`,
        changedAt: actor.now.toString(),
      })
      .where('id', '=', id)
      .execute()
  })
}

/** Takes a page away from the public; it stays as it is for who writes. */
export function withdrawPage(actor: Actor, id: string, sent: { once?: string | null } = {}): Promise<void> {
  return record(actor, 'page.withdrawn', { about: { kind: 'page', id }, once: sent.once ?? null }, async (db) => {
    require(mayWritePages(actor))
    await takePage(db, id)
    await db.updateTable('front.page').set({ state: 'withdrawn' }).where('id', '=', id).execute()
  })
}

export type NewDocument = {
  kind: DocumentKind
  title: Bodies
  summary: Bodies
  authors: string
  publisher: string
  year: number | null
  languages: string[]
  url: string
  licence: string
  source: string
}

/** Enters a document into the library. Answers its id. */
export function enterDocument(actor: Actor, input: NewDocument, once: string | null = null): Promise<string> {
  return record(actor, 'document.entered', { about: { kind: 'document' }, once }, async (db, deed) => {
    require(mayWritePages(actor))
    const source = firstOf(input.title, input.source)
    const titleId = await newText(actor, db, {
      owner,
      room: 'front',
      purpose: 'document.title',
      form: 'line',
      source,
      bodies: input.title,
      publish: true,
    })
    const summaryId = says(input.summary)
      ? await newText(actor, db, {
          owner,
          room: 'front',
          purpose: 'document.summary',
          form: 'plain',
          source: firstOf(input.summary, source),
          bodies: input.summary,
          publish: true,
        })
      : null
    const { kind, authors, publisher, year, languages, url, licence } = input
    const { id } = await db
      .insertInto('front.document')
      .values({
        code: `${slugOf(input.title[source] ?? '') || 'documento'}-${year ?? 'sf'}`,
        kind,
        titleId,
        summaryId,
        authors,
        publisher,
        year,
        languages,
        url,
        licence,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    deed.concerns(id)
    return id
  })
}

/** Takes a document out of the library; its history stays. */
export function withdrawDocument(actor: Actor, id: string, once: string | null = null): Promise<void> {
  return record(actor, 'document.withdrawn', { about: { kind: 'document', id }, once }, async (db) => {
    require(mayWritePages(actor))
    const { numUpdatedRows } = await db
      .updateTable('front.document')
      .set({ state: 'withdrawn' })
      .where(sql<boolean>`id::text = ${id}`)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) found(null)
  })
}
