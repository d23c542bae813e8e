import { readFileSync, mkdirSync } from 'node:fs'
import { serve } from '@hono/node-server'
import pino from 'pino'
import { prepareDatabase } from './src/kit/postgres/index.ts'
import { migrate, openDatabase } from './src/kit/db/index.ts'
import { installJobs } from './src/kit/jobs/index.ts'
import { believed } from './src/kit/http/index.ts'
import { builtAssets } from './src/kit/process/index.ts'
import { openHall } from './src/app.tsx'
import { fillDemo } from './demo/fill.ts'
import { buildAssets } from './bin/assets.mjs'
import { launchBrowser } from './tests/help/chromium.ts'
const a = JSON.parse(readFileSync('/tmp/people/addresses.json'))
const { ownerAddress, appAddress } = await prepareDatabase(a.superuser, 'shots')
await migrate(ownerAddress, 'db/migrations'); await installJobs(ownerAddress)
const owner = openDatabase({ address: ownerAddress })
await fillDemo(owner, console.log)
const database = openDatabase({ address: appAddress })
await buildAssets()
const failures = []
const hall = openHall({ database, secret: 'x'.repeat(40), oidc: null, proxies: believed(''), ...builtAssets('build/assets'), log: pino({ level: 'error' }), onFailure: f => failures.push(f.error) })
const server = serve({ fetch: hall.fetch, port: 4310, hostname: '127.0.0.1' })
const browser = await launchBrowser()
mkdirSync('/tmp/people/shots', { recursive: true })
const pages = process.argv.slice(2)
async function shoot(name, lang, path, { width = 1280, dark = false, who } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', baseURL: 'http://localhost:4310' })
  const page = await context.newPage()
  if (who) { await page.goto('/es/ingresar'); await page.locator(`button[aria-label*="${who}"]`).first().click(); await page.waitForLoadState() }
  await page.goto(path); await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: `/tmp/people/shots/${name}-${lang}-${width}${dark ? '-dark' : ''}.png`, fullPage: true })
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  if (over > 0) console.log('OVERFLOW', name, lang, width, over)
  await context.close()
}
export { shoot, browser, owner, database, server, failures }
const script = process.env.SHOTS ?? 'default'
const m = await import(`/tmp/people/${script}.mjs`); await m.run({ shoot, browser, owner, database })
console.log('failures', failures.length, failures[0])
await browser.close(); server.close(); await database.close(); await owner.close(); process.exit()
