import { createServer } from 'node:net'
import { once } from 'node:events'
import { createAdaptorServer } from '@hono/node-server'
import { StartRefused } from '#kit/postgres'
import type { Server } from 'node:http'

/** Where to listen; `portChosen`: somebody wants this very port. */
export type Place = { host: string; port: number; portChosen: boolean }

const triesForPort = 100
const drainMilliseconds = 10_000

/**
 * Listens, on the next free port if the wanted one is taken and nobody chose it. `address` is what to type into a browser.
 * `close` stops accepting, lets what is under way finish (10 s), then closes.
 * Throws `StartRefused` with a sentence.
 */
export async function listen(
  fetch: (request: Request, environment: never) => Response | Promise<Response>,
  place: Place,
): Promise<{ port: number; address: string; close(): Promise<void> }> {
  for (let port = place.port; ; port += 1) {
    const server = createAdaptorServer({ fetch: fetch as (request: Request) => Promise<Response> }) as Server
    try {
      await bound(server, place.host, port)
      port = (server.address() as { port: number }).port
      return { port, address: `http://${nameOf(place.host)}:${port}`, close: () => drain(server) }
    } catch (error) {
      if (!isTaken(error) || place.portChosen || port >= place.port + triesForPort || port >= 65_535)
        throw new StartRefused(sentence(error, place.host, port))
    }
  }
}

/** Refuses a chosen port that is taken before anything else is begun. */
export async function refuseTakenPort({ host, port, portChosen }: Place): Promise<void> {
  if (!portChosen || port === 0) return
  const probe = createServer()
  try {
    await bound(probe, host, port)
  } catch (error) {
    throw new StartRefused(sentence(error, host, port))
  }
  probe.close()
  await once(probe, 'close')
}

async function bound(server: Server | ReturnType<typeof createServer>, host: string, port: number): Promise<void> {
  server.listen({ host, port })
  await once(server, 'listening')
}

const isTaken = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EADDRINUSE'

function sentence(error: unknown, host: string, port: number): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Set PORT to another, or leave it out and a free one is found.`
  if (code === 'EACCES')
    return `This user may not listen on port ${port}. Set PORT to 1024 or above, and let a reverse proxy stand before it.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `HOST is ${host}, which is not an address of this machine.`
  return `Listening on ${host}, port ${port}, failed: ${message}`
}

function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

async function drain(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  // A connection that has had its answer stays open for the next question; no more are taken.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const patience = setTimeout(() => server.closeAllConnections(), drainMilliseconds)
  await closed
  clearInterval(idle)
  clearTimeout(patience)
}
