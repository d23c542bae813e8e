import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { demoAllowed, isLoopback, projectFolder, readSettings, settingNames } from '../../src/config.ts'
import type { DemoQuestion } from '../../src/config.ts'

const folder = mkdtempSync(join(tmpdir(), 'quipu-config-'))
after(() => rmSync(folder, { recursive: true }))
const read = (variables: Record<string, string> = {}) => readSettings({ QUIPU_DATA: folder, ...variables })

describe('settings', () => {
  it('are all optional', () => {
    const { secret, secretKept, ...settings } = read()
    assert.deepEqual(settings, {
      host: '127.0.0.1',
      port: 3000,
      portChosen: false,
      dataFolder: folder,
      databaseUrl: null,
      publicAddress: null,
      proxies: [],
      smtpUrl: null,
      oidc: null,
      demo: null,
    })
    assert.equal(secret.length, 32)
    assert.equal(secretKept, true)
  })

  it('count as absent when they are empty', () => {
    assert.deepEqual(
      read(Object.fromEntries(settingNames.filter((name) => name !== 'QUIPU_DATA').map((name) => [name, '']))),
      read(),
    )
  })

  it('are read', () => {
    const settings = read({
      HOST: '::1',
      PORT: '8080',
      DATABASE_URL: 'postgres://owner:p%40ss@db.example:5433/quipu',
      QUIPU_URL: 'https://museums.example/',
      QUIPU_SECRET: 'x'.repeat(32),
      QUIPU_PROXIES: '127.0.0.1, 10.0.0.0/8,fd00::/8',
      SMTP_URL: 'smtps://name:password@mail.example:465?from=quipu@mail.example',
      OIDC_ISSUER: 'https://accounts.example/realm',
      OIDC_CLIENT_ID: 'quipu',
      OIDC_CLIENT_SECRET: 's',
      QUIPU_DEMO: 'no',
    })
    assert.deepEqual(settings, {
      host: '::1',
      port: 8080,
      portChosen: true,
      dataFolder: folder,
      databaseUrl: 'postgres://owner:p%40ss@db.example:5433/quipu',
      publicAddress: 'https://museums.example',
      secret: 'x'.repeat(32),
      secretKept: false,
      proxies: ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'],
      smtpUrl: 'smtps://name:password@mail.example:465?from=quipu@mail.example',
      oidc: {
        issuer: 'https://accounts.example/realm',
        clientId: 'quipu',
        clientSecret: 's',
        name: 'accounts.example',
      },
      demo: false,
    })
  })

  it('are refused all at once, each with a sentence', () => {
    const wrong = {
      HOST: 'not a host',
      PORT: '70000',
      DATABASE_URL: 'mysql://x/y',
      QUIPU_URL: 'https://museums.example/path',
      QUIPU_SECRET: 'short',
      QUIPU_PROXIES: '10.0.0.0/33',
      SMTP_URL: 'mail.example',
      OIDC_ISSUER: 'accounts',
      QUIPU_DEMO: 'perhaps',
    }
    try {
      read(wrong)
      assert.fail('accepted')
    } catch (error) {
      const { name, message } = error as Error
      assert.equal(name, 'StartRefused')
      assert.deepEqual(
        message.split('\n').map((line) => line.split(' ')[0]),
        [...Object.keys(wrong), 'All'],
      )
      assert.doesNotMatch(message, /undefined|Invalid|expected/)
    }
  })

  it('are refused with sentences also where only some are wrong', () => {
    assert.throws(() => read({ PORT: 'abc', QUIPU_URL: 'museums', SMTP_URL: 'x' }), {
      name: 'StartRefused',
      message: /^PORT must be [^]*^QUIPU_URL must be [^]*^SMTP_URL must be /m,
    })
  })

  for (const [name, value] of [
    ['PORT', '3000x'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'postgres://db.example/quipu'],
    ['DATABASE_URL', 'postgres://owner@db.example'],
    ['QUIPU_URL', 'ftp://museums.example'],
    ['QUIPU_PROXIES', 'proxy.example'],
    ['SMTP_URL', 'smtps://name:password@mail.example:465'],
    ['OIDC_ISSUER', 'https://accounts.example'],
    ['OIDC_NAME', 'Ministry'],
  ] as const)
    it(`refuse ${name}=${value}`, () =>
      assert.throws(() => read({ [name]: value }), { name: 'StartRefused', message: new RegExp(`^(OIDC|${name})`) }))

  it('keep one secret, which only its owner reads', () => {
    assert.equal(read().secret, read().secret)
    assert.equal(readFileSync(join(folder, 'secret'), 'utf8'), read().secret)
    assert.equal(statSync(join(folder, 'secret')).mode & 0o777, 0o600)
    const other = mkdtempSync(join(folder, 'other-'))
    writeFileSync(join(other, 'secret'), '')
    assert.throws(() => readSettings({ QUIPU_DATA: other }), { name: 'StartRefused', message: /is damaged/ })
  })

  it(
    'refuse a data folder that cannot be written',
    { skip: process.getuid?.() === 0 && 'root writes everywhere' },
    () => {
      const closed = mkdtempSync(join(folder, 'closed-'))
      chmodSync(closed, 0o500)
      assert.throws(() => readSettings({ QUIPU_DATA: closed }), {
        name: 'StartRefused',
        message: /cannot be written by this user/,
      })
    },
  )

  it('are found from the folder of the program', () => {
    assert.equal(JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')).name, 'quipu')
  })
})

describe('the demo', () => {
  const fresh: DemoQuestion = {
    demo: null,
    databaseUrl: null,
    publicAddress: null,
    host: '127.0.0.1',
    empty: true,
    marked: false,
  }
  const cases: [string, Partial<DemoQuestion>, boolean | RegExp][] = [
    ['is on by itself on a fresh laptop', {}, true],
    ['is on by itself on localhost', { host: 'localhost' }, true],
    ['is off when it is refused', { demo: false }, false],
    ['is off by itself when others can hear', { host: '0.0.0.0' }, false],
    ['is off by itself on every address of the machine', { host: '::' }, false],
    ['is off by itself with a public address', { publicAddress: 'https://museums.example' }, false],
    ['is off by itself on a database of one’s own', { databaseUrl: 'postgres://a@b/c' }, false],
    ['is off by itself where something is', { empty: false }, false],
    ['can be asked for when others can hear', { demo: true, host: '0.0.0.0' }, true],
    ['can be asked for with a public address', { demo: true, publicAddress: 'https://museums.example' }, true],
    ['can be asked for on a database of one’s own', { demo: true, databaseUrl: 'postgres://a@b/c' }, true],
    ['never fills a real network', { demo: true, empty: false }, /holds a real network/],
    ['stays on for ever', { marked: true, empty: false, publicAddress: 'https://museums.example' }, true],
    ['stays on while it is being filled', { marked: true, empty: false, demo: true }, true],
    ['cannot be made real', { marked: true, empty: false, demo: false }, /stays a demo for ever/],
  ]
  for (const [sentence, change, expected] of cases)
    it(sentence, () => {
      const question = { ...fresh, ...change }
      if (typeof expected === 'boolean') assert.equal(demoAllowed(question), expected)
      else assert.throws(() => demoAllowed(question), { name: 'StartRefused', message: expected })
    })

  it('knows what is heard on this machine only', () => {
    assert.deepEqual(
      ['127.0.0.1', '127.8.8.8', '::1', 'localhost', '0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example'].map(isLoopback),
      [true, true, true, true, false, false, false, false],
    )
  })
})
