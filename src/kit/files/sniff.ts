import { openPromise } from 'yauzl'
import type { FileKind } from './kinds.ts'

/** Why a file is not taken: the key of a sentence of these words (`files.problem.…`). */
export type Refusal =
  | 'heic'
  | 'old-office'
  | 'program'
  | 'page'
  | 'archive'
  | 'unknown'
  | 'macro'
  | 'broken'
  | 'empty'
  | 'raw'
export type Sniffed = { kind: FileKind } | { refused: Refusal }

const kind = (found: FileKind): Sniffed => ({ kind: found })
const refused = (why: Refusal): Sniffed => ({ refused: why })

/** How much of a file's beginning `sniff` wants to see. */
export const headLength = 4096

/**
 * What a file is by its first bytes (at least {@link headLength}, or all of it). The name decides only between kinds of plain text. An Office file or another
 * ZIP comes out as `application/zip`: {@link lookIntoZip} tells which when all of it is there.
 */
export function sniff(head: Uint8Array, name: string): Sniffed {
  if (head.length === 0) return refused('empty')
  const latin = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 1024)).toString('latin1')
  const starts = (magic: string, at = 0) => latin.startsWith(magic, at)
  if (starts('\xff\xd8\xff')) return kind('image/jpeg')
  if (starts('\x89PNG\r\n\x1a\n')) return kind('image/png')
  if (starts('GIF87a') || starts('GIF89a')) return kind('image/gif')
  if (starts('RIFF') && starts('WEBP', 8)) return kind('image/webp')
  if (starts('II*\0') || starts('MM\0*') || starts('II+\0') || starts('MM\0+'))
    return /\.(?:dng|cr2|nef|arw|pef)$/iu.test(name) ? refused('raw') : kind('image/tiff')
  if (starts('ftyp', 4)) return sniffIso(latin)
  if (/^[\s\0]{0,16}%PDF-\d/u.test(latin)) return kind('application/pdf')
  if (starts('PK\x03\x04') || starts('PK\x05\x06')) return kind('application/zip')
  if (starts('\x1aE\xdf\xa3')) return latin.includes('webm') ? kind('video/webm') : refused('unknown')
  if (starts('ID3') || isMpegAudio(head)) return kind('audio/mpeg')
  if (starts('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') || starts('{\\rtf')) return refused('old-office')
  if (starts('MZ') || starts('\x7fELF') || starts('#!') || starts('\xca\xfe\xba\xbe') || starts('\xcf\xfa\xed\xfe'))
    return refused('program')
  if (starts('Rar!') || starts('7z\xbc\xaf') || starts('\x1f\x8b') || starts('BZh') || starts('\xfd7zXZ'))
    return refused('archive')
  return sniffText(head, name)
}

/** The family of MP4: HEIC and AVIF are its pictures. */
function sniffIso(latin: string): Sniffed {
  const brands = latin.slice(8, Math.min(latin.length, 8 + Math.max(0, latin.charCodeAt(3) - 8)))
  if (/avif|avis/u.test(brands)) return kind('image/avif')
  if (/heic|heix|hevc|hevx|heim|heis|mif1|msf1/u.test(brands)) return refused('heic')
  if (/^M4[AB] /u.test(brands)) return kind('audio/mp4')
  if (brands.startsWith('crx ')) return refused('raw')
  if (/isom|iso[2-9]|mp4[12]|avc1|M4V |dash|qt {2}|MSNV/u.test(brands)) return kind('video/mp4')
  return refused('unknown')
}

/** A frame of MPEG layer III: sync, a version, layer 3, a bit rate and a sampling rate that exist. */
function isMpegAudio(head: Uint8Array): boolean {
  const [a = 0, b = 0, c = 0] = head
  return (
    a === 0xff &&
    (b & 0xe0) === 0xe0 &&
    (b & 0x18) !== 0x08 &&
    (b & 0x06) === 0x02 &&
    (c & 0xf0) !== 0xf0 &&
    (c & 0xf0) !== 0 &&
    (c & 0x0c) !== 0x0c
  )
}

function sniffText(head: Uint8Array, name: string): Sniffed {
  const text = decode(head)
  if (text === null) return refused('unknown')
  const start = text.trimStart()
  const ending = /\.([a-z0-9]+)$/iu.exec(name)?.[1]?.toLowerCase() ?? ''
  if (start === '') return refused('empty')
  if (/^WEBVTT(?:\s|$)/u.test(start)) return kind('text/vtt')
  // Before XML: a page may begin with an XML declaration, a drawing with a doctype.
  if (
    /<(?:!doctype\s+html|html|script|iframe|body)[\s>]/iu.test(start.slice(0, 2048)) &&
    !/<svg[\s>]/iu.test(start.slice(0, 512))
  )
    return refused('page')
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<(?:\w+:)?svg[\s>]/iu.test(start))
    return kind('image/svg+xml')
  if (/^<(?:\?xml|!--|!DOCTYPE|[a-z_][\w:.-]*[\s/>])/iu.test(start)) return kind('application/xml')
  // The name decides where a table may begin with a bracket.
  if (/^[[{]/u.test(start) && !['csv', 'tsv', 'txt', 'md'].includes(ending)) {
    return /"type"\s*:\s*"FeatureCollection"/u.test(start) || ending === 'geojson'
      ? kind('application/geo+json')
      : kind('application/json')
  }
  if (['csv', 'tsv', 'tab'].includes(ending)) return kind('text/csv')
  return ['txt', 'md', ''].includes(ending) ? kind('text/plain') : refused('unknown')
}

/** The text of a head in UTF-8, UTF-16 or an older Latin encoding; null when these are no words. */
function decode(head: Uint8Array): string | null {
  const [a, b] = head
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    return new TextDecoder(a === 0xff ? 'utf-16le' : 'utf-16be').decode(head)
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) return null
  try {
    // A letter may be cut in two where the head ends.
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
  } catch {
    return new TextDecoder('windows-1252').decode(head)
  }
}

/** Which ZIP a whole file on disk is. Reads its list of contents only, so nothing in it can swell. */
export async function lookIntoZip(path: string): Promise<Sniffed> {
  const names = new Set<string>()
  let mimetype = ''
  try {
    const zip = await openPromise(path, { lazyEntries: true, autoClose: true })
    for await (const entry of zip.eachEntry()) {
      if (names.size < 20_000) names.add(entry.fileName)
      if (entry.fileName === 'mimetype' && entry.uncompressedSize < 200 && entry.compressedSize < 400) {
        const stream = await zip.openReadStreamPromise(entry)
        for await (const part of stream) mimetype += String(part)
      }
    }
  } catch {
    return refused('broken')
  }
  if ([...names].some((name) => /vbaProject\.bin$/iu.test(name))) return refused('macro')
  if (names.has('word/document.xml'))
    return kind('application/vnd.openxmlformats-officedocument.wordprocessingml.document')
  if (names.has('xl/workbook.xml')) return kind('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  if (names.has('ppt/presentation.xml'))
    return kind('application/vnd.openxmlformats-officedocument.presentationml.presentation')
  if (mimetype.startsWith('application/vnd.oasis.opendocument.text'))
    return kind('application/vnd.oasis.opendocument.text')
  if (mimetype.startsWith('application/vnd.oasis.opendocument.spreadsheet'))
    return kind('application/vnd.oasis.opendocument.spreadsheet')
  return kind('application/zip')
}
