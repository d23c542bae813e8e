// Builds what a browser fetches: one style sheet, one script module, the fonts and the marks, each named by its content,
// so that they can be kept for ever. Takes a fraction of a second.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { forTheFloor } from './floor.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The name by which a page asks for a font, and the file it is. */
const fonts = {
  'text-400.woff2': '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-400-normal.woff2',
  'text-400-italic.woff2':
    '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-400-italic.woff2',
  'text-700.woff2': '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-700-normal.woff2',
  'text-ext-400.woff2':
    '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-400-normal.woff2',
  'text-ext-700.woff2':
    '@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-700-normal.woff2',
  'display-500.woff2': '@fontsource/newsreader/files/newsreader-latin-500-normal.woff2',
  'display-ext-500.woff2': '@fontsource/newsreader/files/newsreader-latin-ext-500-normal.woff2',
  'naskh-400.woff2': '@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-400-normal.woff2',
  'naskh-700.woff2': '@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-700-normal.woff2',
}

/**
 * Builds everything into `build/assets/` and writes `manifest.json` there. Returns the manifest: the name a page asks for
 * → its address (`quipu.css` → `/assets/quipu.3f2a91c0.css`). Files of builds before the last are cleared away.
 * @param {{ from?: string, into?: string }} [where]
 * @returns {Promise<Record<string, string>>}
 */
export async function buildAssets({ from = root, into = join(root, 'build/assets') } = {}) {
  mkdirSync(into, { recursive: true })
  /** @type {Record<string, string>} */
  const manifest = {}
  const keep = (/** @type {string} */ name, /** @type {string | Uint8Array} */ content) => {
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 10)
    const file = name.replace(/(\.[^.]+)$/, `.${hash}$1`)
    writeFileSync(join(into, file), content)
    manifest[name] = `/assets/${file}`
    return `/assets/${file}`
  }

  for (const [name, file] of Object.entries(fonts)) keep(name, readFileSync(join(from, 'node_modules', file)))
  for (const name of ['favicon.svg', 'sample.svg']) keep(name, readFileSync(join(from, 'src/styles', name)))
  keep('quipu.css', await styleSheet(from, (name) => manifest[name]))
  keep('islands.js', await scriptModule(from))

  const before = earlier(into)
  writeFileSync(join(into, 'manifest.json.new'), JSON.stringify(manifest, null, 2))
  renameSync(join(into, 'manifest.json.new'), join(into, 'manifest.json'))
  // The files of the build before stay for one more: a page drawn a moment ago still asks for them.
  const current = new Set([...Object.values(manifest), ...before].map((address) => address.replace('/assets/', '')))
  for (const file of readdirSync(into)) {
    if (file !== 'manifest.json' && !current.has(file)) rmSync(join(into, file), { force: true })
  }
  return manifest
}

/** The addresses of the last build, if there was one. @param {string} into @returns {string[]} */
function earlier(into) {
  try {
    return Object.values(JSON.parse(readFileSync(join(into, 'manifest.json'), 'utf8')))
  } catch {
    return []
  }
}

/** @param {string} from @param {(font: string) => string | undefined} addressOf */
async function styleSheet(from, addressOf) {
  const { outputFiles } = await build({
    entryPoints: [join(from, 'src/styles/quipu.css')],
    bundle: true,
    minify: true,
    write: false,
    logLevel: 'silent',
    target: ['chrome49', 'firefox52', 'safari11.1'],
    plugins: [
      {
        name: 'fonts',
        setup(building) {
          building.onResolve({ filter: /^font:/ }, ({ path }) => {
            const address = addressOf(path.slice('font:'.length))
            return address ? { path: address, external: true } : { errors: [{ text: `There is no font ${path}.` }] }
          })
        },
      },
    ],
  })
  return forTheFloor(outputFiles[0]?.text ?? '')
}

/** @param {string} from */
async function scriptModule(from) {
  const { outputFiles } = await build({
    entryPoints: [join(from, 'src/islands/index.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2020',
    logLevel: 'silent',
    tsconfigRaw: {},
    absWorkingDir: dirname(join(from, 'package.json')),
  })
  return outputFiles[0]?.contents ?? new Uint8Array()
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const began = performance.now()
  const manifest = await buildAssets()
  for (const [name, address] of Object.entries(manifest)) console.log(`${name} → ${address}`)
  console.log(`${Math.round(performance.now() - began)} ms`)
}
