import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, it } from 'node:test'
import { called, stayHere } from './network.ts'

if (!process.env.QUIPU_TEST_RUN) stayHere()

describe('the wall around the tests', () => {
  it('lets nothing call another machine, and everything this one', async () => {
    // The address is one that documentation may use and nobody has (RFC 5737).
    await assert.rejects(fetch('http://192.0.2.1/'), (error: Error) => /stay on this machine/.test(String(error.cause)))
    assert.deepEqual(called.splice(0), ['192.0.2.1'])
    const server = createServer((_, answer) => answer.end('aquí'))
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as { port: number }
    assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), 'aquí')
    server.close()
  })
})
