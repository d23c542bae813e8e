import { AsyncLocalStorage } from 'node:async_hooks'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Grant } from '#kit/access'
import { sql, type Database, type Db } from '#kit/db'
import { rateLimit, seals, type Ask, type Identity, type Seals } from '#kit/http'
import type { Language } from '#kit/words'
import type { Instance } from './instance.ts'
import { clientHeader, renewSeconds, sessionSeconds, type Oidc } from './limits.ts'
import { logSignIn, nobody, type Method } from './log.ts'

/** Somebody whom the demo lets one be, in one click. */
export type DemoPerson = { personId: string; name: string; part: string }

/** What the sign-in must know of people; the room that keeps them gives it. */
export type People = {
  /** Null where there is no such person (any more). */
  load(
    personId: string,
    now: Temporal.Instant,
  ): Promise<{ name: string; grants: Grant[]; language: Language; zone: string } | null>
  /** Null where the network is no demo. */
  demo(language: Language): Promise<DemoPerson[] | null>
  /** The account's address was proved to have changed. */
  emailChanged(personId: string, email: string, ask: Ask): Promise<void>
  /** The page on which someone who proved an address tells who they are. */
  joinPage: string
}

export type AuthOptions = {
  database: Database
  secret: string
  /** The public address without a slash at its end; without it, what the request names. */
  origin?: string | undefined
  oidc: Oidc | null
  people: People
}

/** A signed-in account: with a person, or on the way to one. */
export type Account = {
  userId: string
  email: string
  personId: string | null
  name: string
  secondFactor: boolean
  sessionId: string
  sessionToken: string
  provedAt: Temporal.Instant
}

/** What better-auth refused, by its code. */
export class NotIn extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

export type Core = ReturnType<typeof makeCore>

/** The heart of the sign-in: better-auth, one instance an origin, called by our own routes on the server. */
export function makeCore(options: AuthOptions) {
  const { database, people } = options
  const told = new AsyncLocalStorage<{ token?: string }>()
  const instances = new Map<string, Instance>()
  // better-auth is large: the jobs, which reach this file through the rooms, sign nobody in and never load it.
  const loaded = import('./instance.ts')
  // Whoever is to be signed in hears of it if it cannot be loaded.
  loaded.catch(() => undefined)

  async function instanceFor(origin: string): Promise<Instance> {
    const { makeInstance } = await loaded
    const known = instances.get(origin)
    if (known) return known
    // Without a public address the request's own is believed, and nobody may make us keep many.
    if (instances.size >= 8) instances.clear()
    const { secret, oidc } = options
    const made = makeInstance({
      database,
      secret,
      origin,
      oidc,
      onToken: (_kind, token) => Object.assign(told.getStore() ?? {}, { token }),
    })
    instances.set(origin, made)
    return made
  }

  /**
   * Calls better-auth for a request: its cookies go onto the answer. Throws {@link NotIn} with the code of whatever it refuses.
   */
  async function call<T>(
    ask: Ask,
    work: (api: Instance['api'], headers: Headers) => Promise<{ headers?: Headers | null; response: T }>,
  ): Promise<T> {
    try {
      const { headers, response } = await work((await instanceFor(ask.origin)).api, headersOf(ask))
      for (const cookie of headers?.getSetCookie() ?? []) ask.answerHeaders.append('set-cookie', cookie)
      return response
    } catch (error) {
      throw refusal(error) ?? error
    }
  }

  /** The same, for calls that hand over a token to be sent by letter. */
  async function tokenFrom(
    ask: Ask,
    work: (api: Instance['api'], headers: Headers) => Promise<unknown>,
  ): Promise<string | null> {
    const box: { token?: string } = {}
    await told.run(box, () => call(ask, async (api, headers) => ({ response: await work(api, headers) })))
    return box.token ?? null
  }

  /**
   * The account behind a request's session, whether or not it has a person yet. Asked at every request that is signed in, so the cookie is read here in one
   * statement; better-auth is called when the session is to be renewed, which it does and says by a new cookie.
   */
  async function account(ask: Pick<Ask, 'request' | 'origin'>, answerHeaders?: Headers): Promise<Account | null> {
    const token = signedToken(options.secret, ask.request.headers.get('cookie') ?? '')
    if (!token) return null
    const row = await database.transaction(nobody, 'read', async (db) =>
      (
        await sql<Omit<Account, 'provedAt'> & { since: number; renew: boolean }>`
            select u.id as user_id, u.email, u.person_id, u.name, coalesce(s.second_factor, false) as second_factor, s.id as session_id, s.token as session_token,
              extract(epoch from s.created_at) * 1000 as since, s.expires_at < now() + make_interval(secs => ${sessionSeconds - renewSeconds}) as renew
            from auth.session s join auth."user" u on u.id = s.user_id where s.token = ${token} and s.expires_at > now()`.execute(
          db,
        )
      ).rows.at(0),
    )
    if (!row) return null
    const { since, renew, ...account } = row
    if (renew && answerHeaders) {
      const { headers } = await (
        await instanceFor(ask.origin)
      ).api.getSession({
        headers: ask.request.headers,
        returnHeaders: true,
      })
      for (const cookie of headers.getSetCookie()) answerHeaders.append('set-cookie', cookie)
    }
    return { ...account, provedAt: Temporal.Instant.fromEpochMilliseconds(Math.round(Number(since))) }
  }

  async function identify(request: Request, now: Temporal.Instant, headers: Headers): Promise<Identity | null> {
    const found = await account({ request, origin: options.origin ?? new URL(request.url).origin }, headers)
    if (!found?.personId) return null
    const person = await people.load(found.personId, now)
    if (!person) return null
    const session = {
      id: found.sessionId,
      personId: found.personId,
      name: person.name,
      provedAt: found.provedAt,
      secondFactor: found.secondFactor,
    }
    return { session, grants: person.grants, language: person.language, zone: person.zone }
  }

  /** Writes on a session how it was come by, and in the log that it was. Answers the account's person. */
  async function entered(ask: Ask, token: string, method: Method, secondFactor: boolean): Promise<string | null> {
    const row = await database.transaction(nobody, 'write', async (db) =>
      (
        await sql<{ userId: string; personId: string | null }>`
          with entered as (update auth.session set method = ${method}, second_factor = ${secondFactor} where token = ${token} returning user_id)
          select e.user_id, u.person_id from entered e join auth."user" u on u.id = e.user_id`.execute(db)
      ).rows.at(0),
    )
    if (!row) throw new NotIn('SESSION_EXPIRED')
    await logSignIn(ask, { method, outcome: 'in', userId: row.userId })
    return row.personId
  }

  /** Begins a session for an account whose right to it was just proved elsewhere. */
  async function begin(ask: Ask, userId: string, method: 'invitation' | 'demo'): Promise<void> {
    const { token } = await call(ask, (api, headers) =>
      api.beginSession({ body: { userId }, headers, returnHeaders: true }),
    )
    await entered(ask, token, method, false)
  }

  const rates = {
    /** Tries to prove who one is, by the address they come from and by the account they try. */
    tries: rateLimit({ burst: 20, perMinute: 20 }),
    triesFor: rateLimit({ burst: 8, perMinute: 4 }),
    letters: rateLimit({ burst: 10, perMinute: 4 }),
    lettersTo: rateLimit({ burst: 4, perMinute: 0.5 }),
  }

  return {
    options,
    database,
    people,
    seals: seals(options.secret) as Seals,
    instanceFor,
    call,
    tokenFrom,
    account,
    identify,
    entered,
    begin,
    rates,
  }
}

/** The session's token, where the cookie that carries it was signed here; else null. */
function signedToken(secret: string, cookies: string): string | null {
  const value = /(?:^|;\s*)(?:__Secure-)?quipu\.session_token=([^;]+)/.exec(cookies)?.[1]
  if (!value) return null
  const plain = decoded(value)
  const at = plain.lastIndexOf('.')
  const [token, signature] = [plain.slice(0, at), Buffer.from(plain.slice(at + 1), 'base64')]
  const right = createHmac('sha256', secret).update(token).digest()
  return at > 0 && signature.length === right.length && timingSafeEqual(signature, right) ? token : null
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}

const headersOf = (ask: Pick<Ask, 'request' | 'client'>): Headers => {
  const headers = new Headers(ask.request.headers)
  headers.set(clientHeader, ask.client)
  return headers
}

function refusal(error: unknown): NotIn | null {
  if (!(error instanceof Error) || error.name !== 'APIError') return null
  const { body, headers } = error as Error & {
    body?: { code?: string; message?: string }
    headers?: Headers | Record<string, string>
  }
  const location = headers instanceof Headers ? headers.get('location') : headers?.['location']
  return new NotIn(
    body?.code ?? (location ? (new URL(location, 'http://here').searchParams.get('error') ?? 'REDIRECTED') : 'REFUSED'),
  )
}

/** The account that has this address, or null. */
export async function accountWith(
  database: Database,
  email: string,
): Promise<{ userId: string; personId: string | null } | null> {
  return database.transaction(nobody, 'read', async (db) => {
    const { rows } = await sql<{
      userId: string
      personId: string | null
    }>`select id as user_id, person_id from auth."user" where email = ${email.toLowerCase()}`.execute(db)
    return rows.at(0) ?? null
  })
}

/** The account of a person, or null where they have none. */
export async function accountOf(
  db: Db,
  personId: string,
): Promise<{ userId: string; email: string; createdAt: string } | null> {
  const { rows } = await sql<{
    userId: string
    email: string
    createdAt: string
  }>`select id as user_id, email, created_at from auth."user" where person_id = ${personId}`.execute(db)
  return rows.at(0) ?? null
}

/** Inside a deed: makes an account for a person whose address was proved (by a link sent there), or for whom the console vouches. Answers its id. */
export async function makeAccount(db: Db, account: { email: string; name: string; personId: string }): Promise<string> {
  const { rows } = await sql<{ id: string }>`insert into auth."user" (name, email, email_verified, person_id)
    values (${account.name}, ${account.email.toLowerCase()}, true, ${account.personId}) returning id`.execute(db)
  return rows[0]!.id
}

/** Inside a deed: an account that was on the way to a person arrives. */
export async function bindPerson(db: Db, userId: string, person: { id: string; name: string }): Promise<void> {
  await sql`update auth."user" set person_id = ${person.id}, name = ${person.name} where id = ${userId} and person_id is null`.execute(
    db,
  )
}

/** Inside a deed: what a lawful erasure takes: the account with all its sessions, keys and codes. */
export async function removeAccount(db: Db, personId: string): Promise<void> {
  await sql`delete from auth."user" where person_id = ${personId}`.execute(db)
}
