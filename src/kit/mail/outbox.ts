import { Absent, found, holds, no, require, yes, type Actor, type Verdict } from '#kit/access'
import { sql, type Db } from '#kit/db'
import { record } from '#kit/record'
import { speak, type Language } from '#kit/words'
import type { Body } from './draw.ts'
import { defineLetter, postLetter, type Enclosure } from './letter.ts'
import { readUnsubscribeToken, suppress, type SuppressionReason } from './unsubscribe.ts'
import { mailWords } from './words.ts'

export const letterStates = ['queued', 'sending', 'sent', 'held', 'suppressed', 'bounced', 'failed'] as const
export type LetterState = (typeof letterStates)[number]
export type LetterLine = {
  id: string
  name: string
  address: string
  recipient: string | null
  language: Language
  subject: string
  purpose: string | null
  secret: boolean
  state: LetterState
  stateAt: string
  createdAt: string
  answer: string | null
}
export type SentLetter = LetterLine & {
  body: Body | null
  enclosures: Enclosure[]
  attempts: number
  events: { state: string; detail: string | null; at: string }[]
}
export type Suppression = {
  id: string
  address: string
  purpose: string
  reason: SuppressionReason
  detail: string | null
  at: string
}

/** Who reads other people's letters: whoever runs the installation; in a demo, where all people are invented, everyone. */
export const mayReadLetters = (actor: Actor, place: { demo: boolean }): Verdict =>
  place.demo || holds(actor, 'steward') ? yes : no('mail.refused.steward')

/** Who sends again, lets addresses in again and tests the sender. */
export const mayTendMail = (actor: Actor): Verdict => (holds(actor, 'steward') ? yes : no('mail.refused.steward'))

/**
 * The outbox, newest first. What the actor does not reach is not there: a person sees the letters for them, a steward all. A secret letter's text is shown to nobody
 * but whom it is for, unless it is held here because nothing sends it.
 */
export async function listLetters(
  _actor: Actor,
  db: Db,
  options: { state?: LetterState; address?: string; before?: string; limit?: number } = {},
): Promise<LetterLine[]> {
  const { rows } = await sql<LetterLine>`
    select id, name, address, recipient, language, subject, purpose, secret, state, state_at, created_at, answer from mail.letter
    where (${options.state ?? null}::text is null or state = ${options.state ?? null})
      and (${options.address ?? null}::text is null or lower(address) = lower(${options.address ?? null}))
      and (${options.before ?? null}::uuid is null or id < ${options.before ?? null}::uuid)
    order by id desc limit ${options.limit ?? 50}`.execute(db)
  return rows
}

/** One letter with what became of it; {@link Absent} out of reach. */
export async function findLetter(actor: Actor, db: Db, id: string): Promise<SentLetter> {
  const { rows } = await sql<SentLetter & { keeper: string | null }>`
    select l.id, l.keeper, l.name, l.address, l.recipient, l.language, l.subject, l.purpose, l.secret, l.state, l.state_at, l.created_at, l.answer, l.body, l.enclosures, l.attempts,
      coalesce((select jsonb_agg(jsonb_build_object('state', e.state, 'detail', e.detail, 'at', e.at) order by e.id) from mail.event e where e.letter_id = l.id), '[]') as events
    from mail.letter l where l.id = ${id}`.execute(db)
  const { keeper, ...letter } = found(rows[0])
  const readable = !letter.secret || letter.state === 'held' || (keeper !== null && keeper === actor.personId)
  return readable ? letter : { ...letter, body: null }
}

export type LetterCount = { state: LetterState; count: number }
export async function countLetters(_actor: Actor, db: Db): Promise<LetterCount[]> {
  return (await sql<LetterCount>`select state, count(*) from mail.letter group by state order by state`.execute(db))
    .rows
}

/** Puts a letter that failed or was held into the queue again. */
export function sendAgain(actor: Actor, id: string): Promise<void> {
  require(mayTendMail(actor))
  return record(actor, 'letter.sent-again', { about: { kind: 'letter', id } }, async (db) => {
    const { rows } = await sql<{ sent: boolean }>`select mail.send_again(${id}) as sent`.execute(db)
    if (!rows[0]!.sent) throw new Absent()
  })
}

/** Addresses that get no more letters (`purpose` '': none at all). */
export async function listSuppressed(actor: Actor, db: Db): Promise<Suppression[]> {
  require(mayTendMail(actor))
  return (
    await sql<Suppression>`select id, address, purpose, reason, detail, at from mail.suppression order by at desc`.execute(
      db,
    )
  ).rows
}

/** Lets an address have letters again, with a reason that stays in the record. */
export function liftSuppression(actor: Actor, id: string, reason: string): Promise<void> {
  require(mayTendMail(actor))
  return record(actor, 'suppression.lifted', { about: { kind: 'suppression', id }, reason }, async (db) => {
    const { rows } = await sql<{
      address: string
      purpose: string
    }>`select address, purpose from mail.suppression where id = ${id}`.execute(db)
    const { address, purpose } = found(rows[0])
    await sql`select mail.unsuppress(${address}, ${purpose})`.execute(db)
  })
}

/** What the signed link of a letter asks for: no more letters of its purpose to its address. {@link Absent} if the link is not ours. Done by nobody in particular, so by the system. */
export async function unsubscribe(
  actor: Actor,
  secret: string,
  token: string,
): Promise<{ address: string; purpose: string }> {
  const asked = found(readUnsubscribeToken(secret, token))
  await record(actor, 'letters.stopped', { about: { kind: 'purpose' }, reason: asked.purpose }, (db) =>
    suppress(db, { ...asked, reason: 'unsubscribed' }),
  )
  return asked
}

const testLetter = defineLetter<{ sentAt: string; by: string }>(
  'mail.test',
  ({ sentAt, by }, { language, formats }) => {
    const t = speak(mailWords, language)
    return {
      subject: t('test.subject'),
      blocks: [
        { kind: 'text', text: t('test.text', { when: formats.dateTime(sentAt), by }) },
        { kind: 'facts', facts: [{ label: t('test.marks-label'), value: 'á ñ ç ¿? ã — العربية' }] },
        { kind: 'note', text: t('test.look') },
      ],
    }
  },
)

/** Sends a letter that shows whether letters arrive, and how. Answers its id, under which what became of it can be followed. */
export function sendTestLetter(actor: Actor, to: { address: string; name: string }): Promise<string> {
  require(mayTendMail(actor))
  return record(actor, 'letter.tested', { about: { kind: 'letter' } }, async (db, deed) => {
    const id = await postLetter(
      db,
      testLetter,
      { personId: actor.personId, address: to.address, language: actor.language, zone: actor.zone },
      { sentAt: actor.now.toString(), by: to.name },
    )
    deed.concerns(id)
    return id
  })
}
