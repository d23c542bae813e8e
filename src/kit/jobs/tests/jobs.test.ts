import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Absent, Refused } from '#kit/access'
import { read, record } from '#kit/record'
import {
  applyRetention,
  cancelWork,
  countQueue,
  defineTask,
  discardJob,
  findWork,
  GivesUp,
  jobsAtWork,
  jobsRetention,
  listDead,
  listFindings,
  listWork,
  rerunJob,
  runJobs,
  runJobsNow,
  startWork,
  upkeepTasks,
  type AnyTask,
  type RunningJobs,
} from '../index.ts'
import { installation, silent, until, type Installation } from '#help/installation'

const ana = '0195c0de-0000-7000-8000-000000000001'
const beto = '0195c0de-0000-7000-8000-000000000002'
const about = { kind: 'museum', id: '0195c0de-0000-7000-8000-00000000000a' }

describe('jobs', () => {
  let house: Installation
  const ran: string[] = []
  const note = defineTask<{ word: string }>('test.note', async ({ word }) => void ran.push(word))
  const now = (tasks: AnyTask[]) => runJobsNow({ ownerAddress: house.ownerAddress, tasks, log: silent })

  before(async () => {
    house = await installation()
  })
  after(() => house.end())

  it('come with the deed that causes them, and go with it', async () => {
    const actor = house.person(ana)
    await record(actor, 'note.made', {}, (_db, deed) => note.add(deed, { word: 'kept' }))
    await assert.rejects(
      record(actor, 'note.made', {}, async (_db, deed) => {
        await note.add(deed, { word: 'lost' })
        throw new Error('no')
      }),
      /no/,
    )
    await now([note])
    assert.deepEqual(ran.splice(0), ['kept'])
  })

  it('are one for one key, and wait for their time', async () => {
    const actor = house.person(ana)
    await record(actor, 'note.made', {}, async (_db, deed) => {
      await note.add(deed, { word: 'first' }, { key: 'same' })
      await note.add(deed, { word: 'second' }, { key: 'same' })
      await note.add(deed, { word: 'tomorrow' }, { key: 'later', runAt: Temporal.Now.instant().add({ hours: 24 }) })
    })
    await now([note])
    assert.deepEqual(ran.splice(0), ['second'])
    assert.deepEqual(
      (await read(actor, countQueue)).map(({ state, count }) => [state, count]),
      [['later', 1]],
    )
    await house.ask('delete from graphile_worker._private_jobs')
  })

  it('cannot be written into the queue by the server in any other way', async () => {
    await assert.rejects(
      house.database.transaction(
        { person: null, networkWide: true, institutions: [], countries: [] },
        'write',
        async (db) => {
          const { sql } = await import('#kit/db')
          await sql`select graphile_worker.add_job('test.note')`.execute(db)
        },
      ),
      /permission denied/,
    )
  })

  it('go on from their cursor, which is saved with the step or not at all', async () => {
    const steps: number[] = []
    let breaks = true
    const long = defineTask<{ rows: number; progressId?: string }>(
      'test.long',
      async ({ rows }, { progress, actor }) => {
        for (let row = Number(progress.cursor ?? 0); row < rows; row += 1) {
          await record(actor, 'row.kept', {}, async (db) => {
            steps.push(row)
            await progress.step(
              { done: row + 1, total: rows, message: 'test.row', values: { row }, cursor: row + 1 },
              db,
            )
            if (breaks && row === 2) throw new Error('the machine fell')
          })
        }
        progress.finish({ result: { rows } })
      },
    )
    const id = await record(house.person(ana), 'import.started', {}, (db, deed) =>
      startWork(house.person(ana), db, deed, long, { rows: 4 }, { about }),
    )
    const work = () => read(house.person(ana), (db) => findWork(house.person(ana), db, id))
    assert.equal((await work()).state, 'waiting')
    await now([long])
    const halted = await work()
    assert.deepEqual(
      [halted.state, halted.done, halted.total, halted.problem, halted.attempt],
      ['waiting', 2, 4, 'jobs.problem.unexpected', 1],
    )
    breaks = false
    await house.ask('update graphile_worker._private_jobs set run_at = now()')
    await now([long])
    const done = await work()
    assert.deepEqual(
      [done.state, done.done, done.result, done.message, done.messageValues],
      ['done', 4, { rows: 4 }, 'test.row', { row: 3 }],
    )
    assert.deepEqual(steps, [0, 1, 2, 2, 3])
    assert.deepEqual(
      (await read(house.person(ana), (db) => listWork(house.person(ana), db, { about: about.id }))).map((it) => it.id),
      [id],
    )
    await assert.rejects(
      read(house.person(beto), (db) => findWork(house.person(beto), db, id)),
      Absent,
    )
  })

  it('are cancelled while they wait, and at their next step while they run', async () => {
    const { promise: begun, resolve: going } = Promise.withResolvers<void>()
    let steps = 0
    const endless = defineTask<{ progressId?: string }>('test.endless', async (_payload, { progress }) => {
      for (;;) {
        await progress.step({ done: ++steps })
        going()
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    })
    const start = () =>
      record(house.person(ana), 'work.started', {}, (db, deed) => startWork(house.person(ana), db, deed, endless, {}))
    const stateOf = async (id: string) =>
      (await read(house.person(ana), (db) => findWork(house.person(ana), db, id))).state
    const waiting = await start()
    await assert.rejects(cancelWork(house.person(beto), waiting), Absent)
    await cancelWork(house.person(ana), waiting)
    assert.equal(await stateOf(waiting), 'cancelled')
    assert.equal(await now([endless]), 0)

    const running = await start()
    const finished = now([endless])
    await begun
    assert.equal(await stateOf(running), 'running')
    await cancelWork(house.person(ana), running)
    await finished
    assert.equal(await stateOf(running), 'cancelled')
    assert.deepEqual(await house.ask('select count(*)::int as n from graphile_worker._private_jobs'), [{ n: 0 }])
  })

  it('that give up are dead, readable and run again by a steward only', async () => {
    let mended = false
    const picky = defineTask<{ thing: string; progressId?: string }>('test.picky', async () => {
      if (!mended) throw new GivesUp('the file is not a spreadsheet', 'test.not-a-spreadsheet')
    })
    const id = await record(house.person(ana), 'work.started', {}, (db, deed) =>
      startWork(house.person(ana), db, deed, picky, { thing: 'x' }),
    )
    await now([picky])
    const state = async () => {
      const { state, problem } = await read(house.person(ana), (db) => findWork(house.person(ana), db, id))
      return { state, problem }
    }
    assert.deepEqual(await state(), { state: 'failed', problem: 'test.not-a-spreadsheet' })
    await assert.rejects(async () => read(house.person(ana), (db) => listDead(house.person(ana), db)), Refused)
    assert.throws(() => rerunJob(house.person(ana), 1), Refused)
    const steward = house.person(beto, 'steward')
    const [dead] = await read(steward, (db) => listDead(steward, db))
    assert.deepEqual(
      { task: dead!.task, problem: dead!.problem, payload: dead!.payload, state: dead!.state },
      {
        task: 'test.picky',
        problem: 'the file is not a spreadsheet',
        payload: { thing: 'x', progressId: id },
        state: 'dead',
      },
    )
    mended = true
    await rerunJob(steward, dead!.id)
    assert.deepEqual(await state(), { state: 'waiting', problem: null })
    await now([picky])
    assert.deepEqual(await state(), { state: 'done', problem: null })
    await assert.rejects(rerunJob(steward, dead!.id), Absent)
    await assert.rejects(discardJob(steward, dead!.id, 'gone'), Absent)
  })

  it('are tried as often as their task says', async () => {
    const hopeless = defineTask('test.hopeless', async () => Promise.reject(new Error('never')), { attempts: 2 })
    await now([hopeless]) // Tells the database of the task.
    await record(house.person(ana), 'note.made', {}, (_db, deed) => hopeless.add(deed, {}))
    await now([hopeless])
    const steward = house.person(beto, 'steward')
    assert.equal((await read(steward, (db) => listDead(steward, db))).length, 0)
    await house.ask('update graphile_worker._private_jobs set run_at = now()')
    await now([hopeless])
    const [dead] = await read(steward, (db) => listDead(steward, db))
    assert.deepEqual([dead!.attempts, dead!.maxAttempts], [2, 2])
    await discardJob(steward, dead!.id, 'it never will')
    assert.equal((await read(steward, (db) => listDead(steward, db))).length, 0)
  })

  it('let go of what retention no longer keeps, each rule one deed', async () => {
    await house.ask(`update jobs.progress set ended_at = now() - interval '91 days' where state = 'done'`)
    const old = await house.ask(`select count(*)::int as n from jobs.progress where state = 'done'`)
    const actor = { ...house.system(), database: house.owner }
    const taken = await applyRetention(actor, jobsRetention)
    assert.equal(taken['jobs.progress'], old[0]!['n'])
    assert.equal(taken['jobs.finding'], 0)
    assert.deepEqual(await house.ask(`select reason, actor_kind from record.deed where name = 'retention.applied'`), [
      { reason: 'jobs.progress', actor_kind: 'system' },
    ])
  })

  it('verify the history at night and tell what they found', async () => {
    const tasks = upkeepTasks()
    await record(house.system(), 'night.begun', {}, async (_db, deed) => {
      for (const task of tasks) await task.add(deed, {})
    })
    await now(tasks)
    const steward = house.person(beto, 'steward')
    const findings = await read(steward, (db) => listFindings(steward, db))
    assert.deepEqual(
      findings.map(({ name, good }) => [name, good]),
      [
        ['history', true],
        ['retention', true],
      ],
    )
    await assert.rejects(async () => read(house.person(ana), (db) => listFindings(house.person(ana), db)), Refused)
  })
})

describe("the jobs' process", () => {
  let house: Installation
  let jobs: RunningJobs | undefined
  const ran: string[] = []
  const note = defineTask<{ word: string }>('test.note', async ({ word }) => void ran.push(word))
  const slow = defineTask<{ progressId?: string }>('test.slow', async (_payload, { progress }) => {
    for (let step = Number(progress.cursor ?? 0); step < 100; step += 1) {
      await progress.step({ done: step, total: 100, cursor: step })
      await new Promise((resolve) => setTimeout(resolve, ran.includes('quick') ? 0 : 20))
    }
    ran.push('slow')
  })
  const start = () => runJobs({ ownerAddress: house.ownerAddress, tasks: [note, slow], log: silent, sealEvery: 100 })
  const say = (word: string) => record(house.person(ana), 'note.made', {}, (_db, deed) => note.add(deed, { word }))

  before(async () => {
    house = await installation()
  })
  after(async () => {
    await jobs?.stop()
    await house.end()
  })

  it('takes jobs as they come and seals the history meanwhile', async () => {
    assert.equal(await read(house.system(), jobsAtWork), false)
    jobs = start()
    await say('hello')
    await until('the job', () => ran.includes('hello'))
    assert.equal(await read(house.system(), jobsAtWork), true)
    await until(
      'the seal',
      async () =>
        (
          await house.ask(
            'select count(*)::int as n from record.deed d where not exists (select from record.sealed s where s.deed_id = d.id)',
          )
        )[0]!['n'] === 0,
    )
  })

  it('is one at a time: a second waits and takes over', async () => {
    const second = start()
    await jobs!.stop()
    jobs = second
    await say('second')
    await until('the job of the second', () => ran.includes('second'))
  })

  it('puts unfinished work back when it stops, and goes on from there', async () => {
    const id = await record(house.person(ana), 'work.started', {}, (db, deed) =>
      startWork(house.person(ana), db, deed, slow, {}),
    )
    const work = () => read(house.person(ana), (db) => findWork(house.person(ana), db, id))
    await until('some steps', async () => (await work()).done > 3)
    await jobs!.stop()
    const halted = await work()
    assert.equal(halted.state, 'waiting')
    assert.deepEqual(await house.ask('select attempts::int from graphile_worker._private_jobs'), [{ attempts: 0 }])
    ran.push('quick')
    await house.ask('update graphile_worker._private_jobs set run_at = now()')
    jobs = start()
    await until('the end', async () => (await work()).state === 'done')
  })

  it('frees at once what a process that died had taken', async () => {
    await jobs!.stop()
    await say('orphan')
    await house.ask(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker of the dead', attempts = 1`,
    )
    jobs = start()
    await until('the orphan', () => ran.includes('orphan'))
  })

  it('survives the loss of every connection', async () => {
    await house.ask(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`,
    )
    await until('a new turn', async () => {
      try {
        await say('after')
        return true
      } catch {
        return false
      }
    })
    await until('the job after', () => ran.includes('after'))
  })
})
