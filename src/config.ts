// Settings from the environment. The table of them is `settings.json`, from which `npm start -- --help` and the page in `docs/steward` are made.
import { isIP } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { existsSync } from 'node:fs'
import { z } from 'zod'
import { MailMisset, readSmtp } from '#kit/mail'
import { StartRefused, keptSecret, proveFolder } from '#kit/postgres'
import table from './settings.json' with { type: 'json' }

/** The names of all settings, in the order in which they are explained. */
export const settingNames: readonly string[] = table.map(({ name }) => name)

/** The folder that holds `package.json`, whether the sources run as they stand or bundled. */
export const projectFolder = findProject(import.meta.dirname)

export type Settings = {
  host: string
  port: number
  /** Whether somebody chose the port: then a taken one is refused instead of passed over. */
  portChosen: boolean
  /** Absolute. */
  dataFolder: string
  /** Null: the embedded PostgreSQL. */
  databaseUrl: string | null
  /** The public address without a slash at the end; null when there is none. */
  publicAddress: string | null
  secret: string
  /** Whether the secret lives in QUIPU_DATA, and so goes into backups; else it is QUIPU_SECRET. */
  secretKept: boolean
  /** Addresses or CIDR networks. */
  proxies: string[]
  smtpUrl: string | null
  oidc: { issuer: string; clientId: string; clientSecret: string; name: string } | null
  /** What was asked for; null when nothing was said. */
  demo: boolean | null
}

const absent = '' as const
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === undefined || value === absent ? undefined : value), schema.optional())

const url = (protocols: string[], example: string, more: (url: URL) => boolean = () => true) =>
  optional(
    z.string().refine(
      (value) => {
        const parsed = URL.parse(value)
        return parsed !== null && protocols.includes(parsed.protocol) && parsed.hostname !== '' && more(parsed)
      },
      { error: `must be an address like ${example}` },
    ),
  )

const isHost = (value: string) => isIP(value) > 0 || /^(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})*$/i.test(value)
const bare = ({ pathname, search, hash, username }: URL) => pathname === '/' && !search && !hash && !username

const environment = z
  .object({
    HOST: optional(z.string().refine(isHost, { error: 'must be an IP address or a host name, like 127.0.0.1' })),
    PORT: optional(
      z
        .string()
        .refine((value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535, {
          error: 'must be a number from 1 to 65535 (0 takes any free one)',
        })
        .transform(Number),
    ),
    QUIPU_DATA: optional(z.string()),
    DATABASE_URL: url(
      ['postgres:', 'postgresql:'],
      'postgres://owner:password@host:5432/database',
      ({ pathname, username }) => pathname.length > 1 && username !== '',
    ),
    QUIPU_URL: url(['http:', 'https:'], 'https://museums.example, without a path', bare),
    QUIPU_SECRET: optional(z.string().min(32, { error: 'must have at least 32 characters' })),
    QUIPU_PROXIES: optional(
      z
        .string()
        .transform((value) =>
          value
            .split(',')
            .map((part) => part.trim())
            .filter(Boolean),
        )
        .refine((parts) => parts.every(isNetwork), {
          error: 'must be IP addresses or networks separated by commas, like 127.0.0.1,10.0.0.0/8',
        }),
    ),
    SMTP_URL: url(['smtp:', 'smtps:'], 'smtps://name:password@host:465?from=quipu@museums.example'),
    OIDC_ISSUER: url(['http:', 'https:'], 'https://accounts.example'),
    OIDC_CLIENT_ID: optional(z.string()),
    OIDC_CLIENT_SECRET: optional(z.string()),
    OIDC_NAME: optional(z.string().max(80, { error: 'must have at most 80 characters' })),
    QUIPU_DEMO: optional(
      z
        .enum(['yes', 'no', 'true', 'false', '1', '0'], { error: 'must be yes or no' })
        .transform((value) => ['yes', 'true', '1'].includes(value)),
    ),
  })
  .superRefine((values, context) => {
    try {
      // A value that is no address at all has been told already.
      if (values.SMTP_URL && URL.canParse(values.SMTP_URL)) readSmtp(values.SMTP_URL)
    } catch (error) {
      if (!(error instanceof MailMisset)) throw error
      context.addIssue({
        code: 'custom',
        path: ['SMTP_URL'],
        message: `is not whole: ${error.message.replace(/\.$/, '')}`,
      })
    }
    const given = (['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const).filter((name) => values[name])
    if (values.OIDC_NAME || (given.length > 0 && given.length < 3))
      for (const name of ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const)
        if (!values[name])
          context.addIssue({
            code: 'custom',
            path: [name],
            message: 'is missing; the OIDC settings are given together',
          })
  })

/**
 * Reads the settings. Makes QUIPU_DATA if it is missing and, where QUIPU_SECRET is not set, the secret in it (once, mode 600).
 * Throws `StartRefused` that names everything that is wrong, one sentence a setting.
 */
export function readSettings(variables: Record<string, string | undefined>): Settings {
  const read = environment.safeParse(variables)
  if (!read.success) {
    const sentences = read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`)
    throw new StartRefused(`${sentences.join('\n')}\nAll settings are explained by: npm start -- --help`)
  }
  const given = read.data
  const dataFolder = resolve(projectFolder, given.QUIPU_DATA ?? 'data')
  proveFolder(dataFolder, false)
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = given
  return {
    host: given.HOST ?? '127.0.0.1',
    port: given.PORT ?? 3000,
    portChosen: given.PORT !== undefined,
    dataFolder,
    databaseUrl: given.DATABASE_URL ?? null,
    publicAddress: given.QUIPU_URL ? new URL(given.QUIPU_URL).origin : null,
    secret: given.QUIPU_SECRET ?? keptSecret(join(dataFolder, 'secret')),
    secretKept: given.QUIPU_SECRET === undefined,
    proxies: given.QUIPU_PROXIES ?? [],
    smtpUrl: given.SMTP_URL ?? null,
    oidc:
      issuer && clientId && clientSecret
        ? { issuer, clientId, clientSecret, name: given.OIDC_NAME ?? new URL(issuer).hostname }
        : null,
    demo: given.QUIPU_DEMO ?? null,
  }
}

// Their values hold a password or sign sessions: a page says that they are set, and no more.
const secretSettings: readonly string[] = ['DATABASE_URL', 'QUIPU_SECRET', 'SMTP_URL', 'OIDC_CLIENT_SECRET']

/** Every setting as it is in force, for the steward's page: the value given, else the default; secret ones without their value. */
export function settingsInForce(
  variables: Record<string, string | undefined>,
): { name: string; value: string | null; secret: boolean; given: boolean }[] {
  return table.map(({ name, default: usual }) => {
    const given = variables[name] !== undefined && variables[name] !== absent
    const secret = secretSettings.includes(name)
    return { name, given, secret, value: secret ? null : (given ? variables[name]! : usual) || null }
  })
}

/** Whether only this machine can hear an address on which a server listens. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** What decides whether this start is a demo. `marked`: the database has been a demo before; `empty`: nothing is in it yet. */
export type DemoQuestion = Pick<Settings, 'demo' | 'databaseUrl' | 'publicAddress' | 'host'> & {
  empty: boolean
  marked: boolean
}

/**
 * Whether this start serves the demo network. By itself only on an empty embedded database, without a public address and heard on this machine only; elsewhere it
 * must be asked for. A database that is marked demo stays one for ever. Throws `StartRefused` when what was asked contradicts what is there.
 */
export function demoAllowed({ demo, databaseUrl, publicAddress, host, empty, marked }: DemoQuestion): boolean {
  if (marked && demo === false)
    throw new StartRefused(
      'QUIPU_DEMO is no, and this database was filled with the demo network: it stays a demo for ever. Use another QUIPU_DATA or DATABASE_URL for a real network.',
    )
  if (marked) return true
  if (demo === true && !empty)
    throw new StartRefused(
      'QUIPU_DEMO is yes, and this database holds a real network: the demo fills empty databases only. Use another QUIPU_DATA or DATABASE_URL for it.',
    )
  if (demo !== null) return demo
  return empty && databaseUrl === null && publicAddress === null && isLoopback(host)
}

function isNetwork(value: string): boolean {
  const [address, bits, ...rest] = value.split('/')
  const family = isIP(address ?? '')
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

function findProject(from: string): string {
  return existsSync(join(from, 'package.json')) || dirname(from) === from ? from : findProject(dirname(from))
}
