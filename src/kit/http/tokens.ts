import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const hours = 12

/** Signs and checks small values with the installation's secret. */
export type Seals = {
  /** A token that only this visitor's browser can send back, good for twelve hours. `whose` is the session's or the visitor cookie's value. */
  token(whose: string, now: Temporal.Instant): string
  isToken(token: string, whose: string, now: Temporal.Instant): boolean
  sign(purpose: string, value: string): string
  /** The signed value, or null when it was not signed here for this purpose. */
  open(purpose: string, signed: string): string | null
}

export function seals(secret: string): Seals {
  const mac = (purpose: string, value: string): string =>
    createHmac('sha256', secret).update(`${purpose}\n${value}`).digest('base64url')
  const same = (one: string, other: string): boolean => {
    const [a, b] = [Buffer.from(one), Buffer.from(other)]
    return a.length === b.length && timingSafeEqual(a, b)
  }
  const sign = (purpose: string, value: string): string =>
    `${Buffer.from(value).toString('base64url')}.${mac(purpose, value)}`
  const open = (purpose: string, signed: string): string | null => {
    const [encoded = '', signature = ''] = signed.split('.')
    const value = Buffer.from(encoded, 'base64url').toString()
    return same(mac(purpose, value), signature) ? value : null
  }
  return {
    sign,
    open,
    token: (whose, now) => sign('csrf', `${now.epochMilliseconds}|${randomBytes(9).toString('base64url')}|${whose}`),
    isToken(token, whose, now) {
      const [at = '', , ...rest] = (open('csrf', token) ?? '').split('|')
      const age = now.epochMilliseconds - Number(at)
      return at !== '' && rest.join('|') === whose && age >= -60_000 && age < hours * 3_600_000
    },
  }
}
