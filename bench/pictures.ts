/** How fast photographs become the sizes that pages show, against the codecs alone; and how fast files come in, against the disk alone. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { diskStorage, receive, renderPicture, type Bytes } from '#kit/files'
import type { Ground } from './run.ts'

const megabyte = 1024 * 1024

export async function bench({ tell }: Ground): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'quipu-pictures-'))
  try {
    await picturesInSizes(folder, tell)
    await filesIn(folder, tell)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Twelve megapixels of something that is neither flat nor noise: what phones send. */
async function photographs(folder: string, count: number): Promise<string[]> {
  const paths: string[] = []
  for (let n = 0; n < count; n += 1) {
    const small = randomBytes(40 * 30 * 3)
    const path = join(folder, `photograph-${n}.jpg`)
    await sharp(small, { raw: { width: 40, height: 30, channels: 3 } })
      .resize(4000, 3000, { kernel: 'cubic' })
      .jpeg({ quality: 90 })
      .toFile(path)
    paths.push(path)
  }
  return paths
}

async function picturesInSizes(folder: string, tell: Ground['tell']): Promise<void> {
  const paths = await photographs(folder, 4)
  const storage = diskStorage(join(folder, 'kept'))
  const put = (bytes: Buffer) => storage.put([bytes] as unknown as Bytes)
  await renderPicture(paths[0]!, put)
  const began = performance.now()
  for (const path of paths) await renderPicture(path, put)
  const perMinute = (paths.length / (performance.now() - began)) * 60_000
  const bareBegan = performance.now()
  for (const path of paths) await bare(path)
  const limit = (paths.length / (performance.now() - bareBegan)) * 60_000
  tell({
    name: 'photographs of 12 megapixels in eleven sizes',
    value: perMinute,
    unit: 'a minute',
    limit,
    target: limit * 0.5,
    better: 'more',
  })
}

/** The same eleven outputs from memory, one after another: the codecs and nothing else. */
async function bare(path: string): Promise<void> {
  for (const width of [400, 800, 1600, 2400]) {
    const small = await sharp(path).resize({ width }).png({ compressionLevel: 0 }).toBuffer()
    await sharp(small).webp({ quality: 78, effort: 3 }).toBuffer()
    if (width <= 1600) await sharp(small).avif({ quality: 52, effort: 2 }).toBuffer()
    await sharp(small).jpeg({ quality: 80, mozjpeg: true }).toBuffer()
  }
}

/** 256 MB in pieces as a socket gives them: sniffed, counted, hashed, written and made safe. */
async function filesIn(folder: string, tell: Ground['tell']): Promise<void> {
  const storage = diskStorage(join(folder, 'in'))
  const piece = Buffer.alloc(64 * 1024, 'a video ')
  const size = 256 * megabyte
  async function* video() {
    yield Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isomavc1', 'latin1')
    for (let sent = 0; sent < size; sent += piece.length) yield piece
  }
  const began = performance.now()
  await receive(storage, video(), { name: 'video.mp4' }, { accept: ['video/mp4'] })
  const speed = (size / megabyte / (performance.now() - began)) * 1000
  const bareBegan = performance.now()
  const hash = createHash('sha256')
  const file = await open(join(folder, 'bare'), 'wx')
  for await (const part of video()) {
    hash.update(part)
    await file.writeFile(part)
  }
  await file.sync()
  await file.close()
  const limit = (size / megabyte / (performance.now() - bareBegan)) * 1000
  tell({ name: 'files taken in', value: speed, unit: 'MB/s', limit, target: limit * 0.5, better: 'more' })
}
