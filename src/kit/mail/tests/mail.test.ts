import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { Absent, Refused } from '#kit/access'
import { applyRetention, runJobsNow } from '#kit/jobs'
import { read, record } from '#kit/record'
import { installation, silent, type Installation } from '#help/installation'
import {
  defineLetter,
  findLetter,
  liftSuppression,
  listLetters,
  listSuppressed,
  mailRetention,
  mailTasks,
  postLetter,
  readSmtp,
  sendAgain,
  sendTestLetter,
  unsubscribe,
  unsubscribeToken,
  type Correspondent,
  type Letter,
  type MailSettings,
} from '../index.ts'

const ana = '0195c0de-0000-7000-8000-000000000001'
const beto = '0195c0de-0000-7000-8000-000000000002'
const carla = '0195c0de-0000-7000-8000-000000000003'
const secret = 'a secret of thirty-two characters'
const pem = {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
} as const

const greeting = defineLetter<{ museum: string }>('test.greeting', ({ museum }, { language }) => ({
  subject: language === 'ar' ? `متحف ${museum}` : `Saludo de ${museum}\r\nBcc: evil@example.net`,
  preview: 'Vista previa',
  blocks: [
    { kind: 'text', text: `${museum} <b>&</b> otros` },
    { kind: 'button', label: 'Entrar', href: '/es/museos/1' },
    { kind: 'code', code: '123 456' },
    { kind: 'facts', facts: [{ label: 'País', value: 'Perú' }] },
    { kind: 'list', items: [{ text: 'Uno', href: 'https://museos.example/uno', note: 'nota' }] },
    { kind: 'quote', text: 'Allin punchaw', language: 'qu' },
  ],
}))
const digest = defineLetter<{ n: number }>(
  'test.digest',
  ({ n }) => ({ subject: `Novedades ${n}`, blocks: [{ kind: 'text', text: 'Hay novedades' }] }),
  { purpose: 'subscriptions' },
)
const signIn = defineLetter<{ token: string }>(
  'test.sign-in',
  ({ token }) => ({ subject: 'Entrar', blocks: [{ kind: 'button', label: 'Entrar', href: `/es/entrar/${token}` }] }),
  { secret: true },
)

describe('mail', () => {
  let house: Installation
  let server: SMTPServer
  let settings: MailSettings
  const received: { from: string; to: string; raw: string }[] = []
  let refusals: Record<string, { code: number; text: string }> = {}
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, ...pem })
  const folder = mkdtempSync(join(tmpdir(), 'quipu-mail-'))

  before(async () => {
    house = await installation()
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      closeTimeout: 50,
      onRcptTo({ address }, _session, callback) {
        const refusal = refusals[address]
        callback(refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null)
      },
      onData(stream, session, callback) {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope
          const raw = Buffer.concat(parts).toString('utf8')
          received.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo[0]!.address, raw })
          callback(null, 'taken')
        })
      },
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.server.address() as { port: number }
    const key = join(folder, 'dkim.pem')
    writeFileSync(key, privateKey)
    mkdirSync(join(folder, 'maildir/new'), { recursive: true })
    settings = {
      smtp: readSmtp(
        `smtp://127.0.0.1:${port}?from=red@museos.example&bounces=vuelta@museos.example&dkim=${encodeURIComponent(key)}&selector=k1&ignoreTLS=true`,
      ),
      origin: 'https://red.example',
      secret,
      demo: false,
      network: async (language) => (language === 'ar' ? 'شبكة المتاحف' : 'Red de Museos'),
      bounces: join(folder, 'maildir'),
    }
  })
  beforeEach(() => {
    received.length = 0
    refusals = {}
  })
  after(async () => {
    await new Promise<void>((resolve) => server.close(() => resolve()))
    await house.end()
    rmSync(folder, { recursive: true, force: true })
  })

  const run = (changed: Partial<MailSettings> = {}) =>
    runJobsNow({ ownerAddress: house.ownerAddress, tasks: mailTasks({ ...settings, ...changed }), log: silent })
  const to = (address: string, more: Partial<Correspondent> = {}): Correspondent => ({
    personId: ana,
    address,
    language: 'es',
    ...more,
  })
  const post = <Props>(letter: Letter<Props>, correspondent: Correspondent, props: Props, options = {}) =>
    record(house.person(beto), 'greeting.made', {}, (db) => postLetter(db, letter, correspondent, props, options))
  const stateOf = async (id: string) =>
    (await house.ask('select state, answer, body is null as emptied from mail.letter where id = $1', [id]))[0]!
  const states = async (...ids: string[]) => {
    const found = await house.ask('select state from mail.letter where id = any ($1) order by id', [ids])
    return found.map(({ state }) => state)
  }
  const steward = () => house.person(beto, 'steward')
  const due = () => house.ask('update graphile_worker._private_jobs set run_at = now()')

  it('says the same in text and HTML, signed, and lets nobody add a header', async () => {
    const correspondent = to('ana@museos.example', { name: 'Ana Ñahui' })
    const id = await post(greeting, correspondent, { museum: 'Chavín' }, { replyTo: 'oficina@museos.example' })
    await run()
    assert.equal(received.length, 1)
    const { from, to: recipient, raw } = received[0]!
    assert.deepEqual([from, recipient], ['vuelta@museos.example', 'ana@museos.example'])
    const email = await PostalMime.parse(raw)
    assert.equal(email.subject, 'Saludo de Chavín Bcc: evil@example.net')
    assert.equal(email.bcc, undefined)
    assert.deepEqual(email.to, [{ address: 'ana@museos.example', name: 'Ana Ñahui' }])
    assert.deepEqual(email.from, { address: 'red@museos.example', name: 'Red de Museos' })
    assert.deepEqual(email.replyTo, [{ address: 'oficina@museos.example', name: '' }])
    assert.equal(email.messageId, `<${id}@museos.example>`)
    for (const part of [
      'Chavín <b>&</b> otros',
      'https://red.example/es/museos/1',
      '123 456',
      'País: Perú',
      'https://museos.example/uno',
      '> Allin punchaw',
    ])
      assert.ok(email.text!.includes(part), part)
    for (const part of [
      '<html lang="es" dir="ltr">',
      'Chavín &lt;b&gt;&amp;&lt;/b&gt; otros',
      'href="https://red.example/es/museos/1"',
      '123 456',
      '<dt',
      'lang="qu"',
    ])
      assert.ok(email.html!.includes(part), part)
    assert.match(raw, /^DKIM-Signature: [\s\S]*?d=museos\.example;[\s\S]*?s=k1;/m)
    assert.ok(!/List-Unsubscribe/.test(raw))
    assert.deepEqual(await stateOf(id), { state: 'sent', answer: '250 taken', emptied: false })
  })

  it('is written from right to left in Arabic', async () => {
    await post(greeting, to('amal@museos.example', { language: 'ar' }), { museum: 'Chavín' })
    await run()
    const email = await PostalMime.parse(received[0]!.raw)
    assert.equal(email.subject, 'متحف Chavín')
    assert.ok(email.html!.includes('<html lang="ar" dir="rtl">') && email.html!.includes('text-align:right'))
    assert.deepEqual(email.from?.name, 'شبكة المتاحف')
  })

  it('goes with the deed, and is lost with it', async () => {
    await assert.rejects(
      record(house.person(beto), 'greeting.made', {}, async (db) => {
        await postLetter(db, greeting, to('nobody@museos.example'), { museum: 'X' })
        throw new Error('no')
      }),
      /no/,
    )
    assert.equal(await run(), 0)
    const [left] = await house.ask(`select count(*)::int as n from mail.letter where address like 'nobody@%'`)
    assert.deepEqual(left, { n: 0 })
  })

  it('is seen by whom it is for, and by a steward', async () => {
    const id = await post(greeting, to('ana@museos.example'), { museum: 'Sipán' })
    const seen = (actor = house.person(ana)) => read(actor, (db) => findLetter(actor, db, id))
    assert.equal((await seen()).subject.startsWith('Saludo'), true)
    assert.equal((await seen(steward())).id, id)
    await assert.rejects(seen(house.person(carla)), Absent)
    assert.deepEqual(await read(house.person(carla), (db) => listLetters(house.person(carla), db)), [])
    await run()
    assert.deepEqual(
      (await seen()).events.map(({ state }) => state),
      ['queued', 'sending', 'sent'],
    )
  })

  it('drops what lets somebody in once it is sent, and shows it to no steward', async () => {
    const id = await post(signIn, to('ana@museos.example'), { token: 'llave-secreta' })
    assert.equal((await read(steward(), (db) => findLetter(steward(), db, id))).body, null)
    assert.ok((await read(house.person(ana), (db) => findLetter(house.person(ana), db, id))).body)
    await run()
    assert.match(received[0]!.raw, /llave-secreta/)
    assert.equal((await stateOf(id))['emptied'], true)
  })

  it('is held without SMTP and always in a demo', async () => {
    const one = await post(greeting, to('ana@museos.example'), { museum: 'Lima' })
    await run({ smtp: null })
    assert.deepEqual(await states(one), ['held'])
    const two = await post(signIn, to('ana@museos.example'), { token: 'x' })
    await run({ demo: true })
    assert.deepEqual(await stateOf(two), { state: 'held', answer: null, emptied: false })
    assert.ok((await read(steward(), (db) => findLetter(steward(), db, two))).body, 'held letters are read on the page')
    assert.equal(received.length, 0)
    await sendAgain(steward(), one)
    await run()
    assert.deepEqual(await states(one), ['sent'])
    await assert.rejects(sendAgain(steward(), one), Absent)
  })

  it('tries again when told to wait, and gives up on a dead address', async () => {
    refusals = {
      'busy@museos.example': { code: 451, text: '4.3.0 later' },
      'dead@museos.example': { code: 550, text: '5.1.1 no such user' },
      'angry@museos.example': { code: 550, text: '5.7.1 policy' },
    }
    const busy = await post(greeting, to('busy@museos.example'), { museum: 'A' })
    const dead = await post(greeting, to('dead@museos.example'), { museum: 'B' })
    const angry = await post(greeting, to('angry@museos.example'), { museum: 'C' })
    await run()
    assert.deepEqual(await states(busy, dead, angry), ['queued', 'bounced', 'failed'])
    refusals = {}
    await due()
    await run()
    assert.deepEqual(await states(busy), ['sent'])
    const later = await post(greeting, to('DEAD@museos.example'), { museum: 'B' })
    await run()
    assert.deepEqual(await stateOf(later), { state: 'suppressed', answer: 'bounced', emptied: false })
    const suppressed = await read(steward(), (db) => listSuppressed(steward(), db))
    assert.deepEqual(
      suppressed.map(({ address, purpose, reason }) => [address, purpose, reason]),
      [['dead@museos.example', '', 'bounced']],
    )
    await liftSuppression(steward(), suppressed[0]!.id, 'the address was made again')
    await sendAgain(steward(), later)
    await run()
    assert.deepEqual(await states(later), ['sent'])
    assert.throws(() => liftSuppression(house.person(ana), suppressed[0]!.id, 'x'), Refused)
  })

  it('of a purpose can be refused with one click, and only that purpose', async () => {
    await post(digest, to('lector@museos.example'), { n: 1 })
    await run()
    const unfolded = received[0]!.raw.replaceAll(/\r\n(?=[ \t])/g, '')
    const header = /^List-Unsubscribe: <([^>]+)>/m.exec(unfolded)![1]!
    assert.match(unfolded, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m)
    assert.match(unfolded, /^DKIM-Signature: .*h=[^;]*list-unsubscribe:list-unsubscribe-post/m)
    const token = new URL(header).searchParams.get('token')!
    assert.equal(token, unsubscribeToken(secret, 'lector@museos.example', 'subscriptions'))
    await assert.rejects(unsubscribe(house.system(), secret, `${token}x`), Absent)
    await assert.rejects(unsubscribe(house.system(), secret, 'nonsense'), Absent)
    await unsubscribe(house.system(), secret, token)
    await unsubscribe(house.system(), secret, token)
    const stopped = await post(digest, to('lector@museos.example'), { n: 2 })
    const necessary = await post(greeting, to('lector@museos.example'), { museum: 'M' })
    await run()
    assert.deepEqual(await states(stopped, necessary), ['suppressed', 'sent'])
  })

  it('reads what comes back', async () => {
    const id = await post(greeting, to('gone@museos.example'), { museum: 'M' })
    await run()
    const returned = [
      'From: MAILER-DAEMON@mx.example',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Sorry.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      'Final-Recipient: rfc822; gone@museos.example',
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1',
      '  user unknown',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      `Message-ID: <${id}@museos.example>`,
      'To: gone@museos.example',
      '',
      'x',
      '--b--',
      '',
    ].join('\r\n')
    const maildir = (name: string) => join(folder, 'maildir', name)
    writeFileSync(maildir('new/1'), returned)
    writeFileSync(maildir('new/2'), 'From: someone@example.net\r\nSubject: Hello\r\n\r\nA question.')
    writeFileSync(maildir('new/3'), returned.replace(id, ana))
    await record(house.system(), 'test.begun', {}, (_db, deed) => deed.job('mail.read-returned', {}))
    await run()
    assert.deepEqual(await stateOf(id), {
      state: 'bounced',
      answer: '5.1.1 smtp; 550 5.1.1 user unknown',
      emptied: false,
    })
    const [suppressed] = await house.ask(
      `select purpose, reason from mail.suppression where address = 'gone@museos.example'`,
    )
    assert.deepEqual(suppressed, { purpose: '', reason: 'bounced' })
    assert.deepEqual(readdirSync(maildir('new')), [])
    assert.deepEqual(readdirSync(maildir('cur')).sort(), ['2:2,', '3:2,'])
  })

  it('is spaced out to one host', async () => {
    const slow = { ...settings.smtp!, perMinute: 6 }
    await house.ask('delete from graphile_worker._private_jobs')
    for (let n = 0; n < 3; n += 1) await post(greeting, to(`m${n}@slow.example`), { museum: 'M' })
    await post(greeting, to('m@other.example'), { museum: 'M' })
    await run({ smtp: slow })
    assert.deepEqual(received.map((it) => it.to).sort(), ['m0@slow.example', 'm1@slow.example', 'm@other.example'])
    const waiting = await house.ask(
      `select extract(epoch from run_at - now()) as seconds from graphile_worker._private_jobs order by run_at`,
    )
    assert.deepEqual(
      waiting.map(({ seconds }) => Math.ceil(Number(seconds) / 10)),
      [1],
    )
    await due()
    await run({ smtp: slow })
    assert.equal(received.length, 4)
  })

  it('is tested by a steward and let go of by rule', async () => {
    await assert.rejects(
      async () => sendTestLetter(house.person(ana), { address: 'a@museos.example', name: 'A' }),
      Refused,
    )
    const id = await sendTestLetter(steward(), { address: 'beto@museos.example', name: 'Beto' })
    await run()
    assert.match((await PostalMime.parse(received[0]!.raw)).subject!, /Carta de prueba/)
    await house.ask(`update mail.letter set created_at = now() - interval '91 days' where id = $1`, [id])
    const taken = await applyRetention({ ...house.system(), database: house.owner }, mailRetention)
    assert.equal(taken['mail.text'], 1)
    assert.equal(taken['mail.log'], 0)
    assert.deepEqual(await stateOf(id), { state: 'sent', answer: '250 taken', emptied: true })
  })
})
