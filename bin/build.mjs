// Builds what `npm start` runs: the server and its jobs as one bundle, and what browsers fetch. Nothing is built while the sources are as they were.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stampFile = join(root, 'build/stamp')

/** True when `build/` was made from the sources as they are now, in this folder. */
export function isBuilt() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourcesHash()
}

/** Builds `build/server/main.js` and `jobs.js`, and the assets in `build/assets`. */
export async function build() {
  const hash = sourcesHash()
  rmSync(stampFile, { force: true })
  await buildServer()
  const { buildAssets } = await import('./assets.mjs')
  await buildAssets()
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, hash)
}

async function buildServer() {
  const { build } = await import('esbuild')
  const outdir = join(root, 'build/server')
  rmSync(outdir, { recursive: true, force: true })
  await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts', 'src/jobs.ts'],
    outdir,
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node26',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    // `#kit/…` and `#network` are ours, not packages: with `packages: external` they would stay imports of the sources.
    plugins: [doors(), whereItStood()],
  })
}

/** Resolves the names in `package.json#imports` to source files. */
function doors() {
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return {
    name: 'doors',
    setup(build) {
      build.onResolve({ filter: /^#/ }, ({ path }) => {
        for (const [name, target] of Object.entries(imports)) {
          const [before, after] = name.split('*')
          if (after === undefined ? path === name : path.startsWith(before) && path.endsWith(after))
            return { path: join(root, target.replace('*', path.slice(before.length))) }
        }
        return { errors: [{ text: `${path} is not in package.json#imports` }] }
      })
    },
  }
}

/** A source that looks for a file beside itself finds it as if it were not bundled. */
function whereItStood() {
  return {
    name: 'where it stood',
    setup(build) {
      build.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
        const source = readFileSync(path, 'utf8')
        const contents = source
          .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
          .replaceAll('import.meta.filename', JSON.stringify(path))
          .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' }
      })
    },
  }
}

function sourcesHash() {
  const hash = createHash('sha256').update(root)
  const files = ['bin', 'demo', 'src']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  for (const file of ['package.json', 'package-lock.json'].map((name) => join(root, name)).concat(files.sort()))
    hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

if (argv[1] === fileURLToPath(import.meta.url)) await build()
