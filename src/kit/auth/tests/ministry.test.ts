import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { browser } from './browser.ts'
import { house } from './house.tsx'

type House = Awaited<ReturnType<typeof house>>

/** A whole OpenID Connect server, with one account for each address; its own pages are forms that take whatever is typed. */
async function ministry(client: {
  id: string
  secret: string
  back: string
}): Promise<{ issuer: string; server: Server }> {
  // oxlint-disable-next-line import/no-default-export -- that library exports nothing else
  const { default: Provider } = await import('oidc-provider')
  let serve: ReturnType<InstanceType<typeof Provider>['callback']> | undefined
  const server = createServer((request, response) => serve!(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.back],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'given_name', 'family_name'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key for cookies'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: `${id}@ministerio.example`,
        email_verified: true,
        name: `Persona ${id}`,
        given_name: 'Persona',
        family_name: id,
      }),
    }),
  })
  serve = provider.callback()
  return { issuer, server }
}

/** Signs in at the ministry as a person would, its pages without script. Answers the address that it leads back to. */
async function signInThere(address: string, login: string): Promise<string> {
  const jar = new Map<string, string>()
  let [next, body]: [string, URLSearchParams | undefined] = [address, undefined]
  for (let hop = 0; hop < 20; hop++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer: Response = await fetch(next, {
      redirect: 'manual',
      headers: { cookie },
      ...(body && { method: 'POST', body }),
    })
    for (const line of answer.headers.getSetCookie())
      jar.set(line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).split(';')[0]!)
    const location = answer.headers.get('location')
    if (location) {
      const to = new URL(location, next)
      if (to.origin !== new URL(address).origin) return to.href
      ;[next, body] = [to.href, undefined]
      continue
    }
    const page = await answer.text()
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1]
    assert.ok(action, page.slice(0, 500))
    next = new URL(action.replaceAll('&amp;', '&'), next).href
    body = new URLSearchParams({ prompt: /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '', login, password: 'x' })
  }
  throw new Error('the ministry never led back')
}

const go = async (visitor: ReturnType<typeof browser>, login: string) => {
  const leaving = await visitor.press(
    await visitor.get('/es/ingresar?next=/es/mio'),
    'Ingresar con Ministerio de Cultura',
  )
  const href = leaving.page.one('link', 'Continuar').attributes.href!
  assert.equal(leaving.headers.get('refresh'), `0; url=${href}`)
  const back = await signInThere(href, login)
  return visitor.get(back.replace('http://localhost', ''))
}

describe('signing in with a ministry’s own accounts', () => {
  let there: Awaited<ReturnType<typeof ministry>>
  let here: House
  before(async () => {
    there = await ministry({ id: 'quipu', secret: 'secret of quipu', back: 'http://localhost/auth/callback/oidc' })
    here = await house({
      oidc: { issuer: there.issuer, clientId: 'quipu', clientSecret: 'secret of quipu', name: 'Ministerio de Cultura' },
    })
  })
  after(() => {
    there.server.closeAllConnections()
    there.server.close()
  })

  it('brings a newcomer to the page where they tell who they are', async () => {
    const visitor = browser(here.hall)
    const arrived = await go(visitor, 'quispe')
    assert.equal(arrived.path.split('?')[0], '/es/quien')
    assert.match(arrived.html, /<h1>quispe@ministerio.example<\/h1>/)
    assert.equal((await here.log()).at(-1), 'oidc in')
  })

  it('finds the account that has the address already', async () => {
    await here.person('Carmen', 'carmen@ministerio.example')
    const visitor = browser(here.hall)
    const arrived = await go(visitor, 'carmen')
    assert.equal(arrived.path, '/es/mio')
    assert.match(arrived.html, /<h1>Carmen<\/h1>/)
    assert.equal(
      (await here.ask(`select count(*)::int as n from auth."user" where email = 'carmen@ministerio.example'`))[0]!['n'],
      1,
    )
  })

  it('refuses an answer that nobody asked for', async () => {
    const visitor = browser(here.hall)
    const seen = await visitor.get('/auth/callback/oidc?code=stolen&state=invented')
    assert.match(seen.page.text, /No se pudo ingresar con la cuenta institucional/)
    assert.match((await visitor.get('/es/mio')).html, /<h1>nadie<\/h1>/)
  })
})
