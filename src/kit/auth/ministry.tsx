import { Problems, type Problem } from '#kit/access'
import { get, page, post, seeOther, submit, type Ask } from '#kit/http'
import type { Core } from './auth.ts'
import { linkForm } from './forms.ts'
import { logSignIn } from './log.ts'
import { onward, safeNext } from './onward.ts'
import { refuseInDemo } from './signing.ts'
import { MinistryPage } from './views/steps.tsx'
import { SignInPage } from './views/sign-in.tsx'

/** The ministry's own accounts, by OpenID Connect: there, back, and in. */
export function ministryRoutes(core: Core) {
  const { oidc } = core.options
  if (!oidc) return []
  const again = (next: string, problems: Problem[]) =>
    page(<SignInPage next={next} ministry={oidc.name} problems={problems} />)
  return [
    post('ministry', '/{sign-in}/{ministry}', (ask) =>
      submit(ask, {
        form: linkForm,
        act: ({ next }) => begin(core, ask, safeNext(next)),
        // The content policy lets a form lead nowhere else: the page that answers it goes on by itself.
        then: (href) => page(<MinistryPage name={oidc.name} href={href} />, { headers: { refresh: `0; url=${href}` } }),
        again: (typed, problems) => again(safeNext(typed['next']), problems),
      }),
    ),
    get('ministry-return', '/auth/callback/oidc', (ask) => goOn(core, ask), { plain: true, streams: true }),
    get('arrived', '/{sign-in}/{arrived}', async (ask) => {
      const account = await core.account(ask)
      if (!account || ask.query.has('error')) {
        await logSignIn(ask, { method: 'oidc', outcome: 'refused' })
        return again(safeNext(ask.query.get('next')), [{ field: '', words: 'auth.problem.ministry' }])
      }
      const personId = await core.entered(ask, account.sessionToken, 'oidc', false)
      return onward(core, ask, { at: 'in', personId }, ask.query.get('next'))
    }),
  ]
}

async function begin(core: Core, ask: Ask, next: string): Promise<string> {
  await refuseInDemo(core, ask)
  const back = ask.address('auth.arrived') + (next ? `?next=${encodeURIComponent(next)}` : '')
  const answer = await core.call(ask, (api, headers) =>
    api.signInSocial({
      body: {
        provider: 'oidc',
        callbackURL: back,
        newUserCallbackURL: back,
        errorCallbackURL: back,
        disableRedirect: true,
      },
      headers,
      returnHeaders: true,
    }),
  )
  if (!answer.url) throw new Problems([{ field: '', words: 'auth.problem.ministry' }])
  return answer.url
}

/** The return from the ministry: better-auth checks state, code and token, and sets the session. */
async function goOn(core: Core, ask: Ask): Promise<Response> {
  const { pathname, search } = new URL(ask.request.url)
  const instance = await core.instanceFor(ask.origin)
  const answer = await instance.handler(new Request(ask.origin + pathname + search, { headers: ask.request.headers }))
  for (const cookie of answer.headers.getSetCookie()) ask.answerHeaders.append('set-cookie', cookie)
  const location = answer.headers.get('location')
  if (!location) return seeOther(ask, 'auth.arrived', {}, 'error=refused')
  const { origin, pathname: path, search: query } = new URL(location, ask.origin)
  // better-auth's own error page is none of ours.
  if (origin !== ask.origin || path.startsWith('/auth')) return seeOther(ask, 'auth.arrived', {}, 'error=refused')
  return new Response(null, { status: 303, headers: { location: path + query } })
}
