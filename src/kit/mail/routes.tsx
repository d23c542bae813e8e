import { resolveTxt } from 'node:dns/promises'
import { Absent, found, require, system } from '#kit/access'
import { get, page, post, room, seeOther, submit, type Ask, type Room, type Typed } from '#kit/http'
import { read } from '#kit/record'
import type { Problem } from '#kit/view'
import { checkSender, type Resolver } from './check-sender.ts'
import { againForm, liftForm, testForm } from './forms.ts'
import {
  countLetters,
  findLetter,
  letterStates,
  liftSuppression,
  listLetters,
  listSuppressed,
  mayReadLetters,
  mayTendMail,
  sendAgain,
  sendTestLetter,
  unsubscribe,
} from './outbox.ts'
import { takeReturned } from './returned.ts'
import { domainOf, type Smtp } from './settings.ts'
import { bounceToken, readUnsubscribeToken, sameToken } from './unsubscribe.ts'
import { LetterPage, Letters, Unsubscribe } from './views/letters.tsx'
import { Sender, Suppressed } from './views/sender.tsx'
import { mailWords } from './words.ts'

declare module '#kit/view' {
  interface Addresses {
    'mail.letters': Record<never, string>
    'mail.letter': { id: string }
    'mail.suppressed': Record<never, string>
    'mail.sender': Record<never, string>
    'mail.unsubscribe': Record<never, string>
    'mail.returned': Record<never, string>
  }
}

export type MailRoomSettings = {
  secret: string
  smtp: Smtp | null
  /** Whether this is a demo, and what the network calls itself: as of now. */
  place(ask: Ask): Promise<{ demo: boolean; network: string }>
  /** DNS; the machine's own unless told. */
  resolver?: Resolver
}

const limit = 50
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/
const largestReturned = 5 * 1024 * 1024

/** The outbox and what belongs to it; in a demo, where all people are invented and nothing is sent, open to everyone. */
export function mailRoom(settings: MailRoomSettings): Room {
  /** In a demo everyone reads as the system does; elsewhere, within their own reach. */
  const reading = async (ask: Ask) => {
    const { demo, network } = await settings.place(ask)
    return {
      demo,
      network,
      actor: demo
        ? { ...system(ask.actor.database, ask.actor.requestId, ask.actor.now), language: ask.language }
        : ask.actor,
    }
  }

  async function lettersPage(ask: Ask) {
    const { demo, actor } = await reading(ask)
    require(mayReadLetters(ask.actor, { demo }))
    const state = letterStates.find((one) => one === ask.query.get('state')) ?? null
    const before = ask.query.get('before') ?? ''
    const { letters, counts } = await read(actor, async (db) => ({
      letters: await listLetters(actor, db, {
        ...(state && { state }),
        ...(uuid.test(before) && { before }),
        limit: limit + 1,
      }),
      counts: await countLetters(actor, db),
    }))
    const maySteward = mayTendMail(ask.actor).allowed
    return page(
      <Letters
        letters={letters.slice(0, limit)}
        counts={counts}
        state={state}
        more={letters.length > limit}
        sends={settings.smtp !== null && !demo}
        maySteward={maySteward}
      />,
    )
  }

  /** A letter is read by whom it is for, too, wherever they find its link. */
  async function letterPage(ask: Ask, problems: readonly Problem[] = []) {
    const { actor, network } = await reading(ask)
    if (!uuid.test(ask.params['id'] ?? '')) throw new Absent()
    const letter = await read(actor, (db) => findLetter(actor, db, ask.params['id']!))
    return page(
      <LetterPage letter={letter} network={network} mayResend={mayTendMail(ask.actor).allowed} problems={problems} />,
    )
  }

  async function senderPage(ask: Ask, problems: readonly Problem[] = [], typed?: Typed) {
    require(mayTendMail(ask.actor))
    const { smtp } = settings
    const relay = smtp ? new URL(smtp.url).hostname : null
    const checks = smtp
      ? await checkSender(domainOf(smtp.from), settings.resolver ?? { resolveTxt }, { dkim: smtp.dkim, relay })
      : []
    return page(<Sender from={smtp?.from ?? null} relay={relay} checks={checks} problems={problems} typed={typed} />)
  }

  async function suppressedPage(ask: Ask, problems: readonly Problem[] = [], typed?: Typed) {
    const suppressed = await ask.read((db) => listSuppressed(ask.actor, db))
    return page(<Suppressed suppressed={suppressed} problems={problems} typed={typed} />)
  }

  const asSystem = (ask: Ask) => system(ask.actor.database, ask.actor.requestId, ask.actor.now)

  return room('mail', mailWords, [
    get('letters', '/{letters}', lettersPage),
    get('suppressed', '/{letters}/{suppressed}', (ask) => suppressedPage(ask)),
    post('suppressed', '/{letters}/{suppressed}', (ask) =>
      submit(ask, {
        form: liftForm,
        act: ({ id, reason }) => liftSuppression(ask.actor, id, reason),
        then: () => {
          ask.tell('done', 'mail.told.lifted')
          return seeOther(ask, 'mail.suppressed')
        },
        again: (typed, problems) => suppressedPage(ask, problems, typed),
      }),
    ),
    get('sender', '/{letters}/{sender}', (ask) => senderPage(ask)),
    post('sender', '/{letters}/{sender}', (ask) =>
      submit(ask, {
        form: testForm,
        act: ({ address }) => sendTestLetter(ask.actor, { address, name: ask.session?.name ?? '' }),
        then: (id) => {
          ask.tell('done', 'mail.told.tested')
          return seeOther(ask, 'mail.letter', { id })
        },
        again: (typed, problems) => senderPage(ask, problems, typed),
      }),
    ),
    get('letter', '/{letters}/:id{[0-9a-f-]+}', (ask) => letterPage(ask)),
    post('letter', '/{letters}/:id{[0-9a-f-]+}', (ask) =>
      submit(ask, {
        form: againForm,
        act: () => sendAgain(ask.actor, ask.params['id']!),
        then: () => {
          ask.tell('done', 'mail.told.again')
          return seeOther(ask, 'mail.letter', { id: ask.params['id']! })
        },
        again: (_typed, problems) => letterPage(ask, problems),
      }),
    ),
    get(
      'unsubscribe',
      '/mail/unsubscribe',
      (ask) => {
        const { address } = found(readUnsubscribeToken(settings.secret, ask.query.get('token') ?? ''))
        return page(<Unsubscribe address={address} done={ask.query.has('done')} />)
      },
      { plain: true },
    ),
    // Called by mail programs with one click (RFC 8058), and by the page above: the signed token is all that either brings.
    post(
      'unsubscribe',
      '/mail/unsubscribe',
      async (ask) => {
        const { address } = await unsubscribe(asSystem(ask), settings.secret, ask.query.get('token') ?? '')
        return page(<Unsubscribe address={address} done />)
      },
      { plain: true, forPrograms: true },
    ),
    // Where a mail server may hand over what comes back, as it stands (`message/rfc822`), with the token that stewards read on the sender's page.
    post(
      'returned',
      '/mail/returned',
      async (ask) => {
        const token = ask.request.headers.get('authorization')?.replace(/^Bearer /u, '') ?? ''
        if (!sameToken(token, bounceToken(settings.secret))) throw new Absent()
        const raw = await bytesWithin(ask.request, largestReturned)
        if (!raw) return new Response(null, { status: 413 })
        const ours = await takeReturned(ask.actor.database, raw)
        return new Response(null, { status: ours ? 204 : 202 })
      },
      { plain: true, streams: true, forPrograms: true },
    ),
  ])
}

async function bytesWithin(request: Request, most: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.byteLength
    if (size > most) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}
