// Who may do what in the database itself. `quipu_owner` owns it, migrates and runs jobs; it is no superuser. `quipu_app` serves pages:
// it owns nothing and row-level security always holds for it.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { majorVersion } from './cluster.ts'
import { keptSecret } from './folder.ts'
import { StartRefused } from './refused.ts'

/** The two `postgres://` addresses of one database: of the role that migrates, and of the role that serves. */
export type Addresses = { ownerAddress: string; appAddress: string }

const extensions = ['pg_trgm', 'unaccent', 'btree_gist', 'ltree']

/**
 * Makes a database of the embedded cluster if it is missing (encoding UTF-8, builtin locale C.UTF-8), with its two roles, their passwords
 * (kept in the cluster's folder, mode 600) and the extensions. May be called at each start, and by several processes at once.
 */
export async function prepareDatabase(superuserAddress: string, name: string): Promise<Addresses> {
  const addresses = await connected(superuserAddress, (client) =>
    alone(client, async () => {
      const { rows } = await client.query('show data_directory')
      const folder = dirname(rows[0].data_directory)
      const passwords = {
        quipu_owner: keptSecret(join(folder, 'quipu_owner.password')),
        quipu_app: keptSecret(join(folder, 'quipu_app.password')),
      }
      await setRole(client, 'quipu_owner', 'LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS', passwords.quipu_owner)
      await setRole(client, 'quipu_app', 'LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB', passwords.quipu_app)
      await client.query('GRANT pg_read_all_stats TO quipu_owner')
      const there = await client.query('select 1 from pg_database where datname = $1', [name])
      if (there.rowCount === 0)
        await client.query(
          `CREATE DATABASE ${client.escapeIdentifier(name)} OWNER quipu_owner TEMPLATE template0 ENCODING 'UTF8'
           LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'`,
        )
      const address = (user: keyof typeof passwords) =>
        withUser(withDatabase(superuserAddress, name), user, passwords[user])
      return { ownerAddress: address('quipu_owner'), appAddress: address('quipu_app') }
    }),
  )
  await connected(withDatabase(superuserAddress, name), (client) =>
    alone(client, () => client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements')),
  )
  await connected(addresses.ownerAddress, (client) => alone(client, () => furnish(client)))
  return addresses
}

/**
 * Takes a database of one's own into use. `databaseUrl` names the owner role (LOGIN CREATEROLE, not superuser, owner of the database); `quipu_app` is made
 * or adjusted by it, with a password derived from `secret`. Throws `StartRefused` with a sentence when the server
 * cannot be reached, is older than PostgreSQL 18, or when a role has more or less power than it should.
 */
export async function adoptDatabase(databaseUrl: string, secret: string): Promise<Addresses> {
  const password = createHmac('sha256', secret).update('quipu_app password').digest('base64url')
  const appAddress = withUser(databaseUrl, 'quipu_app', password)
  await connected(databaseUrl, (client) =>
    alone(client, async () => {
      await requireVersion(client)
      await requireOwner(client)
      await setRole(client, 'quipu_app', 'LOGIN', password)
      await furnish(client)
    }),
  )
  await requireModestApp(appAddress)
  return { ownerAddress: databaseUrl, appAddress }
}

/**
 * The server never serves pages as somebody for whom row-level security does not hold. Throws `StartRefused` when the role of the address is superuser,
 * bypasses row security, owns the database or is a member of who does.
 */
export async function requireModestApp(appAddress: string): Promise<void> {
  await connected(appAddress, async (client) => {
    const { rows } = await client.query(
      `select current_user as name, rolsuper or rolbypassrls as mighty, rolcreaterole or rolcreatedb as maker,
              (select pg_has_role(current_user, datdba, 'MEMBER') from pg_database where datname = current_database()) as owner
       from pg_roles where rolname = current_user`,
    )
    const [{ name, mighty, maker, owner }] = rows
    if (mighty || maker || owner)
      throw new StartRefused(
        `The role "${name}", with which pages are served, ${mighty ? 'bypasses row-level security' : owner ? 'owns the database' : 'may make roles or databases'}. It must be able to do nothing of the kind: ALTER ROLE ${name} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB.`,
      )
  })
}

async function requireVersion(client: Client): Promise<void> {
  const { rows } = await client.query(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as version",
  )
  const refusal = versionRefusal(rows[0].number, rows[0].version)
  if (refusal) throw new StartRefused(refusal)
}

/** The sentence with which a server is refused, if it is: `number` as in `server_version_num`. */
export function versionRefusal(number: number, version: string): string | undefined {
  if (number >= majorVersion * 10_000) return undefined
  return `The database at DATABASE_URL is PostgreSQL ${version}. Quipu needs PostgreSQL ${majorVersion} or newer: upgrade the server, or leave DATABASE_URL out to use the PostgreSQL that Quipu brings.`
}

async function requireOwner(client: Client): Promise<void> {
  const { rows } = await client.query(
    `select current_user as name, rolsuper, rolbypassrls, rolcreaterole,
            (select datdba = (select oid from pg_roles where rolname = current_user) from pg_database where datname = current_database()) as owns
     from pg_roles where rolname = current_user`,
  )
  const [{ name, rolsuper, rolbypassrls, rolcreaterole, owns }] = rows
  const wrong = [
    rolsuper && 'is a superuser (ALTER ROLE … NOSUPERUSER)',
    rolbypassrls && !rolsuper && 'bypasses row-level security (ALTER ROLE … NOBYPASSRLS)',
    !rolcreaterole && !rolsuper && 'may not create roles (ALTER ROLE … CREATEROLE)',
    !owns && 'does not own the database (ALTER DATABASE … OWNER TO …)',
    name === 'quipu_app' && 'is the role that serves pages, and cannot also own the database',
  ].filter(Boolean)
  if (wrong.length > 0)
    throw new StartRefused(
      `The role "${name}" in DATABASE_URL ${wrong.join('; it also ')}. See docs/steward/larger-postgresql.md.`,
    )
}

/** Creates or adjusts a role. The password travels as a SCRAM verifier, so that no server log can hold it. */
async function setRole(client: Client, role: string, powers: string, password: string): Promise<void> {
  const exists = await client.query('select 1 from pg_roles where rolname = $1', [role])
  const verb = exists.rowCount === 0 ? 'CREATE' : 'ALTER'
  try {
    await client.query(
      `${verb} ROLE ${client.escapeIdentifier(role)} ${powers} PASSWORD ${client.escapeLiteral(scramVerifier(password))}`,
    )
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    throw new StartRefused(
      `The owner role in DATABASE_URL may not change the role "${role}", which somebody else made. As a superuser: GRANT ${role} TO the owner role WITH ADMIN OPTION, INHERIT FALSE, SET FALSE.`,
    )
  }
}

/** What the owner gives its own database: extensions (all trusted ones), and no connection but for the two roles. */
async function furnish(client: Client): Promise<void> {
  const { rows } = await client.query('select current_database() as name')
  const database = client.escapeIdentifier(rows[0].name)
  await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`)
  await client.query(`GRANT CONNECT ON DATABASE ${database} TO quipu_app`)
  for (const extension of extensions) await client.query(`CREATE EXTENSION IF NOT EXISTS ${extension}`)
}

/** RFC 5803, as PostgreSQL keeps it. The passwords are ASCII, so SASLprep changes nothing. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, 4096, 32, 'sha256')
  const hmac = (word: string) => createHmac('sha256', salted).update(word).digest()
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64')
  return `SCRAM-SHA-256$4096:${salt.toString('base64')}$${stored}:${hmac('Server Key').toString('base64')}`
}

async function connected<Result>(address: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({
    connectionString: address,
    connectionTimeoutMillis: 15_000,
    application_name: 'quipu start',
  })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    await client.end().catch(() => {})
    const { host, user, database } = client
    throw new StartRefused(`The database "${database}" on ${host} cannot be reached as "${user}": ${reason(error)}`)
  }
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

function reason(error: unknown): string {
  const { message, errors } = error as { message: string; errors?: Error[] }
  return message || (errors ?? []).map(({ message }) => message).join('; ')
}

/** `CREATE … IF NOT EXISTS` of two processes at the same moment collide: they take turns. */
async function alone<Result>(client: Client, work: () => Promise<Result>): Promise<Result> {
  await client.query('select pg_advisory_lock(7195231)')
  try {
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock(7195231)').catch(() => {})
  }
}

function withUser(address: string, user: string, password: string): string {
  const url = new URL(address)
  url.username = encodeURIComponent(user)
  url.password = encodeURIComponent(password)
  return url.href
}

function withDatabase(address: string, name: string): string {
  const url = new URL(address)
  url.pathname = `/${encodeURI(name)}` // pg reads it with decodeURI.
  return url.href
}
