import pino from 'pino'
import { system } from '#kit/access'
import { sql } from '#kit/db'
import { believed, createHall, get, page, room, seals } from '#kit/http'
import { Page } from '#kit/view'
import { defineWords } from '#kit/words'
import { record } from '#kit/record'
import { testDatabase } from '#help/database'
import { createAuth, type DemoPerson, type Oidc } from '../index.ts'

const words = defineWords('hall', { es: { path: { mine: 'mio', who: 'quien' } }, pt: {}, en: {}, ar: {} })
export const secret = 'a secret of more than thirty-two characters'

/** A hall with nothing but the sign-in, a page that is one's own, and one that asks who somebody is; on a database of its own. */
export async function house(options: { oidc?: Oidc; demo?: DemoPerson[] } = {}) {
  const base = await testDatabase()
  const clock = { now: Temporal.Now.instant() }
  const changed: { personId: string; email: string }[] = []
  const names = new Map<string, string>()
  const auth = createAuth({
    database: base.database,
    secret,
    oidc: options.oidc ?? null,
    people: {
      load: async (id) =>
        names.has(id) ? { name: names.get(id)!, grants: [], language: 'es', zone: 'America/Lima' } : null,
      demo: async () => options.demo ?? null,
      emailChanged: async (personId, email) => void changed.push({ personId, email }),
      joinPage: 'hall.who',
    },
  })
  const own = room('hall', words, [
    get('mine', '/{mine}', (ask) => page(<Page title={ask.session?.name ?? 'nadie'} />)),
    get('who', '/{who}', async (ask) => page(<Page title={(await auth.account(ask))?.email ?? 'nadie'} />)),
  ])
  const hall = createHall({
    rooms: [auth.routes, own],
    database: base.database,
    identify: auth.identify,
    frame: async () => ({ network: 'Red', zone: 'America/Lima', demo: options.demo !== undefined, threads: [] }),
    seals: seals(secret),
    proxies: believed(''),
    asset: async () => null,
    assetPath: (file) => `/assets/${file}`,
    log: pino({ level: 'silent' }),
    clock: () => clock.now,
  })

  /** A person, with an account at this address, and a password if one is given. */
  async function person(name: string, email: string, password?: string): Promise<string> {
    const id = await record(system(base.database, 'test'), 'person.entered', {}, async (db) => {
      const { rows } = await sql<{
        id: string
      }>`insert into network.person (given_names) values (${name}) returning id`.execute(db)
      return rows[0]!.id
    })
    names.set(id, name)
    await ask(`insert into auth."user" (name, email, email_verified, person_id) values ($1, $2, true, $3)`, [
      name,
      email,
      id,
    ])
    if (password) {
      const [{ id: user }] = (await ask(`select id from auth."user" where email = $1`, [email])) as [{ id: string }]
      const { hashPassword } = await import('better-auth/crypto')
      await ask(
        `insert into auth.account (account_id, provider_id, user_id, password, updated_at) values ($1::text, 'credential', $1::uuid, $2, now())`,
        [user, await hashPassword(password)],
      )
    }
    return id
  }

  async function ask(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return base.asOwner.transaction(
      { person: null, networkWide: true, institutions: [], countries: [] },
      'write',
      async (db) => {
        const { CompiledQuery } = await import('kysely')
        return (await db.withoutPlugins().executeQuery(CompiledQuery.raw(text, values))).rows as Record<
          string,
          unknown
        >[]
      },
    )
  }

  /** The newest letter to an address: what it is, its link and its code. */
  async function letter(to: string): Promise<{ name: string; link: string; code: string; language: string }> {
    const [row] = (await ask(
      `select name, language, body from mail.letter where address = $1 order by id desc limit 1`,
      [to],
    )) as [
      | { name: string; language: string; body: { blocks: { kind: string; href?: string; code?: string }[] } }
      | undefined,
    ]
    if (!row) throw new Error(`no letter to ${to}`)
    const block = (kind: string) => row.body.blocks.find((one) => one.kind === kind)
    return {
      name: row.name,
      language: row.language,
      link: block('button')?.href ?? '',
      code: block('code')?.code ?? '',
    }
  }

  const log = async () =>
    (await ask(`select method, outcome from auth.sign_in_log order by id`)).map(
      ({ method, outcome }) => `${method} ${outcome}`,
    )
  return { ...base, auth, hall, clock, changed, person, ask, letter, log, names }
}
