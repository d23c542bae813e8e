/** A small closed-loop client: so many connections that stay open, each asking again as soon as it has its answer. */
import { once } from 'node:events'
import { connect } from 'node:net'

export type Asking = { port: number; path: string; headers?: (number: number) => Record<string, string> }
export type Asked = { perSecond: number; times: number[] }

/** Asks `count` times over `connections` connections of this machine. Throws at any answer but 200. Times in milliseconds. */
export async function requests({ port, path, headers }: Asking, count: number, connections: number): Promise<Asked> {
  const times: number[] = []
  let next = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(port, '127.0.0.1')
      socket.setNoDelay(true)
      await once(socket, 'connect')
      try {
        while (next < count) {
          const number = next++
          const more = Object.entries(headers?.(number) ?? {}).map(([name, value]) => `${name}: ${value}\r\n`)
          const asked = performance.now()
          const answer = wholeAnswer(socket)
          socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\naccept-encoding: br\r\n${more.join('')}\r\n`)
          const status = await answer
          if (status !== 200) throw new Error(`${path} answered ${status}.`)
          times.push(performance.now() - asked)
        }
      } finally {
        socket.destroy()
      }
    }),
  )
  return { perSecond: count / ((performance.now() - began) / 1000), times }
}

/** Waits for one answer, told by its length or its chunks, and gives its status. Reads no more of it than it must: the client is not what is measured. */
function wholeAnswer(socket: ReturnType<typeof connect>): Promise<number> {
  return new Promise((resolve, reject) => {
    let kept: Buffer = Buffer.alloc(0)
    let wanted = -1
    const done = (end: () => void) => {
      socket.off('data', take).off('error', fail).off('close', closed)
      end()
    }
    const fail = (error: Error) => done(() => reject(error))
    const closed = () => fail(new Error('The connection was closed before its answer.'))
    const take = (data: Buffer) => {
      kept = kept.length === 0 ? data : Buffer.concat([kept, data])
      if (wanted < 0) {
        const at = kept.indexOf('\r\n\r\n')
        if (at < 0) return
        const length = /\r\ncontent-length: (\d+)/i.exec(kept.toString('latin1', 0, at))
        wanted = length ? at + 4 + Number(length[1]) : 0
      }
      const whole = wanted > 0 ? kept.length >= wanted : kept.subarray(-5).equals(Buffer.from('0\r\n\r\n'))
      if (whole) done(() => resolve(Number(kept.toString('latin1', 9, 12))))
    }
    socket.on('data', take).on('error', fail).on('close', closed)
  })
}
