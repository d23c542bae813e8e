import { refuseProblems, type Actor, type Problem } from '#kit/access'
import type { Db } from '#kit/db'
import { sql } from '#kit/db'
import { BodyRefused, submit, type Ask, type Typed } from '#kit/http'
import { keepReceived, type KeptFile } from './file.ts'
import { shapeOf } from './kinds.ts'
import { boundaryOf, MultipartBroken, readParts } from './multipart.ts'
import { FileRefused, receive, type Wanted } from './receive.ts'
import type { Bytes, Storage } from './storage.ts'

const fieldLimit = 1024 * 1024

/**
 * Reads a form that carries files, as it arrives: files go straight into storage as drafts of the actor's, and `typed['photo.kept']` names the draft of the field `photo`,
 * so that nothing has to be chosen again when the form comes back. What is wrong with a file is a problem of its field.
 */
export async function readFilesForm(
  ask: Ask,
  storage: Storage,
  wanted: Record<string, Wanted>,
): Promise<{ typed: Typed; problems: Problem[] }> {
  const boundary = boundaryOf(ask.request.headers.get('content-type'))
  if (!boundary || !ask.request.body) return { typed: await ask.typed(), problems: [] }
  const typed: Typed = Object.create(null) as Typed
  const problems: Problem[] = []
  const fresh = new Set<string>()
  const add = (name: string, value: string) => {
    const before = typed[name]
    typed[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]
  }
  let room = fieldLimit
  try {
    for await (const part of readParts(ask.request.body as unknown as Bytes, boundary)) {
      if (!part.file) {
        const value = await textOf(part.bytes, room)
        room -= value.length
        // A draft that was kept before gives way to a new choice, which may come before or after it.
        if (!(part.name.endsWith('.kept') && fresh.has(part.name))) add(part.name, value.replaceAll('\r\n', '\n'))
        continue
      }
      const want = wanted[part.name]
      if (!want) continue
      try {
        const received = await receive(storage, part.bytes, part.file, want)
        if (!received) continue
        const id = await keepReceived(ask.actor, received)
        const name = `${part.name}.kept`
        if (!fresh.has(name)) delete typed[name]
        fresh.add(name)
        add(name, id)
      } catch (error) {
        if (!(error instanceof FileRefused)) throw error
        problems.push(error.problem(part.name))
      }
    }
  } catch (error) {
    if (error instanceof MultipartBroken) throw new BodyRefused(415)
    throw error
  }
  return { typed: { ...typed }, problems }
}

async function textOf(bytes: Bytes, room: number): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of bytes) {
    size += part.byteLength
    if (size > room) throw new BodyRefused(413)
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/**
 * `submit` for a form with files. The route is one that streams (`post(name, pattern, handler, { streams: true })`); problems of files are told together with those of fields.
 */
export async function submitWithFiles<Input, Done>(
  ask: Ask,
  storage: Storage,
  wanted: Record<string, Wanted>,
  how: Parameters<typeof submit<Input, Done>>[1],
) {
  const { typed, problems } = await readFilesForm(ask, storage, wanted)
  const told = new Set(problems.map(({ field, words }) => `${field} ${words}`))
  return submit<Input, Done>(
    { ...ask, typed: async () => typed },
    {
      ...how,
      act: async (input, sent) => {
        refuseProblems(problems)
        return how.act(input, sent)
      },
      again: (sent, found) =>
        how.again(sent, [...problems, ...found.filter(({ field, words }) => !told.has(`${field} ${words}`))]),
    },
  )
}

/**
 * Inside a deed: the draft that a form's `….kept` names, if it is the actor's own and of a kind and size that the field takes. Uploads that came in pieces were taken whatever they were,
 * so this is where they are held to what the form asks. Answers null with a problem added when it is not.
 */
export async function takeDraft(
  actor: Actor,
  db: Db,
  id: string | null | undefined,
  field: string,
  wanted: Wanted,
  problems: Problem[],
): Promise<KeptFile | null> {
  if (!id) return null
  const { rows } =
    await sql<KeptFile>`select * from files.file where id::text = ${id} and (uploader = ${actor.personId}::uuid or access.reaches(keeper))`.execute(
      db,
    )
  const file = rows[0]
  if (!file) problems.push({ field, words: 'files.problem.gone' })
  else if (!wanted.accept.includes(file.kind)) {
    const endings = [...new Set(wanted.accept.map((kind) => shapeOf(kind).ending.toUpperCase()))].join(', ')
    problems.push({
      field,
      words: 'files.problem.not-wanted',
      values: { kind: shapeOf(file.kind).ending.toUpperCase(), kinds: endings },
    })
  } else if (wanted.limit && file.bytes > wanted.limit) {
    problems.push({
      field,
      words: 'files.problem.too-large',
      values: { megabytes: Math.round((wanted.limit / 1024 / 1024) * 10) / 10 },
    })
  } else return file
  return null
}
