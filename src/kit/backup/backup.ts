import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { ZipFile } from 'yazl'
import { StartRefused, diskSentence } from '#kit/postgres'
import { jobsPath, manifestPath, secretMark, secretPath } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { keptJobs } from './queue.ts'
import { copyOut, listTables, measure, settleSession } from './tables.ts'
import type { Measured } from './tables.ts'

export type BackupOptions = {
  /** `postgres://` address of the role that owns the database. */
  ownerAddress: string
  /** Where stored files are; need not exist. */
  filesFolder: string
  /** Where the backup goes; made if missing. */
  into: string
  /** What signs sessions and links; `kept`: it lives in QUIPU_DATA and so goes along. */
  secret: { value: string; kept: boolean }
  now: Temporal.Instant
  signal?: AbortSignal
}

/**
 * Writes `quipu-2026-11-22T02-00-00Z.zip` (mode 600) into a folder, while the server goes on serving: all tables come from one snapshot. What was erased before is not in it.
 * Returns its path and manifest; leaves nothing behind when it fails. Throws `StartRefused` when the disk is full or cannot be written.
 */
export async function backup(options: BackupOptions): Promise<{ file: string; manifest: Manifest }> {
  const { into, now } = options
  const at = now.round('second').toString()
  const file = join(into, `quipu-${at.replaceAll(':', '-')}.zip`)
  const growing = `${file}.part-${process.pid}`
  const client = new Client({ connectionString: options.ownerAddress, application_name: 'quipu backup' })
  client.on('error', () => {}) // Whatever is under way fails by itself when the connection is lost.
  try {
    mkdirSync(into, { recursive: true, mode: 0o700 })
    await client.connect()
    const manifest = await write(client, options, at, growing)
    const handle = await open(growing, 'r+')
    await handle.sync()
    await handle.close()
    renameSync(growing, file)
    return { file, manifest }
  } catch (error) {
    const sentence = diskSentence(into, String((error as { code?: string }).code ?? ''))
    throw sentence ? new StartRefused(sentence) : error
  } finally {
    if (existsSync(growing)) rmSync(growing)
    await client.end().catch(() => {})
  }
}

/** Writes the file and returns when it is closed, whole or not. */
async function write(client: Client, options: BackupOptions, at: string, path: string): Promise<Manifest> {
  const failed = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal
  const zip = new ZipFile()
  const written = pipeline(zip.outputStream, createWriteStream(path, { mode: 0o600, flags: 'wx' }), { signal })
  zip.on('error', (error) => failed.abort(error))
  try {
    const [manifest] = await Promise.all([collect(client, options, at, zip, signal), written])
    await client.query('commit')
    return manifest
  } catch (error) {
    failed.abort(error)
    await written.catch(() => {})
    throw failed.signal.reason instanceof Error ? failed.signal.reason : error
  }
}

/** Puts every part in the order in which the file will have them; each is read only when its turn to be written comes. */
async function collect(
  client: Client,
  options: BackupOptions,
  at: string,
  zip: ZipFile,
  signal: AbortSignal,
): Promise<Manifest> {
  const { filesFolder, secret } = options
  await settleSession(client)
  await client.query('begin isolation level repeatable read read only')
  const manifest: Manifest = {
    format: 'quipu-backup-1',
    at,
    postgres: (await client.query<{ server_version: string }>('show server_version')).rows[0]!.server_version,
    migrations: (await client.query('select no, name, digest from house.migration order by no')).rows,
    tables: [],
    sequences: await sequences(client),
    jobs: null,
    secret: null,
    secretMark: secretMark(secret.value),
    files: [],
  }
  // Parts are opened one after the other, each when the one before is written: one connection and little memory are enough.
  const add = (name: string, compress: boolean, from: () => Readable, done: (measured: Measured) => void) =>
    zip.addReadStreamLazy(name, { compress, forceZip64Format: true, mode: 0o100600 }, (give) => {
      const measured = measure(done)
      pipeline(from(), measured, { signal }).catch((error) => zip.emit('error', error))
      give(null, measured)
    })
  for (const table of await listTables(client)) {
    const path = `tables/${table.schema}.${table.name}.copy`
    add(
      path,
      true,
      () => client.query(copyTo(copyOut(table))),
      (measured) => {
        manifest.tables.push({ path, schema: table.schema, name: table.name, columns: table.columns, ...measured })
      },
    )
  }
  const jobs = await keptJobs(client)
  if (jobs !== undefined)
    add(
      jobsPath,
      true,
      () => Readable.from([jobs]),
      ({ bytes, sha256 }) => (manifest.jobs = { path: jobsPath, bytes, sha256 }),
    )
  if (secret.kept)
    add(
      secretPath,
      true,
      () => Readable.from([secret.value]),
      ({ bytes, sha256 }) => (manifest.secret = { path: secretPath, bytes, sha256 }),
    )
  // Files never change once they are stored; one that was removed since the snapshot is not missed.
  for (const name of listFiles(filesFolder)) {
    const path = `files/${name}`
    add(
      path,
      false,
      () => (existsSync(join(filesFolder, name)) ? createReadStream(join(filesFolder, name)) : Readable.from([])),
      ({ bytes, sha256 }) => {
        manifest.files.push({ path, bytes, sha256 })
      },
    )
  }
  zip.addReadStreamLazy(manifestPath, { mode: 0o100600 }, (give) =>
    give(null, Readable.from([JSON.stringify(manifest, null, 1)])),
  )
  zip.end()
  return manifest
}

async function sequences(client: Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select schemaname as schema, sequencename as name from pg_sequences where schemaname <> 'graphile_worker' order by 1, 2`,
  )
  const found: Manifest['sequences'] = []
  for (const { schema, name } of rows) {
    const quoted = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`
    const { rows } = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quoted}`,
    )
    found.push({ schema, name, ...rows[0]! })
  }
  return found
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}
