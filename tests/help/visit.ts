/**
 * A browser without script, for page tests: it follows links by their names, fills fields under their labels, presses
 * buttons, keeps cookies, follows redirects, and reads strictly (`html.ts`).
 */
import type { Language } from '#kit/words'
import type { Someone, TestHall } from './hall.ts'
import { ancestors, elements, textOf, type Element } from './html.ts'
import { entriesOf, readPage, type Page } from './page.ts'

/** What is typed, ticked or chosen under a label: text, the option's or the box's own label, several of them, or a file. */
export type Filling = string | boolean | readonly string[] | File

export type Visit = {
  /** The page one is on. Throws before the first. */
  readonly page: Page
  readonly status: number
  /** The path one ended on, with its query. */
  readonly path: string
  readonly response: Response
  readonly html: string
  /** Goes to a page by its name in the address book. */
  to(name: string, params?: Record<string, string>, query?: string): Promise<Visit>
  /** Goes to a path as it stands. */
  open(path: string): Promise<Visit>
  /** Follows the one link of this name. */
  follow(link: string | RegExp): Promise<Visit>
  /** Fills the form that this button belongs to, by the labels of its fields, and presses the button. */
  press(button: string | RegExp, filling?: Record<string, Filling>): Promise<Visit>
}

/** Opens a fresh browser on the hall: a visitor's, or that of someone who has signed in. */
export function visit(hall: TestHall, options: { as?: Someone; language?: Language } = {}): Visit {
  const { as, language = as?.language ?? 'es' } = options
  const cookies = new Map<string, string>()
  if (as) {
    const [name = '', value = ''] = hall.signIn(as).split('=')
    cookies.set(name, value)
  }
  let at: { page: Page | undefined; response: Response; path: string; html: string } | undefined
  const here = () => at ?? fail('No page has been opened yet')
  const pageHere = () =>
    here().page ?? fail(`${here().path} answered no page: ${here().response.headers.get('content-type')}`)

  async function go(path: string, init: RequestInit = {}, hops = 0): Promise<Visit> {
    const headers = new Headers({ 'accept-language': language, accept: 'text/html', 'sec-fetch-site': 'same-origin' })
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const before = hall.failures.length
    const response = await hall.request(path, { ...init, headers, redirect: 'manual' })
    for (const set of response.headers.getSetCookie()) keepCookie(cookies, set)
    if (hall.failures.length > before) {
      throw new Error(`${init.method ?? 'GET'} ${path} failed`, { cause: hall.failures.at(-1) })
    }
    const location = response.headers.get('location')
    if (location && response.status >= 300 && response.status < 400) {
      if (hops > 5) fail(`${path} leads round in a circle`)
      const next = new URL(location, new URL(path, 'http://quipu.test'))
      return go(next.pathname + next.search, {}, hops + 1)
    }
    const html = await response.text()
    const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false
    at = { response, path, html, page: isPage ? readPage(html) : undefined }
    if (at.page) refuseInline(at.page, path)
    return visiting
  }

  const visiting: Visit = {
    get page() {
      return pageHere()
    },
    get status() {
      return here().response.status
    },
    get path() {
      return here().path
    },
    get response() {
      return here().response
    },
    get html() {
      return here().html
    },
    open: (path) => go(path),
    to: (name, params, query) => go(hall.book.address(name, params, language) + (query ? `?${query}` : '')),
    follow: (link) => {
      const target = new URL(pageHere().one('link', link).attributes.href!, new URL(here().path, 'http://quipu.test'))
      return go(target.pathname + target.search)
    },
    press(name, filling = {}) {
      const page = pageHere()
      const button = page.one('button', name)
      const form = formOf(button, page)
      const entries = filled(page, form, entriesOf(form, button), filling)
      const {
        action = here().path,
        method = 'get',
        enctype,
      }: Record<string, string> = {
        ...form.attributes,
        ...submitter(button),
      }
      if (method.toLowerCase() === 'get') {
        const query = new URLSearchParams(
          entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
        )
        return go(`${action.split('?')[0]}?${query}`)
      }
      const body = enctype === 'multipart/form-data' ? new FormData() : new URLSearchParams()
      for (const [key, value] of entries) body.append(key, value as string)
      return go(action, { method: 'POST', body })
    },
  }
  return visiting
}

type Filled = [name: string, value: string | File]

function filled(page: Page, form: Element, entries: Filled[], filling: Record<string, Filling>): Filled[] {
  let result = [...entries]
  for (const [label, wanted] of Object.entries(filling)) {
    const group = page.all('group', label)[0] ?? page.all('radiogroup', label)[0]
    if (group) {
      const boxes = [...elements(group)].filter(({ attributes }) =>
        ['radio', 'checkbox'].includes(attributes.type ?? ''),
      )
      const names = new Set(boxes.map(({ attributes }) => attributes.name))
      result = result.filter(([name]) => !names.has(name))
      for (const choice of [wanted].flat()) {
        const box = boxes.find((each) => page.all(each.attributes.type!, String(choice)).includes(each))
        if (!box) fail(`“${label}” offers no “${String(choice)}”`)
        result.push([box!.attributes.name!, box!.attributes.value ?? 'on'])
      }
      continue
    }
    const field = page.field(label)
    if (![...ancestors(field)].includes(form)) fail(`“${label}” is in another form`)
    const { name = '', type } = field.attributes
    if (type === 'checkbox') {
      const value = field.attributes.value ?? 'on'
      result = result.filter((entry) => entry[0] !== name || entry[1] !== value)
      if (wanted === true) result.push([name, value])
    } else {
      const position = result.findIndex((entry) => entry[0] === name)
      result = result.filter((entry) => entry[0] !== name)
      const values = (wanted instanceof File ? [wanted] : [wanted].flat()).map((one) =>
        valueFor(field, label, one as string | File),
      )
      result.splice(position < 0 ? result.length : position, 0, ...values.map((value): Filled => [name, value]))
    }
  }
  return result
}

function valueFor(field: Element, label: string, wanted: string | File): string | File {
  if (field.tag !== 'select' || wanted instanceof File) return wanted
  const options = [...elements(field)].filter(({ tag }) => tag === 'option')
  const option =
    options.find((each) => textOf(each) === wanted) ?? options.find(({ attributes }) => attributes.value === wanted)
  if (!option) return fail(`“${label}” offers no “${wanted}” but ${options.map(textOf).join(', ')}`)
  return option.attributes.value ?? textOf(option)
}

function formOf(button: Element, page: Page): Element {
  const id = button.attributes.form
  const form = id
    ? [...elements(page.root)].find(({ tag, attributes }) => tag === 'form' && attributes.id === id)
    : [...ancestors(button)].find(({ tag }) => tag === 'form')
  return form ?? fail(`The button “${textOf(button)}” belongs to no form`)
}

function submitter({ attributes }: Element): { action?: string; method?: string } {
  const { formaction: action, formmethod: method } = attributes
  return { ...(action && { action }), ...(method && { method }) }
}

function keepCookie(cookies: Map<string, string>, set: string): void {
  const [pair = '', ...rest] = set.split(';')
  const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
  if (value === '' || rest.some((part) => /max-age=0\b/i.test(part))) cookies.delete(name)
  else cookies.set(name, value)
}

/** The policy of every page forbids them, so a browser would not run or draw them. */
function refuseInline(page: Page, path: string): void {
  for (const { tag, attributes } of elements(page.root)) {
    const handler = Object.keys(attributes).find((name) => /^on[a-z]/i.test(name))
    if ('style' in attributes) fail(`<${tag}> on ${path} has a style of its own`)
    if (handler) fail(`<${tag}> on ${path} has a script of its own in ${handler}`)
    if (tag === 'style' || (tag === 'script' && !attributes.src && attributes.type !== 'application/ld+json')) {
      fail(`${path} has a <${tag}> of its own`)
    }
  }
}

function fail(why: string): never {
  throw new Error(why)
}
