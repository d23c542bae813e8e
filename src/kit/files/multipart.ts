import type { Bytes } from './storage.ts'

/** One part of a form: a field where `file` is null. Its bytes are to be read (or left) before the next part is asked for. */
export type Part = { name: string; file: { name: string; type: string } | null; bytes: Bytes }

/** The body is not a form as RFC 7578 says, was cut short, or has more parts or longer heads than anyone needs. */
export class MultipartBroken extends Error {}

const headLimit = 16 * 1024
const partLimit = 2000
const lineEnd = Buffer.from('\r\n')
const headEnd = Buffer.from('\r\n\r\n')

/** The boundary that a `content-type` names, or null. */
export function boundaryOf(contentType: string | null): string | null {
  const found = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/iu.exec(contentType ?? '')
  return found ? (found[1] ?? found[2] ?? null) : null
}

/**
 * Reads a form part by part as it arrives: memory holds one chunk and a boundary's length, however large a file is. Throws {@link MultipartBroken}.
 */
export async function* readParts(body: Bytes, boundary: string): AsyncGenerator<Part> {
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  const source = body[Symbol.asyncIterator]()
  // The first boundary has no line end before it.
  let held: Buffer = lineEnd

  const more = async (): Promise<void> => {
    const { done, value } = await source.next()
    if (done) throw new MultipartBroken('the form ends before its last boundary')
    held =
      held.length === 0 ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : Buffer.concat([held, value])
  }
  const atLeast = async (length: number): Promise<void> => {
    while (held.length < length) await more()
  }

  async function* untilDelimiter(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = held.indexOf(delimiter)
      if (at >= 0) {
        const part = held.subarray(0, at)
        held = held.subarray(at + delimiter.length)
        if (part.length > 0) yield part
        return
      }
      // What could be the beginning of a boundary waits for more.
      const safe = held.length - delimiter.length + 1
      if (safe > 0) {
        const part = held.subarray(0, safe)
        held = held.subarray(safe)
        yield part
      }
      await more()
    }
  }

  try {
    await passOver(untilDelimiter())
    for (let count = 0; ; count += 1) {
      await atLeast(2)
      if (held.subarray(0, 2).toString() === '--') return
      if (count >= partLimit) throw new MultipartBroken('the form has too many parts')
      // After the boundary: blanks, a line end, the heads, an empty line.
      let end = held.indexOf(headEnd)
      while (end < 0) {
        if (held.length > headLimit) throw new MultipartBroken('a part has too long a head')
        await more()
        end = held.indexOf(headEnd)
      }
      const head = held.subarray(0, end).toString('utf8')
      held = held.subarray(end + headEnd.length)
      const bytes = restable(untilDelimiter())
      yield { ...readHead(head), bytes }
      await passOver(bytes)
    }
  } finally {
    await source.return?.()
  }
}

async function passOver(bytes: Bytes): Promise<void> {
  const left = bytes[Symbol.asyncIterator]()
  while (!(await left.next()).done);
}

/** What its reader leaves off goes on where it was left: so that an unread part can be passed over. */
function restable(content: AsyncGenerator<Uint8Array>): Bytes {
  return { [Symbol.asyncIterator]: () => ({ next: () => content.next() }) }
}

function readHead(head: string): Pick<Part, 'name' | 'file'> {
  const disposition = /^content-disposition:[ \t]*form-data[ \t]*;(.*)$/imu.exec(head)?.[1]
  const name = disposition && parameter(disposition, 'name')
  if (name === undefined || name === null || name === '') throw new MultipartBroken('a part has no name')
  const file = parameter(disposition!, 'filename')
  const type = /^content-type:[ \t]*([^\r\n;]+)/imu.exec(head)?.[1]?.trim().toLowerCase() ?? ''
  return { name, file: file === null ? null : { name: bareName(file), type } }
}

/** Browsers write `"`, CR and LF of a name in percents, and nothing else. */
function parameter(disposition: string, name: string): string | null {
  const found = new RegExp(`(?:^|;)[ \\t]*${name}=(?:"([^"]*)"|([^;\\s]*))`, 'iu').exec(disposition)
  if (!found) return null
  return (found[1] ?? found[2] ?? '').replaceAll(/%22/gu, '"').replaceAll(/%0[DA]/giu, ' ')
}

/** A file's name without folders (some browsers sent them), signs that no disk likes, and beyond 200 characters. */
export function bareName(name: string): string {
  const bare = name
    .normalize('NFC')
    .replace(/^.*[/\\]/su, '')
    .replaceAll(/[\p{Cc}\p{Cf}<>:"|?*]+/gu, ' ')
    .replaceAll(/ +/gu, ' ')
    .trim()
  if (bare.length <= 200) return bare
  const ending = /\.[a-z0-9]{1,8}$/iu.exec(bare)?.[0] ?? ''
  return bare.slice(0, 200 - ending.length) + ending
}
