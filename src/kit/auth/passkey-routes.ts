import { get, post, type Ask } from '#kit/http'
import { NotIn, type Core } from './auth.ts'
import type { Instance } from './instance.ts'
import { logSignIn } from './log.ts'
import { ownAccount } from './keeping.ts'
import { refuseInDemo } from './signing.ts'

const json = (value: unknown, status = 200): Response => Response.json(value, { status })
/** Asked by the island `passkey-key`: JSON, outside the languages, its body read by its handler. */
const how = { plain: true, streams: true } as const
const limit = 64 * 1024

type PasskeyAnswer =
  NonNullable<Parameters<Instance['api']['verifyPasskeyAuthentication']>[0]> extends {
    body: { response: infer Answer }
  }
    ? Answer
    : never

/** What the browser's passkey dialogue needs: a challenge, and a place for its answer. */
export function passkeyRoutes(core: Core) {
  return [
    get(
      'passkey-challenge',
      '/auth/passkey/authentication',
      (ask) =>
        told(
          ask,
          core.call(ask, (api, headers) => api.generatePasskeyAuthenticationOptions({ headers, returnHeaders: true })),
        ),
      how,
    ),
    post(
      'passkey-enter',
      '/auth/passkey/authentication',
      async (ask) => {
        const wait = core.rates.tries(ask.client, ask.actor.now)
        if (wait > 0) return new Response(null, { status: 429, headers: { 'retry-after': String(wait) } })
        return told(ask, enter(core, ask))
      },
      how,
    ),
    get(
      'passkey-new',
      '/auth/passkey/registration',
      async (ask) => {
        await refuseInDemo(core, ask)
        await ownAccount(core, ask)
        return told(
          ask,
          core.call(ask, (api, headers) => api.generatePasskeyRegistrationOptions({ headers, returnHeaders: true })),
        )
      },
      how,
    ),
    post(
      'passkey-add',
      '/auth/passkey/registration',
      async (ask) => {
        await ownAccount(core, ask)
        const { response, name } = await bodyOf(ask)
        const body = { response, ...(typeof name === 'string' && name.trim() && { name: name.trim().slice(0, 60) }) }
        return told(
          ask,
          core
            .call(ask, (api, headers) => api.verifyPasskeyRegistration({ body, headers, returnHeaders: true }))
            .then(() => ({ done: true })),
        )
      },
      how,
    ),
  ]
}

async function enter(core: Core, ask: Ask): Promise<{ done: true; joined: boolean }> {
  const { response } = await bodyOf(ask)
  try {
    const answer = await core.call(ask, (api, headers) =>
      api.verifyPasskeyAuthentication({ body: { response: response as PasskeyAnswer }, headers, returnHeaders: true }),
    )
    // A passkey is something one has, opened by something one is or knows: both factors at once.
    return { done: true, joined: (await core.entered(ask, answer.session.token, 'passkey', true)) !== null }
  } catch (error) {
    if (error instanceof NotIn) await logSignIn(ask, { method: 'passkey', outcome: 'refused' })
    throw error
  }
}

async function told(_ask: Ask, asked: Promise<unknown>): Promise<Response> {
  try {
    return json(await asked)
  } catch (error) {
    if (error instanceof NotIn) return json({ refused: error.code }, 403)
    throw error
  }
}

async function bodyOf(ask: Ask): Promise<{ response: unknown; name?: unknown }> {
  if (Number(ask.request.headers.get('content-length') ?? 0) > limit) throw new NotIn('BODY_TOO_LARGE')
  const text = await ask.request.text()
  if (text.length > limit) throw new NotIn('BODY_TOO_LARGE')
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && 'response' in body) return body as { response: unknown }
  } catch {
    // Told below, as every body that is none.
  }
  throw new NotIn('BODY_UNREADABLE')
}
