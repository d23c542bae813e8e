import { ZipFile } from 'yazl'
import { inspectFile, readRows, type ImportFile, type Inspection, type Row } from '../index.ts'

/** A file in memory, handed over in pieces of a few bytes, so that every reader meets pieces that end anywhere. */
export const fileOf = (content: string | Uint8Array, name = 'museos.csv', size = 7): ImportFile => {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  return {
    name,
    async *open() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    },
  }
}

export const rowsOf = async (file: ImportFile, inspection?: Inspection): Promise<Row[]> => {
  const { reading } = inspection ?? (await inspectFile(file))
  return Array.fromAsync(readRows(file, reading))
}

/** The cells of every row as plain objects. */
export const cellsOf = async (file: ImportFile): Promise<Record<string, string>[]> =>
  (await rowsOf(file)).map(({ cells }) => ({ ...cells }))

export const collect = async (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(pieces))

/** A zip of the given parts. */
export const zipOf = async (parts: Record<string, string | Buffer>): Promise<Buffer> => {
  const zip = new ZipFile()
  for (const [path, part] of Object.entries(parts)) zip.addBuffer(Buffer.from(part as string), path)
  zip.end()
  return collect(zip.outputStream as AsyncIterable<Uint8Array>)
}
