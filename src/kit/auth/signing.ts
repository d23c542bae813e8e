import { Problems } from '#kit/access'
import { sql } from '#kit/db'
import { cookie, type Ask } from '#kit/http'
import { accountWith, NotIn, type Core } from './auth.ts'
import { sendSigningLetter } from './letters.ts'
import { logSignIn, nobody, type Method } from './log.ts'
import { letterSeconds } from './limits.ts'

/** How a way in ended: in (with a person or still without one), or at the second factor. */
export type Entered = { at: 'in'; personId: string | null } | { at: 'second-factor' }

const awaitingCookie = 'quipu.awaiting'
type Awaiting = { email: string; next: string; purpose: 'sign-in' | 'join' }

const problem = (words: string, values?: Record<string, string | number>, field = ''): Problems =>
  new Problems([{ field, words, ...(values && { values }) }])

/** In a demo nobody has an account of their own. */
export async function refuseInDemo(core: Core, ask: Ask): Promise<void> {
  if ((await core.people.demo(ask.language)) !== null) throw problem('auth.problem.demo')
}

/** Slows down, never locks: says how long to wait. */
async function slow(core: Core, ask: Ask, method: Method, address: string): Promise<void> {
  const wait = Math.max(core.rates.tries(ask.client, ask.actor.now), core.rates.triesFor(address, ask.actor.now))
  if (wait === 0) return
  await logSignIn(ask, { method, outcome: 'slowed', address })
  throw problem('auth.problem.wait', { count: wait })
}

/** E-mail and password. What is wrong is not told apart: no such account, no password, another password take the same time and sentence. */
export async function enterByPassword(
  core: Core,
  ask: Ask,
  { email, password }: { email: string; password: string },
): Promise<Entered> {
  await refuseInDemo(core, ask)
  await slow(core, ask, 'password', email)
  try {
    const answer = await core.call(ask, (api, headers) =>
      api.signInEmail({ body: { email, password }, headers, returnHeaders: true }),
    )
    return await arrive(core, ask, answer, 'password', email)
  } catch (error) {
    return shut(ask, error, 'password', email, 'auth.problem.not-these')
  }
}

/**
 * Sends a letter with a link and a code. The answer is the same for every address; the letter tells its mailbox whether there is an account.
 * `purpose: 'join'`: where there is none, the link makes one.
 */
export async function sendLetter(core: Core, ask: Ask, { email, next, purpose }: Awaiting): Promise<void> {
  await refuseInDemo(core, ask)
  const wait = Math.max(core.rates.letters(ask.client, ask.actor.now), core.rates.lettersTo(email, ask.actor.now))
  if (wait > 0) throw problem('auth.problem.wait', { count: wait })
  // The same work is done for every address, so that the time tells nothing either.
  const known = await accountWith(core.database, email)
  const token = await core.tokenFrom(ask, (api, headers) => api.signInMagicLink({ body: { email }, headers }))
  const code = await core.call(ask, async (api) => ({
    response: await api.createVerificationOTP({ body: { email, type: 'sign-in' } }),
  }))
  const link = ask.address('auth.link', { token: token ?? '' }) + (next ? `?next=${encodeURIComponent(next)}` : '')
  const minutes = letterSeconds / 60
  const to = { email, language: ask.language, personId: known?.personId ?? null }
  if (!known && purpose === 'sign-in')
    await sendSigningLetter(core.database, 'no-account', to, { link: ask.address('auth.join') })
  else await sendSigningLetter(core.database, known ? 'sign-in' : 'join', to, { link, code, minutes })
  const awaiting = core.seals.sign(
    'awaiting',
    JSON.stringify({ email, next, purpose, until: ask.actor.now.epochMilliseconds + letterSeconds * 1000 }),
  )
  ask.answerHeaders.append(
    'set-cookie',
    cookie(awaitingCookie, awaiting, { secure: ask.origin.startsWith('https:'), seconds: letterSeconds }),
  )
}

/** To whom a letter was just sent from this browser, or null. */
export function awaitedLetter(core: Core, ask: Ask): Awaiting | null {
  const signed = new RegExp(`(?:^|;\\s*)${awaitingCookie.replace('.', '\\.')}=([^;]+)`).exec(
    ask.request.headers.get('cookie') ?? '',
  )?.[1]
  const opened = signed ? core.seals.open('awaiting', decodeURIComponent(signed)) : null
  if (!opened) return null
  const awaiting = JSON.parse(opened) as Awaiting & { until: number }
  return awaiting.until > ask.actor.now.epochMilliseconds ? awaiting : null
}

/** The six digits of the letter. */
export async function enterByCode(core: Core, ask: Ask, code: string): Promise<Entered> {
  const awaiting = awaitedLetter(core, ask)
  if (!awaiting) throw problem('auth.problem.letter-over')
  const { email } = awaiting
  await slow(core, ask, 'code', email)
  try {
    const answer = await core.call(ask, (api, headers) =>
      api.signInEmailOTP({ body: { email, otp: code }, headers, returnHeaders: true }),
    )
    await spend(core, email)
    return await arrive(core, ask, answer, 'code', email)
  } catch (error) {
    const over = error instanceof NotIn && (error.code === 'OTP_EXPIRED' || error.code === 'TOO_MANY_ATTEMPTS')
    return shut(ask, error, 'code', email, over ? 'auth.problem.letter-over' : 'auth.problem.code', 'code')
  }
}

/** The link of the letter, when its page's button is pressed. */
export async function enterByLink(core: Core, ask: Ask, token: string): Promise<Entered> {
  await slow(core, ask, 'letter', token)
  try {
    const answer = await core.call(ask, (api, headers) =>
      api.magicLinkVerify({ query: { token }, headers, returnHeaders: true }),
    )
    if ('user' in answer && answer.user) await spend(core, answer.user.email)
    return await arrive(core, ask, answer, 'letter')
  } catch (error) {
    return shut(ask, error, 'letter', undefined, 'auth.problem.letter-over')
  }
}

/** The code of an app, or one of the recovery codes, after the first step. */
export async function enterBySecondFactor(core: Core, ask: Ask, code: string): Promise<Entered> {
  const digits = code.replaceAll(/[\s-]/g, '')
  const method: Method = /^\d{6}$/.test(digits) ? 'second-factor' : 'recovery-code'
  await slow(core, ask, method, ask.client)
  try {
    const answer = await core.call(ask, (api, headers) =>
      method === 'second-factor'
        ? api.verifyTOTP({ body: { code: digits }, headers, returnHeaders: true })
        : api.verifyBackupCode({ body: { code }, headers, returnHeaders: true }),
    )
    return { at: 'in', personId: await core.entered(ask, (answer as { token: string }).token, method, true) }
  } catch (error) {
    const over =
      error instanceof NotIn && ['INVALID_TWO_FACTOR_COOKIE', 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE'].includes(error.code)
    return shut(
      ask,
      error,
      method,
      undefined,
      over ? 'auth.problem.start-again' : 'auth.problem.second-factor',
      over ? '' : 'code',
    )
  }
}

/** One click in the demo: its people have no secrets. Their account is made the first time somebody is them. */
export async function enterDemo(core: Core, ask: Ask, personId: string): Promise<void> {
  const person = (await core.people.demo(ask.language))?.find((one) => one.personId === personId)
  if (!person) throw problem('auth.problem.demo')
  const userId = await core.database.transaction(nobody, 'write', async (db) => {
    const { rows } = await sql<{ id: string }>`
      insert into auth."user" (name, email, email_verified, person_id) values (${person.name}, ${`${personId}@demo.invalid`}, true, ${personId})
      on conflict (person_id) do update set name = excluded.name returning id`.execute(db)
    return rows[0]!.id
  })
  await core.begin(ask, userId, 'demo')
}

/** A letter's link and its code are one: whichever is used ends the other. */
async function spend(core: Core, email: string): Promise<void> {
  await core.database.transaction(nobody, 'write', (db) =>
    sql`delete from auth.verification where identifier = ${`sign-in-otp-${email}`}
      or (identifier like 'magic-link:%' and position(${JSON.stringify(email)} in value) > 0)`.execute(db),
  )
}

async function arrive(core: Core, ask: Ask, answer: object, method: Method, address?: string): Promise<Entered> {
  const { token, twoFactorRedirect } = answer as { token?: string; twoFactorRedirect?: boolean }
  if (twoFactorRedirect || !token) {
    await logSignIn(ask, { method, outcome: 'second-factor', ...(address && { address }) })
    return { at: 'second-factor' }
  }
  return { at: 'in', personId: await core.entered(ask, token, method, false) }
}

async function shut(
  ask: Ask,
  error: unknown,
  method: Method,
  address: string | undefined,
  words: string,
  field = '',
): Promise<never> {
  if (!(error instanceof NotIn)) throw error
  await logSignIn(ask, { method, outcome: 'refused', ...(address && { address }) })
  throw problem(words, undefined, field)
}
