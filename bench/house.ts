import { fork } from 'node:child_process'
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { system } from '#kit/access'
import { sql } from '#kit/db'
import { record } from '#kit/record'
import type { Ground } from './run.ts'
import { perSecond, percentile } from './measure.ts'
import { requests } from './requests.ts'

const root = join(import.meta.dirname, '..')
const rounds = 3
const pageAsked = 4000
const connections = 16

/** What the house promises of itself: deeds with history, pages, the start, and the memory that it takes with the demo network. */
export async function bench(ground: Ground): Promise<void> {
  await deeds(ground)
  await pages(ground)
}

/** Deeds through `record()`, against the same rows in bare transactions that keep no history. */
async function deeds({ database, asOwner, addresses, tell }: Ground): Promise<void> {
  const count = 2000
  const atOnce = 8
  await plainTable(addresses.owner)
  const office = system(database, 'bench')
  const bare = new pg.Pool({ connectionString: addresses.owner, max: 12 })
  const values = Array.from({ length: count }, (_, at) => at)
  const withHistory: number[] = []
  const without: number[] = []
  try {
    for (let round = 0; round < rounds; round += 1) {
      without.push(
        await perSecond(values, atOnce, async (at) => {
          const client = await bare.connect()
          try {
            await client.query('begin')
            await client.query('insert into bench.person (given_names, first_surname) values ($1, $2)', [
              'Rosa',
              `Quispe ${at}`,
            ])
            await client.query('commit')
          } finally {
            client.release()
          }
        }),
      )
      withHistory.push(
        await perSecond(values, atOnce, (at) =>
          record(office, 'person.entered', {}, (db) =>
            sql`insert into network.person (given_names, first_surname) values ('Rosa', ${`Quispe ${at}`})`.execute(db),
          ),
        ),
      )
    }
  } finally {
    await bare.end()
  }
  const kept = await asOwner.transaction(
    { person: null, networkWide: true, institutions: [], countries: [] },
    'read',
    async (db) =>
      (await sql<{ count: number }>`select count(*) from record.change where relation = 'network.person'`.execute(db))
        .rows[0]!.count,
  )
  if (kept !== rounds * count) throw new Error(`History keeps ${kept} of ${rounds * count} rows.`)
  tell({
    name: 'deeds with history',
    value: middle(withHistory),
    unit: '1/s',
    limit: middle(without),
    better: 'more',
    target: 1500,
  })
}

/** The table of people with its checks and indexes, without its triggers. */
async function plainTable(address: string): Promise<void> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  await client.query('create schema bench')
  await client.query('create table bench.person (like network.person including all)')
  await client.end()
}

/** The built server with the demo network, asked from outside as browsers ask. */
async function pages({ tell, say }: Ground): Promise<void> {
  // @ts-expect-error -- plain JavaScript; its types are in its comments
  const { run, theProcess } = await import('../tests/setup/server.mjs')
  const folder = mkdtempSync(join(tmpdir(), 'quipu-bench-house-'))
  const data = join(folder, 'data')
  const start = () =>
    run([process.execPath, join(root, 'bin/start.mjs')], {
      cwd: root,
      // Many visitors, told apart by the header of a proxy: one alone would be slowed down.
      env: { QUIPU_DATA: data, QUIPU_DEMO: 'yes', PORT: '0', QUIPU_PROXIES: '127.0.0.1' },
    })
  let server: ReturnType<typeof start> | undefined
  try {
    say('Filling the demo network …')
    server = start()
    await server.listening(300)
    server.interrupt()
    await server.ended(60)

    const starts: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now()
      server = start()
      await server.listening(60)
      starts.push((performance.now() - began) / 1000)
      if (round < rounds - 1) {
        server.interrupt()
        await server.ended(60)
      }
    }
    tell({
      name: 'start on existing data',
      value: middle(starts),
      unit: 's',
      limit: await bareStart(),
      better: 'less',
      target: 4,
    })

    const port = Number(new URL(await server.listening()).port)
    await anonymous(port, tell)
    await signedIn(port, tell)
    const memory = [/server\/main\.js$/, /server\/jobs\.js$/].map((pattern) =>
      residentMegabytes(theProcess(data, pattern)),
    )
    tell({
      name: 'memory of server and jobs with the demo',
      value: memory[0]! + memory[1]!,
      unit: 'MB',
      limit: await bareMemory(),
      better: 'less',
      target: 400,
    })
    server.interrupt()
    await server.ended(60)
  } finally {
    server?.kill()
    await pause(200)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

const visitor = (number: number) => ({ 'x-forwarded-for': `10.0.${number % 40}.${number % 251}` })

/** The front page as nobody in particular reads it, against a bare handler that sends the same bytes, in turns. */
async function anonymous(port: number, tell: Ground['tell']): Promise<void> {
  const page = { port, path: '/es', headers: visitor }
  const first = await fetch(`http://127.0.0.1:${port}/es`, { headers: { 'accept-encoding': 'identity' } })
  const length = (await first.arrayBuffer()).byteLength
  const { body, headers } = await wireOf(port, '/es')
  const bare = fork(join(root, 'bench/bare.mjs'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] })
  try {
    bare.send({ body: body.toString('base64'), headers })
    const [barePort] = (await once(bare, 'message')) as [number]
    const limit = { port: barePort, path: '/es', headers: visitor }
    await requests(page, 500, connections)
    await requests(limit, 500, connections)
    const rates: number[] = []
    const limits: number[] = []
    const shares: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      limits.push((await requests(limit, pageAsked, connections)).perSecond)
      rates.push((await requests(page, pageAsked, connections)).perSecond)
      shares.push(rates.at(-1)! / limits.at(-1)!)
    }
    tell({
      name: `anonymous page of ${length} bytes`,
      value: middle(rates),
      unit: '1/s',
      limit: middle(limits),
      better: 'more',
    })
    tell({
      name: 'anonymous page to a bare handler',
      value: middle(shares),
      unit: 'share',
      limit: 1,
      better: 'more',
      target: 0.5,
    })
  } finally {
    bare.disconnect()
  }
}

/** A page as it travels: still packed, with the headers that the house gives it. */
async function wireOf(port: number, path: string): Promise<{ body: Buffer; headers: Record<string, string> }> {
  const asked = request({
    port,
    path,
    host: '127.0.0.1',
    headers: { 'accept-encoding': 'br', 'x-forwarded-for': '10.9.9.9' },
  })
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  const own = new Set(['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'])
  const headers = Object.entries(answer.headers).filter(([name]) => !own.has(name))
  return { body: Buffer.concat(parts), headers: Object.fromEntries(headers) as Record<string, string> }
}

/** One's own page as somebody of the demo network sees it: made anew for each asking. */
async function signedIn(port: number, tell: Ground['tell']): Promise<void> {
  const origin = `http://127.0.0.1:${port}`
  const cookies = await enterDemo(origin)
  const signed = { port, path: '/es/museos', headers: (at: number) => ({ ...visitor(at), cookie: cookies }) }
  await requests(signed, 50, 2)
  const { times } = await requests(signed, 400, 4)
  // The machine's own: the same page, kept, from the same server.
  const kept = await requests({ port, path: '/es/museos', headers: visitor }, 400, 4)
  tell({
    name: 'signed-in page p95',
    value: percentile(times, 0.95),
    unit: 'ms',
    limit: percentile(kept.times, 0.95),
    better: 'less',
    target: 100,
  })
}

/** Signs in as the first person whom the demo offers; gives the cookies of the session. */
async function enterDemo(origin: string): Promise<string> {
  const form = await (await fetch(`${origin}/es/ingresar`)).text()
  const person =
    /name="person" value="([^"]+)"/.exec(form)?.[1] ?? /value="([0-9a-f-]{36})"[^>]*name="person"/.exec(form)?.[1]
  if (!person) throw new Error('The sign-in page offers nobody of the demo.')
  const answer = await fetch(`${origin}/es/ingresar/demostracion`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ person, next: '' }).toString(),
  })
  if (answer.status !== 303) throw new Error(`Signing in answered ${answer.status}: ${await answer.text()}`)
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!)
  // What was told once is read once: it belongs to the first page only.
  return cookies.filter((cookie) => !cookie.startsWith('quipu_told')).join('; ')
}

/** Megabytes that a process holds in memory now. Linux tells them in /proc. */
function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (kilobytes === undefined) throw new Error(`Nothing is told of the memory of process ${pid}.`)
  return Number(kilobytes) / 1024
}

/** Seconds that Node itself takes to begin and load the server's web framework. */
async function bareStart(): Promise<number> {
  const began = performance.now()
  const bare = fork(join(root, 'bench/bare.mjs'), { execArgv: [] })
  bare.send({ body: '', headers: {} })
  await once(bare, 'message')
  const seconds = (performance.now() - began) / 1000
  bare.disconnect()
  return seconds
}

/** Megabytes of two bare servers: what two processes of Node take whatever they do. */
async function bareMemory(): Promise<number> {
  const bare = fork(join(root, 'bench/bare.mjs'), { execArgv: [] })
  bare.send({ body: '', headers: {} })
  await once(bare, 'message')
  const megabytes = residentMegabytes(bare.pid!)
  bare.disconnect()
  return 2 * megabytes
}

const middle = (values: readonly number[]): number => percentile(values, 0.5)
