import { sql, type Db } from '#kit/db'
import { found } from '#kit/access'
import { isFileKind, shapeOf, type FileKind } from './kinds.ts'
import type { KeptFile, Rendition } from './file.ts'
import type { Storage } from './storage.ts'

type Served = { sha256: string; kind: string; name: string }

/**
 * Answers with a file's bytes: the kind that was found, never one that a browser guesses; shown in place only where that is safe; in ranges; named by content, so that
 * what is public may be kept for ever. The caller has seen to it that the asker may have it. Null when the bytes are gone.
 */
export async function answerFile(
  request: Request,
  storage: Storage,
  file: Served,
  options: { open: boolean; download?: boolean },
): Promise<Response | null> {
  const headers = headersOf(file, options)
  const etag = headers.get('etag')!
  if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  const whole = await storage.get(file.sha256, { from: 0, to: 0 })
  if (!whole) return null
  await whole.stream.cancel()
  const ifRange = request.headers.get('if-range')
  const range = ifRange && ifRange !== etag ? null : rangeOf(request.headers.get('range'), whole.bytes)
  if (range === 'outside') {
    headers.set('content-range', `bytes */${whole.bytes}`)
    return new Response(null, { status: 416, headers })
  }
  const { from, to } = range ?? { from: 0, to: whole.bytes - 1 }
  headers.set('content-length', String(to - from + 1))
  if (range) headers.set('content-range', `bytes ${from}-${to}/${whole.bytes}`)
  const status = range ? 206 : 200
  if (request.method === 'HEAD') return new Response(null, { status, headers })
  const read = await storage.get(file.sha256, { from, to })
  return read && new Response(read.stream, { status, headers })
}

function headersOf({ sha256, kind, name }: Served, { open, download }: { open: boolean; download?: boolean }): Headers {
  const shape = isFileKind(kind) ? shapeOf(kind) : null
  const inline = shape?.shown === true && !download
  // A browser's own reader of PDF does not start inside a sandbox; and a PDF reaches nothing of the page's origin.
  const policy =
    kind === 'application/pdf'
      ? "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
      : "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; sandbox; frame-ancestors 'self'"
  return new Headers({
    'content-type': kind,
    'content-disposition': `${inline ? 'inline' : 'attachment'}; filename="${asciiName(name)}"; filename*=UTF-8''${encodeName(name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': policy,
    'cross-origin-resource-policy': open ? 'cross-origin' : 'same-origin',
    'cache-control': open ? 'public, max-age=31536000, immutable' : 'private, no-cache',
    'accept-ranges': 'bytes',
    'referrer-policy': 'no-referrer',
    etag: `"${sha256.slice(0, 32)}"`,
  })
}

const asciiName = (name: string) =>
  name
    .normalize('NFD')
    .replaceAll(/[^\x20-\x7e]/gu, '')
    .replaceAll(/["\\%]/gu, '_')
    .trim() || 'file'
/** RFC 8187: stricter than `encodeURIComponent`. */
const encodeName = (name: string) =>
  encodeURIComponent(name).replaceAll(/['()*!]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

function matches(header: string | null, etag: string): boolean {
  return (
    header !== null && header.split(',').some((one) => one.trim().replace(/^W\//u, '') === etag || one.trim() === '*')
  )
}

/** One range of RFC 9110; several at once are answered with the whole. */
export function rangeOf(header: string | null, size: number): { from: number; to: number } | 'outside' | null {
  const asked = /^bytes=(\d*)-(\d*)$/u.exec(header?.trim() ?? '')
  if (!asked || (asked[1] === '' && asked[2] === '')) return null
  if (asked[1] === '') {
    const last = Number(asked[2])
    return last === 0 ? 'outside' : { from: Math.max(0, size - last), to: size - 1 }
  }
  const from = Number(asked[1])
  const to = asked[2] === '' ? size - 1 : Math.min(Number(asked[2]), size - 1)
  if (asked[2] !== '' && Number(asked[2]) < from) return null
  return from >= size ? 'outside' : { from, to }
}

/** A file that the actor's transaction reaches, and whether as one of those whose it is: they get a picture as it came, others never (it may tell where it was taken). */
export async function findServed(db: Db, id: string): Promise<KeptFile & { own: boolean }> {
  const { rows } = await sql<KeptFile & { own: boolean }>`
    select f.*, coalesce(access.reaches(f.keeper), false) or coalesce(f.uploader = access.person(), false) as own from files.file f where f.id = ${id}`.execute(
    db,
  )
  return found(rows[0])
}

/** The size of a picture that best stands for all of it: the largest that every browser shows. */
export function largest(renditions: readonly Rendition[]): Rendition | null {
  return renditions.filter(({ kind }) => kind === 'image/jpeg').sort((a, b) => b.width - a.width)[0] ?? null
}

/** `800.webp` → its width and kind. */
export function sizeOf(size: string): { width: number; kind: FileKind } | null {
  const asked = /^(\d{1,5})\.(avif|webp|jpg)$/u.exec(size)
  if (!asked) return null
  return { width: Number(asked[1]), kind: asked[2] === 'jpg' ? 'image/jpeg' : (`image/${asked[2]}` as FileKind) }
}

/** The parameters of a rendition's address. */
export function renditionAddress({ fileId, width, kind, sha256 }: Rendition): {
  id: string
  version: string
  size: string
} {
  return { id: fileId, version: sha256.slice(0, 10), size: `${width}.${shapeOf(kind).ending}` }
}

/** The parameters of a file's own address. */
export function fileAddress({ id, sha256, name }: Pick<KeptFile, 'id' | 'sha256' | 'name'>): {
  id: string
  version: string
  name: string
} {
  return { id, version: sha256.slice(0, 10), name }
}
