import { createTransport, type Transporter } from 'nodemailer'
import { reachOf, system } from '#kit/access'
import { sql, type Database, type Db } from '#kit/db'
import { defineTask, type AnyTask, type Log, type Retention } from '#kit/jobs'
import type { Language } from '#kit/words'
import { letterHtml, letterText, type Body, type Frame } from './draw.ts'
import type { Enclosure } from './letter.ts'
import { readMaildir } from './returned.ts'
import { domainOf, type MailSettings, type Smtp } from './settings.ts'
import { throttle } from './throttle.ts'
import { suppress, unsubscribeToken } from './unsubscribe.ts'

type Queued = {
  id: string
  address: string
  recipient: string | null
  language: Language
  subject: string
  body: Body | null
  purpose: string | null
  secret: boolean
  replyTo: string | null
  enclosures: Enclosure[]
  state: string
  suppressed: string | null
}

type Answer = { code: number | null; text: string }

/** Where the one-click unsubscribing of RFC 8058 is answered: outside the languages, called by mail programs. */
export const unsubscribePath = '/mail/unsubscribe'

/** The tasks that send letters and read what comes back. */
export function mailTasks(settings: MailSettings): AnyTask[] {
  const smtp = settings.demo ? null : settings.smtp
  const transport = smtp && openTransport(smtp)
  const pace = throttle(smtp?.perMinute ?? 60)
  return [
    defineTask<{ letterId: string; turn?: boolean }>(
      'mail.send',
      async ({ letterId, turn }, { database, log, job }) => {
        const letter = await findQueued(database, letterId)
        if (!letter || !letter.body || !['queued', 'sending'].includes(letter.state)) return
        if (letter.suppressed !== null) return mark(database, letterId, 'suppressed', letter.suppressed)
        if (!smtp || !transport) return mark(database, letterId, 'held', null)
        const wait = turn ? 0 : pace.wait(domainOf(letter.address), Date.now())
        if (wait > 0) return postpone(database, letterId, wait)
        const messageId = `${letterId}@${domainOf(smtp.from)}`
        await mark(database, letterId, 'sending', null, messageId)
        const frame = await frameOf(settings, letter)
        try {
          const answer = await deliver(transport, smtp, letter, letter.body, frame, messageId)
          await markSent(database, letter, answer)
        } catch (error) {
          await takeRefusal(database, letter, error, job.attempt >= job.attempts, log)
        }
      },
      { attempts: 12 },
    ),
    defineTask(
      'mail.read-returned',
      async (_payload, { database, log }) => {
        if (settings.bounces) await readMaildir(settings.bounces, database, log)
      },
      { schedule: '*/5 * * * *', attempts: 1 },
    ),
  ]
}

/** RFC 8058 asks that both fields of one-click unsubscribing be signed. */
const signedFields =
  'from:reply-to:subject:date:message-id:to:mime-version:content-type:content-language:list-unsubscribe:list-unsubscribe-post'

function openTransport(smtp: Smtp): Transporter {
  const { dkim } = smtp
  return createTransport({
    url: smtp.url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim && {
      dkim: {
        domainName: dkim.domain,
        keySelector: dkim.selector,
        privateKey: dkim.privateKey,
        headerFieldNames: signedFields,
      },
    }),
  }) as Transporter
}

const asSystem = <T>(database: Database, work: (db: Db) => Promise<T>) =>
  database.transaction(reachOf(system(database, 'mail')), 'write', work)

async function findQueued(database: Database, id: string): Promise<Queued | undefined> {
  const { rows } = await asSystem(database, (db) =>
    sql<Queued>`select l.*, (select s.reason from mail.suppression s where s.address = lower(l.address) and (s.purpose = '' or s.purpose = l.purpose) limit 1) as suppressed
      from mail.letter l where l.id = ${id}`.execute(db),
  )
  return rows[0]
}

async function mark(
  database: Database,
  id: string,
  state: string,
  answer: string | null,
  messageId?: string,
): Promise<void> {
  await asSystem(database, (db) =>
    sql`update mail.letter set state = ${state}, state_at = clock_timestamp(), answer = ${answer},
      attempts = attempts + ${state === 'sending' ? 1 : 0}, message_id = coalesce(${messageId ?? null}, message_id) where id = ${id}`.execute(
      db,
    ),
  )
}

async function postpone(database: Database, id: string, wait: number): Promise<void> {
  const runAt = Temporal.Now.instant().add({ milliseconds: wait }).toString()
  await asSystem(database, (db) =>
    sql`select jobs.add('mail.send', ${JSON.stringify({ letterId: id, turn: true })}::json, ${`mail:${id}`}, ${runAt}::timestamptz, null, null)`.execute(
      db,
    ),
  )
}

/** What lets somebody in is worth nothing after it was used, and much to a thief before: it does not stay. */
async function markSent(database: Database, letter: Queued, answer: string): Promise<void> {
  await asSystem(database, (db) =>
    sql`update mail.letter set state = 'sent', state_at = clock_timestamp(), answer = ${answer.slice(0, 500)},
      body = case when secret then null else body end, enclosures = case when secret then '[]' else enclosures end where id = ${letter.id}`.execute(
      db,
    ),
  )
}

async function frameOf(
  settings: MailSettings,
  letter: Pick<Queued, 'language' | 'address' | 'purpose'>,
): Promise<Frame> {
  return {
    network: await settings.network(letter.language),
    origin: settings.origin,
    demo: settings.demo,
    ...(letter.purpose && {
      unsubscribe: `${settings.origin}${unsubscribePath}?token=${unsubscribeToken(settings.secret, letter.address, letter.purpose)}`,
    }),
  }
}

async function deliver(
  transport: Transporter,
  smtp: Smtp,
  letter: Queued,
  body: Body,
  frame: Frame,
  messageId: string,
): Promise<string> {
  const { response } = (await transport.sendMail({
    from: { name: smtp.name ?? frame.network, address: smtp.from },
    to: { name: letter.recipient ?? '', address: letter.address },
    envelope: { from: smtp.returnPath, to: letter.address },
    ...(letter.replyTo && { replyTo: letter.replyTo }),
    subject: letter.subject,
    messageId: `<${messageId}>`,
    text: letterText(body, letter.language, frame),
    html: letterHtml(letter.subject, body, letter.language, frame),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': letter.language,
      ...(frame.unsubscribe && {
        'List-Unsubscribe': `<${frame.unsubscribe}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    ...(letter.enclosures.length > 0 && {
      attachments: letter.enclosures.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
    }),
  })) as { response: string }
  return response
}

/** A refusal for good ends the letter; any other one throws, so that the job is tried again later. */
async function takeRefusal(database: Database, letter: Queued, error: unknown, last: boolean, log: Log): Promise<void> {
  const answer = answerOf(error)
  const refused = answer.code !== null && answer.code >= 500
  // Only these say that the address itself is no good; 5.7 and the like are about us, and may be mended.
  const noSuchAddress =
    refused &&
    (/\b5\.1\.[1-36]\b/u.test(answer.text) ||
      ([550, 551, 553].includes(answer.code!) &&
        !/\b5\.[2-7]\.\d/u.test(answer.text) &&
        (error as { command?: string }).command === 'RCPT TO'))
  if (noSuchAddress) {
    await asSystem(database, (db) =>
      suppress(db, {
        address: letter.address,
        purpose: null,
        reason: 'bounced',
        detail: answer.text,
        letterId: letter.id,
      }),
    )
    return mark(database, letter.id, 'bounced', answer.text)
  }
  if (refused || last) {
    log.warn({ letter: letter.id, answer: answer.code }, 'a letter was refused')
    return mark(database, letter.id, 'failed', answer.text)
  }
  await mark(database, letter.id, 'queued', answer.text)
  throw new Error(`letter not taken yet (${answer.code ?? (error as { code?: string }).code ?? 'no answer'})`)
}

function answerOf(error: unknown): Answer {
  const { responseCode, response, message } = error as { responseCode?: number; response?: string; message: string }
  return { code: responseCode ?? null, text: (response ?? message).slice(0, 500) }
}

/** How long letters are kept: their text for a while, that they were sent for longer. */
export const mailRetention: readonly Retention[] = [
  {
    code: 'mail.secret',
    apply: async (db, { before }) =>
      Number(
        (
          await sql`update mail.letter set body = null, enclosures = '[]', state = case when state = 'queued' then 'failed' else state end
        where secret and body is not null and created_at < ${before}::timestamptz`.execute(db)
        ).numAffectedRows ?? 0n,
      ),
  },
  {
    code: 'mail.text',
    apply: async (db, { before }) =>
      Number(
        (
          await sql`update mail.letter set body = null, enclosures = '[]'
        where body is not null and state in ('sent', 'held', 'suppressed', 'bounced', 'failed') and created_at < ${before}::timestamptz`.execute(
            db,
          )
        ).numAffectedRows ?? 0n,
      ),
  },
  {
    code: 'mail.log',
    apply: async (db, { before }) =>
      Number(
        (await sql`delete from mail.letter where created_at < ${before}::timestamptz`.execute(db)).numAffectedRows ??
          0n,
      ),
  },
]
