import assert from 'node:assert/strict'
import type { Hall } from '#kit/http'
import { entriesOf, readPage, type Page } from '#help/page'

export type Seen = { status: number; path: string; headers: Headers; page: Page; html: string }

/** A browser without script: it keeps cookies, follows redirects within the site, and sends the forms that a page really has. */
export function browser(hall: Hall, origin = 'http://localhost') {
  const jar = new Map<string, string>()
  const self = { jar, get, send, press, cookie: () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }

  async function go(path: string, init: RequestInit = {}, hops = 0): Promise<Seen> {
    const headers = new Headers(init.headers)
    headers.set('cookie', self.cookie())
    headers.set('user-agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')
    const answer = await hall.request(origin + path, { ...init, headers, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';')
      const [name = '', ...value] = pair.split('=')
      const gone = attributes.some((one) => /^\s*max-age=0\s*$/i.test(one)) || value.join('=') === ''
      if (gone) jar.delete(name)
      else jar.set(name, value.join('='))
    }
    const location = answer.headers.get('location')
    if (location && answer.status >= 300 && answer.status < 400) {
      assert.ok(hops < 6, `too many redirects at ${path}`)
      return go(location.startsWith(origin) ? location.slice(origin.length) : location, {}, hops + 1)
    }
    const html = await answer.text()
    const isPage = (answer.headers.get('content-type') ?? '').startsWith('text/html')
    return {
      status: answer.status,
      path,
      headers: answer.headers,
      html,
      page: isPage ? readPage(html) : (undefined as unknown as Page),
    }
  }

  function get(path: string): Promise<Seen> {
    return go(path)
  }

  /** Sends a body as a form of this site. */
  function send(path: string, fields: Record<string, string>): Promise<Seen> {
    return go(path, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
  }

  /** Fills in the form in which the button of this name stands, by labels, and presses it. No origin headers: the page's own token must do. */
  function press(seen: Seen, button: string | RegExp, fields: Record<string, string> = {}): Promise<Seen> {
    const pressed = seen.page.one('button', button)
    let form = pressed.parent
    while (form && form.tag !== 'form') form = form.parent
    assert.ok(form, `the button ${String(button)} stands in no form`)
    const entries = entriesOf(form, pressed)
    for (const [label, value] of Object.entries(fields)) {
      const { name } = seen.page.field(label).attributes
      const at = entries.findIndex(([known]) => known === name)
      if (at >= 0) entries[at] = [name!, value]
      else entries.push([name!, value])
    }
    return go(form.attributes.action ?? seen.path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(entries).toString(),
    })
  }
  return self
}
