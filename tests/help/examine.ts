/**
 * What is asked of a page in a browser: by axe, by the questions of `in-page.js`, by the Tab key, and by listening.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page as Tab } from 'playwright-core'
import { launchBrowser } from './chromium.ts'
import { beforeLeaving, root } from './ground.ts'
import type { Site } from './site.ts'

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')
const inPage = readFileSync(join(import.meta.dirname, 'in-page.js'), 'utf8')

let launched: Promise<Browser> | undefined

/** The browser, started once a run. */
export function browser(): Promise<Browser> {
  return (launched ??= launchBrowser().then((one) => {
    beforeLeaving(() => one.close())
    return one
  }))
}

/** Runs one of the questions of `in-page.js` in the page. */
export async function ask<Answer>(tab: Tab, question: string): Promise<Answer> {
  await tab.evaluate(`globalThis.quipu ?? (() => { ${inPage} })()`)
  return tab.evaluate(`globalThis.quipu.${question}()`)
}

/**
 * Throws what axe finds wrong: WCAG 2.2 A and AA, and its best practices. Contrast takes half of its time, and is the same in
 * every language of one script.
 */
export async function axeClean(
  tab: Tab,
  { contrast = true, only }: { contrast?: boolean; only?: readonly string[] } = {},
): Promise<void> {
  const rules = only ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  await tab.evaluate(`globalThis.axe ?? (() => { ${axe} })()`)
  const found = (await tab.evaluate(`axe.run(document, {
    resultTypes: ['violations'],
    ${only ? '' : `rules: { 'color-contrast': { enabled: ${contrast} } },`}
    runOnly: ${JSON.stringify(rules)},
  }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target, failureSummary }) =>
    id + ' ' + target.join(' ') + ': ' + (failureSummary ?? '').split('\\n').slice(1).join(' ').trim())))`)) as string[]
  assert.deepEqual(found, [], `axe on ${tab.url()}`)
}

/**
 * Presses Tab until the named link, button or field has the focus; throws when it never does, or when on the way something
 * has the focus without showing it or outside of the window.
 */
export async function tabTo(tab: Tab, name: string, atMost = 80): Promise<void> {
  const way: string[] = []
  for (let presses = 0; presses < atMost; presses++) {
    await tab.keyboard.press('Tab')
    const at = await ask<{ way: string; text: string; id: string; drawn: boolean; inside: boolean } | null>(
      tab,
      'focused',
    )
    if (!at) continue
    way.push(at.text || at.way)
    assert.ok(at.drawn, `${at.way} has the focus and does not show it`)
    assert.ok(at.inside, `${at.way} has the focus outside of the window`)
    if (at.text === name) return
    if (
      at.id &&
      (await tab.locator(`label[for="${at.id}"]`).allInnerTexts()).some((label) => label.trim().startsWith(name))
    )
      return
  }
  throw new Error(`Tab never reached “${name}”; it went: ${way.join(' · ')}`)
}

/** What is examined on every page a reader comes to. */
export async function examine(tab: Tab, script: boolean, contrast: boolean): Promise<void> {
  assert.deepEqual(await ask(tab, 'sideways'), [], `${tab.url()} scrolls sideways`)
  if (script) return axeClean(tab, { contrast })
  // axe waits by timers, which do not run where script is off: the page is examined as it stands in a window where it is on.
  const shadow = await (await browser()).newContext({ viewport: tab.viewportSize() })
  try {
    const html = await tab.content()
    const address = tab.url()
    const twin = await shadow.newPage()
    await twin.route('**/*', (route) => {
      if (route.request().resourceType() === 'document')
        return route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' })
      return route.request().resourceType() === 'script' ? route.abort() : route.continue()
    })
    await twin.goto(address, { waitUntil: 'load' })
    await twin.evaluate('document.fonts.ready.then(() => true)')
    await axeClean(twin, { contrast })
  } finally {
    await shadow.close()
  }
}

/** Notes what a person would not see and should not happen. */
export function watch(tab: Tab, site: Site): string[] {
  const faults: string[] = []
  tab.on('pageerror', (error) => void faults.push(`a script failed: ${error.message}`))
  tab.on('console', (message) => {
    // The browser says so too when a page answers 4xx, which journeys ask for on purpose.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      faults.push(`the console says: ${message.text()}`)
  })
  tab.on('requestfailed', (request) => {
    const why = request.failure()?.errorText
    if (why !== 'net::ERR_ABORTED') faults.push(`${request.url()} failed: ${why}`)
  })
  tab.on('request', (request) => {
    if (!request.url().startsWith(site.address) && !/^(?:data|blob|about):/.test(request.url()))
      faults.push(`a page calls ${request.url()}`)
  })
  tab.on('response', (response) => {
    if (response.status() >= 500)
      faults.push(`${response.url()} answered ${response.status()}: ${String(site.hall.failures.at(-1))}`)
    if (response.status() >= 400 && response.url().includes('/assets/')) faults.push(`${response.url()} is not there`)
  })
  return faults
}
