// Rounds of kill -9 to Node, to the jobs and to PostgreSQL in turn, while deeds, letters and jobs go on: `node tests/setup/rounds.mjs [--rounds 100]`
// says at the end what was acknowledged, and fails if any of it was lost or doubled or if the history does not hold. Linux only; `npm test` makes a few rounds.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { AlreadyDone, system } from '#kit/access'
import { openDatabase, sql } from '#kit/db'
import { record } from '#kit/record'
import { processesOn, run, superuser, theProcess, until } from './server.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const loaders = 4

/** Who dies in each round, in turn: how the process is told by its words. */
const victims = [
  { name: 'Node', pattern: /server\/main\.js$/ },
  { name: 'the jobs', pattern: /server\/jobs\.js$/ },
  { name: 'PostgreSQL', pattern: /bin\/postgres$/ },
]

/**
 * Starts a server of its own on a temporary folder, lets `rounds` rounds pass under load and looks at what is left. Answers what it counted; throws when
 * something acknowledged is lost or doubled.
 */
export async function passRounds(rounds, say = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'quipu-rounds-'))
  const data = join(folder, 'data')
  const mail = await mailServer()
  const start = () =>
    run([process.execPath, join(root, 'bin/start.mjs')], {
      cwd: root,
      env: {
        QUIPU_DATA: data,
        QUIPU_DEMO: 'no',
        PORT: '0',
        SMTP_URL: `smtp://127.0.0.1:${mail.port}?from=quipu@museo.example&rate=60000`,
      },
    })
  let server = start()
  const load = openLoad(data)
  try {
    await server.listening(120)
    load.begin()
    for (let round = 0; round < rounds; round += 1) {
      const { name, pattern } = victims[round % victims.length]
      const before = load.acknowledged.size
      // Each dies in the midst of work: at another moment of it every time.
      await until(() => load.acknowledged.size >= before + 10, `deeds after round ${round}:\n${server.said()}`, 60)
      await pause((round * 37) % 200)
      const pid = await until(() => theOne(data, pattern), `${name} to be alive:\n${server.said()}`, 60)
      process.kill(pid, 'SIGKILL')
      if (name === 'Node') {
        await server.ended(30)
        server = start()
        await server.listening(120)
      } else {
        const born = () => theOne(data, pattern)
        await until(() => born() && born() !== pid, `${name} to be born again:\n${server.said()}`, 60)
      }
      say(`${round + 1}: ${name} was killed; ${load.acknowledged.size} deeds acknowledged so far`)
    }
    await load.end()
    return await account(data, load, mail, server)
  } finally {
    await load.end()
    server.kill()
    for (const { pid } of processesOn(folder)) process.kill(pid, 'SIGKILL')
    mail.close()
    await pause(200)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function theOne(data, pattern) {
  try {
    return theProcess(data, pattern)
  } catch {
    return undefined // Not there, or a second one is just taking over.
  }
}

/**
 * Deeds without pause: each enters a person and posts a letter, whose sending is a job, under a one-time key. What is not acknowledged is asked again with the same
 * key, as a reader sends a form again. `acknowledged`: the keys that were answered.
 */
function openLoad(data) {
  const acknowledged = new Set()
  let ending = false
  let repeated = 0
  let running = Promise.resolve()
  const one = async () => {
    let database
    while (!ending) {
      const key = randomUUID()
      for (let tries = 0; !acknowledged.has(key); tries += 1) {
        try {
          database ??= openDatabase({ address: addressOf(data, 'quipu_app'), connections: 1 })
          await enter(database, key)
          acknowledged.add(key)
        } catch (error) {
          if (error instanceof AlreadyDone) {
            acknowledged.add(key)
            repeated += 1
            continue
          }
          // The server is away. It comes back, perhaps on another port.
          await database?.close().catch(() => {})
          database = undefined
          if (ending && tries > 50) return
          await pause(100)
        }
      }
      await pause(20)
    }
    await database?.close()
  }
  return {
    acknowledged,
    repeated: () => repeated,
    begin: () => (running = Promise.all(Array.from({ length: loaders }, one))),
    async end() {
      ending = true
      await running
    },
  }
}

const enter = (database, key) =>
  record(system(database, key), 'person.entered', { once: key }, async (db, deed) => {
    const { rows } =
      await sql`insert into network.person (given_names, first_surname) values ('Rosa', ${key}) returning id`.execute(
        db,
      )
    deed.concerns(rows[0].id)
    const letter = {
      name: 'network.arrived',
      address: `${key}@museo.example`,
      language: 'es',
      subject: key,
      body: { preview: null, blocks: [{ kind: 'text', text: key }] },
    }
    await sql`select mail.post(${JSON.stringify(letter)}::jsonb)`.execute(db)
    return rows[0].id
  })

/** The address of a role of the embedded database, as it is now. */
function addressOf(data, role) {
  const address = new URL(superuser(data))
  address.username = role
  address.password = readFileSync(join(data, `postgres/${role}.password`), 'utf8')
  return address.href
}

/** Waits until the queue is empty, and compares what is there with what was acknowledged. */
async function account(data, load, mail, server) {
  const client = new pg.Client({ connectionString: superuser(data) })
  await client.connect()
  const ask = async (question) => (await client.query(question)).rows
  try {
    await until(
      async () => (await ask("select from mail.letter where state in ('queued', 'sending')")).length === 0,
      () => `the letters to leave:\n${server.said()}`,
      180,
    )
    await until(
      async () => (await ask("select from graphile_worker.jobs where task_identifier = 'mail.send'")).length === 0,
      () => `the queue to empty:\n${server.said()}`,
      60,
    )
    const keys = [...load.acknowledged].sort()
    const sorted = (rows) => rows.map(({ key }) => key).sort()
    assert.deepEqual(sorted(await ask('select first_surname as key from network.person')), keys, 'people')
    assert.deepEqual(
      sorted(await ask("select request_id as key from record.deed where name = 'person.entered'")),
      keys,
      'deeds',
    )
    assert.deepEqual(sorted(await ask('select subject as key from mail.letter')), keys, 'letters')
    assert.deepEqual(
      sorted(
        await ask(
          "select l.subject as key from mail.letter l join mail.event e on e.letter_id = l.id where l.state = 'sent' and e.state = 'sent'",
        ),
      ),
      keys,
      'letters that left, each once',
    )
    assert.deepEqual([...mail.taken.keys()].sort(), keys, 'letters that arrived')
    // A machine that dies between the other's "taken" and its own note of it must send again: with the same number, so that whoever reads gets it once.
    for (const [key, numbers] of mail.taken) assert.equal(new Set(numbers).size, 1, `${key} came as different letters`)
    const again = [...mail.taken.values()].filter((numbers) => numbers.length > 1).length
    assert.deepEqual(await ask('select * from record.verify()'), [], 'the history holds')
    return { acknowledged: keys.length, askedAgain: load.repeated(), sentAgain: again }
  } finally {
    await client.end()
  }
}

/** A mail server that takes everything: `taken` has the numbers (Message-ID) of the letters that came for each key. */
async function mailServer() {
  const taken = new Map()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      let letter = ''
      stream.on('data', (data) => (letter += data))
      stream.on('end', () => {
        const key = session.envelope.rcptTo[0].address.split('@')[0]
        const number = /^message-id: *(\S+)/im.exec(letter)?.[1]
        taken.set(key, [...(taken.get(key) ?? []), number])
        done()
      })
    },
  })
  server.on('error', () => {}) // A killed sender hangs up in the middle of a letter.
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return { taken, port: server.server.address().port, close: () => server.close() }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--rounds')
  const rounds = at < 0 ? 100 : Number(process.argv[at + 1])
  const { acknowledged, askedAgain, sentAgain } = await passRounds(rounds, console.log)
  console.log(
    `${rounds} rounds: ${acknowledged} deeds acknowledged, none lost, none doubled (${askedAgain} had been done when they were asked again; ${sentAgain} letters were sent again under the same number); the history holds.`,
  )
  process.exit()
}
