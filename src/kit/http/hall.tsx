// Longer than most because the guards stand in the order in which a request meets them, and that order is the point.
import { randomBytes, randomUUID } from 'node:crypto'
import type { BlockList } from 'node:net'
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Logger } from 'pino'
import { visitor, type Actor, type Grant } from '#kit/access'
import type { Database } from '#kit/db'
import { direction, isLanguage, languages, say, type Language } from '#kit/words'
import { renderPage, type Notice, type Reader, type Thread } from '#kit/view'
import { addressBook, type AddressBook } from './addresses.ts'
import { readAs, readBody, type Ask, type Session } from './ask.ts'
import { cookie } from './cookies.ts'
import { errorAnswer } from './errors.tsx'
import { typedFrom } from './form.ts'
import { clientAddress } from './client.ts'
import { metrics } from './metrics.ts'
import { encode, pageHeaders } from './out.ts'
import { pageCache } from './page-cache.ts'
import { rateLimit } from './rate.ts'
import type { Answer, PageAnswer, Room, Route } from './room.ts'
import { watchTide } from './tide.ts'
import type { Seals } from './tokens.ts'

/** What the frame of every page says of the installation. */
export type Frame = { network: string; zone: string; demo: boolean; threads: Thread[] }

/** Who a request comes from, as the sign-in tells it. */
export type Identity = { session: Session; grants: Grant[]; language: Language; zone: string }

export type HallOptions = {
  rooms: readonly Room[]
  database: Database
  /** Asked once a request that brings cookies; null is a visitor. May set headers on the answer (a renewed session). */
  identify(request: Request, now: Temporal.Instant, headers: Headers): Promise<Identity | null>
  /** Asked again only after a deed was recorded. */
  frame(actor: Actor, book: AddressBook): Promise<Frame>
  seals: Seals
  proxies: BlockList
  /** The public address without a slash at its end; without it, what the request itself names. */
  origin?: string | undefined
  /** Serves `/assets/…`: a file of the build, or null. */
  asset(name: string): Promise<{ body: Uint8Array<ArrayBuffer>; type: string; encoding?: string } | null>
  /** 'quipu.css' → '/assets/quipu.3f2a.css'. */
  assetPath(file: string): string
  log: Logger
  clock?: () => Temporal.Instant
  /** Whether the rest of the house (database, jobs) is able to serve; asked by `/ready`. */
  ready?: () => Promise<boolean>
  /** Told of every answer 500, beside the log. */
  onFailure?: (failure: { requestId: string; route: string | null; error: unknown; personId: string | null }) => void
}

type Variables = {
  requestId: string
  now: Temporal.Instant
  client: string
  language: Language
  route: Route | null
  started: number
  /** The answer carries the request's number already. */
  numbered: boolean
  draining: () => boolean
}
type Env = { Variables: Variables }

const visitorCookie = 'quipu_visitor'
const toldCookie = 'quipu_told'
const zoneCookie = 'quipu_zone'
const lightCookie = 'quipu_light'

export type Hall = {
  fetch(request: Request, env?: unknown): Promise<Response>
  request(path: string, init?: RequestInit): Promise<Response>
  book: AddressBook
  /** From now on `/ready` says no; resolves when the answers under way are given, or after `atMost` milliseconds. */
  drain(atMost: number): Promise<void>
}

/** The hall: guards in a fixed order, then the rooms. */
export function createHall(options: HallOptions): Hall {
  const { database, seals, log } = options
  const book = addressBook(options.rooms)
  const clock = options.clock ?? (() => Temporal.Now.instant())
  const tide = watchTide(database)
  const cache = pageCache(tide)
  const counted = metrics()
  const posts = rateLimit({ burst: 60, perMinute: 120 })
  const reads = rateLimit({ burst: 600, perMinute: 1200 })
  const app = new Hono<Env>()
  let underWay = 0
  let draining = false

  const frames = new Map<Language, { generation: number; frame: Frame }>()
  async function frameFor(actor: Actor): Promise<Frame> {
    const generation = await tide.now()
    const known = frames.get(actor.language)
    if (known?.generation === generation) return known.frame
    const frame = await options.frame(actor, book)
    frames.set(actor.language, { generation, frame })
    return frame
  }

  // 1. A number for the request, the clock, who sends it, a line in the log.
  app.use(async (c, next) => {
    underWay += 1
    c.set('requestId', randomUUID())
    c.set('now', clock())
    c.set('started', performance.now())
    c.set('client', clientAddress(peerOf(c), c.req.raw.headers, options.proxies))
    c.set('route', null)
    c.set('numbered', false)
    c.set('language', languageOf(c))
    try {
      await next()
    } finally {
      underWay -= 1
    }
    const ms = performance.now() - c.get('started')
    const route = c.get('route')?.name ?? null
    // A kept page carries it already: to change headers that are on their way costs more than the rest of a kept page.
    if (!c.get('numbered')) c.res.headers.set('x-request-id', c.get('requestId'))
    counted.answered(route, c.req.method, c.res.status, ms)
    log.info(
      { request: c.get('requestId'), method: c.req.method, route, status: c.res.status, ms: Math.round(ms * 10) / 10 },
      'answered',
    )
  })

  // 2. What machines ask: alive, ready, counted; and the files of the build.
  app.get('/health', (c) => c.text('ok\n'))
  app.get('/ready', async (c) => {
    const ready =
      !draining &&
      (await tide.now().then(
        () => options.ready?.() ?? true,
        () => false,
      ))
    return c.text(ready ? 'ready\n' : 'not ready\n', ready ? 200 : 503)
  })
  // Behind a proxy that nobody named in QUIPU_PROXIES every reader looks local: what came through one is never shown the figures.
  app.get('/metrics', (c) =>
    isLoopback(c.get('client')) && !c.req.header('x-forwarded-for') && !c.req.header('forwarded')
      ? c.text(counted.text())
      : c.notFound(),
  )
  app.get('/assets/:name{.+}', async (c) => {
    const file = await options.asset(c.req.param('name'))
    if (!file) return c.notFound()
    return new Response(file.body, {
      headers: {
        'content-type': file.type,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': '*',
        ...(file.encoding && { 'content-encoding': file.encoding, vary: 'accept-encoding' }),
      },
    })
  })

  // 3. Limits: slower, never locked out.
  app.use(async (c, next) => {
    const unsafe = isUnsafe(c.req.method)
    const wait = (unsafe ? posts : reads)(c.get('client'), c.get('now'))
    if (wait === 0) return next()
    return wholeAnswer(c, await visitorAsk(c), errorAnswer({ status: 429, seconds: wait }))
  })

  // 4. The rooms: each route in each language.
  for (const route of book.routes) {
    for (const language of route.plain ? (['es'] as const) : languages) {
      app.on(route.method.toUpperCase(), book.pattern(route, language), handle(route, route.plain ? null : language))
    }
  }

  // 5. The door: to one's own language.
  app.get('/', (c) => c.redirect(`/${c.get('language')}`, 302))

  app.notFound(async (c) => wholeAnswer(c, await visitorAsk(c), errorAnswer({ status: 404 })))
  app.onError(async (error, c) => {
    fail(c, error)
    return wholeAnswer(c, await visitorAsk(c), errorAnswer({ status: 500, requestId: c.get('requestId') }))
  })

  function fail(c: Context<Env>, error: unknown, personId: string | null = null): void {
    log.error({ request: c.get('requestId'), route: c.get('route')?.name ?? null, err: error }, 'failed')
    options.onFailure?.({ requestId: c.get('requestId'), route: c.get('route')?.name ?? null, error, personId })
  }

  function handle(route: Route, language: Language | null): MiddlewareHandler<Env> {
    return async (c) => {
      c.set('route', route)
      if (language) c.set('language', language)
      const cacheable = route.method === 'get' && !route.streams && isAnonymous(c)
      if (!cacheable) return answer(c, await askFor(c, route), route)
      const { zone, light } = preferences(c)
      const encoding = encodingOf(c)
      // The origin is in the request's address, or is the same for all.
      const key = `${encoding} ${zone} ${light} ${route.plain ? c.req.header('accept') : ''} ${c.req.url}`
      const found = await cache.find(key, c.get('now'))
      if ('page' in found) {
        const { body, status, etag } = found.page
        // A plain record of headers goes out as it is, without a `Headers` in between.
        const headers = { ...found.page.headers, 'x-request-id': c.get('requestId') }
        c.set('numbered', true)
        if (c.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers })
        return new Response(body, { status, headers })
      }
      return answer(c, await askFor(c, route), route, { key, ticket: found.ticket })
    }
  }

  async function answer(
    c: Context<Env>,
    ask: Ask,
    route: Route,
    keep?: { key: string; ticket: number },
  ): Promise<Response> {
    try {
      if (isUnsafe(c.req.method) && !route.forPrograms && !(await isOurs(c, ask)))
        return await wholeAnswer(c, ask, errorAnswer({ status: 403, expired: true }))
      return await wholeAnswer(c, ask, await route.handler(ask), keep)
    } catch (error) {
      const told = errorAnswer({ error, ask, requestId: c.get('requestId') })
      if (told.status >= 500) fail(c, error, ask.actor.personId)
      return wholeAnswer(c, ask, told)
    }
  }

  /** Whether an unsafe request was sent by a page of ours: what the browser says of its origin, or the signed token where it says nothing. */
  async function isOurs(c: Context<Env>, ask: Ask): Promise<boolean> {
    const site = c.req.header('sec-fetch-site')
    if (site) return site === 'same-origin' || site === 'none'
    const origin = c.req.header('origin')
    if (origin && origin !== 'null') return origin === originOf(c)
    const fromHeader = c.req.header('x-csrf-token')
    const token = fromHeader ?? (ask.route.streams ? undefined : (await ask.typed())['_csrf'])
    return (
      typeof token === 'string' &&
      seals.isToken(token, ask.session?.id ?? getCookie(c, visitorCookie) ?? '', c.get('now'))
    )
  }

  async function askFor(c: Context<Env>, route: Route): Promise<Ask> {
    const answerHeaders = new Headers()
    const identity = isAnonymous(c) ? null : await options.identify(c.req.raw, c.get('now'), answerHeaders)
    const common = { database, language: c.get('language'), now: c.get('now'), requestId: c.get('requestId') }
    const actor: Actor = identity
      ? { kind: 'person', personId: identity.session.personId, grants: identity.grants, ...common, zone: identity.zone }
      : visitor({ ...common, zone: preferences(c).zone || 'UTC' })
    return makeAsk(c, actor, identity?.session ?? null, route, answerHeaders)
  }

  const nowhere: Route = {
    name: '',
    method: 'get',
    pattern: '',
    handler: () => new Response(),
    room: '',
    streams: false,
    plain: false,
    forPrograms: false,
  }
  async function visitorAsk(c: Context<Env>): Promise<Ask> {
    return askFor(c, c.get('route') ?? nowhere).catch(() =>
      makeAsk(
        c,
        visitor({ database, language: c.get('language'), now: c.get('now'), requestId: c.get('requestId') }),
        null,
        nowhere,
        new Headers(),
      ),
    )
  }

  function makeAsk(c: Context<Env>, actor: Actor, session: Session | null, route: Route, answerHeaders: Headers): Ask {
    const url = new URL(c.req.url)
    const told: { kind: string; words: string; values?: object }[] = []
    let typed: ReturnType<typeof readBody> | undefined
    return {
      actor,
      session,
      route,
      answerHeaders,
      language: actor.language,
      params: c.req.param() as Record<string, string>,
      query: url.searchParams,
      path: url.pathname + url.search,
      request: c.req.raw,
      client: c.get('client'),
      origin: originOf(c),
      read: readAs(actor),
      typed: () => (typed ??= readBody(c.req.raw)),
      address: (name, params, language) => book.address(name, params, language ?? actor.language),
      has: book.has,
      tell(kind, words, values) {
        told.push({ kind, words, ...(values && { values }) })
        answerHeaders.append(
          'set-cookie',
          cookie(toldCookie, seals.sign('told', JSON.stringify(told)), { secure: isSecure(c), seconds: 300 }),
        )
      },
    }
  }

  /** Turns what a handler answered into the response that leaves, and keeps it for other anonymous readers where that is right. */
  async function wholeAnswer(
    c: Context<Env>,
    ask: Ask,
    answered: Answer,
    keep?: { key: string; ticket: number },
  ): Promise<Response> {
    if (answered instanceof Response) {
      const headers = new Headers(answered.headers)
      for (const [name, value] of ask.answerHeaders) headers.append(name, value)
      if (!headers.has('x-content-type-options')) headers.set('x-content-type-options', 'nosniff')
      if (!headers.has('cache-control'))
        headers.set('cache-control', keep && answered.status === 200 ? 'public, no-cache' : 'no-store')
      if (!headers.has('content-security-policy'))
        headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
      return new Response(answered.body, { status: answered.status, headers })
    }
    const { html, personal } = await draw(c, ask, answered)
    const encoding = encodingOf(c)
    const shared =
      keep !== undefined && !personal && answered.status === 200 && ask.answerHeaders.get('set-cookie') === null
    const { body, etag } = encode(html, encoding)
    const headers: [string, string][] = [
      ...pageHeaders({ language: ask.language, secure: isSecure(c), shared, encoding, etag }),
      ...Object.entries(answered.headers ?? {}),
      ...ask.answerHeaders,
    ]
    if (shared) {
      const kept = { body, headers: recordOf(headers), status: answered.status, etag }
      cache.keep(keep.key, keep.ticket, kept, answered.until)
    }
    return new Response(body, { status: answered.status, headers })
  }

  /** Draws a page. It is personal as soon as it carries a token, a key, a name or something told once: then it is kept for nobody else. */
  async function draw(c: Context<Env>, ask: Ask, answered: PageAnswer): Promise<{ html: string; personal: boolean }> {
    const frame = await frameFor(ask.actor)
    const told = takeTold(c, ask)
    let personal = ask.session !== null || told.length > 0
    let csrf: string | undefined
    const reader: Reader = {
      language: ask.language,
      dir: direction(ask.language),
      zone: ask.actor.zone === 'UTC' ? frame.zone : ask.actor.zone,
      now: ask.actor.now,
      path: ask.path,
      route: ask.route.name ? { name: ask.route.name, params: ask.params } : null,
      get csrf() {
        personal = true
        csrf ??= seals.token(ask.session?.id ?? visitorNonce(c, ask), ask.actor.now)
        return csrf
      },
      key: () => ((personal = true), randomUUID()),
      address: ask.address,
      has: book.has,
      person: ask.session ? { id: ask.session.personId, name: ask.session.name } : null,
      network: frame.network,
      demo: frame.demo,
      threads: frame.threads,
      assets: options.assetPath,
      notices: told,
      lowBandwidth: preferences(c).light,
    }
    return { html: renderPage(answered.page, reader), personal }
  }

  function visitorNonce(c: Context<Env>, ask: Ask): string {
    const known = getCookie(c, visitorCookie)
    if (known) return known
    const fresh = randomBytes(18).toString('base64url')
    ask.answerHeaders.append('set-cookie', cookie(visitorCookie, fresh, { secure: isSecure(c) }))
    return fresh
  }

  function takeTold(c: Context<Env>, ask: Ask): Notice[] {
    const signed = getCookie(c, toldCookie)
    const opened = signed ? seals.open('told', signed) : null
    if (!opened) return []
    ask.answerHeaders.append('set-cookie', cookie(toldCookie, '', { secure: isSecure(c), seconds: 0 }))
    const told = JSON.parse(opened) as {
      kind: Notice['kind']
      words: string
      values?: Record<string, string | number>
    }[]
    return told.map(({ kind, words, values }) => ({ kind, text: say(ask.language, words, values) }))
  }

  const originOf = (c: Context<Env>): string => options.origin ?? new URL(c.req.url).origin
  const isSecure = (c: Context<Env>): boolean => originOf(c).startsWith('https:')

  return {
    book,
    fetch: async (request, env) => app.fetch(request, env as object),
    request: async (path, init) => app.request(path, init),
    async drain(atMost) {
      draining = true
      const end = performance.now() + atMost
      while (underWay > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 25))
    },
  }
}

/** Headers by name; what is said twice stands in one line, as HTTP has it. */
function recordOf(headers: readonly [string, string][]): Record<string, string> {
  const record: Record<string, string> = {}
  for (const [name, value] of new Headers(headers as [string, string][])) record[name] = value
  return record
}

const isUnsafe = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method)
const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')
const peerOf = (c: Context): string =>
  (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress ??
  '127.0.0.1'

/** Nobody we know: no cookie that a session, a form or something told once would have left. */
function isAnonymous(c: Context): boolean {
  const cookies = c.req.header('cookie')
  return !cookies || !/(?:^|;\s*)(?:__Secure-|__Host-)?quipu[._-](?!visitor|zone|light)/.test(cookies)
}

function preferences(c: Context): { zone: string; light: boolean } {
  const cookies = c.req.header('cookie') ? getCookie(c) : {}
  const zone = cookies[zoneCookie] ?? ''
  return {
    zone: isZone(zone) ? zone : '',
    light: cookies[lightCookie] === '1' || c.req.header('save-data') === 'on',
  }
}

const zones = new Set(Intl.supportedValuesOf('timeZone'))
const isZone = (zone: string): boolean => zones.has(zone)

function encodingOf(c: Context): 'br' | 'gzip' | 'identity' {
  const accepted = c.req.header('accept-encoding') ?? ''
  return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity'
}

/** The language that the path names, else the one that the browser would like best, else Spanish. */
function languageOf(c: Context): Language {
  const first = c.req.path.split('/')[1] ?? ''
  if (isLanguage(first)) return first
  const wishes = (c.req.header('accept-language') ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality = 'q=1'] = part.trim().split(';')
      return { language: tag.trim().slice(0, 2).toLowerCase(), quality: Number(quality.trim().slice(2)) || 0 }
    })
    .sort((a, b) => b.quality - a.quality)
  const wish = wishes.find(({ language }) => isLanguage(language))?.language
  return isLanguage(wish ?? '') ? (wish as Language) : 'es'
}

/** Turns a query string into what a search form shows as typed. */
export const typedQuery = (query: URLSearchParams) => typedFrom(query)
