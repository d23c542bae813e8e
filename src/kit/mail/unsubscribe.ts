import { createHmac, timingSafeEqual } from 'node:crypto'
import { sql, type Db } from '#kit/db'

/** A token that lets whoever holds the letter stop letters of its purpose to its address, and nothing else. It does not end: old letters must keep their word. */
export function unsubscribeToken(secret: string, address: string, purpose: string): string {
  const said = Buffer.from(JSON.stringify([address.toLowerCase(), purpose])).toString('base64url')
  return `${said}.${sign(secret, said)}`
}

/** What a token stands for, or null when it is not ours. */
export function readUnsubscribeToken(secret: string, token: string): { address: string; purpose: string } | null {
  const [said = '', signature = ''] = token.split('.')
  if (!sameToken(signature, sign(secret, said))) return null
  const [address, purpose] = JSON.parse(Buffer.from(said, 'base64url').toString()) as [string, string]
  return { address, purpose }
}

function sign(secret: string, said: string): string {
  return createHmac('sha256', secret).update(`mail.unsubscribe ${said}`).digest('base64url')
}

/** The token with which a mail server hands over what comes back. */
export function bounceToken(secret: string): string {
  return createHmac('sha256', secret).update('mail.returned').digest('base64url')
}

/** Compares in a time that tells nothing. */
export function sameToken(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

export type SuppressionReason = 'bounced' | 'complained' | 'unsubscribed' | 'by-hand'

/** Stops letters to an address: of one purpose, or all (`purpose` null). Within any transaction that writes. */
export async function suppress(
  db: Db,
  stop: {
    address: string
    purpose: string | null
    reason: SuppressionReason
    detail?: string | null
    letterId?: string | null
  },
): Promise<void> {
  await sql`select mail.suppress(${stop.address}, ${stop.purpose}, ${stop.reason}, ${stop.detail ?? null}, ${stop.letterId ?? null}::uuid)`.execute(
    db,
  )
}
