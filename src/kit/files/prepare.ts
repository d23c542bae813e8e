import type { Sharp } from 'sharp'
import { reachOf, system } from '#kit/access'
import { sql, type Database } from '#kit/db'
import { defineTask, GivesUp, type AnyTask, type Retention } from '#kit/jobs'
import { record } from '#kit/record'
import type { FileKind } from './kinds.ts'
import type { Stored, Storage } from './storage.ts'

/** Widths in pixels that a page may ask for; a smaller picture is not made larger. */
export const widths = [400, 800, 1600, 2400] as const
/** More than this is a trap or a mistake: 250 megapixels. */
const mostPixels = 250_000_000

type Made = { width: number; height: number; kind: FileKind; stored: Stored }

/** Loaded by the first picture: pages import this door too, and need none of it. */
async function loadSharp() {
  const { default: sharp } = await import('sharp')
  sharp.cache({ memory: 32, files: 0, items: 20 })
  sharp.concurrency(1)
  return sharp
}

/**
 * The sizes of a picture: turned as the camera said, in sRGB, without place, camera or anything else that a file may tell of whoever made it. AVIF and WebP, and JPEG for old
 * browsers. Throws {@link GivesUp} when it cannot be read.
 */
export async function renderPicture(
  path: string,
  put: (bytes: Buffer) => Promise<Stored>,
  signal?: AbortSignal,
): Promise<{ width: number; height: number; made: Made[] }> {
  const sharp = await loadSharp()
  const open = () => sharp(path, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true })
  const { width, height } = await measure(open)
  const made: Made[] = []
  // Each size is made from the picture as it will be shown, not from the one before: no loss adds up.
  for (const wanted of new Set(widths.map((one) => Math.min(one, width)))) {
    signal?.throwIfAborted()
    const base = open().autoOrient().resize({ width: wanted, withoutEnlargement: true }).toColourspace('srgb')
    const { data, info } = await unreadable(base.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }))
    const again = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
    const outputs: [FileKind, () => Promise<Buffer>][] = [
      ['image/webp', () => again().webp({ quality: 78, effort: 3 }).toBuffer()],
      ['image/avif', () => again().avif({ quality: 52, effort: 2 }).toBuffer()],
      // What can be seen through stands on white where a browser reads nothing better.
      ['image/jpeg', () => again().flatten({ background: '#fff' }).jpeg({ quality: 80, mozjpeg: true }).toBuffer()],
    ]
    for (const [kind, output] of outputs) {
      signal?.throwIfAborted()
      // The largest size serves looking closely: AVIF of it costs more time than it saves.
      if (kind === 'image/avif' && wanted > 1600) continue
      made.push({ width: info.width, height: info.height, kind, stored: await put(await output()) })
    }
  }
  return { width, height, made }
}

async function measure(open: () => Sharp): Promise<{ width: number; height: number }> {
  const { width, height } = (await unreadable(open().metadata())).autoOrient
  if (!width || !height) throw new GivesUp('the picture has no size', 'files.problem.picture-broken')
  if (width * height > mostPixels)
    throw new GivesUp('the picture has too many pixels', 'files.problem.picture-too-many-pixels')
  return { width, height }
}

async function unreadable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const message = (error as Error).message
    throw new GivesUp(
      message,
      /pixel limit/iu.test(message) ? 'files.problem.picture-too-many-pixels' : 'files.problem.picture-broken',
    )
  }
}

/** The tasks of files: preparing pictures, and letting go at night of bytes that nothing names. */
export function fileTasks(settings: {
  storage: Storage
  uploads?: { sweep(before: number): Promise<number> }
}): AnyTask[] {
  const { storage } = settings
  return [
    defineTask<{ fileId: string }>(
      'files.prepare-picture',
      async ({ fileId }, { actor, database, signal }) => {
        const file = await findSource(database, fileId)
        if (!file) return
        try {
          const prepared = await storage.withPath(file.sha256, (path) =>
            renderPicture(
              path,
              async (bytes) =>
                storage.put(
                  (async function* () {
                    yield bytes
                  })(),
                ),
              signal,
            ),
          )
          if (!prepared) throw new GivesUp('the bytes of the picture are gone', 'files.problem.picture-broken')
          await record(actor, 'picture.prepared', { about: { kind: 'file', id: fileId } }, async (db) => {
            await sql`delete from files.rendition where file_id = ${fileId}`.execute(db)
            for (const { width, height, kind, stored } of prepared.made) {
              await sql`insert into files.rendition (file_id, width, height, kind, sha256, bytes)
                select id, ${width}, ${height}, ${kind}, ${stored.sha256}, ${stored.bytes} from files.file where id = ${fileId}
                on conflict on constraint "a picture has one rendition a width and kind" do nothing`.execute(db)
            }
            await sql`update files.file set width = ${prepared.width}, height = ${prepared.height}, problem = null where id = ${fileId}`.execute(
              db,
            )
          })
        } catch (error) {
          if (!(error instanceof GivesUp)) throw error
          await record(
            actor,
            'picture.unreadable',
            { about: { kind: 'file', id: fileId }, reason: error.message },
            (db) =>
              sql`update files.file set problem = ${error.words ?? 'files.problem.picture-broken'} where id = ${fileId}`.execute(
                db,
              ),
          )
        }
      },
      { attempts: 4, queue: 'pictures' },
    ),
    defineTask(
      'files.sweep',
      async (_payload, { database, log }) => {
        const removed = await sweep(database, storage, Date.now() - 86_400_000)
        if (removed > 0) log.info({ removed }, 'bytes that no file named were let go')
      },
      { schedule: '20 3 * * *', attempts: 2, queue: 'night' },
    ),
  ]
}

async function findSource(database: Database, id: string): Promise<{ sha256: string } | undefined> {
  return database.transaction(
    reachOf(system(database, 'files')),
    'read',
    async (db) => (await sql<{ sha256: string }>`select sha256 from files.file where id = ${id}`.execute(db)).rows[0],
  )
}

/** Removes bytes kept before an instant (milliseconds) that no file and no rendition names. Answers how many. */
export async function sweep(database: Database, storage: Storage, keptBefore: number): Promise<number> {
  let removed = 0
  for await (const { sha256, keptAt } of storage.list()) {
    if (keptAt >= keptBefore) continue
    const named = await database.transaction(
      reachOf(system(database, 'files')),
      'read',
      async (db) =>
        (
          await sql<{
            named: boolean
          }>`select exists (select from files.file where sha256 = ${sha256}) or exists (select from files.rendition where sha256 = ${sha256}) as named`.execute(
            db,
          )
        ).rows[0]!.named,
    )
    if (named) continue
    await storage.remove(sha256)
    removed += 1
  }
  return removed
}

/** Drafts of forms never sent, and uploads never finished. Their bytes follow at night. */
export const fileRetention: readonly Retention[] = [
  {
    code: 'files.draft',
    apply: async (db, { before }) =>
      Number(
        (await sql`delete from files.file where state = 'draft' and uploaded_at < ${before}::timestamptz`.execute(db))
          .numAffectedRows ?? 0n,
      ),
  },
  {
    code: 'files.upload',
    apply: async (db, { before }) =>
      Number(
        (await sql`delete from files.upload where created_at < ${before}::timestamptz`.execute(db)).numAffectedRows ??
          0n,
      ),
  },
]
