import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { Writable } from 'node:stream'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { Client } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { openPromise } from 'yauzl'
import { listMigrations, migrate } from '#kit/db'
import { installJobs } from '#kit/jobs'
import { StartRefused } from '#kit/postgres'
import { jobsPath, readManifest, secretMark, secretPath } from './manifest.ts'
import type { Manifest, Part } from './manifest.ts'
import { putJobsBack } from './queue.ts'
import { putConstraintsBack, setConstraintsAside } from './constraints.ts'
import { copyOut, listTables, measure, settleSession } from './tables.ts'

export type RestoreOptions = {
  file: string
  /** `postgres://` address of the role that owns the database, which must hold no deed yet. */
  ownerAddress: string
  migrationsFolder: string
  filesFolder: string
  /** The secret in force; `file`: where a backup's own secret is written, null when QUIPU_SECRET is set. */
  secret: { value: string; file: string | null }
  log?: (line: string) => void
}

/**
 * Fills an empty database and the folder of files from a backup: brings the database to the backup's migration, loads everything in one transaction, checks the hash of each part on the way in and of each table as it stands then,
 * and migrates onward. Throws `StartRefused` with a sentence when the backup is damaged, newer than this Quipu, or the database is not empty; then no data has come into the database.
 */
export async function restore(options: RestoreOptions): Promise<Manifest> {
  const { file, ownerAddress, migrationsFolder, secret, log = () => {} } = options
  const manifest = await readManifest(file)
  await requireKnown(manifest, migrationsFolder)
  const client = new Client({ connectionString: ownerAddress, application_name: 'quipu restore' })
  client.on('error', () => {}) // Whatever is under way fails by itself when the connection is lost.
  await client.connect()
  try {
    await settleSession(client)
    await requireEmpty(client)
    await migrate(ownerAddress, migrationsFolder, manifest.migrations.at(-1)?.no ?? 0)
    await installJobs(ownerAddress)
    await client.query('begin')
    const aside = await setConstraintsAside(client)
    await load(client, options, manifest)
    await verify(client, manifest)
    await startNewCounting(client)
    await putConstraintsBack(client, aside)
    await client.query('commit')
  } finally {
    await client.end().catch(() => {})
  }
  await migrate(ownerAddress, migrationsFolder)
  if (secretMark(secret.value) !== manifest.secretMark && !(manifest.secret && secret.file))
    log(
      'The secret is not the one of the backup: everyone signs in again, and second factors are set up anew. Set QUIPU_SECRET to the earlier one to avoid it.',
    )
  return manifest
}

async function requireKnown(manifest: Manifest, folder: string): Promise<void> {
  const known = new Map((await listMigrations(folder)).map(({ no, digest }) => [no, digest]))
  for (const { no, name, digest } of manifest.migrations) {
    if (!known.has(no))
      throw new StartRefused(
        `This backup was made by a newer Quipu than this one (it has migration ${name}). Restore it with that one or a later one.`,
      )
    if (known.get(no) !== digest)
      throw new StartRefused(
        `This backup was made by a Quipu whose migration ${name} was another. Restore it with the Quipu that made it.`,
      )
  }
}

async function requireEmpty(client: Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('record.deed') is not null as there`)
  if (!rows[0]!.there) return
  const deeds = await client.query(`select from record.deed where name not like 'house.%' limit 1`)
  if (deeds.rowCount)
    throw new StartRefused(
      'This database is not empty, and nothing in it is overwritten. Restore into a new QUIPU_DATA, or a new database in DATABASE_URL.',
    )
}

async function load(client: Client, options: RestoreOptions, manifest: Manifest): Promise<void> {
  const { file, filesFolder, secret } = options
  const here = await listTables(client)
  for (const { schema, name } of manifest.tables)
    if (!here.some((table) => table.schema === schema && table.name === name))
      throw new StartRefused(`The backup has a table ${schema}.${name} that this Quipu does not know.`)
  if (here.length > 0) await client.query(`truncate ${here.map(({ quoted }) => quoted).join(', ')}`)
  const parts = new Map<string, Part>([...manifest.tables, ...manifest.files].map((part) => [part.path, part]))
  if (manifest.jobs) parts.set(jobsPath, manifest.jobs)
  if (manifest.secret) parts.set(secretPath, manifest.secret)

  const zip = await openPromise(file, { autoClose: true })
  for await (const entry of zip.eachEntry()) {
    const part = parts.get(entry.fileName)
    if (!part) continue
    parts.delete(entry.fileName)
    const source = await zip.openReadStreamPromise(entry)
    const table = manifest.tables.find(({ path }) => path === part.path)
    const sha256 = await take(source, async (content) => {
      if (table) {
        const quoted = `${client.escapeIdentifier(table.schema)}.${client.escapeIdentifier(table.name)}`
        const list = table.columns.map((column) => client.escapeIdentifier(column)).join(', ')
        await pipeline(content, client.query(copyFrom(`copy ${quoted} (${list}) from stdin`)))
      } else if (part.path === jobsPath) await putJobsBack(client, await text(content))
      else if (part.path === secretPath) {
        const value = await text(content)
        if (secret.file) writeFileSync(secret.file, value, { mode: 0o600 })
      } else await storeFile(filesFolder, part.path, content)
    })
    if (sha256 !== part.sha256) damaged(file, part.path)
  }
  for (const path of parts.keys()) damaged(file, path)
  for (const { schema, name, value, called } of manifest.sequences)
    await client.query('select setval(format($1, $2::text, $3::text)::regclass, $4, $5)', [
      '%I.%I',
      schema,
      name,
      value,
      called,
    ])
}

/** Gives the content of a part to `put` and returns its hash. */
async function take(source: Readable, put: (content: Readable) => Promise<void>): Promise<string> {
  let sha256 = ''
  const through = measure((measured) => (sha256 = measured.sha256))
  const flowing = pipeline(source, through)
  flowing.catch(() => {}) // Told by the other end too, which is awaited first.
  await put(through)
  await flowing
  return sha256
}

function damaged(file: string, part: string): never {
  throw new StartRefused(
    `${file} is damaged: its part ${part} is missing or is not what was written. Nothing was restored.`,
  )
}

async function storeFile(folder: string, path: string, content: Readable): Promise<void> {
  const name = normalize(path.slice('files/'.length))
  if (name.startsWith('..') || name.startsWith('/'))
    throw new StartRefused(`The backup names a file outside its folder: ${path}.`)
  mkdirSync(dirname(join(folder, name)), { recursive: true, mode: 0o700 })
  await pipeline(content, createWriteStream(join(folder, name), { mode: 0o600 }))
}

/** Writes each table out again and compares: what stands in the database now is what stood in the other one. */
async function verify(client: Client, manifest: Manifest): Promise<void> {
  const tables = new Map((await listTables(client)).map((table) => [`${table.schema}.${table.name}`, table]))
  for (const { schema, name, columns, sha256 } of manifest.tables) {
    const table = tables.get(`${schema}.${name}`)!
    const list = columns.map((column) => client.escapeIdentifier(column)).join(', ')
    const written = client.query(copyTo(copyOut({ ...table, list })))
    const now = await take(written, (content) =>
      pipeline(content, new Writable({ write: (_chunk, _encoding, next) => next() })),
    )
    if (now !== sha256)
      throw new StartRefused(
        `After loading, table ${schema}.${name} is not what the backup says. Nothing was restored.`,
      )
  }
}

/**
 * A PostgreSQL counts its transactions for itself, and this one's numbers begin elsewhere: what is sealed is marked as long past, what was not yet sealed as of now,
 * so that the next seal takes it in.
 */
async function startNewCounting(client: Client): Promise<void> {
  await client.query(`
    update record.deed d set xid = case when exists (select from record.sealed s where s.deed_id = d.id) then '2'::xid8 else pg_current_xact_id() end`)
  await client.query('update record.seal set snapshot = pg_current_snapshot()')
}
