/** What a file turned out to be, whatever its name says. */
export type FileKind = keyof typeof kinds

type Shape = { ending: string; limit: number; picture?: true; shown?: true }
const MB = 1024 * 1024

/** The kinds that are taken in, by MIME type: the ending they are saved under, the most bytes, and whether a browser may show them in place. */
export const kinds = {
  'image/jpeg': { ending: 'jpg', limit: 60 * MB, picture: true, shown: true },
  'image/png': { ending: 'png', limit: 60 * MB, picture: true, shown: true },
  'image/webp': { ending: 'webp', limit: 60 * MB, picture: true, shown: true },
  'image/avif': { ending: 'avif', limit: 60 * MB, picture: true, shown: true },
  'image/gif': { ending: 'gif', limit: 20 * MB, picture: true, shown: true },
  'image/tiff': { ending: 'tif', limit: 300 * MB, picture: true },
  // Drawn by whoever opens it, and may carry script: kept and handed out, never shown in place.
  'image/svg+xml': { ending: 'svg', limit: 5 * MB },
  'application/pdf': { ending: 'pdf', limit: 100 * MB, shown: true },
  'text/csv': { ending: 'csv', limit: 200 * MB },
  'text/plain': { ending: 'txt', limit: 20 * MB },
  'text/vtt': { ending: 'vtt', limit: 5 * MB, shown: true },
  'application/json': { ending: 'json', limit: 200 * MB },
  'application/geo+json': { ending: 'geojson', limit: 200 * MB },
  'application/xml': { ending: 'xml', limit: 300 * MB },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { ending: 'xlsx', limit: 60 * MB },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { ending: 'docx', limit: 60 * MB },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': { ending: 'pptx', limit: 200 * MB },
  'application/vnd.oasis.opendocument.text': { ending: 'odt', limit: 60 * MB },
  'application/vnd.oasis.opendocument.spreadsheet': { ending: 'ods', limit: 60 * MB },
  'application/zip': { ending: 'zip', limit: 2048 * MB },
  'video/mp4': { ending: 'mp4', limit: 2048 * MB, shown: true },
  'video/webm': { ending: 'webm', limit: 2048 * MB, shown: true },
  'audio/mpeg': { ending: 'mp3', limit: 500 * MB, shown: true },
  'audio/mp4': { ending: 'm4a', limit: 500 * MB, shown: true },
} as const satisfies Record<string, Shape>

export const isFileKind = (kind: string): kind is FileKind => Object.hasOwn(kinds, kind)
export const shapeOf = (kind: FileKind): Shape => kinds[kind]
export const isPicture = (kind: string): boolean => isFileKind(kind) && shapeOf(kind).picture === true

/** The pictures that a phone or a camera sends, for `accept`. */
export const pictures: readonly FileKind[] = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/tiff']
/** What people hand in as a document. */
export const papers: readonly FileKind[] = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.oasis.opendocument.text',
]
/** What registers come in. */
export const registers: readonly FileKind[] = [
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/json',
  'application/geo+json',
  'application/xml',
]
