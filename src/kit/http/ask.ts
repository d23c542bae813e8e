import type { Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { read } from '#kit/record'
import type { Language } from '#kit/words'
import { typedFrom, type Typed } from './form.ts'
import type { Route } from './room.ts'

/** A signed-in person's session, as far as pages need to know it. */
export type Session = {
  id: string
  personId: string
  name: string
  /** When the person last proved who they are; grave deeds ask for it to be recent. */
  provedAt: Temporal.Instant
  secondFactor: boolean
}

/** One request as a handler sees it: who asks, for what, and in which language. */
export type Ask = {
  actor: Actor
  session: Session | null
  language: Language
  params: Record<string, string>
  query: URLSearchParams
  /** The path as asked, with its query. */
  path: string
  route: Route
  request: Request
  /** The address the request came from, as far as believed proxies tell. */
  client: string
  /** The public address of this installation, without a slash at its end. */
  origin: string
  /** Reads in a read-only transaction that carries the actor and their reach. */
  read<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** The form that was sent, read once. Throws {@link BodyRefused} when too large or not a form. */
  typed(): Promise<Typed>
  /** A page's path in the asker's language (or another). */
  address(name: string, params?: Record<string, string>, language?: Language): string
  has(name: string): boolean
  /** Says `words` (a full key) once, on the next page shown. */
  tell(kind: 'done' | 'warning', words: string, values?: Record<string, string | number>): void
  /** Headers for the answer, set by anyone on the way. */
  answerHeaders: Headers
}

/** The body of a request is larger than its route takes, or of another kind than a form. */
export class BodyRefused extends Error {
  readonly status: 413 | 415
  constructor(status: 413 | 415) {
    super(status === 413 ? 'body too large' : 'body of another kind')
    this.status = status
  }
}

const formLimit = 1024 * 1024
const multipartLimit = 2 * 1024 * 1024

/** Reads a small form (urlencoded, or multipart without files worth keeping): at most 1 MB. Files stream elsewhere (`#kit/files`). */
export async function readBody(request: Request): Promise<Typed> {
  const kind = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (kind === 'application/x-www-form-urlencoded')
    return typedFrom(new URLSearchParams(await textWithin(request, formLimit)))
  if (kind === 'multipart/form-data') {
    const bytes = await bytesWithin(request, multipartLimit)
    return typedFrom(
      await new Response(bytes, { headers: { 'content-type': request.headers.get('content-type')! } }).formData(),
    )
  }
  if (kind === '' && !request.body) return {}
  throw new BodyRefused(415)
}

async function textWithin(request: Request, limit: number): Promise<string> {
  return new TextDecoder().decode(await bytesWithin(request, limit))
}

async function bytesWithin(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw new BodyRefused(413)
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.byteLength
    if (size > limit) throw new BodyRefused(413)
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts, size))
}

/** What `Ask.read` does, apart so that actors of any origin read in one way. */
export const readAs =
  (actor: Actor) =>
  <T>(work: (db: Db) => Promise<T>): Promise<T> =>
    read(actor, work)
