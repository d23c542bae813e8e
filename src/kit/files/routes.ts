import { Absent, Problems } from '#kit/access'
import { get, patch, post, remove, room, type Ask, type Room } from '#kit/http'
import { say } from '#kit/words'
import { listRenditions } from './file.ts'
import { isPicture } from './kinds.ts'
import { answerFile, findServed, largest, renditionAddress, sizeOf } from './serve.ts'
import type { Storage } from './storage.ts'
import { OutOfStep, type Uploads } from './upload.ts'
import { fileWords } from './words.ts'

declare module '#kit/view' {
  interface Addresses {
    'files.file': { id: string; version: string; name: string }
    'files.picture': { id: string; version: string; size: string }
    'files.uploads': Record<never, string>
    'files.upload': { id: string }
  }
}

const outside = { plain: true, streams: true } as const
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** Where files are read and where uploads arrive that may rest: outside the languages, in pieces, behind row security. */
export function filesRoom({ storage, uploads }: { storage: Storage; uploads: Uploads }): Room {
  return room('files', fileWords, [
    get(
      'file',
      '/files/:id/:version/:name',
      async (ask) => {
        const file = await ask.read((db) => findServed(db, idOf(ask)))
        if (isPicture(file.kind) && !file.own) return toLargest(ask, file.id)
        return (
          (await answerFile(ask.request, storage, file, {
            open: file.state === 'published',
            download: ask.query.has('download'),
          })) ?? gone()
        )
      },
      outside,
    ),
    get(
      'picture',
      '/pictures/:id/:version/:size',
      async (ask) => {
        const asked = sizeOf(ask.params['size'] ?? '')
        const { file, renditions } = await ask.read(async (db) => ({
          file: await findServed(db, idOf(ask)),
          renditions: await listRenditions(db, [idOf(ask)]),
        }))
        const rendition = renditions.find(({ width, kind }) => width === asked?.width && kind === asked.kind)
        if (!rendition) throw new Absent()
        const name = file.name.replace(/\.[a-z0-9]{1,8}$/iu, `-${ask.params['size']}`)
        return (
          (await answerFile(ask.request, storage, { ...rendition, name }, { open: file.state === 'published' })) ??
          gone()
        )
      },
      outside,
    ),
    post(
      'uploads',
      '/uploads',
      async (ask) => {
        const bytes = Number(ask.request.headers.get('upload-length'))
        const told = await answered(ask, () =>
          uploads.begin(ask.actor, { name: nameIn(ask.request.headers.get('upload-metadata')), bytes }),
        )
        if (told instanceof Response) return told
        return resumable(201, { location: ask.address('files.upload', { id: told.id }), 'upload-offset': '0' })
      },
      outside,
    ),
    // Asked with HEAD, which answers as GET does.
    get(
      'upload',
      '/uploads/:id',
      async (ask) => {
        const { offset, bytes, fileId } = await uploads.find(ask.actor, idOf(ask))
        return resumable(200, {
          'upload-offset': String(offset),
          'upload-length': String(bytes),
          ...(fileId && { 'quipu-file': fileId }),
        })
      },
      outside,
    ),
    patch(
      'append',
      '/uploads/:id',
      async (ask) => {
        if (ask.request.headers.get('content-type') !== 'application/offset+octet-stream') return resumable(415)
        const from = Number(ask.request.headers.get('upload-offset'))
        const body = ask.request.body as unknown as AsyncIterable<Uint8Array> | null
        const told = await answered(ask, () => uploads.append(ask.actor, idOf(ask), from, body ?? none()))
        if (told instanceof Response) return told
        return resumable(204, {
          'upload-offset': String(told.offset),
          ...(told.fileId && { 'quipu-file': told.fileId }),
        })
      },
      outside,
    ),
    remove(
      'drop',
      '/uploads/:id',
      async (ask) => {
        await uploads.drop(ask.actor, idOf(ask))
        return resumable(204)
      },
      outside,
    ),
  ])
}

function idOf(ask: Ask): string {
  const id = ask.params['id'] ?? ''
  if (!uuid.test(id)) throw new Absent()
  return id
}

const gone = (): Response => new Response(null, { status: 410 })
async function* none(): AsyncGenerator<Uint8Array> {}

async function toLargest(ask: Ask, id: string): Promise<Response> {
  const best = largest(await ask.read((db) => listRenditions(db, [id])))
  if (!best) throw new Absent()
  return new Response(null, {
    status: 302,
    headers: { location: ask.address('files.picture', renditionAddress(best)) },
  })
}

/** Problems as text, for the script that sends; each in the sender's language. */
async function answered<T>(ask: Ask, work: () => Promise<T>): Promise<T | Response> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof OutOfStep) return resumable(error.status)
    if (!(error instanceof Problems)) throw error
    const said = error.problems.map(({ words, values }) => say(ask.language, words, values)).join('\n')
    return new Response(said, {
      status: 422,
      headers: { 'tus-resumable': '1.0.0', 'content-type': 'text/plain; charset=utf-8' },
    })
  }
}

/** The part of the tus protocol 1.0.0 that its clients need: creation, offset, append, termination. */
function resumable(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { 'tus-resumable': '1.0.0', 'cache-control': 'no-store', ...headers } })
}

/** `filename bmFtZQ==` → its text. */
function nameIn(metadata: string | null): string {
  const found = /(?:^|,)\s*filename ([A-Za-z0-9+/=]+)/u.exec(metadata ?? '')
  return found ? Buffer.from(found[1]!, 'base64').toString('utf8') : ''
}
