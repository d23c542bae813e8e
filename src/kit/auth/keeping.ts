import { Absent, Problems, Refused } from '#kit/access'
import { sql, type Database } from '#kit/db'
import type { Ask } from '#kit/http'
import { accountWith, NotIn, type Account, type Core } from './auth.ts'
import { sendSigningLetter } from './letters.ts'
import { listSignIns, nobody, type SignIn } from './log.ts'
import { resetSeconds } from './limits.ts'
import { refuseInDemo } from './signing.ts'

const recentMinutes = 15

export type OpenSession = {
  id: string
  here: boolean
  method: string | null
  client: string
  agent: string
  since: string
  seen: string
}
export type Passkey = { id: string; name: string | null; since: string | null; synced: boolean }
export type AccountPageData = {
  email: string
  hasPassword: boolean
  secondFactor: boolean
  recoveryCodesLeft: number
  sessions: OpenSession[]
  passkeys: Passkey[]
  signIns: SignIn[]
}

/** The account of who asks; throws {@link Refused} for a visitor. */
export async function ownAccount(core: Core, ask: Ask): Promise<Account> {
  const account = await core.account(ask)
  if (!account) throw new Refused('kit.refused.sign-in')
  return account
}

/** Everything that the page of one's account shows. */
export async function showAccount(core: Core, account: Account): Promise<AccountPageData> {
  const [whole, signIns] = [await loadAccount(core.database, account), await listSignIns(core.database, account.userId)]
  return {
    ...whole,
    signIns,
    recoveryCodesLeft: whole.secondFactor ? await countRecoveryCodes(core, account.userId) : 0,
  }
}

async function loadAccount(database: Database, { userId, sessionId, email }: Account) {
  return database.transaction(nobody, 'read', async (db) => {
    const sessions = await sql<OpenSession>`
      select id, id = ${sessionId} as here, method, coalesce(ip_address, '') as client, coalesce(user_agent, '') as agent, created_at as since, updated_at as seen
      from auth.session where user_id = ${userId} and expires_at > now() order by id = ${sessionId} desc, updated_at desc`.execute(
      db,
    )
    const passkeys =
      await sql<Passkey>`select id, name, created_at as since, backed_up as synced from auth.passkey where user_id = ${userId} order by created_at`.execute(
        db,
      )
    const { rows } = await sql<{ hasPassword: boolean; secondFactor: boolean }>`
      select exists (select from auth.account a where a.user_id = u.id and a.provider_id = 'credential' and a.password is not null) as has_password,
        coalesce(u.two_factor_enabled, false) as second_factor from auth."user" u where u.id = ${userId}`.execute(db)
    return { email, ...rows[0]!, sessions: sessions.rows, passkeys: passkeys.rows }
  })
}

async function countRecoveryCodes(core: Core, userId: string): Promise<number> {
  const instance = await core.instanceFor(core.options.origin ?? 'http://localhost')
  return (await instance.api.viewBackupCodes({ body: { userId } }).catch(() => ({ backupCodes: [] as string[] })))
    .backupCodes.length
}

/** Ends one of one's own sessions; the one in use is ended by signing out. */
export async function endSession(core: Core, account: Account, id: string): Promise<void> {
  const ended = await core.database.transaction(nobody, 'write', (db) =>
    sql`delete from auth.session where id::text = ${id} and user_id = ${account.userId}`.execute(db),
  )
  if (!ended.numAffectedRows) throw new Absent()
}

/** Ends all of one's sessions but this one. */
export async function endOtherSessions(core: Core, account: Account): Promise<void> {
  await core.database.transaction(nobody, 'write', (db) =>
    sql`delete from auth.session where user_id = ${account.userId} and id <> ${account.sessionId}`.execute(db),
  )
}

export async function signOut(core: Core, ask: Ask): Promise<void> {
  await core.call(ask, (api, headers) => api.signOut({ headers, returnHeaders: true }))
}

/** Sends a letter to set a new password. The same answer for every address. */
export async function sendReset(core: Core, ask: Ask, email: string): Promise<void> {
  await refuseInDemo(core, ask)
  const wait = Math.max(core.rates.letters(ask.client, ask.actor.now), core.rates.lettersTo(email, ask.actor.now))
  if (wait > 0) throw new Problems([{ field: '', words: 'auth.problem.wait', values: { count: wait } }])
  const known = await accountWith(core.database, email)
  const token = await core.tokenFrom(ask, (api, headers) => api.requestPasswordReset({ body: { email }, headers }))
  const to = { email, language: ask.language, personId: known?.personId ?? null }
  if (known && token)
    await sendSigningLetter(core.database, 'reset', to, {
      link: ask.address('auth.reset', { token }),
      minutes: resetSeconds / 60,
    })
  else await sendSigningLetter(core.database, 'no-account', to, { link: ask.address('auth.join') })
}

/** Sets a new password by the letter's link, once; every session of the account ends. */
export async function resetPassword(core: Core, ask: Ask, token: string, password: string): Promise<void> {
  await core
    .call(ask, async (api, headers) => ({
      response: await api.resetPassword({ body: { token, newPassword: password }, headers }),
    }))
    .catch(overAs('auth.problem.letter-over'))
}

/** Grave changes ask for the password, or, where there is none, that one signed in minutes ago. */
export async function proveAgain(core: Core, ask: Ask, account: Account, current: string): Promise<void> {
  const { hasPassword } = await loadAccount(core.database, account)
  if (!hasPassword) {
    const minutes = ask.actor.now.since(account.provedAt).total('minutes')
    if (minutes > recentMinutes) throw new Problems([{ field: '', words: 'auth.problem.sign-in-again' }])
    return
  }
  const wait = core.rates.triesFor(account.email, ask.actor.now)
  if (wait > 0) throw new Problems([{ field: '', words: 'auth.problem.wait', values: { count: wait } }])
  if (current === '') throw new Problems([{ field: 'current', words: 'kit.problem.required' }])
  await core
    .call(ask, async (api, headers) => ({
      response: await api.verifyPassword({ body: { password: current }, headers }),
    }))
    .catch(overAs('auth.problem.password', 'current'))
}

/** Sets a first or another password, and ends the other sessions. */
export async function changePassword(
  core: Core,
  ask: Ask,
  account: Account,
  input: { current: string; password: string },
): Promise<void> {
  await refuseInDemo(core, ask)
  await proveAgain(core, ask, account, input.current)
  await core.call(ask, async (api) => ({
    response: await api.renewPassword({ body: { userId: account.userId, password: input.password } }),
  }))
  await endOtherSessions(core, account)
  await sendSigningLetter(core.database, 'password-changed', { ...account, language: ask.language })
}

/** Sends a letter to the new address; nothing changes before its link is used. The same answer whether or not somebody has that address. */
export async function requestEmailChange(
  core: Core,
  ask: Ask,
  account: Account,
  input: { email: string; current: string },
): Promise<void> {
  await refuseInDemo(core, ask)
  await proveAgain(core, ask, account, input.current)
  if (input.email === account.email) throw new Problems([{ field: 'email', words: 'auth.problem.same-address' }])
  const wait = core.rates.lettersTo(input.email, ask.actor.now)
  if (wait > 0) throw new Problems([{ field: '', words: 'auth.problem.wait', values: { count: wait } }])
  const token = await core.tokenFrom(ask, (api, headers) =>
    api.changeEmail({ body: { newEmail: input.email }, headers }),
  )
  if (!token) return
  const to = { email: input.email, language: ask.language, personId: account.personId }
  await sendSigningLetter(core.database, 'email-change', to, {
    link: ask.address('auth.email-proof', { token }),
    minutes: resetSeconds / 60,
  })
}

/** The new address is proved by its letter's link: the account has it from now on, and the old address is told. */
export async function proveNewEmail(core: Core, ask: Ask, account: Account, token: string): Promise<void> {
  await core
    .call(ask, (api, headers) => api.verifyEmail({ query: { token }, headers, returnHeaders: true }))
    .catch(overAs('auth.problem.letter-over'))
  const { email } = await ownAccount(core, ask)
  if (email === account.email) throw new Problems([{ field: '', words: 'auth.problem.letter-over' }])
  if (account.personId) await core.people.emailChanged(account.personId, email, ask)
  await sendSigningLetter(core.database, 'email-changed', { ...account, language: ask.language })
}

export type Setup = { key: string; address: string; recoveryCodes: string[] }

/** Begins the second factor: the key for the app, and the recovery codes, which are shown this once. It holds from the first code on. */
export async function beginSecondFactor(core: Core, ask: Ask, account: Account, current: string): Promise<Setup> {
  await refuseInDemo(core, ask)
  await proveAgain(core, ask, account, current)
  const answer = await core.call(ask, (api, headers) =>
    api.enableTwoFactor({
      body: { ...(current && { password: current }), method: 'totp' },
      headers,
      returnHeaders: true,
    }),
  )
  const { totpURI, backupCodes } = answer as { totpURI: string; backupCodes: string[] }
  return { key: new URL(totpURI).searchParams.get('secret') ?? '', address: totpURI, recoveryCodes: backupCodes }
}

/** The first code of the app: from now on it is asked at every sign-in. */
export async function confirmSecondFactor(core: Core, ask: Ask, account: Account, code: string): Promise<void> {
  const wait = core.rates.triesFor(account.email, ask.actor.now)
  if (wait > 0) throw new Problems([{ field: '', words: 'auth.problem.wait', values: { count: wait } }])
  await core
    .call(ask, (api, headers) => api.verifyTOTP({ body: { code }, headers, returnHeaders: true }))
    .catch(overAs('auth.problem.second-factor', 'code'))
  // better-auth has made a new session; it was proved with both factors.
  await core.database.transaction(nobody, 'write', (db) =>
    sql`update auth.session set second_factor = true where id = (select id from auth.session where user_id = ${account.userId} order by created_at desc, id desc limit 1)`.execute(
      db,
    ),
  )
}

export async function endSecondFactor(core: Core, ask: Ask, account: Account, current: string): Promise<void> {
  await proveAgain(core, ask, account, current)
  await core.call(ask, (api, headers) =>
    api.disableTwoFactor({ body: current ? { password: current } : {}, headers, returnHeaders: true }),
  )
}

/** New recovery codes in place of the old ones. */
export async function renewRecoveryCodes(core: Core, ask: Ask, account: Account, current: string): Promise<string[]> {
  await proveAgain(core, ask, account, current)
  const answer = await core.call(ask, (api, headers) =>
    api.generateBackupCodes({ body: current ? { password: current } : {}, headers, returnHeaders: true }),
  )
  return answer.backupCodes
}

export async function removePasskey(core: Core, account: Account, id: string): Promise<void> {
  const removed = await core.database.transaction(nobody, 'write', (db) =>
    sql`delete from auth.passkey where id::text = ${id} and user_id = ${account.userId}`.execute(db),
  )
  if (!removed.numAffectedRows) throw new Absent()
}

const overAs =
  (words: string, field = '') =>
  (error: unknown): never => {
    if (error instanceof NotIn) throw new Problems([{ field, words }])
    throw error
  }
