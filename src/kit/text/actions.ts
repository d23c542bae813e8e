import { sql } from 'kysely'
import { Problems, require, type Actor } from '#kit/access'
import { record } from '#kit/record'
import { mayPublishText, mayReviewText, mayTranslate, mayWriteText } from './access.ts'
import { measureSource, putBeforePublic, setText, takeText, type Work } from './keep.ts'
import { methodAfter, standing, stateAfter, type TextEvent } from './rules.ts'

const about = (id: string) => ({ about: { kind: 'text', id } })

/** What a form of the desk sends: the text, the language, the words, and the revision that the writer saw. */
export type Writing = { textId: string; language: string; body: string; revision?: number | null; once?: string | null }

/** Writes the original. What is public stays as it is until it is published. */
export async function writeText(actor: Actor, input: Writing): Promise<void> {
  await record(actor, 'text.written', { ...about(input.textId), once: input.once ?? null }, async (db) => {
    const work = await takeText(db, input.textId, input.language)
    require(mayWriteText(actor, work.owner))
    if (input.language !== work.sourceLanguage)
      throw new Problems([{ field: 'language', words: 'text.problem.not-source' }])
    await setText(actor, db, input.textId, input)
  })
}

/** Writes a translation; with `send` it goes to review at once. */
export async function translateText(actor: Actor, input: Writing & { send?: boolean }): Promise<void> {
  await record(actor, 'translation.written', { ...about(input.textId), once: input.once ?? null }, async (db) => {
    const work = await takeText(db, input.textId, input.language)
    require(mayTranslate(actor, work.owner))
    if (input.language === work.sourceLanguage)
      throw new Problems([{ field: 'language', words: 'text.problem.is-source' }])
    if (input.body.trim() === '') throw new Problems([{ field: 'body', words: 'kit.problem.required' }])
    await setText(actor, db, input.textId, input)
    if (input.send) await step(db, await takeText(db, input.textId, input.language), 'sent', {})
  })
}

type Step = { textId: string; language: string; revision?: number | null; note?: string; once?: string | null }

/**
 * A reviewer's word on a translation: approved (with `publish`, put before the public too) or returned with a note that
 * says what to change.
 */
export async function reviewText(
  actor: Actor,
  input: Step & { verdict: 'approve' | 'return'; publish?: boolean },
): Promise<void> {
  const approve = input.verdict === 'approve'
  const name = approve ? 'translation.approved' : 'translation.returned'
  const note = input.note?.trim() ?? ''
  if (!approve && note === '') throw new Problems([{ field: 'note', words: 'text.problem.note' }])
  await record(actor, name, { ...about(input.textId), reason: note || null, once: input.once ?? null }, async (db) => {
    const work = await takeText(db, input.textId, input.language)
    require(mayReviewText(actor, work.owner, work.version?.translatorId ?? null))
    await step(db, work, approve ? 'approved' : 'returned', {
      note,
      reviewerId: actor.personId,
      revision: input.revision,
    })
    if (approve && input.publish) {
      require(mayPublishText(actor, work.owner))
      await putBeforePublic(db, work, input.language, 'as-it-is')
    }
    if (input.language === work.sourceLanguage) await measureSource(db, input.textId)
  })
}

/** Sends what is in edit to whoever reviews it. */
export async function sendTextToReview(actor: Actor, input: Step): Promise<void> {
  await record(actor, 'translation.sent', { ...about(input.textId), once: input.once ?? null }, async (db) => {
    const work = await takeText(db, input.textId, input.language)
    require(mayTranslate(actor, work.owner))
    await step(db, work, 'sent', { revision: input.revision })
  })
}

type Noted = { note?: string; reviewerId?: string | null; revision?: number | null | undefined }

async function step(db: Parameters<typeof takeText>[0], work: Work, event: TextEvent, noted: Noted): Promise<void> {
  const { version } = work
  const state = version && stateAfter(version.state, event)
  if (!version || !state) throw new Problems([{ field: '', words: `text.problem.cannot-be-${event}` }])
  if (noted.revision !== undefined && noted.revision !== null && noted.revision !== version.revision) {
    throw new Problems([{ field: '', words: 'kit.problem.changed' }])
  }
  await sql`
    update text.version set state = ${state}, method = ${methodAfter(version.method, event)}, note = ${noted.note ?? ''},
      reviewer_id = coalesce(${noted.reviewerId ?? null}::uuid, reviewer_id), revision = revision + 1, changed_at = now()
    where id = ${version.id}`.execute(db)
}

/**
 * Puts the working words of one language before the public; no other language changes. They must have been approved,
 * unless they are a machine's, which may be shown as such with `asMachine`.
 */
export async function publishText(actor: Actor, input: Step & { asMachine?: boolean }): Promise<void> {
  await record(actor, 'text.published', { ...about(input.textId), once: input.once ?? null }, async (db) => {
    const work = await takeText(db, input.textId, input.language)
    require(mayPublishText(actor, work.owner))
    const isSource = input.language === work.sourceLanguage
    const ready =
      work.version?.state === 'approved' ||
      (input.asMachine && work.version?.state === 'machine') ||
      (isSource && work.version)
    if (!ready) throw new Problems([{ field: '', words: 'text.problem.not-approved' }])
    await putBeforePublic(db, work, input.language, isSource ? 'approve' : 'as-it-is')
    if (isSource) await measureSource(db, input.textId)
  })
}

/** Takes one language back from the public; the work on it stays. */
export async function withdrawText(actor: Actor, input: Step & { reason: string }): Promise<void> {
  const reason = input.reason.trim()
  if (reason === '') throw new Problems([{ field: 'reason', words: 'kit.problem.required' }])
  await record(actor, 'text.withdrawn', { ...about(input.textId), reason, once: input.once ?? null }, async (db) => {
    const work = await takeText(db, input.textId, input.language)
    require(mayPublishText(actor, work.owner))
    await putBeforePublic(db, work, input.language, 'withdraw')
    if (input.language === work.sourceLanguage) await measureSource(db, input.textId)
  })
}

/** Says that a translation still holds although its source changed; until the source changes again. */
export async function dismissStale(actor: Actor, input: Step): Promise<void> {
  await record(actor, 'translation.confirmed', { ...about(input.textId), once: input.once ?? null }, async (db) => {
    const work = await takeText(db, input.textId, input.language)
    require(mayTranslate(actor, work.owner))
    if (!work.version || standing(work.version, work.sourceHash) !== 'stale') {
      throw new Problems([{ field: '', words: 'text.problem.not-stale' }])
    }
    await sql`update text.version set dismissed_hash = ${work.sourceHash}, changed_at = now() where id = ${work.version.id}`.execute(
      db,
    )
    await sql`
      update text.published set dismissed_hash = ${work.sourceHash}
      where set_id = ${work.id} and language = ${input.language} and hash = ${work.version.hash}`.execute(db)
  })
}
