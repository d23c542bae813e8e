import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { Problems, Refused, visitor, type Actor } from '#kit/access'
import { sql, type Database } from '#kit/db'
import { read, record } from '#kit/record'
import { countStatements, inRollback, testDatabase } from '#help/database'
import { testHall, type TestHall } from '#help/hall'
import { visit } from '#help/visit'
import { editInstitution } from '../../institutions/actions/edit.ts'
import { mergeInstitutions } from '../../institutions/actions/merge.ts'
import { withdrawInstitution } from '../../institutions/actions/validate.ts'
import { keepers, museum, type Keepers } from '../../institutions/tests/people.ts'
import { issueApiKey, listApiKeys, revokeApiKey } from '../keys.ts'
import { columns } from '../open-data.ts'
import { rates } from '../openapi.ts'
import { countRegister, listNearby, mapRegister, searchRegister, wishFrom } from '../queries.ts'

const reader = (database: Database): Actor =>
  visitor({ database, language: 'es', now: Temporal.Now.instant(), requestId: 'test' })
const names = async (who: Actor, words: string) =>
  (await searchRegister(who, { words, chosen: {} })).cards.map(({ name }) => name)

describe('the register is never behind a deed', () => {
  let database: Database
  let owner: Database
  let all: Keepers
  before(async () => {
    const made = await testDatabase()
    database = made.database
    owner = made.asOwner
    all = await keepers(owner)
  })

  test('what is validated, renamed, merged and withdrawn is found so by the very next search', async () => {
    const who = reader(database)
    deepEqual(await names(who, 'quebrada'), [])
    const id = await museum(all, 'Museo de la Quebrada')
    await museum(all, 'Museo Oculto de la Quebrada', 'submitted')
    deepEqual(await names(who, 'quebrada'), ['Museo de la Quebrada'])
    await editInstitution(all.peru, id, {
      wished: { name: 'Museo del Barranco', names: [{ language: 'qu', name: 'Wayqu Wasi', kind: 'translated' }] },
    })
    deepEqual(await names(who, 'quebrada'), [])
    deepEqual(await names(who, 'wayqu'), ['Museo del Barranco'])
    await editInstitution(all.peru, id, { wished: { names: [] } })
    deepEqual(await names(who, 'wayqu'), [])
    const twin = await museum(all, 'Museo Gemelo')
    await mergeInstitutions(all.peru, { keep: id, absorb: twin })
    deepEqual(await names(who, 'gemelo'), ['Museo del Barranco'], 'found by the name that went')
    await withdrawInstitution(all.peru, id, { note: 'x' })
    deepEqual(await names(who, 'barranco'), [])
  })

  test('many searches between many deeds each see every deed committed before they asked', async () => {
    const who = reader(database)
    const ids = await Promise.all(Array.from({ length: 8 }, (_, at) => museum(all, `Museo Torrente ${at}`)))
    equal((await searchRegister(who, { words: 'torrente', chosen: {} })).total, 8)
    await Promise.all(
      ids.map(async (id, at) => {
        await editInstitution(all.peru, id, { wished: { name: `Museo Cascada${at}` } })
        equal((await searchRegister(who, { words: `cascada${at}`, chosen: {} })).total, 1)
      }),
    )
    equal((await searchRegister(who, { words: 'torrente', chosen: {} })).total, 0)
  })

  test('a deed under way is not seen before it is committed, and is after', async () => {
    const who = reader(database)
    const id = await museum(all, 'Museo Silente')
    await record(all.office, 'institution.edited', {}, async (db) => {
      await sql`update network.institution set name = 'Museo Sonoro' where id = ${id}`.execute(db)
      deepEqual(await names(who, 'sonoro'), [])
    })
    deepEqual(await names(who, 'sonoro'), ['Museo Sonoro'])
  })
})

describe('what the public reads', () => {
  const withRegister = (
    work: (all: Keepers, hall: TestHall, cost: (asked: () => Promise<unknown>) => Promise<number>) => Promise<void>,
  ) =>
    inRollback(async (database, rollback) =>
      work(await keepers(database), await testHall(database), (asked) => countStatements(rollback, asked)),
    )

  test('facets count exactly, and a choice keeps the others open', () =>
    withRegister(async (all) => {
      await museum(all, 'Museo A', 'listed', { services: ['shop', 'cafe'], type: 'art' })
      await museum(all, 'Museo B', 'listed', { services: ['shop'], type: 'house' })
      await museum(all, 'Museu C', 'listed', { country: 'BR', services: ['shop'] })
      const found = await searchRegister(
        all.stranger,
        wishFrom(new URLSearchParams('country=PE&service=shop&bogus=1&type=<script>')),
      )
      equal(found.total, 2)
      deepEqual([found.counts.country.get('PE'), found.counts.country.get('BR')], [2, 1])
      deepEqual([found.counts.service.get('shop'), found.counts.service.get('cafe')], [2, 1])
      deepEqual((await countRegister(all.stranger)).total, 3)
    }))

  test('list, map and museum: in four languages, found and not found', () =>
    withRegister(async (all, hall) => {
      const id = await museum(all, 'Museo de la Sal', 'listed', {
        latitude: -13.3,
        longitude: -72.1,
        accessibility: ['lift'],
        opening: { mo: [['09:00', '13:00']] },
        description: { es: 'Sal.' },
        admission: 'free',
        founded: '1890~',
        identifiers: [{ scheme: 'wikidata', issuer: '', value: 'Q7' }],
        names: [{ language: 'qu', name: 'Kachi Wasi', kind: 'translated' }],
      })
      await museum(all, 'Museo del Maíz', 'listed', { latitude: -13.32, longitude: -72.08 })
      for (const language of ['es', 'pt', 'en', 'ar'] as const) {
        const one = visit(hall, { language })
        for (const [name, params] of [
          ['network.museums', {}],
          ['network.museums-map', {}],
          ['network.register-data', {}],
          ['network.register-api', {}],
          ['network.museum', { id: 'museo-de-la-sal' }],
        ] as const) {
          equal((await one.to(name, params)).status, 200, `${name} ${language}`)
        }
      }
      const one = visit(hall)
      await one.to('network.museums', {}, 'q=kachi')
      equal(one.page.field('Nombre, ciudad o identificador').attributes.value, 'kachi')
      match(one.page.text, /1 resultado/)
      await one.follow('Museo de la Sal')
      match(one.page.text, /Ascensor/)
      match(one.page.text, /hacia 1890/)
      equal(one.page.all('link', 'Museo del Maíz').length >= 1, true)
      const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(one.html)![1]!)
      deepEqual(
        [
          data['@type'],
          data.name['@value'],
          data.geo.latitude,
          data.isAccessibleForFree,
          data.openingHoursSpecification[0].opens,
          data.foundingDate,
          data.sameAs,
        ],
        ['Museum', 'Museo de la Sal', -13.3, true, '09:00', undefined, ['http://www.wikidata.org/entity/Q7']],
      )
      await one.to('network.museum', { id })
      match(one.path, /museo-de-la-sal$/)
      equal((await one.to('network.museum', { id: 'no-hay' })).status, 404)
      equal((await one.to('network.museum', { id: await museum(all, 'Museo Oculto', 'submitted') })).status, 404)
      await one.to('network.museums', {}, 'q=zzzz')
      match(one.page.text, /Ningún museo cumple/)
      await one.to('network.museums', {}, 'q=saal')
      deepEqual(
        [
          (await mapRegister(all.stranger, { words: '', chosen: {} }, null)).placed,
          (await listNearby(all.stranger, id)).length,
        ],
        [2, 1],
      )
      await one.to('network.museums-map', {}, 'within=-73,-14,-72,-13')
      match(one.page.text, /2 museos en el mapa/)
    }))

  test('thirty museums cost no more questions than one', () =>
    withRegister(async (all, hall, cost) => {
      const one = visit(hall)
      await museum(all, 'Museo Cero', 'listed', { latitude: 1, longitude: 1 })
      await museum(all, 'Museo Vecino', 'listed', { latitude: 1.001, longitude: 1 })
      const costs = async (mark: number) => [
        await cost(() => one.to('network.museums', {}, `q=museo&page=1&x=${mark}`)),
        await cost(() => one.to('network.museums-map', {}, `x=${mark}`)),
        await cost(() => one.to('network.museum', { id: 'museo-cero' }, `x=${mark}`)),
        await cost(() => one.open(`/api/v1/institutions?x=${mark}`)),
      ]
      await costs(0)
      const few = await costs(1)
      for (let at = 1; at < 30; at += 1)
        await museum(all, `Museo ${at}`, 'listed', { latitude: 1 + at / 100, longitude: 1 })
      await costs(2)
      const many = await costs(3)
      // What the house already knows from the pages before may spare some; none may be added.
      ok(
        many.every((questions, at) => questions <= few[at]!),
        `one: ${few.join(' ')}; thirty: ${many.join(' ')}`,
      )
    }))

  test('open data: three files say the same, and hold nothing that is not public', () =>
    withRegister(async (all, hall) => {
      await museum(all, '=Museo "raro", con coma', 'listed', {
        latitude: -13.3,
        longitude: -72.1,
        services: ['shop', 'cafe'],
        description: { es: 'Una\nlínea' },
        postcode: '08001',
      })
      await museum(all, 'Museo Secreto', 'submitted', { telephone: '12345678' })
      const text = async (path: string) =>
        Buffer.from(await (await hall.request(`http://quipu.test${path}`)).arrayBuffer()).toString('utf8')
      const csv = await text('/data/museums.csv')
      ok(csv.startsWith('\ufeff'))
      const [row, ...more] = parse(csv, { columns: true, bom: true }) as Record<string, string>[]
      deepEqual(
        [more.length, row!['name'], row!['services'], row!['postcode'], row!['description']],
        [
          0,
          `'=Museo "raro", con coma`,
          'cafe|shop'.split('|').toSorted().toReversed().join('|'),
          '08001',
          '{"es":"Una\\nlínea"}',
        ],
      )
      const json = JSON.parse(await text('/data/museums.json'))
      deepEqual(
        Object.keys(json.institutions[0]),
        columns.map(({ name }) => name),
      )
      const geo = JSON.parse(await text('/data/museums.geojson'))
      deepEqual(geo.features[0].geometry, { type: 'Point', coordinates: [-72.1, -13.3] })
      deepEqual([json.total, geo.features.length], [1, 1])
      const api = JSON.parse(await text('/api/v1/institutions?q=raro'))
      deepEqual(api.institutions, json.institutions)
      deepEqual(JSON.parse(await text('/data/museums.json?country=BR')), { total: 0, institutions: [] })
      for (const whole of [csv, JSON.stringify(json), JSON.stringify(geo), await text('/es/registro/atom.xml')]) {
        ok(!/Secreto|12345678|registered/.test(whole))
      }
      match(await text('/es/registro/atom.xml'), /Perú avala la ficha de/)
    }))

  test('the read API: described, paged, open to any site, and absent looks absent', () =>
    withRegister(async (all, hall) => {
      for (const at of [1, 2, 3]) await museum(all, `Museo ${at}`)
      const ask = (path: string, headers: Record<string, string> = {}) =>
        hall.request(`http://quipu.test${path}`, { headers })
      const first = await ask('/api/v1/institutions?per_page=2')
      equal(first.headers.get('access-control-allow-origin'), '*')
      const list = (await first.json()) as {
        total: number
        pages: number
        next: string
        institutions: { id: string }[]
      }
      deepEqual([list.total, list.pages, list.institutions.length], [3, 2, 2])
      const rest = (await (await ask(list.next.replace('http://quipu.test', ''))).json()) as typeof list
      deepEqual([rest.institutions.length, rest.next], [1, null])
      equal(((await (await ask('/api/v1/institutions/museo-1')).json()) as { name: string }).name, 'Museo 1')
      equal((await ask('/api/v1/institutions/nada')).status, 404)
      deepEqual(((await (await ask('/api/v1/facets')).json()) as { facets: { country: object } }).facets.country, {
        PE: 3,
      })
      const openapi = (await (await ask('/api/v1/openapi.json')).json()) as {
        openapi: string
        paths: object
        components: { schemas: { Institution: { required: string[] } } }
      }
      equal(openapi.openapi, '3.1.0')
      deepEqual(Object.keys(openapi.paths), ['/api/v1/institutions', '/api/v1/institutions/{id}', '/api/v1/facets'])
      deepEqual(openapi.components.schemas.Institution.required, Object.keys(list.institutions[0]!))
    }))

  test('keys: shown once, kept as a digest, theirs alone, five at most, and revoked at once', () =>
    withRegister(async (all, hall) => {
      await rejects(
        issueApiKey(visitor({ database: all.rosa.database, language: 'es', now: all.rosa.now, requestId: 't' }), {
          label: 'x',
        }),
        Refused,
      )
      const rosa = visit(hall, { as: { personId: all.rosa.personId! } })
      await rosa.to('network.api-keys')
      await rosa.press('Crear una clave', { 'Para qué es': 'Mapa' })
      const key = /qpu_[\w-]{32}/.exec(rosa.html)![0]
      await rosa.to('network.api-keys')
      ok(!rosa.html.includes(key))
      const kept = await read(all.office, (db) =>
        sql<{
          all: string
        }>`select jsonb_agg(to_jsonb(k))::text || coalesce((select jsonb_agg(to_jsonb(c))::text from record.change c), '') as all from network.api_key k`.execute(
          db,
        ),
      )
      ok(!kept.rows[0]!.all.includes(key))
      for (const label of ['2', '3', '4', '5']) await issueApiKey(all.rosa, { label })
      await rejects(issueApiKey(all.rosa, { label: '6' }), Problems)
      deepEqual(await read(all.stranger, (db) => listApiKeys(all.stranger, db)), [])
      const ask = (headers: Record<string, string> = {}) => hall.request('http://quipu.test/api/v1/facets', { headers })
      let refused = 0
      for (let at = 0; at < rates.anonymous + 5; at += 1) if ((await ask()).status === 429) refused += 1
      ok(refused >= 1)
      equal((await ask({ authorization: `Bearer ${key}` })).status, 200)
      const [first] = await read(all.rosa, (db) => listApiKeys(all.rosa, db))
      await rejects(revokeApiKey(all.stranger, first!.id))
      await rosa.to('network.revoke-api-key', { id: first!.id })
      await rosa.press('Anular')
      match(rosa.page.text, /La clave ya no sirve/)
      equal((await ask({ authorization: `Bearer ${key}` })).status, 429)
    }))
})
