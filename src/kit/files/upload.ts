import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { found, Problems, Refused, type Actor } from '#kit/access'
import { sql, type Db } from '#kit/db'
import { read } from '#kit/record'
import { keepReceived } from './file.ts'
import { kinds, type FileKind } from './kinds.ts'
import { bareName } from './multipart.ts'
import { FileRefused, receive } from './receive.ts'
import type { Bytes, Storage } from './storage.ts'

export type Upload = { id: string; name: string; bytes: number; fileId: string | null }

/** Uploads that may rest and go on, in a folder of their own until they are whole. */
export type Uploads = {
  begin(actor: Actor, asked: { name: string; bytes: number }): Promise<Upload>
  /** The upload and how many bytes of it are safe here. */
  find(actor: Actor, id: string): Promise<Upload & { offset: number }>
  /** Takes bytes from `offset` on; the last ones make the file, whose id is then told. Throws {@link OutOfStep} and `Problems`. */
  append(actor: Actor, id: string, offset: number, bytes: Bytes): Promise<Upload & { offset: number }>
  drop(actor: Actor, id: string): Promise<void>
  /** Removes parts untouched since an instant (milliseconds). */
  sweep(before: number): Promise<number>
}

/** The bytes offered do not begin where those here end, or somebody else is sending just now. */
export class OutOfStep extends Error {
  readonly status: 409 | 423
  constructor(status: 409 | 423) {
    super(status === 409 ? 'the upload is at another byte' : 'the upload is being written to')
    this.status = status
  }
}

const everyKind = Object.keys(kinds) as FileKind[]
const largestLimit = Math.max(...everyKind.map((kind) => kinds[kind].limit))
const mostOpen = 50

export function openUploads(storage: Storage, folder: string): Uploads {
  const busy = new Set<string>()
  const pathOf = (id: string) => join(folder, id)
  const sizeOf = async (id: string) => (await stat(pathOf(id)).catch(() => null))?.size ?? 0

  const load = async (actor: Actor, id: string): Promise<Upload> =>
    read(actor, async (db) =>
      found(
        (await sql<Upload>`select id, name, bytes, file_id from files.upload where id = ${id}`.execute(db)).rows[0],
      ),
    )

  return {
    async begin(actor, { name, bytes }) {
      if (!actor.personId) throw new Refused('kit.refused.sign-in')
      if (!Number.isSafeInteger(bytes) || bytes <= 0) throw new Problems([{ field: '', words: 'files.problem.empty' }])
      if (bytes > largestLimit)
        throw new Problems([
          { field: '', words: 'files.problem.too-large', values: { megabytes: largestLimit / 1024 / 1024 } },
        ])
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // No deed yet: an upload is an intention, and row security lets nobody but its person write it.
      return write(actor, async (db) => {
        const { rows } = await sql<Upload>`
          insert into files.upload (keeper, name, bytes)
          select ${actor.personId}, ${bareName(name) || 'archivo'}, ${bytes} where (select count(*) from files.upload where file_id is null) < ${mostOpen}
          returning id, name, bytes, file_id`.execute(db)
        if (!rows[0]) throw new Problems([{ field: '', words: 'files.problem.too-many-uploads' }])
        return rows[0]
      })
    },
    async find(actor, id) {
      const upload = await load(actor, id)
      return { ...upload, offset: upload.fileId ? upload.bytes : await sizeOf(id) }
    },
    async append(actor, id, offset, bytes) {
      const upload = await load(actor, id)
      if (upload.fileId) return { ...upload, offset: upload.bytes }
      if (busy.has(id)) throw new OutOfStep(423)
      busy.add(id)
      try {
        const here = await sizeOf(id)
        if (here !== offset) throw new OutOfStep(409)
        const reached = await appendTo(pathOf(id), bytes, upload.bytes - here).then((added) => here + added)
        if (reached < upload.bytes) return { ...upload, offset: reached }
        const fileId = await finish(actor, upload)
        return { ...upload, fileId, offset: upload.bytes }
      } finally {
        busy.delete(id)
      }
    },
    async drop(actor, id) {
      await load(actor, id)
      await write(actor, (db) => sql`delete from files.upload where id = ${id}`.execute(db))
      await rm(pathOf(id), { force: true })
    },
    async sweep(before) {
      let removed = 0
      for (const name of await readdir(folder).catch(() => [])) {
        const found = await stat(pathOf(name)).catch(() => null)
        if (!found || found.mtimeMs >= before) continue
        await rm(pathOf(name), { force: true })
        removed += 1
      }
      return removed
    },
  }

  /** The whole is looked at like any other file, and refused like any other. */
  async function finish(actor: Actor, upload: Upload): Promise<string> {
    const path = pathOf(upload.id)
    try {
      const received = await receive(storage, createReadStream(path), { name: upload.name }, { accept: everyKind })
      const fileId = await keepReceived(actor, received!)
      await write(actor, (db) => sql`update files.upload set file_id = ${fileId} where id = ${upload.id}`.execute(db))
      await rm(path, { force: true })
      return fileId
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error
      await write(actor, (db) => sql`delete from files.upload where id = ${upload.id}`.execute(db))
      await rm(path, { force: true })
      throw new Problems([error.problem('')])
    }
  }
}

function write<T>(actor: Actor, work: (db: Db) => Promise<T>): Promise<T> {
  const reach = { person: actor.personId, networkWide: false, institutions: [], countries: [] }
  return actor.database.transaction(reach, 'write', work)
}

/** Appends at most `room` bytes and makes them safe, also those that came before the line broke. */
async function appendTo(path: string, bytes: Bytes, room: number): Promise<number> {
  const file = await open(path, 'a', 0o600)
  let added = 0
  try {
    for await (const part of bytes) {
      const taken = part.subarray(0, room - added)
      await file.writeFile(taken)
      added += taken.byteLength
      if (added >= room) break
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOSPC')
      throw new Problems([{ field: '', words: 'files.problem.no-room' }])
    // The line broke: what came counts, and the sender asks where to go on.
  } finally {
    await file.sync()
    await file.close()
  }
  return added
}
