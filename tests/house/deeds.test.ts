import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { languages, type Tree } from '#kit/words'
import { deedsDone } from './deeds.ts'
import { filesLike, textOfFile } from './sources.ts'

/** The names of the deeds for which words files in a language have a sentence, and where. */
function sentencesIn(language: string): Map<string, string[]> {
  const said = new Map<string, string[]>()
  for (const path of filesLike(`src/**/${language}.json`)) {
    const { deed } = JSON.parse(textOfFile(path)) as { deed?: Tree }
    if (!path.includes('/gallery/') && typeof deed === 'object') {
      for (const [noun, pasts] of Object.entries(deed)) {
        if (typeof pasts === 'object')
          for (const past of Object.keys(pasts))
            said.set(`${noun}.${past}`, [...(said.get(`${noun}.${past}`) ?? []), path])
      }
    }
  }
  return said
}

describe('deeds', () => {
  it('are named noun.past, in so many words', (t: TestContext) => {
    const { deeds, unsaid } = deedsDone()
    t.diagnostic(`examined ${deeds.length} calls of record`)
    assert.ok(deeds.length >= 80, 'the law went blind')
    assert.deepEqual(unsaid, [])
    const odd = deeds.filter(({ name }) => !/^[a-z][a-z-]*\.(?:[a-z][a-z-]*|\*)$/.test(name))
    assert.deepEqual(odd, [])
  })

  it('have the sentence by which history tells them, in four languages, and once', (t: TestContext) => {
    const { deeds } = deedsDone()
    const faults: string[] = []
    for (const language of languages) {
      const said = sentencesIn(language)
      for (const { name, path, line } of deeds) {
        const has = name.endsWith('.*')
          ? [...said.keys()].some((one) => one.startsWith(name.slice(0, -1)))
          : said.has(name)
        if (!has) faults.push(`${path}:${line} ${name} has no sentence in ${language}`)
      }
      for (const [name, paths] of said)
        if (paths.length > 1) faults.push(`${name} has two sentences: ${paths.join(', ')}`)
    }
    t.diagnostic(`examined ${new Set(deeds.map(({ name }) => name)).size} deeds in ${languages.length} languages`)
    assert.deepEqual(faults, [])
  })

  it('are all still done: no sentence tells one that nothing does', (t: TestContext) => {
    const { deeds } = deedsDone()
    const names = new Set(deeds.map(({ name }) => name))
    const said = [...sentencesIn('es').keys()]
    t.diagnostic(`examined ${said.length} sentences`)
    assert.ok(said.length >= 80)
    const text = filesLike('src/**/*.{ts,tsx}').map(textOfFile).join('\n')
    assert.deepEqual(
      said.filter((name) => !names.has(name) && !names.has(`${name.split('.')[0]}.*`) && !text.includes(`'${name}'`)),
      [],
    )
  })
})
