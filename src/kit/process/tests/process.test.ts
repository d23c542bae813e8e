import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { keepChild, listen, refuseTakenPort } from '../index.ts'

const folder = mkdtempSync(join(tmpdir(), 'quipu-process-'))
after(() => rmSync(folder, { recursive: true }))
const door = JSON.stringify(new URL('../index.ts', import.meta.url).href)

async function taken() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, free: () => server.close() }
}

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !condition(); await pause(20)) assert.ok(Date.now() < end, 'never')
}

const answer = () => new Response('here')
const program = (body: string) => `
  const { orderly, say } = await import(${door})
  await orderly(async (ending) => { ${body} })`

function start(body: string, ipc = false) {
  const child = spawn(
    process.execPath,
    ['--import', './bin/tsx-hook.mjs', '--input-type=module', '-e', program(body)],
    {
      stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])],
    },
  )
  const said = { out: '', err: '' }
  child.stdout!.on('data', (data) => (said.out += data))
  child.stderr!.on('data', (data) => (said.err += data))
  return { child, said, ended: once(child, 'exit') }
}

describe('listening', () => {
  it('takes the next free port when nobody chose one', async () => {
    const { port, free } = await taken()
    const place = { host: '127.0.0.1', port, portChosen: false }
    await refuseTakenPort(place)
    const listening = await listen(answer, place)
    assert.ok(listening.port > port)
    assert.equal(listening.address, `http://localhost:${listening.port}`)
    assert.equal(await (await fetch(listening.address.replace('localhost', '127.0.0.1'))).text(), 'here')
    await listening.close()
    free()
  })

  it('refuses a chosen port that is taken', async () => {
    const { port, free } = await taken()
    const place = { host: '127.0.0.1', port, portChosen: true }
    const sentence = { name: 'StartRefused', message: /^Port \d+ is taken by another program/ }
    await assert.rejects(refuseTakenPort(place), sentence)
    await assert.rejects(listen(answer, place), sentence)
    free()
  })

  it('refuses an address that is not this machine’s', async () => {
    await assert.rejects(listen(answer, { host: '192.0.2.1', port: 0, portChosen: false }), {
      name: 'StartRefused',
      message: /not an address of this machine/,
    })
  })

  it('finishes what is under way before it closes', async () => {
    const slow = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const place = { host: '127.0.0.1', port: 0, portChosen: true }
    const { port, close } = await listen(async () => {
      begun.resolve()
      await slow.promise
      return new Response('finished')
    }, place)
    const answered = fetch(`http://127.0.0.1:${port}`)
    await begun.promise
    const closed = close()
    await assert.rejects(fetch(`http://127.0.0.1:${port}`))
    slow.resolve()
    assert.equal(await (await answered).text(), 'finished')
    await closed
  })
})

describe('an orderly process', () => {
  const things = `
    ending.add('first', () => say('first ended'))
    ending.add('second', async () => { say('second ended') })
    say('begun')`

  it('ends what it started, last first, once', async () => {
    const { child, said, ended } = start(`${things}; setInterval(() => {}, 1000)`)
    await until(() => said.out.includes('begun'))
    child.kill('SIGINT')
    child.kill('SIGTERM')
    assert.deepEqual(await ended, [0, null])
    assert.equal(said.out, 'begun\nsecond ended\nfirst ended\n')
  })

  it('ends when the process that started it asks, or dies', async () => {
    for (const way of ['send', 'disconnect'] as const) {
      const { child, said, ended } = start(`${things}; setInterval(() => {}, 1000)`, true)
      await until(() => said.out.includes('begun'))
      if (way === 'send') child.send('end')
      else child.disconnect()
      assert.deepEqual(await ended, [0, null])
      assert.equal(said.out, 'begun\nsecond ended\nfirst ended\n')
    }
  })

  it('ends what it had started when the beginning fails, with one sentence', async () => {
    const { said, ended } = start(`${things}
      const { StartRefused } = await import(${JSON.stringify(new URL('../../postgres/index.ts', import.meta.url).href)})
      ending.add('broken', () => { throw new Error('cannot end') })
      throw new StartRefused('The disk is full.')`)
    assert.deepEqual(await ended, [1, null])
    assert.equal(said.out, 'begun\nsecond ended\nfirst ended\n')
    assert.equal(said.err, 'The disk is full.\nWhile ending (broken): cannot end\n')
  })

  it('shows where an error that nobody foresaw came from', async () => {
    const { said, ended } = start(`throw new TypeError('odd')`)
    assert.deepEqual(await ended, [1, null])
    assert.match(said.err, /TypeError: odd\n\s+at /)
  })
})

describe('a kept process', () => {
  it('is started again when it dies, is told what it needs, and is ended', async () => {
    const file = join(folder, 'child.mjs')
    const diary = join(folder, 'diary')
    writeFileSync(diary, '')
    writeFileSync(
      file,
      `import { appendFileSync } from 'node:fs'
       process.on('message', (message) => {
         if (message === 'end') { appendFileSync(message && ${JSON.stringify(diary)}, 'ended\\n'); process.exit(0) }
         appendFileSync(${JSON.stringify(diary)}, message.word + '\\n')
       })`,
    )
    const said: string[] = []
    const child = keepChild(file, { word: 'knot' }, (line) => said.push(line))
    const lines = () => readFileSync(diary, 'utf8').split('\n').length - 1
    await until(() => lines() === 1)
    process.kill(child.pid()!, 'SIGKILL')
    await until(() => lines() === 2)
    await child.stop()
    assert.equal(readFileSync(diary, 'utf8'), 'knot\nknot\nended\n')
    assert.equal(said.length, 1)
    assert.match(said[0]!, /ended by itself \(SIGKILL\)/)
    assert.equal(child.pid(), undefined)
  })

  it('is forced when it does not listen', async () => {
    const file = join(folder, 'deaf.mjs')
    writeFileSync(file, `process.on('message', () => {}); setInterval(() => {}, 1000)`)
    const child = keepChild(file, {}, () => {})
    await until(() => child.pid() !== undefined)
    const pid = child.pid()!
    await child.stop(300)
    assert.throws(() => process.kill(pid, 0))
  })
})
