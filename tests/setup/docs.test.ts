import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { projectFolder, settingNames } from '../../src/config.ts'

const steward = join(projectFolder, 'docs/steward')

describe('what stewards read', () => {
  it('explains every setting that there is, in the help and on the page', async () => {
    const read = [
      ...readFileSync(join(projectFolder, 'src/config.ts'), 'utf8').matchAll(/^ {4}([A-Z][A-Z_]+): /gm),
    ].map(([, name]) => name)
    assert.ok(settingNames.length >= 13)
    assert.deepEqual(read.sort(), [...settingNames].sort())
    const { settingsPage } = await import(new URL('../../bin/settings.mjs', import.meta.url).href)
    const { wanted, stands } = settingsPage()
    assert.equal(stands, wanted, 'docs/steward/configure.md is stale: run node bin/settings.mjs')
    const { stdout, status } = spawnSync(process.execPath, ['bin/start.mjs', '--help'], {
      cwd: projectFolder,
      encoding: 'utf8',
    })
    assert.equal(status, 0)
    for (const name of settingNames) assert.match(stdout, new RegExp(`^${name} `, 'm'))
  })

  it('links to nothing that is not there', () => {
    let links = 0
    for (const page of readdirSync(steward).filter((name) => name.endsWith('.md')))
      for (const [, target] of readFileSync(join(steward, page), 'utf8').matchAll(/\]\(([^)#:]+)\)/g)) {
        links += 1
        assert.ok(existsSync(join(dirname(join(steward, page)), target!)), `${page} → ${target}`)
      }
    assert.ok(links >= 10, `${links} links`)
  })

  it('names only commands that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'))
    for (const page of readdirSync(steward))
      for (const [, name] of readFileSync(join(steward, page), 'utf8').matchAll(/npm run ([a-z]+)/g))
        assert.ok(scripts[name!], `${page}: npm run ${name}`)
  })
})
