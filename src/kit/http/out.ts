import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

type Encoding = 'br' | 'gzip' | 'identity'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The bytes of a page as they travel, and their tag. */
export function encode(html: string, encoding: Encoding): { body: Uint8Array<ArrayBuffer>; etag: string } {
  const plain = Buffer.from(html)
  const body =
    encoding === 'br'
      ? brotliCompressSync(plain, {
          params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: plain.byteLength },
        })
      : encoding === 'gzip'
        ? gzipSync(plain, { level: 6 })
        : plain
  return { body: new Uint8Array(body), etag: `"${createHash('sha1').update(body).digest('base64url')}"` }
}

/** The headers of every page: what browsers may do with it, and who may keep it. */
export function pageHeaders(of: {
  language: string
  secure: boolean
  shared: boolean
  encoding: Encoding
  etag: string
}): [string, string][] {
  return [
    ['content-type', 'text/html; charset=utf-8'],
    ['content-language', of.language],
    ['content-security-policy', policy],
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['permissions-policy', 'geolocation=(), microphone=(), payment=(), usb=()'],
    ['cache-control', of.shared ? 'public, no-cache' : 'private, no-store'],
    ['vary', 'accept-encoding, cookie, save-data'],
    ...(of.secure ? ([['strict-transport-security', 'max-age=31536000']] as [string, string][]) : []),
    ...(of.encoding === 'identity' ? [] : ([['content-encoding', of.encoding]] as [string, string][])),
    ...(of.shared ? ([['etag', of.etag]] as [string, string][]) : []),
  ]
}
