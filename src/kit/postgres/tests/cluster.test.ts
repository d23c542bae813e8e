import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { adoptDatabase, prepareDatabase, requireModestApp, startCluster, versionRefusal } from '../index.ts'
import type { Addresses, Cluster } from '../index.ts'

async function ask(address: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: address })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

const postmaster = (folder: string) =>
  Number(readFileSync(join(folder, 'cluster/postmaster.pid'), 'utf8').split('\n')[0])
const isAlive = (pid: number) =>
  /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout)

describe('the embedded PostgreSQL', { skip: process.platform === 'win32' }, () => {
  const root = mkdtempSync(join(tmpdir(), 'quipu-cluster-'))
  const folder = join(root, 'data')
  const said: string[] = []
  let cluster: Cluster
  let addresses: Addresses

  before(async () => {
    mkdirSync(folder, { mode: 0o700 })
    cluster = await startCluster({ folder, log: (line) => said.push(line) })
    addresses = await prepareDatabase(cluster.superuserAddress, 'quipu')
  })
  after(async () => {
    await cluster.stop()
    rmSync(root, { recursive: true, force: true })
  })

  it('gives the owner its database and the app nothing', async () => {
    const [owner] = await ask(
      addresses.ownerAddress,
      `select rolsuper, rolbypassrls, rolcreaterole, current_user::text as name, datlocprovider::text as provider, datlocale, pg_get_userbyid(datdba)::text as owner
       from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
    )
    assert.deepEqual(owner, {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: true,
      name: 'quipu_owner',
      provider: 'b',
      datlocale: 'C.UTF-8',
      owner: 'quipu_owner',
    })
    await assert.rejects(ask(addresses.appAddress, 'create table public.mine (a int)'), /permission denied/)
    await assert.rejects(ask(addresses.appAddress, 'create schema mine'), /permission denied/)
    await requireModestApp(addresses.appAddress)
    const [counted] = await ask(
      addresses.appAddress,
      `select count(*)::int as n from pg_extension where extname = any($1)`,
      [['pg_trgm', 'unaccent', 'btree_gist', 'ltree']],
    )
    assert.deepEqual(counted, { n: 4 })
  })

  it('keeps passwords where only their owner reads them', () => {
    const passwords = readdirSync(folder).filter((name) => name.endsWith('.password'))
    assert.deepEqual(passwords.sort(), ['quipu_app.password', 'quipu_owner.password', 'superuser.password'])
    for (const name of [...passwords, 'postgres.log'])
      assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name)
    assert.equal(statSync(join(folder, 'cluster')).mode & 0o077, 0)
  })

  it('can be prepared again, and by two at once', async () => {
    const [one, two] = await Promise.all([
      prepareDatabase(cluster.superuserAddress, 'second'),
      prepareDatabase(cluster.superuserAddress, 'second'),
    ])
    assert.deepEqual(one, two)
    assert.deepEqual(await prepareDatabase(cluster.superuserAddress, 'quipu'), addresses)
    assert.deepEqual(await ask(addresses.appAddress, 'select 1 as one'), [{ one: 1 }])
  })

  it('quotes the name of a database', async () => {
    const { appAddress } = await prepareDatabase(cluster.superuserAddress, 'a "b"; c/é')
    assert.deepEqual(await ask(appAddress, 'select current_database() as name'), [{ name: 'a "b"; c/é' }])
  })

  it('starts again by itself when PostgreSQL is killed, and keeps what was committed', async () => {
    await ask(addresses.ownerAddress, 'create table kept (a int); insert into kept values (1)')
    process.kill(postmaster(folder), 'SIGKILL')
    const end = Date.now() + 20_000
    for (;;) {
      await pause(50)
      const rows = await ask(addresses.ownerAddress, 'select a from kept').catch(() => undefined)
      // It may answer a moment before it is said to be back.
      if (rows && said.includes('PostgreSQL is back.')) {
        assert.deepEqual(rows, [{ a: 1 }])
        break
      }
      assert.ok(Date.now() < end, said.join('\n'))
    }
  })

  it('is refused to a second Quipu on the same folder', async () => {
    await assert.rejects(startCluster({ folder, durable: false }), {
      name: 'StartRefused',
      message: /Another Quipu is running/,
    })
    assert.deepEqual(await ask(addresses.appAddress, 'select 1 as one'), [{ one: 1 }])
  })

  it('takes a database of one’s own into use, and refuses roles of the wrong power', async () => {
    const address = new URL(cluster.superuserAddress)
    await ask(cluster.superuserAddress, 'drop role if exists ministry')
    await ask(cluster.superuserAddress, "create role ministry login createrole password 'm'")
    await ask(cluster.superuserAddress, 'create database ministry owner ministry')
    const own = `postgres://ministry:m@127.0.0.1:${address.port}/ministry`
    await assert.rejects(adoptDatabase(own, 'a secret of some length'), /may not change the role "quipu_app"/)
    await ask(cluster.superuserAddress, 'grant quipu_app to ministry with admin option, inherit false, set false')
    const adopted = await adoptDatabase(own, 'a secret of some length')
    assert.deepEqual(await adoptDatabase(own, 'a secret of some length'), adopted)
    assert.deepEqual(await ask(adopted.appAddress, 'select current_user as name'), [{ name: 'quipu_app' }])

    await ask(cluster.superuserAddress, 'alter role quipu_app bypassrls')
    await assert.rejects(adoptDatabase(own, 'a secret of some length'), /bypasses row-level security/)
    await ask(cluster.superuserAddress, 'alter role quipu_app nobypassrls; alter role ministry superuser')
    await assert.rejects(adoptDatabase(own, 'a secret of some length'), /is a superuser/)
    await ask(
      cluster.superuserAddress,
      'alter role ministry nosuperuser nocreaterole; alter database ministry owner to postgres; grant connect on database ministry to ministry',
    )
    await assert.rejects(adoptDatabase(own, 'x'), /may not create roles .*; it also does not own the database/)
    await assert.rejects(adoptDatabase(own.replace(':m@', ':wrong@'), 'x'), {
      name: 'StartRefused',
      message: /cannot be reached as "ministry"/,
    })
    addresses = await prepareDatabase(cluster.superuserAddress, 'quipu')
  })

  it('stops, leaves no process, and starts on what is there', async () => {
    const pid = postmaster(folder)
    await cluster.stop()
    assert.equal(isAlive(pid), false)
    cluster = await startCluster({ folder, durable: false })
    const again = await prepareDatabase(cluster.superuserAddress, 'quipu')
    assert.deepEqual(await ask(again.ownerAddress, 'select a from kept'), [{ a: 1 }])
  })

  it('sees through a lock whose number belongs to another program', async () => {
    await cluster.stop()
    const other = spawn('sleep', ['60'])
    writeFileSync(
      join(folder, 'cluster/postmaster.pid'),
      `${other.pid}\n${folder}/cluster\n1\n5432\n\n127.0.0.1\n\nready\n`,
    )
    said.length = 0
    cluster = await startCluster({ folder, durable: false, log: (line) => said.push(line) })
    other.kill()
    assert.match(said.join(), /an old lock, removed/)
  })

  it('outlives nobody: kill -9 of its Node shuts it down cleanly', { skip: process.platform !== 'linux' }, async () => {
    await cluster.stop()
    const program = `
      const { startCluster } = await import(${JSON.stringify(new URL('../index.ts', import.meta.url).href)})
      await startCluster({ folder: process.argv[1], durable: false })
      console.log('started')`
    const node = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(node.stdout, 'data')
    const pid = postmaster(folder)
    assert.equal(isAlive(pid), true)
    node.kill('SIGKILL')
    cluster = await startCluster({ folder, durable: false }) // At once: it waits for the other's end.
    assert.equal(isAlive(pid), false)
    assert.match(
      readFileSync(join(folder, 'postgres.log'), 'utf8'),
      /database system is shut down[\s\S]*ready to accept connections\s*$/,
    )
  })
})

describe('folders that cannot be used', () => {
  it('are refused with a sentence', async () => {
    const root = mkdtempSync(join(tmpdir(), 'quipu-cluster-'))
    writeFileSync(join(root, 'file'), '')
    await assert.rejects(startCluster({ folder: join(root, 'file') }), {
      name: 'StartRefused',
      message: /is not a folder/,
    })
    await assert.rejects(startCluster({ folder: join(root, 'file', 'inside') }), { message: /is not a folder/ })
    mkdirSync(join(root, 'old/cluster'), { recursive: true })
    writeFileSync(join(root, 'old/cluster/PG_VERSION'), '16\n')
    await assert.rejects(startCluster({ folder: join(root, 'old') }), { message: /was made by PostgreSQL 16/ })
    rmSync(root, { recursive: true })
  })
})

describe('versionRefusal', () => {
  it('refuses what is older than PostgreSQL 18', () => {
    assert.equal(versionRefusal(180000, '18.0'), undefined)
    assert.equal(versionRefusal(190001, '19.1'), undefined)
    assert.match(versionRefusal(170006, '17.6')!, /is PostgreSQL 17\.6\. Quipu needs PostgreSQL 18 or newer/)
  })
})
