import type { Problem } from '#kit/access'
import { get, page, post, seeOther, submit, type Answer, type Ask } from '#kit/http'
import type { Core } from './auth.ts'
import { changePasswordForm, confirmForm, currentForm, emailForm, nothingForm } from './forms.ts'
import {
  beginSecondFactor,
  changePassword,
  confirmSecondFactor,
  endOtherSessions,
  endSecondFactor,
  endSession,
  ownAccount,
  proveNewEmail,
  removePasskey,
  renewRecoveryCodes,
  requestEmailChange,
  showAccount,
  type Setup,
} from './keeping.ts'
import { AccountPage } from './views/account.tsx'
import {
  EmailPage,
  EmailProofPage,
  PasswordPage,
  RecoveryPage,
  SecondFactorPage,
  SetupPage,
} from './views/account-steps.tsx'

const done = (ask: Ask, what: string): Response => (
  ask.tell('done', `auth.done.${what}`),
  seeOther(ask, 'auth.account')
)

/** One's own account. Every handler begins with whose it is. */
export function accountRoutes(core: Core) {
  const secondFactor = async (ask: Ask, problems?: Problem[], failed?: string): Promise<Answer> => {
    const shown = await showAccount(core, await ownAccount(core, ask))
    return page(
      <SecondFactorPage
        on={shown.secondFactor}
        hasPassword={shown.hasPassword}
        problems={problems}
        {...(failed && { failed })}
      />,
    )
  }
  const setup = (of: Setup, problems?: Problem[]): Answer =>
    page(<SetupPage setup={of} sealed={core.seals.sign('setup', JSON.stringify(of))} problems={problems} />)
  const emailPage = async (ask: Ask, again: object = {}): Promise<Answer> =>
    page(<EmailPage {...await showAccount(core, await ownAccount(core, ask))} {...again} />)
  const passwordPage = async (ask: Ask, problems?: Problem[]): Promise<Answer> =>
    page(<PasswordPage {...await showAccount(core, await ownAccount(core, ask))} problems={problems} />)

  return [
    get('account', '/{account}', async (ask) => {
      const profile = ask.session && ask.has('network.profile') ? ask.address('network.profile') : null
      return page(<AccountPage account={await showAccount(core, await ownAccount(core, ask))} profile={profile} />)
    }),

    post('session-end', '/{account}/{sessions}/:id', async (ask) => {
      await endSession(core, await ownAccount(core, ask), ask.params['id']!)
      return done(ask, 'session')
    }),
    post('sessions-end', '/{account}/{sessions}', async (ask) => {
      await endOtherSessions(core, await ownAccount(core, ask))
      return done(ask, 'sessions')
    }),

    get('password', '/{account}/{password}', (ask) => passwordPage(ask)),
    post('password', '/{account}/{password}', (ask) =>
      submit(ask, {
        form: changePasswordForm,
        act: async (input) => changePassword(core, ask, await ownAccount(core, ask), input),
        then: () => done(ask, 'password'),
        again: (_typed, problems) => passwordPage(ask, problems),
      }),
    ),

    get('email', '/{account}/{email}', (ask) => emailPage(ask)),
    post('email', '/{account}/{email}', (ask) =>
      submit(ask, {
        form: emailForm,
        act: async (input) => requestEmailChange(core, ask, await ownAccount(core, ask), input),
        then: () => done(ask, 'email-sent'),
        again: (typed, problems) => emailPage(ask, { typed, problems }),
      }),
    ),
    get(
      'email-proof',
      '/{account}/{email}/:token',
      async (ask) => (await ownAccount(core, ask), page(<EmailProofPage />)),
    ),
    post('email-proof', '/{account}/{email}/:token', (ask) =>
      submit(ask, {
        form: nothingForm,
        act: async () => proveNewEmail(core, ask, await ownAccount(core, ask), ask.params['token']!),
        then: () => done(ask, 'email'),
        again: (_typed, problems) => page(<EmailProofPage problems={problems} />),
      }),
    ),

    get('second-factor', '/{account}/{second-factor}', (ask) => secondFactor(ask)),
    post('second-factor', '/{account}/{second-factor}', (ask) =>
      submit(ask, {
        form: currentForm,
        act: async ({ current }) => beginSecondFactor(core, ask, await ownAccount(core, ask), current),
        then: (made) => setup(made),
        again: (_typed, problems) => secondFactor(ask, problems),
      }),
    ),
    post('second-factor-confirm', '/{account}/{second-factor}/{code}', (ask) =>
      submit(ask, {
        form: confirmForm,
        act: async ({ code }) => confirmSecondFactor(core, ask, await ownAccount(core, ask), code),
        then: () => done(ask, 'second-factor'),
        again: (typed, problems) => {
          const opened = core.seals.open('setup', String(typed['setup'] ?? ''))
          return opened ? setup(JSON.parse(opened) as Setup, problems) : secondFactor(ask, problems)
        },
      }),
    ),
    post('second-factor-end', '/{account}/{second-factor}/{end}', (ask) =>
      submit(ask, {
        form: currentForm,
        act: async ({ current }) => endSecondFactor(core, ask, await ownAccount(core, ask), current),
        then: () => done(ask, 'second-factor-end'),
        again: (_typed, problems) => secondFactor(ask, problems, 'end'),
      }),
    ),
    post('recovery', '/{account}/{second-factor}/{recovery}', (ask) =>
      submit(ask, {
        form: currentForm,
        act: async ({ current }) => renewRecoveryCodes(core, ask, await ownAccount(core, ask), current),
        then: (codes) => page(<RecoveryPage codes={codes} />),
        again: (_typed, problems) => secondFactor(ask, problems, 'recovery'),
      }),
    ),

    post('passkey-remove', '/{account}/{passkeys}/:id', async (ask) => {
      await removePasskey(core, await ownAccount(core, ask), ask.params['id']!)
      return done(ask, 'passkey-removed')
    }),
  ]
}
