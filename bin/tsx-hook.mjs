// Lets Node run the sources as they stand: Node strips the types of `.ts` itself; `.tsx` has JSX in it, so it passes
// through esbuild, whose output is kept by content so that a second run pays nothing.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { transformSync, version } from 'esbuild'

const kept = fileURLToPath(new URL('../node_modules/.cache/quipu/tsx/', import.meta.url))
mkdirSync(kept, { recursive: true })

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.tsx')) return nextLoad(url, context)
    const source = readFileSync(fileURLToPath(url), 'utf8')
    const name = createHash('sha256').update(version).update(url).update(source).digest('hex')
    return { format: 'module', source: keptOutput(name) ?? transformed(name, url, source), shortCircuit: true }
  },
})

function keptOutput(name) {
  try {
    return readFileSync(kept + name, 'utf8')
  } catch {
    return undefined
  }
}

function transformed(name, url, source) {
  const { code } = transformSync(source, {
    loader: 'tsx',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    sourcemap: 'inline',
    sourcefile: fileURLToPath(url),
    format: 'esm',
    target: 'esnext',
  })
  // Written beside and renamed, so that two runs at once never read half a file.
  writeFileSync(`${kept}${name}.${process.pid}`, code)
  renameSync(`${kept}${name}.${process.pid}`, kept + name)
  return code
}
