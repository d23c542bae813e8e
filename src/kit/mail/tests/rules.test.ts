import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { compareWords, languages } from '#kit/words'
import { absolute } from '../draw.ts'
import {
  checkSender,
  MailMisset,
  mailWords,
  publicPart,
  readReturned,
  readSmtp,
  readUnsubscribeToken,
  unsubscribeToken,
  type Resolver,
} from '../index.ts'
import { throttle } from '../throttle.ts'

const pem = {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
} as const
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, ...pem })

type Zone = Record<string, string[] | Error>
const resolver = (records: Zone): Resolver => ({
  async resolveTxt(name) {
    const found = records[name]
    if (!found) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' })
    if (found instanceof Error) throw found
    // A record longer than 255 characters comes in parts.
    return found.map((record) => record.match(/.{1,255}/gs)!)
  },
})
const dkim = { selector: 'k1', privateKey }
const key = `v=DKIM1; k=rsa; p=${publicPart(privateKey)}`
const domain = 'red.museos.example'
const keyName = `k1._domainkey.${domain}`
const policyName = `_dmarc.${domain}`

describe('what DNS says of a sender', () => {
  const good: Zone = { [domain]: ['site=x', 'v=spf1 mx -all'], [keyName]: [key], [policyName]: ['v=DMARC1; p=reject'] }
  const cases: [string, Zone, string][] = [
    ['all is well', good, 'good good good'],
    ['nothing is there', {}, 'missing missing missing'],
    ['SPF lets everyone send', { ...good, [domain]: ['v=spf1 +all'] }, 'open good good'],
    ['SPF is undecided', { ...good, [domain]: ['v=spf1 mx ?all'] }, 'weak good good'],
    ['SPF points elsewhere', { ...good, [domain]: ['v=spf1 redirect=_spf.example'] }, 'good good good'],
    ['SPF is there twice', { ...good, [domain]: ['v=spf1 mx ~all', 'v=spf1 a ~all'] }, 'several good good'],
    ['the key is another', { ...good, [keyName]: ['v=DKIM1; p=AAAA'] }, 'good other-key good'],
    ['the key is revoked', { ...good, [keyName]: ['v=DKIM1; p='] }, 'good revoked good'],
    ['the policy only watches', { ...good, [policyName]: ['v=DMARC1; p=none'] }, 'good good weak'],
    [
      "the parent's policy holds",
      { ...good, [policyName]: [], '_dmarc.museos.example': ['v=DMARC1; p=none; sp=quarantine'] },
      'good good good',
    ],
    ['DNS does not answer', { ...good, [domain]: new Error('timeout') }, 'unreachable good good'],
  ]
  for (const [name, records, wanted] of cases)
    it(name, async () => {
      const checks = await checkSender(domain, resolver(records), { dkim })
      assert.equal(checks.map(({ state }) => state).join(' '), wanted)
    })

  it('names the records that would do', async () => {
    const [spf, signed, policy] = await checkSender(domain, resolver({}), { dkim, relay: 'smtp.museos.example' })
    assert.equal(spf!.wanted, 'v=spf1 a:smtp.museos.example ~all')
    assert.deepEqual([signed!.where, signed!.wanted], [keyName, key])
    assert.match(policy!.wanted!, /^v=DMARC1; p=quarantine/)
    const without = await checkSender(domain, resolver({}))
    assert.equal(without[1]!.state, 'not-set')
  })
})

describe('what comes back', () => {
  const report = (status: string, action = 'failed') =>
    [
      'Content-Type: multipart/report; boundary=b',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx',
      '',
      'Final-Recipient: rfc822;a@b.example',
      `Action: ${action}`,
      `Status: ${status}`,
      '',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      'Message-ID: <1@x>',
      '',
      '--b--',
    ].join('\r\n')
  const cases = [
    ['5.1.1', 'failed', true],
    ['5.0.0', 'failed', true],
    ['4.4.7', 'failed', false],
    ['5.2.2', 'failed', false],
    ['5.7.1', 'failed', false],
    ['4.2.0', 'delayed', false],
  ] as const
  for (const [status, action, permanent] of cases) {
    it(`${action} with ${status} is ${permanent ? 'for good' : 'for now'}`, async () => {
      const wanted = {
        kind: 'bounced',
        permanent,
        recipient: 'a@b.example',
        messageId: '1@x',
        status,
        diagnostic: null,
      }
      assert.deepEqual(await readReturned(report(status, action)), wanted)
    })
  }
  it('may be a complaint, a note or rubbish', async () => {
    const complaint = [
      'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
      '',
      '--b',
      'Content-Type: message/feedback-report',
      '',
      'Feedback-Type: abuse',
      'Original-Rcpt-To: <A@b.example>',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'Message-ID: <1@x>',
      '',
      'x',
      '--b--',
    ].join('\r\n')
    assert.deepEqual(await readReturned(complaint), { kind: 'complained', recipient: 'a@b.example', messageId: '1@x' })
    assert.equal(
      await readReturned('Subject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nBack on Monday'),
      null,
    )
    assert.equal(await readReturned(report('2.0.0', 'delivered')), null)
    assert.equal(await readReturned(new Uint8Array(5000).fill(255)), null)
    assert.equal(await readReturned(''), null)
  })
})

describe('settings of mail', () => {
  it('come from one address', () => {
    assert.deepEqual(readSmtp('smtps://u:p@smtp.example:465?from=red@museos.example&name=Red&rate=10'), {
      from: 'red@museos.example',
      name: 'Red',
      returnPath: 'red@museos.example',
      perMinute: 10,
      dkim: null,
      url: 'smtps://u:p@smtp.example:465',
    })
    assert.equal(readSmtp('smtp://red%40museos.example:p@smtp.example').from, 'red@museos.example')
  })
  for (const query of ['', '?from=nobody', '?from=a@b.example&rate=0', '?from=a@b.example&dkim=/nowhere.pem'])
    it(`refuse smtp://smtp.example${query}`, () =>
      assert.throws(() => readSmtp(`smtp://smtp.example${query}`), MailMisset))
})

describe('small things of mail', () => {
  it('tokens stand for one address and purpose, and cannot be made up', () => {
    const token = unsubscribeToken('s', 'Ana@x.example', 'subscriptions')
    assert.deepEqual(readUnsubscribeToken('s', token), { address: 'ana@x.example', purpose: 'subscriptions' })
    assert.equal(readUnsubscribeToken('other', token), null)
    assert.equal(readUnsubscribeToken('s', token.replace(/^./, 'X')), null)
  })
  it('links lead to the web only', () => {
    assert.equal(absolute('/es', 'https://q.example'), 'https://q.example/es')
    assert.equal(absolute('//evil.example', 'https://q.example'), 'https://q.example')
    assert.equal(absolute('javascript:alert(1)', 'https://q.example'), 'https://q.example')
    assert.equal(absolute('https://other.example/a', 'https://q.example'), 'https://other.example/a')
  })
  it('places are given out evenly after a small burst', () => {
    const { wait } = throttle(60)
    const waits = Array.from({ length: 13 }, () => wait('a.example', 1_000_000))
    assert.deepEqual(waits, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000, 2000])
    assert.equal(wait('b.example', 1_000_000), 0)
    assert.equal(wait('a.example', 1_060_000), 0)
  })
  for (const language of languages)
    it(`words are whole in ${language}`, () =>
      assert.deepEqual(compareWords(mailWords.texts.es, mailWords.texts[language], language), []))
})
