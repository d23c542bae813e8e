import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** How letters leave. Without `smtp` they are held, and read on a page of the installation itself. */
export type MailSettings = {
  smtp: Smtp | null
  /** The public address without a slash at its end. */
  origin: string
  secret: string
  /** A demo never sends real mail: letters are held, whatever else is set. */
  demo: boolean
  /** What the network calls itself in a language, as of now. */
  network(language: string): Promise<string>
  /** A Maildir into which the mail server puts what comes back (its `new` folder is read). */
  bounces?: string | null
}

export type Smtp = {
  /** For nodemailer: without the settings below. */
  url: string
  from: string
  name: string | null
  dkim: { domain: string; selector: string; privateKey: string } | null
  /** Letters a minute to one receiving host; 60 unless told. */
  perMinute: number
  /** Where bounces go: the envelope's sender; `from` unless told. */
  returnPath: string
}

export class MailMisset extends Error {}

/**
 * Reads `SMTP_URL`: an address for nodemailer (`smtps://name:password@host:465`) with `?from=` and, all optional, `name=`, `dkim=` (path of a PEM key), `selector=` (quipu),
 * `rate=` (letters a minute to one host), `bounces=` (the address that bounces return to). Throws {@link MailMisset} with a sentence.
 */
export function readSmtp(address: string): Smtp {
  const url = new URL(address)
  const own = (name: string) => {
    const value = url.searchParams.get(name)
    url.searchParams.delete(name)
    return value
  }
  const from = own('from') ?? (url.username.includes('%40') ? decodeURIComponent(url.username) : null)
  if (!from || !isAddress(from))
    throw new MailMisset('SMTP_URL must say from whom letters come: add ?from=network@museums.example to it.')
  const key = own('dkim')
  const selector = own('selector') ?? 'quipu'
  const rate = Number(own('rate') ?? 60)
  if (!Number.isInteger(rate) || rate < 1)
    throw new MailMisset('In SMTP_URL, rate must be a whole number of letters a minute.')
  const returnPath = own('bounces') ?? from
  if (!isAddress(returnPath)) throw new MailMisset('In SMTP_URL, bounces must be an address of mail.')
  const name = own('name')
  return {
    from,
    name,
    returnPath,
    perMinute: rate,
    dkim: key ? { domain: domainOf(from), selector, privateKey: readKey(key) } : null,
    url: url.href,
  }
}

function readKey(path: string): string {
  try {
    const pem = readFileSync(path, 'utf8')
    createPublicKey(pem)
    return pem
  } catch (error) {
    throw new MailMisset(`In SMTP_URL, dkim must be the path of a private key in PEM: ${(error as Error).message}`)
  }
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()
const isAddress = (address: string): boolean => /^[^@\s<>",;]+@[^@\s<>",;]+\.[^@\s<>",;]+$/u.test(address)
