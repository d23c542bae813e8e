import assert from 'node:assert/strict'
import { BlockList } from 'node:net'
import { after, before, describe, it } from 'node:test'
import pino from 'pino'
import type { Grant } from '#kit/access'
import { createHall, seals, type Hall } from '#kit/http'
import { record } from '#kit/record'
import { compareWords, languages } from '#kit/words'
import { installation, silent, type Installation } from '#help/installation'
import { defineTask, GivesUp, jobsRoom, jobsWords, runJobsNow, startWork } from '../index.ts'

const ana = '0195c0de-0000-7000-8000-000000000001'
const beto = '0195c0de-0000-7000-8000-000000000002'
const steward: Grant = { id: beto, role: 'steward', scope: { kind: 'network' } }
const headers = { cookie: 'quipu.session=1', 'sec-fetch-site': 'same-origin' }

describe('pages of jobs', () => {
  let house: Installation
  let hall: Hall
  let asker: { id: string; grants: Grant[] } = { id: ana, grants: [] }
  const picky = defineTask<{ progressId?: string }>('test.picky', async () => {
    throw new GivesUp('not a spreadsheet', 'jobs.problem.unexpected')
  })
  before(async () => {
    house = await installation()
    hall = createHall({
      rooms: [jobsRoom],
      database: house.database,
      identify: async () => ({
        session: { id: 's', personId: asker.id, name: 'Ana', provedAt: Temporal.Now.instant(), secondFactor: false },
        grants: asker.grants,
        language: 'es',
        zone: 'America/Lima',
      }),
      frame: async () => ({ network: 'Red', zone: 'UTC', demo: false, threads: [] }),
      seals: seals('a secret of thirty-two characters!'),
      proxies: new BlockList(),
      asset: async () => null,
      assetPath: (file) => `/assets/${file}`,
      log: pino({ level: 'silent' }),
    })
  })
  after(() => house.end())

  const open = async (path: string) => {
    const answer = await hall.request(path, { headers })
    return { status: answer.status, html: await answer.text() }
  }
  const send = async (path: string, fields: Record<string, string>) => {
    const answer = await hall.request(path, { method: 'POST', headers, body: new URLSearchParams(fields) })
    return { status: answer.status, html: await answer.text() }
  }
  const as = (id: string, ...grants: Grant[]) => (asker = { id, grants })
  const start = () =>
    record(house.person(ana), 'work.started', {}, (db, deed) => startWork(house.person(ana), db, deed, picky, {}))

  it('show work to whom it is for, and let them stop it', async () => {
    const id = await start()
    as(ana)
    const shown = await open(`/es/trabajos/trabajo/${id}`)
    assert.equal(shown.status, 200)
    assert.match(shown.html, /<meta http-equiv="refresh" content="5/)
    as('0195c0de-0000-7000-8000-000000000003')
    assert.equal((await open(`/es/trabajos/trabajo/${id}`)).status, 404)
    assert.equal((await send(`/es/trabajos/trabajo/${id}`, { deed: 'cancel' })).status, 404)
    as(ana)
    assert.equal((await send(`/es/trabajos/trabajo/${id}`, { deed: 'cancel' })).status, 303)
    const over = await open(`/ar/المهام/مهمة/${id}`)
    assert.match(over.html, /انتهى العمل/)
    assert.ok(!over.html.includes('http-equiv="refresh"'))
  })

  it('show the queue to a steward, who reruns and discards', async () => {
    await start()
    await runJobsNow({ ownerAddress: house.ownerAddress, tasks: [picky], log: silent })
    as(ana)
    assert.equal((await open('/es/trabajos')).status, 403)
    as(beto, steward)
    const queue = await open('/es/trabajos?state=dead')
    assert.equal(queue.status, 200)
    assert.ok(queue.html.includes('not a spreadsheet') && queue.html.includes('Nadie está trabajando'))
    const [job] = await house.ask('select id::int from graphile_worker._private_jobs')
    const id = String(job!['id'])
    const unreasoned = await send('/es/trabajos', { id, deed: 'discard', reason: '' })
    assert.equal(unreasoned.status, 422)
    assert.ok(unreasoned.html.includes('Escriba por qué se descarta.'))
    assert.equal((await send('/es/trabajos', { id, deed: 'rerun' })).status, 303)
    assert.equal((await send('/es/trabajos', { id, deed: 'rerun' })).status, 404)
    await runJobsNow({ ownerAddress: house.ownerAddress, tasks: [picky], log: silent })
    assert.equal((await send('/es/trabajos', { id, deed: 'discard', reason: 'the file is lost' })).status, 303)
    assert.match((await open('/pt/trabalhos?state=dead')).html, /Não há trabalhos aqui/)
    const deeds = await house.ask(`select name, reason from record.deed where name like 'job.%' order by at`)
    assert.deepEqual(deeds, [
      { name: 'job.rerun', reason: id },
      { name: 'job.discarded', reason: `${id}: the file is lost` },
    ])
  })

  it('tell everyone how long things are kept, and let those change it who may, with a reason', async () => {
    as(ana)
    const seen = await open('/es/trabajos/conservacion')
    assert.equal(seen.status, 200)
    assert.ok(seen.html.includes('Texto de las cartas enviadas') && !seen.html.includes('Motivo del cambio'))
    const [rule] = await house.ask(`select id from jobs.retention_rule where code = 'mail.text'`)
    const id = String(rule!['id'])
    assert.equal((await send('/es/trabajos/conservacion', { id, days: '10', reason: 'x' })).status, 403)
    as(beto, { ...steward, role: 'data-protection' })
    const wrong = await send('/es/trabajos/conservacion', { id, days: '0', reason: '' })
    assert.equal(wrong.status, 422)
    assert.equal(
      (await send('/es/trabajos/conservacion', { id, days: '30', active: 'yes', reason: 'the council asked' })).status,
      303,
    )
    assert.deepEqual(
      await house.ask(`select extract(day from keep_for)::int as days, active from jobs.retention_rule where id = $1`, [
        id,
      ]),
      [{ days: 30, active: true }],
    )
    assert.deepEqual(await house.ask(`select reason from record.deed where name = 'retention-rule.changed'`), [
      { reason: 'the council asked' },
    ])
  })

  for (const language of languages)
    it(`words are whole in ${language}`, () =>
      assert.deepEqual(compareWords(jobsWords.texts.es, jobsWords.texts[language], language), []))
})
