import type { Problem } from '#kit/access'
import { isFileKind, kinds, shapeOf, type FileKind } from './kinds.ts'
import { bareName } from './multipart.ts'
import { headLength, lookIntoZip, sniff, type Refusal } from './sniff.ts'
import { StorageFull, type Bytes, type Storage } from './storage.ts'

/** What a form takes for one file: which kinds, and at most how many bytes (never more than the kind's own limit). */
export type Wanted = { accept: readonly FileKind[]; limit?: number }
export type Received = { sha256: string; bytes: number; kind: FileKind; name: string }

/** A file that is not taken, with the problem to show at its field. */
export class FileRefused extends Error {
  readonly words: string
  readonly values: Record<string, string | number> | undefined
  constructor(words: string, values?: Record<string, string | number>) {
    super(words)
    this.words = words
    this.values = values
  }
  problem(field: string): Problem {
    return { field, words: this.words, ...(this.values && { values: this.values }) }
  }
}

const refuse = (why: Refusal): never => {
  throw new FileRefused(`files.problem.${why}`)
}

/**
 * Streams a file into storage: what it is is told by its content, and it is refused as soon as its kind is not wanted or its limit is passed, with nothing left behind.
 * Throws {@link FileRefused}; answers null for a field where no file was chosen.
 */
export async function receive(
  storage: Storage,
  bytes: Bytes,
  given: { name: string },
  wanted: Wanted,
): Promise<Received | null> {
  const { head, all } = await peek(bytes)
  if (head.length === 0) {
    if (given.name === '') return null
    refuse('empty')
  }
  const sniffed = sniff(head, given.name)
  if ('refused' in sniffed) return refuse(sniffed.refused)
  let kind = sniffed.kind
  // Which ZIP it is shows only in the end: until then the largest limit of what it may be holds.
  const zipped = kind === 'application/zip'
  if (!zipped) requireWanted(kind, wanted)
  else if (!wanted.accept.some(isZipped)) requireWanted(kind, wanted)
  const limit = zipped
    ? Math.max(...wanted.accept.filter(isZipped).map((one) => limitOf(one, wanted)))
    : limitOf(kind, wanted)
  try {
    const stored = await storage.put(within(all, limit), {
      inspect: async (path, { bytes: size }) => {
        if (!zipped) return
        const found = await lookIntoZip(path)
        if ('refused' in found) return refuse(found.refused)
        kind = found.kind
        requireWanted(kind, wanted)
        if (size > limitOf(kind, wanted)) throw tooLarge(limitOf(kind, wanted))
      },
    })
    return { ...stored, kind, name: nameOf(given.name, kind) }
  } catch (error) {
    if (error instanceof StorageFull) throw new FileRefused('files.problem.no-room')
    throw error
  }
}

const isZipped = (kind: FileKind) => kind === 'application/zip' || kind.startsWith('application/vnd.')
const limitOf = (kind: FileKind, { limit }: Wanted) => Math.min(shapeOf(kind).limit, limit ?? Infinity)
const tooLarge = (limit: number) =>
  new FileRefused('files.problem.too-large', { megabytes: Math.round((limit / 1024 / 1024) * 10) / 10 })

function requireWanted(kind: FileKind, { accept }: Wanted): void {
  if (accept.includes(kind)) return
  throw new FileRefused('files.problem.not-wanted', {
    kind: endingOf(kind),
    kinds: [...new Set(accept.map(endingOf))].join(', '),
  })
}

const endingOf = (kind: FileKind) => shapeOf(kind).ending.toUpperCase()

async function* within(bytes: Bytes, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const part of bytes) {
    size += part.byteLength
    if (size > limit) throw tooLarge(limit)
    yield part
  }
}

/** The first bytes, and a stream that still has them. */
async function peek(bytes: Bytes): Promise<{ head: Uint8Array; all: Bytes }> {
  const source = bytes[Symbol.asyncIterator]()
  const parts: Uint8Array[] = []
  let size = 0
  let next = await source.next()
  while (!next.done) {
    // A reader may lend the same memory again.
    parts.push(Uint8Array.from(next.value))
    size += next.value.byteLength
    if (size >= headLength) break
    next = await source.next()
  }
  const over = next.done === true
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* parts
    if (over) return
    for (let more = await source.next(); !more.done; more = await source.next()) yield more.value
  }
  return { head: Buffer.concat(parts), all: all() }
}

/** The name as given, with the ending that tells the truth. */
function nameOf(given: string, kind: FileKind): string {
  const name = bareName(given) || 'archivo'
  const { ending } = kinds[kind]
  const has = /\.([a-z0-9]{1,8})$/iu.exec(name)?.[1]?.toLowerCase()
  const same = has === ending || (aliases[ending] ?? []).includes(has ?? '')
  return same ? name : `${name.replace(/\.[a-z0-9]{1,8}$/iu, '') || 'archivo'}.${ending}`
}

const aliases: Record<string, string[]> = {
  jpg: ['jpeg', 'jpe', 'jfif'],
  tif: ['tiff'],
  csv: ['tsv', 'tab', 'txt'],
  txt: ['md'],
  mp4: ['m4v', 'mov'],
  geojson: ['json'],
  m4a: ['m4b'],
}

/** The kinds that a list of MIME types names; others are left out. */
export const kindsAmong = (types: readonly string[]): FileKind[] => types.filter(isFileKind)
