import { holds, when, type Actor, type Verdict } from '#kit/access'

/** Pages, news and the library are written by the network's office. */
export const mayWritePages = (actor: Actor): Verdict =>
  when(actor.kind === 'system' || holds(actor, ['steward', 'editor']), 'front.refused.office')

/** Drafts are seen by who writes them, and by auditors. */
export const maySeeDrafts = (actor: Actor): Verdict =>
  when(mayWritePages(actor).allowed || holds(actor, 'auditor'), 'front.refused.office')

/** Every deed of this room and who may do it, for the matrix of permissions. */
export const deeds = {
  'page.written': mayWritePages,
  'page.edited': mayWritePages,
  'page.published': mayWritePages,
  'page.withdrawn': mayWritePages,
  'document.entered': mayWritePages,
  'document.withdrawn': mayWritePages,
} as const
