import { BodyRefused, typedFrom, type Ask, type Typed } from '#kit/http'

/** The most that a translator's file may hold, in bytes: as much as `applyXliff` reads. */
export const fileLimit = 20_000_000

/** Reads a form with one file into memory, up to `fileLimit`: the file's text, and the other fields. Throws {@link BodyRefused}. */
export async function readUpload(ask: Ask, name: string): Promise<{ file: Uint8Array | null; typed: Typed }> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of ask.request.body ?? []) {
    size += part.byteLength
    if (size > fileLimit + 100_000) throw new BodyRefused(413)
    parts.push(part)
  }
  const headers = { 'content-type': ask.request.headers.get('content-type') ?? '' }
  const form = await new Response(Buffer.concat(parts), { headers }).formData().catch(() => {
    throw new BodyRefused(415)
  })
  const sent = form.get(name)
  const file =
    sent !== null && typeof sent !== 'string' && sent.size > 0 ? new Uint8Array(await sent.arrayBuffer()) : null
  return { file, typed: typedFrom(form) }
}
