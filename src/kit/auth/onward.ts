import { seeOther, type Ask } from '#kit/http'
import type { Core } from './auth.ts'
import type { Entered } from './signing.ts'

/** A path of this installation, or ''. Never another site's: `//elsewhere` and `/\elsewhere` lead away. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : ''
}

/** Where someone goes who is in: where they wanted to, or to who they are, or to what is theirs to do. */
export function onward(core: Core, ask: Ask, entered: Entered, wanted: unknown): Response {
  const next = safeNext(wanted)
  const query = next ? `next=${encodeURIComponent(next)}` : undefined
  if (entered.at === 'second-factor') return seeOther(ask, 'auth.second-step', {}, query)
  if (entered.personId === null)
    return seeOther(ask, ask.has(core.people.joinPage) ? core.people.joinPage : 'auth.account', {}, query)
  if (next) return new Response(null, { status: 303, headers: { location: next } })
  return seeOther(
    ask,
    ['front.mine', 'network.profile', 'auth.account'].find((name) => ask.has(name))!,
  )
}
