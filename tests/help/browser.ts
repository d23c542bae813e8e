/**
 * A real browser on a real site. Every page that a journey comes to is examined: axe finds nothing, nothing sticks out
 * sideways, nothing fails or calls elsewhere, and the console stays silent.
 */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { BrowserContext, Page as Tab } from 'playwright-core'
import { direction, type Language } from '#kit/words'
import { browser, examine, watch } from './examine.ts'
import { root } from './ground.ts'
import type { Someone } from './hall.ts'
import { openSite, type Site } from './site.ts'

export { ask, axeClean, browser, tabTo } from './examine.ts'
export type { Tab }

export type ReaderOptions = {
  site: Site
  language: Language
  script?: boolean
  as?: Someone | undefined
  width?: number
  height?: number
  /** Device pixels to a CSS pixel: a window of 320 px at 4 is one of 1280 px zoomed to 400 %. */
  scale?: number
  dark?: boolean
  /** False where the same page in another language has shown its contrast. */
  contrast?: boolean
}

/** A browser's window on the site, and what was noticed in it. */
export type Reader = {
  tab: Tab
  context: BrowserContext
  language: Language
  script: boolean
  site: Site
  /** Pages come to, in order. */
  visited: string[]
  to(name: string, params?: Record<string, string>, query?: string): Promise<void>
  open(path: string): Promise<void>
  /** Follows the link of this name; there may be several, if they lead to one place. */
  follow(name: string | RegExp): Promise<void>
  /** Fills the fields under these labels, then presses the button. */
  press(button: string | RegExp, filling?: Record<string, string | boolean>): Promise<void>
  /** Presses a button of the part of the page that a selector names, where another part has one of the same name. */
  pressIn(part: string, button: string | RegExp): Promise<void>
  /** Fails unless this text is to be seen. */
  sees(text: string | RegExp): Promise<void>
  /** Waits for the page to be whole and examines it. The ways of going above do so by themselves. */
  arrive(): Promise<void>
  close(): Promise<void>
}

let readers = 0

/** Opens a fresh window. Close it when done. */
export async function openReader(options: ReaderOptions): Promise<Reader> {
  const {
    site,
    language,
    script = true,
    as,
    width = 1280,
    height = 900,
    scale = 1,
    dark = false,
    contrast = true,
  } = options
  readers += 1
  const context = await (
    await browser()
  ).newContext({
    javaScriptEnabled: script,
    locale: { es: 'es-PE', pt: 'pt-BR', en: 'en-GB', ar: 'ar' }[language],
    timezoneId: 'America/Lima',
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: dark ? 'dark' : 'light',
    // Each window is another visitor to the limits of the site.
    extraHTTPHeaders: { 'x-forwarded-for': `10.0.${readers >> 8}.${readers & 255}` },
  })
  if (as) {
    const [name = '', value = ''] = site.hall.signIn(as).split('=')
    await context.addCookies([{ name, value, url: site.address }])
  }
  const tab = await context.newPage()
  tab.setDefaultTimeout(8_000)
  const faults = watch(tab, site)
  const visited: string[] = []

  const arrive = async () => {
    await tab.waitForLoadState('load')
    await tab.evaluate('document.fonts.ready.then(() => true)')
    const path = tab.url().slice(site.address.length)
    if (path.startsWith('about:')) return
    visited.push(path)
    assert.deepEqual(faults.splice(0), [], `what went wrong on ${path}`)
    await examine(tab, script, contrast)
  }
  const go = async (address: string) => {
    await tab.goto(address, { waitUntil: 'load' })
    await arrive()
  }
  const reader: Reader = {
    tab,
    context,
    language,
    script,
    site,
    visited,
    arrive,
    open: (path) => go(site.address + path),
    to: (name, params, query) =>
      go(site.address + site.hall.book.address(name, params, language) + (query ? `?${query}` : '')),
    async follow(name) {
      const links = tab.getByRole('link', exactly(name))
      // Two links of one name are one link if they lead to one place.
      const places = new Set(await Promise.all((await links.all()).map((link) => link.getAttribute('href'))))
      await leaving(tab, () => (places.size === 1 ? links.first() : links).click())
      await arrive()
    },
    async press(button, filling = {}) {
      for (const [label, wanted] of Object.entries(filling)) await fill(tab, label, wanted)
      await leaving(tab, () => tab.getByRole('button', exactly(button)).click())
      await arrive()
    },
    async pressIn(part, button) {
      await leaving(tab, () => tab.locator(part).getByRole('button', exactly(button)).click())
      await arrive()
    },
    async sees(text) {
      await tab.getByText(text).first().waitFor({ state: 'visible' })
    },
    close: () => context.close(),
  }
  return reader
}

export type JourneyOptions = {
  languages?: readonly Language[]
  script?: readonly boolean[]
  /** Who travels; nobody has signed in unless told. */
  as?: Someone
  width?: number
}

/**
 * A journey through the site, told once and travelled in each language, with script and without. Each travels on a
 * network of its own. `say` gives a sentence of a words file in the journey's language.
 */
export function journey(name: string, options: JourneyOptions, travel: (reader: Reader) => Promise<void>): void {
  for (const language of options.languages ?? (['es', 'ar'] as const)) {
    for (const script of options.script ?? [true, false]) {
      test(`${name} (${language}, ${script ? 'with script' : 'without script'})`, async (t) => {
        const site = await openSite()
        // Without script stands for the old telephone, with script for the desk.
        const width = options.width ?? (script ? 1280 : 360)
        const reader = await openReader({ site, language, script, width, ...(options.as && { as: options.as }) })
        try {
          await travel(reader)
          assert.ok(reader.visited.length > 0, 'the journey went nowhere')
          t.diagnostic(`examined ${reader.visited.length} pages`)
        } catch (error) {
          await picture(reader.tab, `failed-${name}-${language}-${script ? 'script' : 'plain'}`).catch(() => {})
          throw error
        } finally {
          await reader.close()
        }
      })
    }
  }
}

/** Makes a picture of the whole page in `tests/output/`. Answers its path. */
export async function picture(tab: Tab, name: string): Promise<string> {
  const folder = join(root, 'tests/output')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.png`)
  await tab.screenshot({ path, fullPage: true })
  return path
}

/** Does what leads away and waits until the next page has been committed. */
async function leaving(tab: Tab, act: () => Promise<void>): Promise<void> {
  const next = tab.waitForEvent('framenavigated', { predicate: (frame) => frame === tab.mainFrame() })
  // The wait is cut off where the act itself fails; its own error is the one to be told.
  next.catch(() => {})
  await act()
  await next
}

async function fill(tab: Tab, label: string, wanted: string | boolean): Promise<void> {
  const field = tab.getByLabel(label, { exact: true })
  if (typeof wanted === 'boolean') return field.setChecked(wanted)
  const tag = (await field.evaluate('element => element.localName + (element.type ?? "")')) as string
  if (tag.startsWith('select')) await field.selectOption({ label: wanted })
  else if (tag === 'inputradio' || tag === 'inputcheckbox') await field.check()
  else await field.fill(wanted)
}

function exactly(name: string | RegExp) {
  return typeof name === 'string' ? { name, exact: true } : { name }
}

/** Whether a page in this language is read from the right. */
export const isMirrored = (language: Language) => direction(language) === 'rtl'
