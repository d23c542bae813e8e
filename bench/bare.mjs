// What the machine itself can do: a bare Hono handler that sends the bytes and headers it is told, in a process of its own.
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'

process.once('message', ({ body, headers }) => {
  const bytes = new Uint8Array(Buffer.from(body, 'base64'))
  const server = createAdaptorServer({ fetch: new Hono().get('*', () => new Response(bytes, { headers })).fetch })
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
})
process.once('disconnect', () => process.exit())
