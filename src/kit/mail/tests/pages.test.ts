import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { BlockList } from 'node:net'
import { after, before, describe, it } from 'node:test'
import pino from 'pino'
import type { Grant } from '#kit/access'
import { createHall, seals, type Hall } from '#kit/http'
import { runJobsNow } from '#kit/jobs'
import { record } from '#kit/record'
import { installation, silent, type Installation } from '#help/installation'
import {
  bounceToken,
  defineLetter,
  mailRoom,
  mailTasks,
  postLetter,
  publicPart,
  suppress,
  unsubscribeToken,
  type Smtp,
} from '../index.ts'

const ana = '0195c0de-0000-7000-8000-000000000001'
const beto = '0195c0de-0000-7000-8000-000000000002'
const carla = '0195c0de-0000-7000-8000-000000000003'
const steward: Grant = { id: beto, role: 'steward', scope: { kind: 'network' } }
const secret = 'a secret of thirty-two characters'
const pem = {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
} as const
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, ...pem })
const smtp: Smtp = {
  url: 'smtp://smtp.museos.example:587',
  from: 'red@museos.example',
  name: null,
  returnPath: 'red@museos.example',
  perMinute: 60,
  dkim: { domain: 'museos.example', selector: 'k1', privateKey },
}

const letter = defineLetter<{ href: string }>('test.letter', ({ href }) => ({
  subject: 'Su museo fue validado',
  blocks: [
    { kind: 'text', text: 'Buenas <i>noticias</i>' },
    { kind: 'button', label: 'Ver el museo', href },
    { kind: 'list', items: [{ text: 'Uno', href: 'javascript:alert(1)' }] },
  ],
}))
const signIn = defineLetter<object>(
  'test.sign-in',
  () => ({ subject: 'Entrar', blocks: [{ kind: 'code', code: '123 456' }] }),
  { secret: true },
)

describe('pages of letters', () => {
  let house: Installation
  let hall: Hall
  let demo = false
  let asker: { id: string; grants: Grant[] } | null = null
  before(async () => {
    house = await installation()
    hall = createHall({
      rooms: [
        mailRoom({
          secret,
          smtp,
          place: async () => ({ demo, network: 'Red de Museos' }),
          resolver: {
            async resolveTxt(name) {
              if (name === 'k1._domainkey.museos.example') return [[`v=DKIM1; p=${publicPart(privateKey)}`]]
              throw Object.assign(new Error('none'), { code: 'ENOTFOUND' })
            },
          },
        }),
      ],
      database: house.database,
      identify: async () =>
        asker && {
          session: { id: 's', personId: asker.id, name: 'Ana', provedAt: Temporal.Now.instant(), secondFactor: false },
          grants: asker.grants,
          language: 'es',
          zone: 'America/Lima',
        },
      frame: async () => ({ network: 'Red', zone: 'UTC', demo, threads: [] }),
      seals: seals('a secret of thirty-two characters!'),
      proxies: new BlockList(),
      asset: async () => null,
      assetPath: (file) => `/assets/${file}`,
      log: pino({ level: 'silent' }),
      origin: 'https://red.example',
    })
  })
  after(() => house.end())

  const headers = () => ({
    'sec-fetch-site': 'same-origin',
    'accept-language': 'es',
    ...(asker && { cookie: 'quipu.session=1' }),
  })
  const open = async (path: string) => {
    const answer = await hall.request(path, { headers: headers() })
    return { status: answer.status, html: await answer.text() }
  }
  const send = async (path: string, fields: Record<string, string>) => {
    const answer = await hall.request(path, { method: 'POST', headers: headers(), body: new URLSearchParams(fields) })
    return { status: answer.status, html: await answer.text(), to: answer.headers.get('location') }
  }
  const as = (id: string | null, ...grants: Grant[]) => (asker = id ? { id, grants } : null)
  const post = <Props>(what: Parameters<typeof postLetter<Props>>[1], props: Props) =>
    record(house.system(), 'letter.posted', {}, (db) =>
      postLetter(db, what, { personId: ana, address: 'ana@museos.example', language: 'es' }, props),
    )
  const hold = () =>
    runJobsNow({
      ownerAddress: house.ownerAddress,
      tasks: mailTasks({ smtp: null, origin: 'https://red.example', secret, demo: false, network: async () => 'Red' }),
      log: silent,
    })

  it('are for stewards, and a letter for whom it is', async () => {
    const id = await post(letter, { href: '/es/museos/1' })
    for (const who of [null, ana]) {
      as(who)
      assert.equal((await open('/es/cartas')).status, 403)
    }
    assert.equal((await open(`/es/cartas/${id}`)).status, 200)
    as(carla)
    assert.equal((await open(`/es/cartas/${id}`)).status, 404)
    as(beto, steward)
    const list = await open('/es/cartas?state=queued')
    assert.ok(list.html.includes('Su museo fue validado') && list.html.includes('ana@museos.example'))
    const shown = await open(`/es/cartas/${id}`)
    assert.ok(shown.html.includes('Buenas &lt;i>noticias') || shown.html.includes('Buenas &lt;i&gt;noticias'))
    assert.ok(shown.html.includes('href="/es/museos/1"'))
    assert.ok(!shown.html.includes('javascript:'))
    await hold()
    const held = await open(`/es/cartas/${id}`)
    assert.ok(held.html.includes('Guardada aquí') && held.html.includes('Enviar de nuevo'))
    assert.equal((await send(`/es/cartas/${id}`, { deed: 'send-again' })).status, 303)
    as(ana)
    assert.equal((await send(`/es/cartas/${id}`, { deed: 'send-again' })).status, 403)
    assert.equal((await open('/es/cartas/not-an-id')).status, 404)
  })

  it('are open to everyone in a demo, and to nobody else', async () => {
    const id = await post(signIn, {})
    await hold()
    as(null)
    assert.equal((await open(`/es/cartas/${id}`)).status, 404)
    demo = true
    const list = await open('/ar/الرسائل')
    assert.equal(list.status, 200)
    assert.ok((await open(`/es/cartas/${id}`)).html.includes('123 456'))
    assert.equal((await open('/es/cartas/direcciones-sin-envio')).status, 403)
    assert.equal((await send(`/es/cartas/${id}`, { deed: 'send-again' })).status, 403)
    demo = false
  })

  it('show the sender and send a test', async () => {
    as(ana)
    assert.equal((await open('/es/cartas/remitente')).status, 403)
    as(beto, steward)
    const sender = await open('/es/cartas/remitente')
    for (const piece of [
      'red@museos.example',
      'smtp.museos.example',
      'v=spf1 a:smtp.museos.example ~all',
      'En orden',
      'Falta',
    ])
      assert.ok(sender.html.includes(piece), piece)
    const wrong = await send('/es/cartas/remitente', { address: 'nobody' })
    assert.equal(wrong.status, 422)
    assert.ok(wrong.html.includes('value="nobody"'))
    const sent = await send('/es/cartas/remitente', { address: 'beto@museos.example' })
    assert.equal(sent.status, 303)
    assert.ok((await open(sent.to!)).html.includes('Carta de prueba'))
  })

  it('show stopped addresses and let them in again, with a reason', async () => {
    await record(house.system(), 'test.stopped', {}, (db) =>
      suppress(db, { address: 'ana@museos.example', purpose: null, reason: 'bounced', detail: '5.1.1' }),
    )
    as(beto, steward)
    const shown = await open('/es/cartas/direcciones-sin-envio')
    assert.ok(shown.html.includes('ana@museos.example') && shown.html.includes('La dirección no existe.'))
    const [one] = await house.ask('select id from mail.suppression')
    const id = String(one!['id'])
    assert.equal((await send('/es/cartas/direcciones-sin-envio', { id, reason: '' })).status, 422)
    assert.equal((await send('/es/cartas/direcciones-sin-envio', { id, reason: 'made again' })).status, 303)
    assert.deepEqual(await house.ask('select id from mail.suppression'), [])
  })

  it('stop with one click, from a mail program or from the page', async () => {
    as(null)
    const path = `/mail/unsubscribe?token=${unsubscribeToken(secret, 'ana@museos.example', 'subscriptions')}`
    const asked = await open(path)
    assert.ok(asked.html.includes('¿Dejar de enviar avisos a') && asked.html.includes('method="post"'))
    assert.deepEqual(
      await house.ask('select address from mail.suppression'),
      [],
      'a scanner that fetches links stops nothing',
    )
    const clicked = await hall.request(path, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    })
    assert.equal(clicked.status, 200)
    assert.deepEqual(await house.ask('select address, purpose, reason from mail.suppression'), [
      { address: 'ana@museos.example', purpose: 'subscriptions', reason: 'unsubscribed' },
    ])
    assert.equal((await open('/mail/unsubscribe?token=made-up.x')).status, 404)
    assert.equal((await hall.request('/mail/unsubscribe?token=', { method: 'POST' })).status, 404)
  })

  it('take what a mail server hands over', async () => {
    const [one] = await house.ask(
      `update mail.letter set state = 'sent', message_id = id || '@museos.example' where name = 'test.letter' returning id`,
    )
    const raw = [
      'Content-Type: multipart/report; boundary=b',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx',
      '',
      'Final-Recipient: rfc822;ana@museos.example',
      'Action: failed',
      'Status: 5.1.1',
      '',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: <${String(one!['id'])}@museos.example>`,
      '',
      '--b--',
    ].join('\r\n')
    const hand = async (token: string, body: string) =>
      (
        await hall.request('/mail/returned', {
          method: 'POST',
          body,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
        })
      ).status
    assert.equal(await hand('made up', raw), 404)
    assert.equal(await hand(bounceToken(secret), 'Subject: hello\r\n\r\nhello'), 202)
    assert.equal(await hand(bounceToken(secret), raw), 204)
    assert.equal(await hand(bounceToken(secret), 'x'.repeat(6 * 1024 * 1024)), 413)
    assert.deepEqual(await house.ask(`select state from mail.letter where id = $1`, [one!['id']]), [
      { state: 'bounced' },
    ])
  })
})
