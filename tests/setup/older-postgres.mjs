// Something that speaks as a PostgreSQL 17 would while Quipu asks who it is.
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Listens on a free port; `close` ends it. */
export async function olderPostgres() {
  const server = createServer((socket) => {
    let waiting = Buffer.alloc(0)
    let greeted = false
    socket.on('error', () => {})
    socket.on('data', (data) => {
      waiting = Buffer.concat([waiting, data])
      for (;;) {
        const head = greeted ? 1 : 0
        if (waiting.length < head + 4) return
        const length = waiting.readInt32BE(head) + head
        if (waiting.length < length) return
        const body = waiting.subarray(head + 4, length)
        const kind = greeted ? String.fromCharCode(waiting[0]) : 'start'
        waiting = waiting.subarray(length)
        if (kind === 'start' && body.readInt32BE(0) === 80877103) socket.write('N') // No TLS.
        else if (kind === 'start') {
          greeted = true
          const version = Buffer.from('server_version\u000017.6\u0000')
          socket.write(Buffer.concat([message('R', number(0)), message('S', version), message('Z', Buffer.from('I'))]))
        } else if (kind === 'Q') socket.write(answer(body.toString()))
        else if (kind === 'X') socket.end()
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: server.address().port, close: () => server.close() }
}

function answer(sql) {
  const row = sql.includes('server_version_num') ? { number: '170006', version: '17.6' } : {}
  const names = Object.keys(row)
  const described = names.map((name, at) =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      number(0),
      short(at),
      number(at === 0 ? 23 : 25),
      short(-1),
      number(-1),
      short(0),
    ]),
  )
  const values = Object.values(row).map((value) => Buffer.concat([number(value.length), Buffer.from(value)]))
  return Buffer.concat([
    message('T', Buffer.concat([short(names.length), ...described])),
    message('D', Buffer.concat([short(names.length), ...values])),
    message('C', Buffer.from('SELECT 1\0')),
    message('Z', Buffer.from('I')),
  ])
}

function message(kind, body) {
  return Buffer.concat([Buffer.from(kind), number(body.length + 4), body])
}

function number(value) {
  const buffer = Buffer.alloc(4)
  buffer.writeInt32BE(value)
  return buffer
}

function short(value) {
  const buffer = Buffer.alloc(2)
  buffer.writeInt16BE(value)
  return buffer
}
