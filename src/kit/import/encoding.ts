import { limits, Unreadable, type ImportFile } from './file.ts'

export type Encoding = { label: string; byteOrderMark: boolean }

/** What one look over all bytes of a file tells. `head` is its beginning, at most 256 KiB, not yet decoded. */
export type Look = { encoding: Encoding; bytes: number; head: Uint8Array }

const headSize = 256 * 1024

const markOf = (head: Uint8Array): Encoding | undefined => {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { label: 'utf-8', byteOrderMark: true }
  if (head[0] === 0xff && head[1] === 0xfe) return { label: 'utf-16le', byteOrderMark: true }
  if (head[0] === 0xfe && head[1] === 0xff) return { label: 'utf-16be', byteOrderMark: true }
  return undefined
}

/** UTF-16 without its mark: Latin text in it has a zero in every second byte, and no other text has zeros. */
const sixteenBits = (head: Uint8Array): Encoding | undefined => {
  const zeros = [0, 0]
  const length = Math.min(head.length, 4096) & ~1
  for (let at = 0; at < length; at++) if (head[at] === 0) zeros[at & 1]!++
  if (length < 4) return undefined
  if (zeros[1]! > length / 5 && zeros[0]! < length / 50) return { label: 'utf-16le', byteOrderMark: false }
  if (zeros[0]! > length / 5 && zeros[1]! < length / 50) return { label: 'utf-16be', byteOrderMark: false }
  return undefined
}

/**
 * Reads a file once and tells its encoding: a mark at the beginning; the zeros of UTF-16; all bytes valid UTF-8; else
 * Windows-1252 where bytes 0x80–0x9F occur (in Latin-1 they are control characters that no register holds), else
 * Latin-1. Throws `Unreadable('too-large')` above `limits.streamed` and `Unreadable('empty')` for nothing at all.
 */
export const lookOver = async (file: ImportFile): Promise<Look> => {
  const pieces: Uint8Array[] = []
  let bytes = 0
  let kept = 0
  let valid = true
  let windows = false
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  for await (const piece of file.open()) {
    bytes += piece.byteLength
    if (bytes > limits.streamed) throw new Unreadable('too-large', { megabytes: limits.streamed / 1024 ** 2 })
    if (kept < headSize) {
      const part = piece.subarray(0, headSize - kept)
      pieces.push(part)
      kept += part.byteLength
    }
    if (valid) {
      try {
        utf8.decode(piece, { stream: true })
      } catch {
        valid = false
      }
    }
    if (!windows) windows = piece.some((byte) => byte >= 0x80 && byte <= 0x9f)
  }
  if (valid) {
    try {
      utf8.decode()
    } catch {
      valid = false
    }
  }
  if (bytes === 0) throw new Unreadable('empty')
  const head = Buffer.concat(pieces, kept)
  const eight: Encoding = { label: valid ? 'utf-8' : windows ? 'windows-1252' : 'iso-8859-1', byteOrderMark: false }
  return { encoding: markOf(head) ?? sixteenBits(head) ?? eight, bytes, head }
}

/** The text of a file piece by piece, without its byte order mark. A byte that cannot be read becomes U+FFFD. */
export async function* decoded(file: ImportFile, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const piece of file.open()) {
    const text = decoder.decode(piece, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

/** The text of bytes that lie in memory. */
export const decode = (bytes: Uint8Array, encoding: string): string => new TextDecoder(encoding).decode(bytes)
