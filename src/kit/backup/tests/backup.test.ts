import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Client } from 'pg'
import { listMigrations, migrate } from '#kit/db'
import { installJobs } from '#kit/jobs'
import { prepareDatabase, startCluster } from '#kit/postgres'
import type { Addresses, Cluster } from '#kit/postgres'
import { backup, backupDue, listBackups, pruneBackups, readManifest, restore } from '../index.ts'
import type { Manifest } from '../index.ts'

const migrationsFolder = join(import.meta.dirname, '../../../../db/migrations')
const now = Temporal.Instant.from('2026-11-22T02:00:00Z')
const secret = { value: 's'.repeat(40), kept: true }

const hours = (n: number) => now.subtract({ hours: n })

async function ask(address: string, sql: string, values: unknown[] = []): Promise<Record<string, any>[]> {
  const client = new Client({ connectionString: address })
  await client.connect()
  try {
    const result = await client.query(sql, values)
    return (Array.isArray(result) ? result.at(-1) : result).rows
  } finally {
    await client.end()
  }
}

/** A deed with rows, texts and letters to come, as the rooms make them; `n` tells them apart. */
async function deed(address: string, n: number): Promise<void> {
  await ask(
    address,
    `begin;
     select record.begin('topic.named', 'system', null, null, null, null, 'test ${n}', null, 'request-${n}', null);
     insert into network.topic (code) values ('topic-${n}');
     select graphile_worker.add_job('mail.send', '{"n": ${n}, "text": "a\\tb\\n\\\\.ñ و"}', 'letters', now() + interval '1 year', 5, 'key-${n}');
     commit`,
  )
}

const contentOf = (manifest: Manifest) =>
  manifest.tables
    .filter(({ schema, name }) => !(schema === 'record' && (name === 'deed' || name === 'seal')))
    .map(({ schema, name, rows, sha256 }) => ({ table: `${schema}.${name}`, rows, sha256 }))

describe('backup and restore', () => {
  const root = mkdtempSync(join(tmpdir(), 'quipu-backup-'))
  const into = join(root, 'backups')
  const filesFolder = join(root, 'files')
  const options = { filesFolder, into, secret, now }
  const restoring = (file: string, database: Addresses, folder: string) => ({
    file,
    ownerAddress: database.ownerAddress,
    migrationsFolder,
    filesFolder: join(root, folder),
    secret: { value: 'another '.repeat(5), file: join(root, `${folder}.secret`) },
  })
  let cluster: Cluster
  let first: Addresses
  let made: { file: string; manifest: Manifest }
  let databases = 0
  const empty = () => prepareDatabase(cluster.superuserAddress, `restored_${(databases += 1)}`)

  before(async () => {
    cluster = await startCluster({ folder: join(root, 'postgres'), durable: false })
    first = await prepareDatabase(cluster.superuserAddress, 'first')
    await migrate(first.ownerAddress, migrationsFolder)
    await installJobs(first.ownerAddress)
    for (let n = 1; n <= 3; n += 1) await deed(first.ownerAddress, n)
    await ask(first.ownerAddress, 'select record.seal_deeds()')
    await deed(first.ownerAddress, 4) // Not sealed yet when the backup is made.
    await ask(
      first.ownerAddress,
      `update graphile_worker._private_jobs set attempts = 5, last_error = 'gone' where key = 'key-2'`,
    )
    mkdirSync(join(filesFolder, 'ab'), { recursive: true })
    writeFileSync(join(filesFolder, 'ab/cdef'), Buffer.from([0, 255, 10, 13, 92, 46]))
    writeFileSync(join(filesFolder, 'large'), Buffer.alloc(3_000_000, 'knot'))
    writeFileSync(join(filesFolder, 'empty'), '')
    made = await backup({ ...options, ownerAddress: first.ownerAddress })
  })
  after(async () => {
    await cluster.stop()
    rmSync(root, { recursive: true, force: true })
  })

  it('is one file that only its owner reads', () => {
    assert.deepEqual(readdirSync(into), ['quipu-2026-11-22T02-00-00Z.zip'])
    assert.equal(statSync(made.file).mode & 0o777, 0o600)
  })

  it('holds every table there is, and says so', async () => {
    const tables = await ask(
      first.ownerAddress,
      `select schemaname || '.' || tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema', 'graphile_worker') order by 1`,
    )
    assert.deepEqual(
      made.manifest.tables.map(({ schema, name }) => `${schema}.${name}`).sort(),
      tables.map(({ name }) => name),
    )
    assert.deepEqual(await readManifest(made.file), made.manifest)
    assert.equal(made.manifest.tables.find(({ name }) => name === 'topic')?.rows, 4)
    assert.deepEqual(
      made.manifest.files.map(({ path, bytes }) => [path, bytes]),
      [
        ['files/ab/cdef', 6],
        ['files/empty', 0],
        ['files/large', 3_000_000],
      ],
    )
  })

  it('comes back into an empty database, the same in every table, and goes on from there', async () => {
    const second = await empty()
    await restore(restoring(made.file, second, 'second'))
    const again = await backup({
      ...options,
      into: join(root, 'again'),
      filesFolder: join(root, 'second'),
      ownerAddress: second.ownerAddress,
    })
    assert.ok(contentOf(made.manifest).length > 30)
    assert.deepEqual(contentOf(again.manifest), contentOf(made.manifest))
    assert.deepEqual(again.manifest.sequences, made.manifest.sequences)
    assert.deepEqual(again.manifest.files, made.manifest.files)
    assert.deepEqual(readFileSync(join(root, 'second/ab/cdef')), readFileSync(join(filesFolder, 'ab/cdef')))
    assert.equal(readFileSync(join(root, 'second.secret'), 'utf8'), secret.value)

    const queue = `select t.identifier, j.payload::jsonb, q.queue_name, j.run_at, j.attempts, j.max_attempts, j.key, j.last_error from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id left join graphile_worker._private_job_queues q on q.id = j.job_queue_id order by j.key`
    const queued = await ask(first.ownerAddress, queue)
    assert.equal(queued.length, 4)
    assert.deepEqual(await ask(second.ownerAddress, queue), queued)

    // What was not sealed is sealed now, and so is what comes after; the whole chain holds.
    await deed(second.ownerAddress, 5)
    assert.deepEqual(await ask(second.ownerAddress, 'select record.seal_deeds() as n'), [{ n: 2 }])
    await deed(second.ownerAddress, 6)
    assert.deepEqual(await ask(second.ownerAddress, 'select record.seal_deeds() as n'), [{ n: 1 }])
    assert.deepEqual(await ask(second.ownerAddress, 'select * from record.verify()'), [])
    assert.deepEqual(
      await ask(
        second.ownerAddress,
        'select count(*)::int as n from record.deed d where not exists (select from record.sealed s where s.deed_id = d.id)',
      ),
      [{ n: 0 }],
    )
  })

  it('leaves triggers awake and foreign keys in force', async () => {
    const third = await empty()
    await restore(restoring(made.file, third, 'third'))
    const asleep = `select tgrelid::regclass::text, tgname from pg_trigger where not tgisinternal and tgenabled = 'D'`
    assert.deepEqual(await ask(third.ownerAddress, asleep), [])
    const keys = `select conrelid::regclass::text as table, conname, pg_get_constraintdef(oid) as definition, convalidated from pg_constraint
      where contype = 'f' and connamespace::regnamespace::text <> 'graphile_worker' order by 1, 2`
    const before = await ask(first.ownerAddress, keys)
    assert.ok(before.length > 30)
    assert.deepEqual(await ask(third.ownerAddress, keys), before)
    await assert.rejects(ask(third.ownerAddress, `insert into network.topic (code) values ('without-a-deed')`))
  })

  it('is taken while others write, and is of one moment', async () => {
    const writing = { on: true }
    const writer = (async () => {
      for (let n = 100; writing.on; n += 1) await deed(first.ownerAddress, n)
    })()
    const { manifest, file } = await backup({ ...options, into: join(root, 'busy'), ownerAddress: first.ownerAddress })
    writing.on = false
    await writer
    const rows = (name: string) => manifest.tables.find((table) => table.name === name)!.rows
    const deeds = rows('deed') - made.manifest.tables.find(({ name }) => name === 'deed')!.rows
    assert.equal(rows('topic') - 4, deeds)
    const busy = await empty()
    await restore(restoring(file, busy, 'busy-files'))
    assert.deepEqual(await ask(busy.ownerAddress, 'select * from record.verify()'), [])
  })

  it('never goes over a network that is there', async () => {
    await assert.rejects(restore(restoring(made.file, first, 'over')), {
      name: 'StartRefused',
      message: /is not empty/,
    })
    assert.equal(
      (await ask(first.ownerAddress, `select count(*)::int as n from network.topic where code = 'topic-1'`))[0]!.n,
      1,
    )
  })

  it('is refused when a part is not what was written, and nothing comes in', async () => {
    const bytes = readFileSync(made.file)
    const at = bytes.indexOf('knotknotknot')
    assert.ok(at > 0) // Files are stored as they are, so a byte of one can be turned.
    bytes[at] = 'K'.charCodeAt(0)
    const torn = join(root, 'torn.zip')
    writeFileSync(torn, bytes)
    const fourth = await empty()
    await assert.rejects(restore(restoring(torn, fourth, 'fourth')), { message: /damaged|CRC|checksum/i })
    assert.deepEqual(await ask(fourth.ownerAddress, 'select count(*)::int as n from network.topic'), [{ n: 0 }])
    // And the database can still be restored into.
    await restore(restoring(made.file, fourth, 'fourth'))
    assert.deepEqual(await ask(fourth.ownerAddress, `select count(*)::int as n from network.topic`), [{ n: 4 }])

    writeFileSync(torn, bytes.subarray(0, bytes.length - 2000))
    await assert.rejects(restore(restoring(torn, fourth, 'fifth')), {
      name: 'StartRefused',
      message: /not a whole one/,
    })
    await assert.rejects(restore(restoring(join(root, 'none.zip'), fourth, 'fifth')), {
      name: 'StartRefused',
      message: /There is no file/,
    })
  })

  it('is refused to an older Quipu', async () => {
    const older = join(root, 'older')
    mkdirSync(older)
    for (const { name, sql } of (await listMigrations(migrationsFolder)).slice(0, -1))
      writeFileSync(join(older, name), sql)
    const database = await empty()
    await assert.rejects(restore({ ...restoring(made.file, database, 'sixth'), migrationsFolder: older }), {
      name: 'StartRefused',
      message: /made by a newer Quipu/,
    })
  })

  it('restores an older database and migrates it onward', async () => {
    const all = await listMigrations(migrationsFolder)
    const old = await empty()
    await migrate(old.ownerAddress, migrationsFolder, all.at(-2)!.no)
    await installJobs(old.ownerAddress)
    const { file } = await backup({ ...options, into: join(root, 'old'), ownerAddress: old.ownerAddress })
    const target = await empty()
    await restore(restoring(file, target, 'seventh'))
    assert.deepEqual(await ask(target.ownerAddress, 'select max(no) as no from house.migration'), [
      { no: all.at(-1)!.no },
    ])
  })

  it('brings everything back after the machine is lost', async () => {
    const far = join(root, 'far.zip')
    writeFileSync(far, readFileSync(made.file))
    const other = join(root, 'another-machine')
    const machine = await startCluster({ folder: join(other, 'postgres'), durable: false })
    try {
      const database = await prepareDatabase(machine.superuserAddress, 'quipu')
      await restore({ ...restoring(far, database, 'another-machine/files') })
      const again = await backup({
        ...options,
        into: join(other, 'backups'),
        filesFolder: join(other, 'files'),
        ownerAddress: database.ownerAddress,
      })
      assert.deepEqual(contentOf(again.manifest), contentOf(made.manifest))
      assert.deepEqual(again.manifest.files, made.manifest.files)
      await deed(database.ownerAddress, 7)
      assert.deepEqual(await ask(database.ownerAddress, 'select record.seal_deeds() as n'), [{ n: 2 }])
      assert.deepEqual(await ask(database.ownerAddress, 'select * from record.verify()'), [])
    } finally {
      await machine.stop()
    }
  })

  it('can be stopped at any moment, and leaves nothing', async () => {
    const folder = join(root, 'stopped')
    for (const milliseconds of [0, 15, 40, 80]) {
      const stoppable = {
        ...options,
        into: folder,
        ownerAddress: first.ownerAddress,
        signal: AbortSignal.timeout(milliseconds),
      }
      await backup(stoppable).then(
        ({ file }) => rmSync(file), // It was faster.
        (error: Error) => assert.match(error.name, /AbortError|TimeoutError/),
      )
      assert.deepEqual(readdirSync(folder), [])
    }
  })

  it('says so when the disk is full or closed, and leaves nothing', async () => {
    writeFileSync(join(root, 'a-file'), '')
    await assert.rejects(backup({ ...options, into: join(root, 'a-file'), ownerAddress: first.ownerAddress }), {
      name: 'StartRefused',
    })
  })
})

describe('keeping backups', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quipu-kept-'))
  after(() => rmSync(folder, { recursive: true }))
  const make = (at: Temporal.Instant) =>
    writeFileSync(join(folder, `quipu-${at.toString().replaceAll(':', '-')}.zip`), '')
  it('is due when none is younger than 20 hours', () => {
    assert.equal(backupDue(join(folder, 'absent'), now), true)
    assert.equal(backupDue(folder, now), true)
    make(hours(21))
    assert.equal(backupDue(folder, now), true)
    make(hours(19))
    assert.equal(backupDue(folder, now), false)
    writeFileSync(join(folder, 'other.zip'), '')
    assert.deepEqual(
      listBackups(folder).map(({ at }) => at.toString()),
      [hours(19).toString(), hours(21).toString()],
    )
  })

  it('keeps seven nights and five weeks', () => {
    for (let day = 1; day <= 60; day += 1) make(hours(day * 24 + 19))
    const torn = join(folder, 'quipu-2026-11-01T02-00-00Z.zip.part-1')
    writeFileSync(torn, '')
    utimesSync(torn, 0, 0)
    pruneBackups(folder, now)
    const ages = listBackups(folder).map(({ at }) => Math.floor(now.since(at).total('days')))
    assert.deepEqual(ages, [0, 0, 1, 2, 3, 4, 5, 7, 14, 21, 28])
    assert.deepEqual(
      readdirSync(folder).filter((name) => !/^quipu-[^.]*\.zip$/.test(name)),
      ['other.zip'],
    )
  })
})
