/**
 * The examinations of the browser tests, tried on pages made to fail them: an examination that sees nothing passes everything.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ask, axeClean, browser, tabTo, type Tab } from '../help/browser.ts'
import { asOldBrowsersSee } from '../help/old-browser.ts'

async function withPage(body: string, css: string, work: (tab: Tab) => Promise<void>): Promise<void> {
  const context = await (await browser()).newContext({ viewport: { width: 320, height: 400 } })
  try {
    const tab = await context.newPage()
    await tab.setContent(
      `<!doctype html><html lang="es"><head><title>Prueba</title><style>${css}</style></head><body><main><h1>Prueba</h1>${body}</main></body></html>`,
    )
    await work(tab)
  } finally {
    await context.close()
  }
}

describe('the examinations', () => {
  it('see what sticks out sideways, and not what scrolls in a frame', async () => {
    const wide = '<div class="wide">ancho</div>'
    await withPage(wide, '.wide { width: 900px }', async (tab) =>
      assert.equal((await ask<string[]>(tab, 'sideways')).length, 1),
    )
    await withPage(
      `<div class="frame">${wide}</div>`,
      '.wide { width: 900px } .frame { overflow-x: auto }',
      async (tab) => assert.deepEqual(await ask(tab, 'sideways'), []),
    )
  })

  it('see texts upon one another, cut off, and covered', async () => {
    const css =
      'p { position: absolute; top: 100px; left: 10px } .cut { height: 12px; overflow: hidden } .bar { position: fixed; top: 0; height: 300px; width: 100% }'
    await withPage(
      '<p>uno uno uno</p><p>dos dos dos</p><div class="cut">una<br>otra</div><div class="bar"></div>',
      css,
      async (tab) => {
        assert.equal((await ask<string[]>(tab, 'overlaps')).length, 1)
        assert.equal((await ask<string[]>(tab, 'clipped')).length, 1)
        assert.ok((await ask<number>(tab, 'covered')) > 0.5)
      },
    )
  })

  it('see pictures without words, weak contrast, and a focus that does not show', async () => {
    await withPage('<img src="data:,"><p class="pale">pálido</p>', '.pale { color: #ccc }', async (tab) => {
      await assert.rejects(axeClean(tab), /image-alt[\s\S]*color-contrast|color-contrast[\s\S]*image-alt/)
    })
    await withPage('<a href="#a">uno</a> <a href="#b">dos</a>', 'a:focus { outline: none }', async (tab) => {
      await assert.rejects(tabTo(tab, 'dos'), /does not show it/)
    })
    await withPage('<a href="#a">uno</a> <a href="#b">dos</a>', '', (tab) => tabTo(tab, 'dos'))
  })

  it('see what an old browser loses', async () => {
    const css =
      '.new { display: none } @supports (display: grid) { .new { display: block } } .tall { margin-inline-start: 5px; color: red }'
    assert.equal(asOldBrowsersSee(css), '.new{display:none}.tall{color:red}')
    await withPage('<p class="new">nuevo</p>', css, async (tab) =>
      assert.ok((await ask<string[]>(tab, 'seen')).includes('nuevo')),
    )
    await withPage('<p class="new">nuevo</p>', asOldBrowsersSee(css), async (tab) =>
      assert.ok(!(await ask<string[]>(tab, 'seen')).includes('nuevo')),
    )
  })
})
