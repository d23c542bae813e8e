/**
 * Signing in: who a request comes from. Passwords, letters with a link and a code, passkeys, a second factor, the ministry's own accounts; better-auth
 * does the proving, our own pages and plain form POSTs do the asking. Knows no room: what it must know of people is given to it.
 */
import type { Database } from '#kit/db'
import type { Ask, HallOptions, Room } from '#kit/http'
import { makeCore, type Account, type AuthOptions } from './auth.ts'
import { authRoutes } from './routes.tsx'

export {
  accountOf,
  accountWith,
  bindPerson,
  makeAccount,
  removeAccount,
  type Account,
  type AuthOptions,
  type DemoPerson,
  type People,
} from './auth.ts'
export { address } from './forms.ts'
export { passwordLength, type Oidc } from './limits.ts'
export { countSignIns, listSignIns, type SignIn } from './log.ts'
export { authRetention } from './retention.ts'
export { safeNext } from './onward.ts'
export { words as authWords } from './words/index.ts'

export type Auth = {
  identify: HallOptions['identify']
  routes: Room
  /** The account behind a request, even one on the way to a person; null for a visitor. */
  account(ask: Ask): Promise<Account | null>
  /** Begins a session for an account whose right to it was just proved elsewhere, such as by an invitation's link. */
  begin(ask: Ask, userId: string, method: 'invitation'): Promise<void>
  /** Sets a password for an account that was just made. */
  setPassword(ask: Ask, userId: string, password: string): Promise<void>
}

const made = new WeakMap<Database, Auth>()

/** The sign-in of an installation: `identify` and `routes` go to the hall. */
export function createAuth(options: AuthOptions): Auth {
  const core = makeCore(options)
  const auth: Auth = {
    identify: core.identify,
    routes: authRoutes(core),
    account: (ask) => core.account(ask),
    begin: core.begin,
    async setPassword(ask, userId, password) {
      await core.call(ask, async (api) => ({ response: await api.renewPassword({ body: { userId, password } }) }))
    },
  }
  made.set(options.database, auth)
  return auth
}

/** The sign-in that serves this database: for rooms whose pages make or find accounts. Throws where there is none. */
export function authOf(database: Database): Auth {
  const auth = made.get(database)
  if (!auth) throw new Error('No sign-in was made for this database: createAuth comes before the hall.')
  return auth
}
