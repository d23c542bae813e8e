import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { builtAssets } from '../index.ts'

describe('built assets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quipu-assets-'))
  after(() => rmSync(folder, { recursive: true }))

  it('are refused with a sentence where there are none', () => {
    assert.throws(() => builtAssets(folder), { name: 'StartRefused', message: /manifest\.json is missing/ })
  })

  it('are found by name, typed, compressed where that helps, and nothing else is', async () => {
    writeFileSync(
      join(folder, 'manifest.json'),
      JSON.stringify({ 'quipu.css': '/assets/quipu.2.css', 'text.woff2': '/assets/text.1.woff2' }),
    )
    writeFileSync(join(folder, 'quipu.1.css'), 'a{}')
    writeFileSync(join(folder, 'quipu.2.css'), 'b{}')
    writeFileSync(join(folder, 'text.1.woff2'), 'font')
    const { asset, assetPath } = builtAssets(folder)
    assert.equal(assetPath('quipu.css'), '/assets/quipu.2.css')
    assert.throws(() => assetPath('other.css'), /No asset is called other\.css/)
    const css = await asset('quipu.2.css')
    assert.equal(css?.type, 'text/css; charset=utf-8')
    assert.equal(css?.encoding, 'gzip')
    assert.equal(gunzipSync(css!.body).toString(), 'b{}')
    assert.equal(gunzipSync((await asset('quipu.1.css'))!.body).toString(), 'a{}', 'of the build before')
    assert.deepEqual(await asset('text.1.woff2'), { body: new Uint8Array(Buffer.from('font')), type: 'font/woff2' })
    for (const name of ['manifest.json', '../secret', 'quipu.css', 'none.css', ''])
      assert.equal(await asset(name), null)
  })

  it('are looked at again while somebody works on them', async () => {
    const still = builtAssets(folder)
    const changing = builtAssets(folder, true)
    writeFileSync(join(folder, 'quipu.3.css'), 'c{}')
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ 'quipu.css': '/assets/quipu.3.css' }))
    assert.equal(still.assetPath('quipu.css'), '/assets/quipu.2.css')
    assert.equal(await still.asset('quipu.3.css'), null)
    assert.equal(changing.assetPath('quipu.css'), '/assets/quipu.3.css')
    assert.equal(gunzipSync((await changing.asset('quipu.3.css'))!.body).toString(), 'c{}')
  })
})
