import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict'
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { reachOf, system, type Grant } from '#kit/access'
import { sql, type Database } from '#kit/db'
import { languages } from '#kit/words'
import { fillNetwork } from '#demo/governance'
import { inRollback } from '#help/database'
import { testHall, type TestHall } from '#help/hall'
import { visit } from '#help/visit'
import { failureRetention, keepFailure } from '../failures.ts'

const at = { kind: 'network' } as const
const person = (role: Grant['role']) => ({
  personId: '00000000-0000-7000-8000-0000000000aa',
  name: 'Lucía',
  grants: [{ id: '00000000-0000-7000-8000-000000000001', role, scope: at }] satisfies Grant[],
})
const request = '5f6f0c9e-0000-4000-8000-000000000001'

const withHall = (work: (hall: TestHall, database: Database, folder: string) => Promise<void>) =>
  inRollback(async (database) => {
    await fillNetwork(system(database, 'test'))
    const folder = await mkdtemp(join(tmpdir(), 'quipu-steward-'))
    await mkdir(join(folder, 'backups'))
    const settings = [
      { name: 'PORT', value: '3000', secret: false, given: false },
      { name: 'SMTP_URL', value: null, secret: true, given: true },
    ]
    const hall = await testHall(database, { running: { dataFolder: folder, settings } })
    try {
      await work(hall, database, folder)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

describe('the steward’s page', () => {
  test('is for the steward and the auditor, in four languages', () =>
    withHall(async (hall) => {
      equal((await visit(hall).to('front.steward')).status, 403)
      equal((await visit(hall, { as: person('editor') }).to('front.steward')).status, 403)
      for (const language of languages)
        equal((await visit(hall, { as: { ...person('auditor'), language } }).to('front.steward')).status, 200)
      const auditor = await visit(hall, { as: person('auditor') }).to('front.steward')
      deepEqual(auditor.page.all('link', 'Ver la cola de trabajos'), [])
      const steward = await visit(hall, { as: person('steward') }).to('front.steward')
      await steward.follow('Ver la cola de trabajos')
      equal(steward.status, 200)
    }))

  test('says plainly when there is no backup, when it is old, and when all is well', () =>
    withHall(async (hall, _database, folder) => {
      hall.setClock(Temporal.Instant.from('2026-11-22T12:00:00Z'))
      const steward = visit(hall, { as: person('steward') })
      match((await steward.to('front.steward')).page.text, /No hay ninguna copia de seguridad\./)
      await writeFile(join(folder, 'backups/quipu-2026-11-20T22-00-00Z.zip'), 'x')
      match((await steward.to('front.steward')).page.text, /tiene más de 36 horas/)
      await writeFile(join(folder, 'backups/quipu-2026-11-22T02-00-00Z.zip'), 'x')
      await steward.to('front.steward')
      match(steward.page.text, /Al día 21 de noviembre de 2026/)
      doesNotMatch(steward.page.text, /36 horas/)
      match(steward.page.text, /libres de/)
    }))

  test('finds what failed by the number of its request, without what was typed; others do not reach it', () =>
    withHall(async (hall, database) => {
      const failure = {
        requestId: request,
        route: 'network.museum',
        error: new Error('no "Rosa Huamán" here'),
        personId: null,
      }
      await keepFailure(database, failure)
      await keepFailure(database, failure)
      await keepFailure(database, { ...failure, requestId: 'another', error: new Error('another thing') })
      const steward = visit(hall, { as: person('steward') })
      await steward.to('front.steward')
      match(steward.page.text, /another thing/)
      await steward.press('Buscar el error', { 'Número de la petición': request })
      match(steward.page.text, /Error: no … here/)
      doesNotMatch(steward.page.text, /another thing|Rosa/)
      await steward.press('Buscar el error', { 'Número de la petición': 'nothing' })
      match(steward.page.text, /Ningún error lleva ese número/)
      const nobody = { person: null, networkWide: false, institutions: [], countries: [] }
      const seen = await database.transaction(nobody, 'read', (db) => sql`select id from front.failure`.execute(db))
      equal(seen.rows.length, 0)
    }))

  test('shows settings, and of secret ones only that they are set', () =>
    withHall(async (hall) => {
      const { page } = await visit(hall, { as: person('steward') }).to('front.steward')
      deepEqual(page.rows('Configuración vigente').slice(1), [
        ['PORT', '3000', 'Valor por omisión'],
        ['SMTP_URL', 'Definido', 'Del entorno'],
      ])
    }))
})

test('failures go after their time', () =>
  inRollback(
    async (database) => {
      await keepFailure(database, { requestId: request, route: null, error: new Error('x'), personId: null })
      const office = system(database, 'test')
      await database.transaction(reachOf(office), 'write', async (db) => {
        const rule = failureRetention[0]!
        const take = (before: string) => rule.apply(db, { before, actor: office, deed: null as never })
        equal(await take('2020-01-01T00:00:00Z'), 0)
        equal(await take('2100-01-01T00:00:00Z'), 1)
      })
    },
    { as: 'owner' },
  ))
