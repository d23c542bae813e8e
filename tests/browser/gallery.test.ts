/**
 * The gallery in a real browser: every piece of the design system, in four languages and both themes. What holds here holds
 * wherever the pieces are used; the journeys look at the pages made of them.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { h } from 'preact'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { GalleryPage, renderPage, sampleReader } from '#kit/view'
import { languages, type Language } from '#kit/words'
// @ts-expect-error -- plain JavaScript, read by any Node; its types are in its comments
import { buildAssets } from '../../bin/assets.mjs'
import { launchBrowser } from '../help/chromium.ts'
import { asOldBrowsersSee } from '../help/old-browser.ts'

const root = join(import.meta.dirname, '../..')
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const kinds: Record<string, string> = {
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

let browser: Browser
let server: Server
let manifest: Record<string, string>

before(async () => {
  manifest = (await buildAssets()) as Record<string, string>
  server = createServer((request, response) => {
    const path = request.url ?? '/'
    const old = path.startsWith('/old/')
    // The policy of the house: nothing inline, nothing from elsewhere.
    response.setHeader(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'",
    )
    if (path.includes('/assets/')) {
      const file = path.slice(path.indexOf('/assets/'))
      const found = Object.values(manifest).includes(file) ? readFileSync(join(root, 'build', file)) : null
      response.statusCode = found ? 200 : 404
      response.setHeader('content-type', kinds[file.split('.').at(-1)!] ?? 'text/plain')
      response.end(found && old && file.endsWith('.css') ? asOldBrowsersSee(found.toString()) : found)
      return
    }
    const language = path.split('/').at(-1) as Language
    if (!languages.includes(language)) {
      response.statusCode = 404
      response.end()
      return
    }
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(
      renderPage(
        h(GalleryPage, {}),
        sampleReader(language, {
          assets: (file) => (old ? '/old' : '') + manifest[file],
          route: { name: 'network.gallery', params: {} },
          person: { id: '1', name: 'Rosa Quispe Mamani' },
          demo: true,
        }),
      ),
    )
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  browser = await launchBrowser()
})

after(async () => {
  await browser?.close()
  server?.close()
})

/** Opens the gallery, works on it, closes it; nothing may go wrong in its console. */
async function look(path: string, options: BrowserContextOptions, work: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const wrong: string[] = []
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
  page.on('pageerror', (error) => wrong.push(String(error)))
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`)
    await page.evaluate('document.fonts.ready')
    await work(page)
    assert.deepEqual(wrong, [])
  } finally {
    await context.close()
  }
}

for (const language of languages) {
  test(`the gallery is without fault for axe: ${language}, light and dark`, async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      // axe is put in from outside, which the page's own policy would rightly refuse.
      await look(language, { colorScheme, bypassCSP: true, viewport: { width: 1280, height: 900 } }, async (page) => {
        await page.addScriptTag({ path: axe })
        // Another theme changes colours and nothing else.
        const rules =
          colorScheme === 'light'
            ? '["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]'
            : '["color-contrast"]'
        const { violations, passes } = (await page.evaluate(`axe.run(document, { runOnly: ${rules} })`)) as Found
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`),
          [],
        )
        assert.ok(passes.length >= (colorScheme === 'light' ? 40 : 1), `${passes.length} rules looked at`)
      })
    }
  })
}

for (const language of ['es', 'ar'] as const) {
  test(`nothing is wider than the page, down to 320 pixels and at twice the size of letters: ${language}`, async () => {
    for (const [width, size] of [
      [320, '100%'],
      [768, '100%'],
      [1280, '212.5%'],
      [360, '212.5%'],
    ] as const) {
      await look(language, { viewport: { width, height: 800 }, bypassCSP: true }, async (page) => {
        if (size !== '100%') await page.addStyleTag({ content: `html { font-size: ${size} }` })
        assert.deepEqual(await page.evaluate(tooWide), [], `${width} px, letters at ${size}`)
      })
    }
  })

  test(`an old browser shows all of it, plainer, nothing hidden and nothing over another: ${language}`, async () => {
    for (const width of [360, 1280]) {
      await look(`old/${language}`, { viewport: { width, height: 800 }, javaScriptEnabled: true }, async (page) => {
        const { seen, hidden, over } = (await page.evaluate(overlaps)) as Overlaps
        assert.ok(seen > 400, `${seen} pieces of text seen`)
        assert.deepEqual(hidden, [], `${width} px: hidden`)
        assert.deepEqual(over, [], `${width} px: over each other`)
      })
    }
  })

  test(`nothing lies over another in a new browser either: ${language}`, async () => {
    for (const width of [320, 768, 1280]) {
      await look(language, { viewport: { width, height: 800 } }, async (page) => {
        const { hidden, over } = (await page.evaluate(overlaps)) as Overlaps
        assert.deepEqual(hidden, [], `${width} px: hidden`)
        assert.deepEqual(over, [], `${width} px: over each other`)
      })
    }
  })
}

test('what older browsers are left with has colours, edges and spaces of its own, in both directions', () => {
  const old = asOldBrowsersSee(readFileSync(join(root, 'build', manifest['quipu.css']!), 'utf8'))
  assert.match(old, /body\{[^}]*background:#fbfaf7/)
  assert.match(old, /\[dir=rtl\] \.choice\{[^}]*padding-right:2\.25rem/)
  assert.doesNotMatch(old, /var\(|inline-start|--paper/)
})

test('whoever uses the keyboard meets the skip link first, and sees where they are', async () => {
  await look('es', { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false }, async (page) => {
    await page.keyboard.press('Tab')
    const skip = page.locator('.skip')
    assert.ok(await skip.evaluate((link) => link === link.ownerDocument.activeElement))
    assert.ok((await skip.boundingBox())!.y >= 0, 'the skip link comes into sight')
    await page.keyboard.press('Enter')
    assert.match(page.url(), /#main$/)
    for (let stop = 0; stop < 25; stop++) {
      await page.keyboard.press('Tab')
      const ring = await page.locator(':focus').evaluate((one) => {
        const { outlineStyle, outlineWidth } = one.ownerDocument.defaultView!.getComputedStyle(one)
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
      })
      assert.ok(ring, `stop ${stop} shows its ring`)
    }
  })
})

test('the summary of problems takes the focus, and each of its links leads to its field', async () => {
  await look('en', { viewport: { width: 1280, height: 800 } }, async (page) => {
    assert.equal(await page.locator(':focus').getAttribute('id'), 'back-problems')
    const links = page.locator('#back-problems a')
    assert.equal(await links.count(), 6)
    for (const href of await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')!))) {
      assert.equal(await page.locator(href).count(), 1, href)
    }
  })
})

type Found = { violations: { id: string; nodes: { html: string }[] }[]; passes: { nodes: unknown[] }[] }
type Overlaps = { seen: number; hidden: string[]; over: string[] }

// What follows runs in the page, as text: the program's own types know no browser.
const tooWide = `(() => [...document.querySelectorAll('body *')]
  .filter((one) => {
    const { left, right, width } = one.getBoundingClientRect()
    // The letters of a drawing carry an edge of paper, which counts as theirs.
    const edge = one.closest('svg') ? 4 : 1
    return width > 1 && (right > innerWidth + edge || left < -edge) && !one.closest('.cord, .table-frame, .skip, .unseen')
  })
  .slice(0, 5)
  .map((one) => one.tagName + '.' + (one.className.baseVal ?? one.className)))()`

// Each line of text, and each control, as the boxes it fills; two boxes of different elements may touch, not lie over each other.
const overlaps = `(() => {
  const boxes = []
  const hidden = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    const owner = node.parentElement
    if (!node.data.trim() || owner.closest('.unseen, .skip, script, noscript, option, datalist, title, desc, textarea, details:not([open]) > :not(summary)')) continue
    // The button of the facets sticks to the window's edge, over what is scrolled under it.
    if (owner.closest('.facets-go, .site-search, .site-search-link, .filter-jump, .table-cards thead')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const rects = [...range.getClientRects()].filter((one) => one.width > 1 && one.height > 1)
    if (rects.length === 0) hidden.push(owner.tagName + ': ' + node.data.trim().slice(0, 40))
    for (const rect of rects) boxes.push({ rect, owner, text: node.data.trim().slice(0, 40) })
  }
  for (const owner of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
    if (owner.closest('.site-search, details:not([open])')) continue
    const rect = owner.getBoundingClientRect()
    if (rect.width < 2) hidden.push(owner.tagName + ' ' + owner.name)
    else boxes.push({ rect, owner, text: owner.tagName + ' ' + owner.name })
  }
  const over = []
  boxes.sort((one, other) => one.rect.top - other.rect.top)
  for (let i = 0; i < boxes.length; i++) {
    for (let j = i + 1; j < boxes.length && boxes[j].rect.top < boxes[i].rect.bottom - 1; j++) {
      const [a, b] = [boxes[i], boxes[j]]
      if (a.owner === b.owner || a.owner.contains(b.owner) || b.owner.contains(a.owner)) continue
      // Inside one line of text, marks and figures may nest in the lines' own leading.
      if (a.owner.closest('svg') && b.owner.closest('svg')) continue
      const across = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left)
      const down = Math.min(a.rect.bottom, b.rect.bottom) - Math.max(a.rect.top, b.rect.top)
      const low = Math.min(a.rect.height, b.rect.height)
      if (across > 2 && down > low * 0.4) over.push(a.text + ' / ' + b.text)
    }
  }
  return { seen: boxes.length, hidden: hidden.slice(0, 8), over: over.slice(0, 8) }
})()`
