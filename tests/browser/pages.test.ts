/**
 * The fullest example of every page, in every language: what must hold for each of them, whoever made it.
 */
import assert from 'node:assert/strict'
import { get } from 'node:http'
import { after, before, describe, it, type TestContext } from 'node:test'
import { languages, type Language } from '#kit/words'
import { ask, axeClean, isMirrored, openReader, type Reader } from '../help/browser.ts'
import { crawl, personas, type Example, type Persona } from '../help/crawl.ts'
import { asOldBrowsersSee } from '../help/old-browser.ts'
import { openSite, type Site } from '../help/site.ts'

const bytesAtMost = 50 * 1024

describe('every page', () => {
  let site: Site
  let examples: Example[]
  let faultsOnTheWay: string[]

  before(async () => {
    site = await openSite()
    const found = await crawl(site.hall, await personas(site.database.asOwner))
    examples = [...found.examples.values()]
    faultsOnTheWay = found.faults
  })
  after(() => site?.database.close())

  it('is reached by links', (t: TestContext) => {
    const pages = site.hall.book.routes.filter(({ method, plain }) => method === 'get' && !plain)
    const names = [...new Set(pages.map(({ name }) => name))]
    const reached = new Set(examples.map(({ route }) => route))
    const missing = names.filter((name) => !reached.has(name))
    t.diagnostic(
      `examined ${names.length} pages, ${reached.size} of them reached; not: ${missing.join(', ') || 'none'}`,
    )
    assert.ok(reached.size >= 30, 'the crawl went blind')
    assert.deepEqual(faultsOnTheWay, [])
  })

  for (const language of languages) {
    it(`is clean, narrow and whole in ${language}`, async (t: TestContext) => {
      const faults: string[] = []
      await look(site, examples, language, { contrast: ['es', 'ar'].includes(language) }, async (example, reader) => {
        await noting(faults, example, () => reader.to(example.route, example.params, example.query))
        // 320 × 256 is a window of 1280 × 1024 zoomed to 400 %.
        for (const height of [640, 256]) {
          await noting(faults, example, async () => {
            await reader.tab.setViewportSize({ width: 320, height })
            assert.deepEqual(await ask(reader.tab, 'sideways'), [], `at 320 × ${height}`)
            assert.deepEqual(await ask(reader.tab, 'overlaps'), [], `at 320 × ${height}`)
            assert.ok((await ask<number>(reader.tab, 'covered')) <= 0.5, `at 320 × ${height} half of it is covered`)
          })
        }
        await noting(faults, example, async () => {
          await reader.tab.setViewportSize({ width: 1280, height: 900 })
          await reader.tab.evaluate(`document.documentElement.style.fontSize = '200%'`)
          assert.deepEqual(await ask(reader.tab, 'sideways'), [], 'with text at 200 %')
          assert.deepEqual(await ask(reader.tab, 'clipped'), [], 'with text at 200 %')
        })
      })
      t.diagnostic(`examined ${examples.length} pages in ${language}`)
      assert.deepEqual(faults, [])
    })
  }

  it('keeps its contrast in the dark', async (t: TestContext) => {
    const faults: string[] = []
    await look(site, examples, 'es', { dark: true }, async (example, { tab }) => {
      await tab.goto(addressOf(site, example, 'es'))
      await noting(faults, example, () => axeClean(tab, { only: ['color-contrast', 'link-in-text-block'] }))
    })
    t.diagnostic(`examined ${examples.length} pages`)
    assert.deepEqual(faults, [])
  })

  it('is mirrored in Arabic', async (t: TestContext) => {
    type Edges = { direction: string; align: string; edges: Record<string, number> }
    const faults: string[] = []
    const measured = new Map<string, Edges>()
    for (const language of ['es', 'ar'] as const) {
      await look(site, examples, language, { script: false }, async (example, { tab }) => {
        await tab.goto(addressOf(site, example, language))
        const edges = await ask<Edges>(tab, 'startEdges')
        const other = measured.get(example.route)
        measured.set(example.route, edges)
        if (!other) return
        await noting(faults, example, async () => {
          assert.equal(edges.direction, isMirrored(language) ? 'rtl' : 'ltr')
          assert.notEqual(edges.align, 'left')
          for (const [name, edge] of Object.entries(edges.edges)) {
            const there: number | undefined = other.edges[name]
            if (there === undefined) continue
            assert.ok(Math.abs(edge - there) <= 2, `${name} begins ${edge} px from its side, in Spanish ${there}`)
          }
        })
      })
    }
    t.diagnostic(`examined ${measured.size} pages`)
    assert.ok(measured.size >= 3)
    assert.deepEqual(faults, [])
  })

  it('weighs at most 50 kB over the wire, fonts apart', async (t: TestContext) => {
    const faults: string[] = []
    const parts = new Map<string, number>()
    let heaviest = 0
    for (const example of examples) {
      for (const language of languages) {
        const cookie = example.as.someone ? site.hall.signIn(example.as.someone) : ''
        const address = addressOf(site, example, language)
        let bytes = await wire(address, cookie)
        const html = await (await fetch(address, { headers: { cookie } })).text()
        for (const [, path] of html.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js))"/g)) {
          if (!parts.has(path!)) parts.set(path!, await wire(site.address + path!, ''))
          bytes += parts.get(path!)!
        }
        heaviest = Math.max(heaviest, bytes)
        if (bytes > bytesAtMost) faults.push(`${example.route} in ${language}: ${bytes} bytes`)
      }
    }
    t.diagnostic(
      `examined ${examples.length * languages.length} pages and ${parts.size} files; the heaviest has ${heaviest} bytes`,
    )
    assert.ok(parts.size >= 2)
    assert.deepEqual(faults, [])
  })

  it('stays whole in browsers at the floor', async (t: TestContext) => {
    const faults: string[] = []
    let texts = 0
    const sheet = asOldBrowsersSee(await (await fetch(site.address + site.hall.asset('quipu.css'))).text())
    assert.ok(sheet.length > 5_000, 'the sheet is gone')
    for (const [language, width] of [
      ['es', 360],
      ['ar', 1280],
    ] as const) {
      await look(site, examples, language, { script: false, width }, async (example, { tab }) => {
        await tab.goto(addressOf(site, example, language))
        const now = await ask<string[]>(tab, 'seen')
        // The same document in other clothes: what a page says may change from one asking to the next.
        await tab.evaluate(`{
          const old = new CSSStyleSheet()
          old.replaceSync(${JSON.stringify(sheet)})
          for (const link of document.querySelectorAll('link[rel=stylesheet]')) link.disabled = true
          document.adoptedStyleSheets = [old]
        }`)
        await noting(faults, example, async () => {
          const then = new Set(await ask<string[]>(tab, 'seen'))
          texts += now.length
          assert.deepEqual(
            now.filter((text) => !then.has(text)),
            [],
            `hidden at ${width} px in ${language}`,
          )
          assert.deepEqual(await ask(tab, 'overlaps'), [], `one upon another at ${width} px in ${language}`)
        })
      })
    }
    t.diagnostic(`examined ${texts} texts on ${examples.length} pages`)
    assert.ok(texts >= 100)
    assert.deepEqual(faults, [])
  })
})

function addressOf(site: Site, { route, params, query }: Example, language: Language): string {
  return site.address + site.hall.book.address(route, params, language) + (query ? `?${query}` : '')
}

/**
 * Looks at every example, two at a time, because a browser draws one page while another is asked about: each person has a
 * window in each of the two.
 */
async function look(
  site: Site,
  examples: readonly Example[],
  language: Language,
  options: { script?: boolean; width?: number; contrast?: boolean; dark?: boolean },
  at: (example: Example, reader: Reader) => Promise<void>,
): Promise<void> {
  const waiting = [...examples]
  const worker = async () => {
    const open = new Map<Persona, Reader>()
    try {
      for (let example = waiting.shift(); example; example = waiting.shift()) {
        const reader =
          open.get(example.as) ?? (await openReader({ site, language, as: example.as.someone, ...options }))
        open.set(example.as, reader)
        await at(example, reader)
      }
    } finally {
      for (const reader of open.values()) await reader.close()
    }
  }
  await Promise.all([worker(), worker()])
}

/** Goes on after a fault, so that a run tells all of them. */
async function noting(faults: string[], { route, as }: Example, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    faults.push(`${route} (${as.name}): ${(error as Error).message}`)
  }
}

/** The bytes of an answer's body as they travel. */
function wire(address: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'gzip, br', ...(cookie && { cookie }) } }, (answer) => {
      let bytes = 0
      answer.on('data', (part: Buffer) => (bytes += part.length))
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${address} answered ${answer.statusCode}`)),
      )
    }).on('error', reject)
  })
}
