import { createHmac } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { openPromise } from 'yauzl'
import { z } from 'zod'
import { StartRefused } from '#kit/postgres'

const part = z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })
const table = part.extend({ schema: z.string(), name: z.string(), columns: z.array(z.string()), rows: z.number() })

const manifest = z.object({
  format: z.literal('quipu-backup-1'),
  at: z.string(),
  postgres: z.string(),
  migrations: z.array(z.object({ no: z.number(), name: z.string(), digest: z.string() })),
  tables: z.array(table),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), value: z.string(), called: z.boolean() })),
  jobs: part.nullable(),
  secret: part.nullable(),
  /** Tells whether another secret is the same one, and nothing else of it. */
  secretMark: z.string(),
  files: z.array(part),
})

/** What the last part of a backup says of all others; the SHA-256 is of the part's plain content, in hex. */
export type Manifest = z.infer<typeof manifest>
export type Part = z.infer<typeof part>
export type TablePart = z.infer<typeof table>

export const manifestPath = 'manifest.json'
export const jobsPath = 'jobs.jsonl'
export const secretPath = 'secret'

/** A mark by which the same secret is recognised without being told. */
export function secretMark(secret: string): string {
  return createHmac('sha256', secret).update('the mark of this secret').digest('hex').slice(0, 32)
}

/** Reads the manifest of a backup. Throws `StartRefused` with a sentence when the file is not a whole backup of Quipu. */
export async function readManifest(file: string): Promise<Manifest> {
  const zip = await openPromise(file, { autoClose: true }).catch((error: Error) => {
    throw new StartRefused(
      /ENOENT/.test(error.message)
        ? `There is no file ${file}.`
        : `${file} is not a backup of Quipu, or not a whole one (${error.message}).`,
    )
  })
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== manifestPath) continue
    const read = manifest.safeParse(JSON.parse(await text(await zip.openReadStreamPromise(entry))))
    if (read.success) return read.data
    break
  }
  throw new StartRefused(
    `${file} is not a backup that this Quipu can read: its manifest is missing or of another kind.`,
  )
}
