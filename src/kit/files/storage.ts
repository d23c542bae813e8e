import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'

export type Bytes = AsyncIterable<Uint8Array>
export type Stored = { sha256: string; bytes: number }

/**
 * Where the bytes of files live, by their checksum: equal content is kept once. Small on purpose, so that an object store can take the place of the disk.
 * `put` keeps all or nothing; `get` answers null for what is not there.
 */
export type Storage = {
  /** Streams bytes in. `inspect` sees the whole on disk before it counts as kept, and may refuse by throwing. */
  put(bytes: Bytes, options?: { inspect?: (path: string, stored: Stored) => Promise<void> }): Promise<Stored>
  /** Streams bytes out; `from` and `to` are the first and the last byte wanted. */
  get(
    sha256: string,
    range?: { from: number; to: number },
  ): Promise<{ bytes: number; stream: ReadableStream<Uint8Array> } | null>
  /** Gives the path of a kept file to what needs one (pictures, spreadsheets), for as long as `work` runs. */
  withPath<T>(sha256: string, work: (path: string) => Promise<T>): Promise<T | null>
  remove(sha256: string): Promise<void>
  list(): AsyncIterable<Stored & { keptAt: number }>
}

/** There is no room left to keep a file. */
export class StorageFull extends Error {
  constructor() {
    super('no room left where files are kept')
  }
}

const isHash = (sha256: string) => /^[0-9a-f]{64}$/.test(sha256)

/** Files in a folder: `ab/cd/<checksum>`, written beside and renamed when whole and safe on the disk. */
export function diskStorage(folder: string): Storage {
  const pathOf = (sha256: string) => {
    if (!isHash(sha256)) throw new TypeError('not a checksum')
    return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }
  const arriving = join(folder, 'arriving')

  return {
    async put(bytes, options = {}) {
      await mkdir(arriving, { recursive: true, mode: 0o700 })
      const path = join(arriving, randomUUID())
      try {
        const stored = await write(path, bytes)
        await options.inspect?.(path, stored)
        const target = pathOf(stored.sha256)
        const parent = join(target, '..')
        await mkdir(parent, { recursive: true, mode: 0o700 })
        await rename(path, target)
        await syncFolder(parent)
        return stored
      } catch (error) {
        await rm(path, { force: true })
        throw (error as { code?: string }).code === 'ENOSPC' || (error as { code?: string }).code === 'EDQUOT'
          ? new StorageFull()
          : error
      }
    },
    async get(sha256, range) {
      const path = pathOf(sha256)
      const found = await stat(path).catch(() => null)
      if (!found) return null
      const stream = createReadStream(path, range ? { start: range.from, end: range.to } : {})
      return { bytes: found.size, stream: Readable.toWeb(stream) as ReadableStream<Uint8Array> }
    },
    async withPath(sha256, work) {
      const path = pathOf(sha256)
      return (await stat(path).catch(() => null)) ? work(path) : null
    },
    async remove(sha256) {
      await rm(pathOf(sha256), { force: true })
    },
    async *list() {
      for await (const entry of walk(folder)) {
        if (!isHash(entry.name)) continue
        const found = await stat(entry.path).catch(() => null)
        if (found) yield { sha256: entry.name, bytes: found.size, keptAt: found.mtimeMs }
      }
    },
  }
}

async function write(path: string, bytes: Bytes): Promise<Stored> {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const part of bytes) {
      hash.update(part)
      size += part.byteLength
      await file.writeFile(part)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { sha256: hash.digest('hex'), bytes: size }
}

/** A rename is safe only when the folder that holds the name is. Not every system lets a folder be synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

async function* walk(folder: string): AsyncGenerator<{ name: string; path: string }> {
  const entries = await opendir(folder).catch(() => null)
  if (!entries) return
  for await (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && /^[0-9a-f]{2}$/.test(entry.name)) yield* walk(path)
    else if (entry.isFile()) yield { name: entry.name, path }
  }
}
