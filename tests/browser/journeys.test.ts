/**
 * Journeys that cross the whole house, in Spanish and in Arabic, with script and without. A room's own journeys are in a file
 * of its name beside this one.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { say } from '#kit/words'
import { journey, openReader, picture, tabTo } from '../help/browser.ts'
import { steward } from '../help/crawl.ts'
import { openSite } from '../help/site.ts'

describe('journeys through the house', () => {
  journey('a visitor reads of the network, and changes the language without losing the page', {}, async (reader) => {
    const { language, tab, site } = reader
    const words = (key: string) => say(language, key)
    await reader.to('front.home')
    await reader.follow(words('front.thread.governance'))
    assert.equal(
      reader.visited.at(-1),
      encodeURI(decodeURI(site.hall.book.address('network.governance', {}, language))),
    )
    // The switch names each language in itself.
    const [other, its] = language === 'es' ? (['pt', 'Português'] as const) : (['en', 'English'] as const)
    await reader.follow(its)
    assert.equal(reader.visited.at(-1), encodeURI(decodeURI(site.hall.book.address('network.governance', {}, other))))
    assert.equal(await tab.locator('html').getAttribute('lang'), other)
  })

  journey('a visitor searches, finds nothing, and is told how to go on', {}, async (reader) => {
    const { language, tab } = reader
    await reader.to('front.search')
    await tab.locator('main input[type=search], main input[name=q]').first().fill('xyzzy')
    await reader.pressIn('main', say(language, 'front.search.button'))
    await reader.sees(say(language, 'front.search.none-hint'))
  })

  journey('what is not there is told on a page that leads on', {}, async (reader) => {
    await reader.open(`/${reader.language}/x`)
    await reader.follow(say(reader.language, 'kit.error.absent.home'))
    assert.equal(reader.visited.at(-1), `/${reader.language}`)
  })

  journey(
    'the steward founds a body, is told all that is missing at once, and loses nothing typed',
    { as: steward },
    async (reader) => {
      const { language, tab } = reader
      const verb = say(language, 'governance.do.found-body')
      await reader.to('network.found-body')
      await tab.locator('[name="name.es"]').fill('Mesa de conservación')
      await tab.locator('[name=code]').fill('Con Espacios')
      await reader.press(verb)
      assert.equal(await tab.locator('[role=alert] li').count(), 2)
      assert.equal(await tab.locator('[name="name.es"]').inputValue(), 'Mesa de conservación')
      await tab.locator('[name=code]').fill('mesa-conservacion')
      const kind = say(language, 'governance.kind.working-table')
      const select = tab.locator('select[name=kind]')
      await ((await select.count()) > 0
        ? select.selectOption({ label: kind })
        : tab.getByLabel(kind, { exact: true }).check())
      await reader.press(verb)
      await reader.sees(say(language, 'governance.done.body-founded'))
      await reader.follow('Mesa de conservación')
      assert.match(await tab.locator('h1').innerText(), /^Mesa de conservación/)
    },
  )

  test('a page is read and searched by keyboard alone', async () => {
    const site = await openSite()
    for (const language of ['es', 'ar'] as const) {
      const reader = await openReader({ site, language })
      await reader.to('front.home')
      await tabTo(reader.tab, say(language, 'view.page.skip'))
      await reader.tab.keyboard.press('Enter')
      assert.equal(await reader.tab.evaluate('document.activeElement.id'), 'main')
      await reader.to('front.home')
      await tabTo(reader.tab, say(language, 'front.thread.governance'))
      await Promise.all([reader.tab.waitForURL(/.*/, { waitUntil: 'load' }), reader.tab.keyboard.press('Enter')])
      await reader.close()
    }
  })

  test('home is pictured at the widths of a telephone, a tablet and a desk, light and dark', async (t) => {
    const site = await openSite()
    let pictures = 0
    for (const language of ['es', 'ar'] as const) {
      for (const width of [360, 768, 1280]) {
        for (const dark of [false, true]) {
          const reader = await openReader({ site, language, width, dark })
          await reader.to('front.home')
          await picture(reader.tab, `home-${language}-${width}-${dark ? 'dark' : 'light'}`)
          pictures += 1
          await reader.close()
        }
      }
    }
    t.diagnostic(`made ${pictures} pictures in tests/output`)
    assert.equal(pictures, 12)
  })
})
