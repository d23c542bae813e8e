// Longer than most because each trap stands here once, and is read by itself.
// Every trap of setting Quipu up, tried from outside as a stranger would: `node tests/setup/traps.mjs` prints one line each and
// fails if one of them catches. It clones the project into temporary folders, installs it there and needs a network for that; `--short` tries in this
// copy what needs no installation, and `npm test` the most important of that. `--npm path/to/npm-cli.js` installs with another npm. Linux only; as root it tries more.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as pause } from 'node:timers/promises'
import { olderPostgres } from './older-postgres.mjs'
import { hasGit, isRoot, nothingLeft, processesOn, run, statusOf, superuser, theProcess, until } from './server.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const anybody = 54321 // A bare number, as containers have; no user of the system.

/**
 * The traps: `name` says what must hold; `needs` what the machine must offer; `long` ones install a clone; `suite` ones are tried by `npm test` as well; `run({ folder, start, npm })`
 * throws when it does not hold. `start(data, environment, more)` starts Quipu without the demo.
 */
export const traps = [
  {
    name: 'a chosen port that is taken is refused, with a sentence, before anything is made',
    suite: true,
    async run({ folder, start }) {
      const { port, free } = await takePort()
      const data = join(folder, 'data')
      const server = start(data, { PORT: String(port) })
      assert.equal(await server.ended(), 1)
      assert.match(server.said(), /^Port \d+ is taken by another program/m)
      assert.equal(existsSync(join(data, 'postgres')), false)
      free()
    },
  },
  {
    name: 'without a chosen port the next free one is taken and said',
    async run({ folder, start }) {
      const taken = await takePort(3000).catch(() => ({ free: () => {} })) // If it is taken already, so much the better.
      const data = join(folder, 'data')
      const server = start(data, { PORT: '' })
      const address = await server.listening()
      assert.ok(Number(new URL(address).port) > 3000, address)
      assert.equal(await statusOf(address), 200)
      server.interrupt()
      await server.ended()
      taken.free()
    },
  },
  {
    name: 'Ctrl-C ends everything it started, and a later start goes on with the same data',
    suite: true,
    async run({ folder, start }) {
      const data = join(folder, 'data')
      const first = start(data)
      await first.listening()
      assert.ok(processesOn(data).length >= 4, 'server, jobs, PostgreSQL')
      first.interrupt()
      assert.equal(await first.ended(20), 0)
      await nothingLeft(data, 1)
      const begun = performance.now()
      const second = start(data)
      assert.equal(await statusOf(await second.listening()), 200)
      const seconds = (performance.now() - begun) / 1000
      second.interrupt()
      assert.equal(await second.ended(20), 0)
      // A time never decides a test: it is told beside what is aimed at.
      return `${seconds.toFixed(1)} s (aimed at: 4 s)`
    },
  },
  {
    name: 'kill -9 of Node leaves no orphan, loses nothing, and the next start goes on at once',
    suite: true,
    async run({ folder, start }) {
      const data = join(folder, 'data')
      for (const who of [/server\/main\.js$/, /bin\/start\.mjs$/]) {
        const server = start(data)
        await server.listening()
        const mark = `mark ${who.source}`
        await ask(superuser(data), 'create table if not exists public.mark (said text)')
        await ask(superuser(data), 'insert into public.mark values ($1)', [mark])
        process.kill(theProcess(data, who), 'SIGKILL')
        const next = start(data) // At once, while the other's PostgreSQL is still shutting down.
        assert.equal(await statusOf(await next.listening()), 200)
        assert.equal((await ask(superuser(data), 'select said from public.mark where said = $1', [mark])).length, 1)
        next.interrupt()
        await next.ended()
        await nothingLeft(data)
      }
    },
  },
  {
    name: 'kill -9 of PostgreSQL and of the jobs: both are started again, nothing committed is lost',
    suite: true,
    async run({ folder, start }) {
      const data = join(folder, 'data')
      const server = start(data)
      const address = await server.listening()
      await ask(superuser(data), 'create table public.mark (said text)')
      await ask(superuser(data), "insert into public.mark values ('kept')")
      const [jobs, postgres] = [/server\/jobs\.js$/, /bin\/postgres$/].map((pattern) => theProcess(data, pattern))
      process.kill(jobs, 'SIGKILL')
      process.kill(postgres, 'SIGKILL')
      await until(() => server.said().includes('PostgreSQL is back.'), server.said)
      await until(async () => (await statusOf(address)) === 200, server.said)
      assert.equal((await ask(superuser(data), 'select said from public.mark')).length, 1)
      await until(
        () => processesOn(data).some(({ words }) => words.some((word) => word.endsWith('server/jobs.js'))),
        server.said,
      )
      assert.notEqual(theProcess(data, /server\/jobs\.js$/), jobs)
      server.interrupt()
      await server.ended()
      await nothingLeft(data)
    },
  },
  {
    name: 'a stale lock whose number belongs to another program is seen through',
    async run({ folder, start }) {
      const data = join(folder, 'data')
      await startOnce(start, data)
      const other = spawn('sleep', ['100'])
      writeFileSync(
        join(data, 'postgres/cluster/postmaster.pid'),
        `${other.pid}\n${data}\n1\n5432\n\n127.0.0.1\n\nready\n`,
      )
      const server = start(data)
      await server.listening()
      other.kill()
      server.interrupt()
      await server.ended()
    },
  },
  {
    name: 'a second Quipu on the same data is refused and the first goes on',
    async run({ folder, start }) {
      const data = join(folder, 'data')
      const first = start(data)
      const address = await first.listening()
      const second = start(data)
      assert.equal(await second.ended(), 1)
      assert.match(second.said(), /Another Quipu is running on this data folder/)
      assert.equal(await statusOf(address), 200)
      first.interrupt()
      await first.ended()
    },
  },
  {
    name: 'a database newer than the code is refused and left as it is',
    suite: true,
    async run({ folder, start }) {
      const data = join(folder, 'data')
      const first = start(data)
      await first.listening()
      await ask(superuser(data), "insert into house.migration (no, name, digest) values (9999, '9999_later.sql', 'x')")
      first.interrupt()
      await first.ended()
      const second = start(data)
      assert.equal(await second.ended(), 1)
      assert.match(second.said(), /migration 9999/)
      assert.doesNotMatch(second.said(), /\n\s+at /)
      await nothingLeft(data)
    },
  },
  {
    name: 'DATABASE_URL: a PostgreSQL of one’s own is used; too old, unreachable or too mighty is refused with a sentence',
    suite: true,
    async run({ folder, start }) {
      const host = join(folder, 'host')
      const lender = start(host) // Another Quipu's PostgreSQL stands in for the ministry's.
      await lender.listening()
      const address = new URL(superuser(host))
      await ask(address.href, "create role ministry login createrole password 'm'")
      await ask(address.href, 'grant quipu_app to ministry with admin option, inherit false, set false')
      await ask(address.href, "create database ministry owner ministry template template0 encoding 'UTF8' locale 'C'")
      const data = join(folder, 'data')
      const own = `postgres://ministry:m@127.0.0.1:${address.port}/ministry`
      const server = start(data, { DATABASE_URL: own })
      assert.equal(await statusOf(await server.listening()), 200)
      assert.equal(existsSync(join(data, 'postgres')), false)
      server.interrupt()
      assert.equal(await server.ended(), 0)
      for (const [url, sentence] of [
        [address.href, /is a superuser/],
        [own.replace(':m@', ':wrong@'), /cannot be reached as "ministry"/],
        ['postgres://ministry:m@127.0.0.1:1/ministry', /cannot be reached/],
      ]) {
        const refused = start(data, { DATABASE_URL: url })
        assert.equal(await refused.ended(), 1)
        assert.match(refused.said(), sentence)
      }
      lender.interrupt()
      await lender.ended()
      const older = await olderPostgres()
      const refused = start(data, { DATABASE_URL: `postgres://ministry:m@127.0.0.1:${older.port}/ministry` })
      assert.equal(await refused.ended(), 1)
      assert.match(refused.said(), /is PostgreSQL 17\.6\. Quipu needs PostgreSQL 18/)
      older.close()
    },
  },
  {
    name: 'wrong settings are refused all at once',
    async run({ folder, start }) {
      const server = start(join(folder, 'data'), { PORT: 'abc', QUIPU_URL: 'museums', SMTP_URL: 'x' })
      assert.equal(await server.ended(), 1)
      for (const name of ['PORT', 'QUIPU_URL', 'SMTP_URL'])
        assert.match(server.said(), new RegExp(`^${name} must be`, 'm'))
    },
  },
  {
    name: 'a data folder that cannot be written is refused with a sentence',
    needs: 'root',
    async run({ folder, start }) {
      const closed = join(folder, 'closed')
      mkdirSync(closed, { mode: 0o755 })
      const anyone = start(closed, {}, { user: anybody })
      assert.equal(await anyone.ended(), 1)
      assert.match(anyone.said(), /cannot be written by this user/)
      const still = join(folder, 'still')
      mkdirSync(still)
      const unmount = mount(still, 'ro')
      try {
        const server = start(still)
        assert.equal(await server.ended(), 1)
        assert.match(server.said(), /can only be read/)
      } finally {
        unmount()
      }
    },
  },
  {
    name: 'a full disk is refused with a sentence, breaks nothing, and all is well when it is freed',
    needs: 'root',
    async run({ folder, start }) {
      const disk = join(folder, 'disk')
      mkdirSync(disk)
      const unmount = mount(disk, 'size=240m')
      try {
        const data = join(disk, 'data')
        const filler = join(disk, 'filler')
        fill(filler)
        const refused = start(data)
        assert.equal(await refused.ended(), 1)
        assert.match(refused.said(), /no space left on the disk/i)
        rmSync(filler)
        const first = start(data)
        await first.listening()
        await ask(superuser(data), 'create table public.mark (said text)')
        await ask(superuser(data), "insert into public.mark values ('kept')")
        fill(filler)
        const full = await ask(
          superuser(data),
          'insert into public.mark select repeat(md5(n::text), 90) from generate_series(1, 200000) n',
        ).then(
          () => 'written',
          (error) => error.message,
        )
        assert.match(full, /No space left|terminat|Connection/i)
        first.interrupt()
        await first.ended(90)
        const again = start(data)
        assert.equal(await again.ended(90), 1)
        assert.match(again.said(), /no space left on the disk/i)
        await nothingLeft(data)
        rmSync(filler)
        const last = start(data)
        assert.equal(await statusOf(await last.listening()), 200)
        assert.deepEqual(await ask(superuser(data), 'select said from public.mark'), [{ said: 'kept' }])
        last.interrupt()
        await last.ended()
      } finally {
        unmount()
      }
    },
  },
  {
    name: 'root without user namespaces: PostgreSQL runs as another user, in a folder that only root may enter',
    needs: 'root',
    async run({ folder, start }) {
      const barred = join(folder, 'bin')
      mkdirSync(barred)
      writeFileSync(join(barred, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
      const data = join(folder, 'only-root/data')
      mkdirSync(dirname(data), { mode: 0o700 })
      const server = start(data, { PATH: `${barred}:${process.env.PATH}` })
      assert.equal(await statusOf(await server.listening()), 200)
      assert.notEqual(statSync(join(data, 'postgres/cluster')).uid, 0)
      process.kill(theProcess(data, /server\/main\.js$/), 'SIGKILL')
      await nothingLeft(data)
      await startOnce(start, data) // And with them again.
    },
  },
  {
    name: 'one who is only a number, as in a container, can start it',
    needs: 'root',
    async run({ folder, start }) {
      const data = join(folder, 'data')
      mkdirSync(data, { mode: 0o700 })
      chownSync(data, anybody, anybody)
      const server = start(data, {}, { user: anybody })
      assert.equal(await statusOf(await server.listening()), 200)
      server.interrupt()
      assert.equal(await server.ended(), 0)
      await nothingLeft(data)
    },
  },
  {
    name: 'npm start in a fresh clone that only root may enter: listening within 120 s, later within 4 s, demo and all',
    needs: 'root',
    long: true,
    run: ({ folder, npm }) => freshClone(folder, npm, undefined),
  },
  {
    name: 'npm start in a fresh clone as an ordinary user: the same',
    needs: 'root',
    long: true,
    run: ({ folder, npm }) => freshClone(folder, npm, anybody),
  },
  {
    name: 'npm start in a fresh clone: listening within 120 s, later within 4 s, demo and all',
    needs: 'ordinary',
    long: true,
    run: ({ folder, npm }) => freshClone(folder, npm, undefined),
  },
]

async function freshClone(folder, npm, user) {
  const clone = join(folder, 'clone')
  const home = join(folder, 'home')
  mkdirSync(home)
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone])
  if (user === undefined) chmodSync(clone, 0o700)
  else execFileSync('chown', ['-R', `${user}:${user}`, clone, home])
  const data = join(clone, 'data')
  const env = { HOME: home, TMPDIR: home, npm_config_cache: join(home, 'npm') }
  const begin = () => run([...npm, 'start'], { cwd: clone, user, env })
  const begun = performance.now()
  const first = begin()
  try {
    const address = await first.listening(180)
    const fresh = (performance.now() - begun) / 1000
    assert.equal(await statusOf(address), 200)
    assert.ok(fresh < 120, `${fresh.toFixed(1)} s from clone to listening`)
    process.kill(theProcess(data, /bin\/postgres$/), 'SIGKILL')
    await until(() => first.said().includes('PostgreSQL is back.'), first.said)
    first.interrupt()
    await first.ended()
    await nothingLeft(clone)
    const again = performance.now()
    const second = begin()
    assert.equal(await statusOf(await second.listening()), 200)
    const later = (performance.now() - again) / 1000
    second.interrupt()
    await second.ended()
    assert.ok(later < 4, `${later.toFixed(1)} s for a later start`)
    await nothingLeft(clone)
    return `${fresh.toFixed(1)} s, then ${later.toFixed(1)} s`
  } finally {
    first.kill()
  }
}

async function startOnce(start, data) {
  const server = start(data)
  await server.listening()
  server.interrupt()
  await server.ended()
}

async function ask(address, sql, values) {
  const { Client } = await import('pg')
  const client = new Client({ connectionString: address })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

async function takePort(port = 0) {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  return { port: server.address().port, free: () => server.close() }
}

function mount(folder, options) {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder])
  return () => execFileSync('umount', ['--lazy', folder])
}

function fill(path) {
  try {
    for (;;) writeFileSync(path, Buffer.alloc(1024 * 1024), { flag: 'a' })
  } catch {
    // Now it is full.
  }
}

/**
 * Tries the traps one after the other, each in a temporary folder of its own. `each(trap, attempt)` is called for every one that this machine can try;
 * `attempt()` resolves to a remark or throws.
 */
export async function tryTraps({ short, npm = ['npm'], each }) {
  for (const trap of traps) {
    if (short && trap.long) continue
    const barred =
      trap.needs === 'root' ? !isRoot && 'needs root' : trap.needs === 'ordinary' && isRoot && 'is for ordinary users'
    await each(trap, barred || (trap.long && !hasGit(root) && 'needs a clone'), async () => {
      const folder = mkdtempSync(join(tmpdir(), 'quipu-trap-'))
      chmodSync(folder, 0o755)
      const started = []
      const start = (data, env = {}, more = {}) => {
        const server = run([process.execPath, join(root, 'bin/start.mjs')], {
          cwd: root,
          env: { QUIPU_DATA: data, QUIPU_DEMO: 'no', PORT: '0', ...env },
          ...more,
        })
        started.push(server)
        return server
      }
      try {
        return await trap.run({ folder, start, npm })
      } finally {
        for (const server of started) server.kill()
        for (const { pid } of processesOn(folder)) process.kill(pid, 'SIGKILL')
        await pause(100)
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
      }
    })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2)
  const at = words.indexOf('--npm')
  const only = words.indexOf('--only')
  const npm = at < 0 ? ['npm'] : [process.execPath, words[at + 1]]
  let failed = 0
  await tryTraps({
    short: words.includes('--short'),
    npm,
    async each({ name }, barred, attempt) {
      if (only >= 0 && !name.includes(words[only + 1])) return
      if (barred) return console.log(`--  ${name} (${barred})`)
      try {
        const begun = performance.now()
        const remark = await attempt()
        const took = `${((performance.now() - begun) / 1000).toFixed(0)} s`
        console.log(`ok  ${name} (${remark ? `${remark}; ` : ''}${took})`)
      } catch (error) {
        failed += 1
        console.log(`NOT ok  ${name}\n${error.message.replace(/^/gm, '      ')}`)
      }
    },
  })
  if (failed > 0) console.log(`${failed} failed.`)
  process.exit(failed > 0 ? 1 : 0)
}
