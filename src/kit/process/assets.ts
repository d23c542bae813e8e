import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { StartRefused } from '#kit/postgres'

type Asset = { body: Uint8Array<ArrayBuffer>; type: string; encoding?: string }

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.jpg': 'image/jpeg',
}
const compressible = new Set(['.css', '.js', '.mjs', '.json', '.svg', '.webmanifest'])

/**
 * What the asset build left in a folder. `asset` gives a file by its name in the address, read and compressed once; `assetPath` the address
 * of what a page asks for by its plain name. `changing`: look at the folder again each time, while somebody works on it.
 */
export function builtAssets(folder: string, changing = false) {
  const read = () => {
    const path = join(folder, 'manifest.json')
    if (!existsSync(path)) throw new StartRefused(`${path} is missing: run node bin/assets.mjs.`)
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
    // Files of the build before are there too: a page drawn a moment ago still asks for them.
    return {
      manifest,
      files: new Set(readdirSync(folder).filter((name) => types[extname(name)] && !name.startsWith('manifest.json'))),
    }
  }
  let built = read()
  const kept = new Map<string, Promise<Asset>>()
  const refresh = () => {
    if (changing) built = read()
  }
  return {
    async asset(name: string): Promise<Asset | null> {
      refresh()
      if (!built.files.has(name)) return null
      if (!kept.has(name)) kept.set(name, load(join(folder, name)))
      return kept.get(name)!
    },
    assetPath(file: string): string {
      refresh()
      const address = built.manifest[file]
      if (address === undefined) throw new Error(`No asset is called ${file}`)
      return address
    },
  }
}

async function load(path: string): Promise<Asset> {
  const extension = extname(path)
  const body = new Uint8Array(readFileSync(path))
  const type = types[extension]!
  if (!compressible.has(extension)) return { body, type }
  return { body: new Uint8Array(await promisify(gzip)(body, { level: 9 })), type, encoding: 'gzip' }
}
