import './addresses.ts'
import type { Problem } from '#kit/access'
import { get, page, post, room, seeOther, submit, type Answer, type Ask, type Room } from '#kit/http'
import { accountRoutes } from './account-routes.tsx'
import type { Core } from './auth.ts'
import { onward, safeNext } from './onward.ts'
import { addressForm, codeForm, demoForm, linkForm, newPasswordForm, secondFactorForm, signInForm } from './forms.ts'
import { resetPassword, sendReset, signOut } from './keeping.ts'
import { ministryRoutes } from './ministry.tsx'
import { passkeyRoutes } from './passkey-routes.ts'
import {
  awaitedLetter,
  enterByCode,
  enterByLink,
  enterByPassword,
  enterBySecondFactor,
  enterDemo,
  sendLetter,
} from './signing.ts'
import { DemoPage, SignInPage } from './views/sign-in.tsx'
import { CodePage, ForgotPage, JoinPage, LinkPage, ResetPage, SecondStepPage } from './views/steps.tsx'
import { words } from './words/index.ts'

/** All routes of the sign-in. None spends anything on GET. */
export function authRoutes(core: Core): Room {
  const signIn = async (
    ask: Ask,
    again: { typed?: Record<string, string | string[]>; problems?: Problem[] } = {},
  ): Promise<Answer> => {
    const next = safeNext(again.typed?.['next'] ?? ask.query.get('next'))
    const people = await core.people.demo(ask.language)
    if (people) return page(<DemoPage people={people} next={next} problems={again.problems} />)
    return page(<SignInPage next={next} ministry={core.options.oidc?.name ?? null} {...again} />)
  }

  const code = (ask: Ask, again: object = {}): Answer => {
    const awaiting = awaitedLetter(core, ask)
    if (!awaiting) return seeOther(ask, 'auth.sign-in')
    return page(<CodePage email={awaiting.email} joining={awaiting.purpose === 'join'} {...again} />)
  }

  return room('auth', words, [
    get('sign-in', '/{sign-in}', (ask) => signIn(ask)),
    post('sign-in', '/{sign-in}', (ask) =>
      submit(ask, {
        form: signInForm,
        act: async ({ way, email, password, next }) =>
          way === 'password'
            ? await enterByPassword(core, ask, { email, password })
            : await sendLetter(core, ask, { email, next: safeNext(next), purpose: 'sign-in' }),
        then: async (entered) =>
          entered ? onward(core, ask, entered, (await ask.typed())['next']) : seeOther(ask, 'auth.code'),
        again: (typed, problems) => signIn(ask, { typed, problems }),
      }),
    ),

    get('code', '/{sign-in}/{code}', (ask) => code(ask)),
    post('code', '/{sign-in}/{code}', (ask) =>
      submit(ask, {
        form: codeForm,
        act: async ({ code }) => ({
          entered: await enterByCode(core, ask, code),
          next: awaitedLetter(core, ask)?.next,
        }),
        then: ({ entered, next }) => onward(core, ask, entered, next),
        again: (typed, problems) => code(ask, { typed, problems }),
      }),
    ),

    get('link', '/{sign-in}/{link}/:token', (ask) => page(<LinkPage next={safeNext(ask.query.get('next'))} />)),
    post('link', '/{sign-in}/{link}/:token', (ask) =>
      submit(ask, {
        form: linkForm,
        act: async ({ next }) => ({ entered: await enterByLink(core, ask, ask.params['token']!), next }),
        then: ({ entered, next }) => onward(core, ask, entered, next),
        again: (typed, problems) => page(<LinkPage next={safeNext(typed['next'])} problems={problems} />),
      }),
    ),

    get('second-step', '/{sign-in}/{second-step}', (ask) =>
      page(<SecondStepPage next={safeNext(ask.query.get('next'))} />),
    ),
    post('second-step', '/{sign-in}/{second-step}', (ask) =>
      submit(ask, {
        form: secondFactorForm,
        act: async ({ code, next }) => ({ entered: await enterBySecondFactor(core, ask, code), next }),
        then: ({ entered, next }) => onward(core, ask, entered, next),
        again: (typed, problems) =>
          page(<SecondStepPage next={safeNext(typed['next'])} typed={typed} problems={problems} />),
      }),
    ),

    post('demo', '/{sign-in}/{demo}', (ask) =>
      submit(ask, {
        form: demoForm,
        act: async ({ person, next }) => ({
          entered: { at: 'in' as const, personId: person },
          next,
          done: await enterDemo(core, ask, person),
        }),
        then: ({ entered, next }) => onward(core, ask, entered, next),
        again: (typed, problems) => signIn(ask, { typed, problems }),
      }),
    ),

    post('sign-out', '/{sign-out}', async (ask) => {
      if (await core.account(ask)) await signOut(core, ask)
      ask.tell('done', 'auth.done.signed-out')
      return seeOther(ask, ask.has('front.home') ? 'front.home' : 'auth.sign-in')
    }),

    get('join', '/{join}', (ask) => joinPage(core, ask)),
    post('join', '/{join}', (ask) =>
      submit(ask, {
        form: addressForm,
        act: ({ email, next }) => sendLetter(core, ask, { email, next: safeNext(next), purpose: 'join' }),
        then: () => seeOther(ask, 'auth.code'),
        again: (typed, problems) => page(<JoinPage next={safeNext(typed['next'])} typed={typed} problems={problems} />),
      }),
    ),

    get('forgot', '/{forgot}', () => page(<ForgotPage />)),
    post('forgot', '/{forgot}', (ask) =>
      submit(ask, {
        form: addressForm,
        act: ({ email }) => sendReset(core, ask, email),
        then: () => (ask.tell('done', 'auth.forgot.sent'), seeOther(ask, 'auth.sign-in')),
        again: (typed, problems) => page(<ForgotPage typed={typed} problems={problems} />),
      }),
    ),
    get('reset', '/{forgot}/:token', () => page(<ResetPage />)),
    post('reset', '/{forgot}/:token', (ask) =>
      submit(ask, {
        form: newPasswordForm,
        act: ({ password }) => resetPassword(core, ask, ask.params['token']!, password),
        then: () => (ask.tell('done', 'auth.done.reset'), seeOther(ask, 'auth.sign-in')),
        again: (_typed, problems) => page(<ResetPage problems={problems} />),
      }),
    ),

    ...ministryRoutes(core),
    ...passkeyRoutes(core),
    ...accountRoutes(core),
  ])
}

async function joinPage(core: Core, ask: Ask): Promise<Answer> {
  const problems = (await core.people.demo(ask.language)) ? [{ field: '', words: 'auth.problem.demo' }] : undefined
  return page(<JoinPage next={safeNext(ask.query.get('next'))} problems={problems} />)
}
