/**
 * The ground that the tests stand on: the built assets, and one PostgreSQL cluster of their own with a migrated template.
 */
import { existsSync } from 'node:fs'

/** Lays the ground and resolves to what takes it up again. */
export async function ground(_wanted: { browser: boolean }): Promise<() => Promise<void>> {
  if (existsSync('bin/assets.mjs')) {
    const started = performance.now()
    const { buildAssets } = await import(new URL('../../bin/assets.mjs', import.meta.url).href)
    await buildAssets()
    console.log(`assets built in ${Math.round(performance.now() - started)} ms`)
  }
  return async () => {}
}
