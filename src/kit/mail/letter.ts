import { formats, type Formats, type Language } from '#kit/words'
import { sql, type Db } from '#kit/db'

/** A part of a letter. Links are paths of this installation (`/es/museos`) or whole addresses. */
export type Block =
  | { kind: 'text' | 'heading' | 'note'; text: string }
  | { kind: 'button'; label: string; href: string }
  | { kind: 'code'; code: string }
  | { kind: 'facts'; facts: { label: string; value: string }[] }
  | { kind: 'list'; items: { text: string; href?: string; note?: string }[] }
  | { kind: 'quote'; text: string; language?: string }

/** What a letter says, from which both its text and its HTML are made. `preview` is what a mailbox shows beside the subject. */
export type Composed = {
  subject: string
  preview?: string
  blocks: Block[]
  replyTo?: string
  enclosures?: Enclosure[]
}

/** A small text sent along, such as an invitation for a calendar. */
export type Enclosure = { name: string; type: string; content: string }

export type Voice = { language: Language; formats: Formats }

export type Letter<Props> = {
  name: string
  compose(props: Props, voice: Voice): Composed
  /** What a person may have no more of (`subscriptions`). Letters without a purpose are necessary: they go unless the address is dead. */
  purpose?: string
  /** Lets somebody in: its text is dropped once sent, and goes before all others. */
  secret?: boolean
}

/** Whom a letter is for, and how they want to be written to. `personId` decides who may see it in the outbox. */
export type Correspondent = {
  personId: string | null
  address: string
  name?: string | null
  language: Language
  zone?: string
  country?: string | null
}

/**
 * A letter as a pure function of its props, in the language of whom it is for: `compose` says its sentences by the room's words.
 * The name is permanent (`network.invited`).
 */
export function defineLetter<Props>(
  name: string,
  compose: Letter<Props>['compose'],
  options: Pick<Letter<Props>, 'purpose' | 'secret'> = {},
): Letter<Props> {
  return { name, compose, ...options }
}

export type PostOptions = { replyTo?: string; enclosures?: Enclosure[]; sendAt?: Temporal.Instant }

/**
 * Composes a letter and puts it into the outbox within the transaction at hand: it leaves when the deed is committed, and not at all when it isn't.
 * The job that sends it names the letter by its id only. Answers that id.
 */
export async function postLetter<Props>(
  db: Db,
  letter: Letter<Props>,
  to: Correspondent,
  props: Props,
  options: PostOptions = {},
): Promise<string> {
  const composed = letter.compose(props, {
    language: to.language,
    formats: formats(to.language, { country: to.country ?? null, ...(to.zone && { zone: to.zone }) }),
  })
  const posted = {
    name: letter.name,
    keeper: to.personId,
    address: to.address,
    recipient: to.name ?? null,
    language: to.language,
    subject: oneLine(composed.subject),
    body: { preview: composed.preview ?? null, blocks: composed.blocks },
    purpose: letter.purpose ?? null,
    secret: letter.secret ?? false,
    replyTo: options.replyTo ?? composed.replyTo ?? null,
    enclosures: options.enclosures ?? composed.enclosures ?? [],
    sendAt: options.sendAt?.toString() ?? null,
  }
  const { rows } = await sql<{ id: string }>`select mail.post(${JSON.stringify(posted)}::jsonb) as id`.execute(db)
  return rows[0]!.id
}

/** A subject is one line: what somebody typed into it cannot add headers. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}
