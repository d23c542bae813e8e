import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { sql } from '#kit/db'
import { inspectFile, type ImportFile } from '#kit/import'
import { record } from '#kit/record'
import { fingerprint, installation } from './installation.ts'
import { emptyMapping, type FieldRule, type InstitutionMapping } from '../mapping.ts'
import { checkAll, runImport, type Tell } from '../work/run.ts'
import { undoImport } from '../work/undo.ts'

const quiet: Tell = async () => undefined

const fileOf = (text: string): ImportFile => ({
  name: 'museos.csv',
  async *open() {
    yield Buffer.from(text)
  },
})

const rule = (field: FieldRule['field'], more: Partial<FieldRule> = {}): FieldRule => ({
  field,
  from: [field],
  onProblem: 'empty',
  ...more,
})
const mapping: InstitutionMapping = {
  ...emptyMapping('test', 'es'),
  rules: [
    rule('country', { from: [], constant: 'PE' }),
    ...(
      [
        'identifier',
        'name',
        'city',
        'email',
        'website',
        'founded',
        'latitude',
        'longitude',
        'wikidata',
        'description',
        'name-short',
      ] as const
    ).map((field) => rule(field)),
  ],
}
const header = mapping.rules.flatMap(({ from }) => from).join(',')
const line = (identifier: string, name: string, more: Partial<Record<string, string>> = {}): string =>
  header
    .split(',')
    .map((column) => more[column] ?? ({ identifier, name, city: 'Lima' } as Record<string, string>)[column] ?? '')
    .join(',')
const table = (...lines: string[]): ImportFile => fileOf([header, ...lines].join('\n'))

const counts = (created: number, updated: number, unchanged: number, refused = 0, leftOut = 0) => ({
  created,
  updated,
  unchanged,
  refused,
  'left-out': leftOut,
})

describe('an import', () => {
  let it: Awaited<ReturnType<typeof installation>>
  before(async () => {
    it = await installation()
  })

  test('enters museums with all that hangs on them, and a second run changes nothing', async () => {
    const file = table(
      line('1', 'Museo de Arte', {
        email: 'a@b.org',
        wikidata: 'Q1',
        description: 'Un museo',
        'name-short': 'MA',
        founded: '1961',
        latitude: '-12.05',
        longitude: '-77.03',
      }),
      line('2', 'Museo de Arte', { email: 'no' }),
      line('3', 'Museo de Sitio'),
      line('4', '', {}),
    )
    const dry = await it.begin(file, mapping)
    await record(it.office, 'import.check-started', {}, (db) =>
      sql`update network.import set state = 'checking' where id = ${dry}::uuid`.execute(db).then(() => undefined),
    )
    const job = {
      id: dry,
      personId: null,
      countryCode: 'PE',
      reading: (await inspectFile(file)).reading,
      mapping,
      entersAs: 'submitted' as const,
      atRow: 0,
      counts: {},
      rowCount: 4,
    }
    assert.deepEqual(await checkAll(it.database, file, job, quiet), counts(3, 0, 0, 1))
    assert.equal(await it.count('network.institution'), 0)
    const first = await it.begin(file, mapping)
    assert.deepEqual(await runImport(it.database, file, first, quiet), counts(3, 0, 0, 1))
    const made = await it.institutions()
    assert.deepEqual(
      made.map(({ name, slug, city, email, state }) => [name, slug, city, email, state]),
      [
        ['Museo de Arte', 'museo-de-arte', 'Lima', 'a@b.org', 'submitted'],
        ['Museo de Arte', 'museo-de-arte-lima', 'Lima', '', 'submitted'],
        ['Museo de Sitio', 'museo-de-sitio', 'Lima', '', 'submitted'],
      ],
    )
    assert.ok(made[0]!.completeness > made[2]!.completeness)
    assert.deepEqual(
      [
        await it.count('network.identifier'),
        await it.count('network.institution_name'),
        await it.count('text.published'),
      ],
      [4, 1, 1],
    )
    const [before, changes] = [await fingerprint(it.ask), await it.count('record.change')]
    const second = await it.begin(file, mapping)
    const begun = await it.count('record.change')
    assert.deepEqual(await runImport(it.database, file, second, quiet), counts(0, 0, 3, 1))
    assert.deepEqual(await fingerprint(it.ask), before)
    // Only the import itself moved on: running and done.
    assert.ok((await it.count('record.change')) - begun <= 2)
    assert.ok(begun > changes)
    const verified = await it.ask(async (db) => (await sql`select * from record.verify()`.execute(db)).rows)
    assert.deepEqual(verified, [])
  })

  test('takes over what the register changed, keeps what was changed here, and says where both did', async () => {
    await it.edit('Museo de Sitio', `email = 'nuestro@museo.pe', website = 'http://nuestro.pe'`)
    const file = table(
      line('1', 'Museo de Arte', {
        email: 'nuevo@b.org',
        wikidata: 'Q1',
        description: 'Un museo mejor',
        'name-short': 'MA',
        founded: '1961',
        latitude: '-12.05',
        longitude: '-77.03',
      }),
      line('3', 'Museo de Sitio', { email: 'suyo@museo.pe' }),
    )
    const id = await it.begin(file, mapping)
    assert.deepEqual(await runImport(it.database, file, id, quiet), counts(0, 1, 1))
    const [art, , site] = await it.institutions()
    assert.deepEqual([art!.email, site!.email, site!.website], ['nuevo@b.org', 'nuestro@museo.pe', 'http://nuestro.pe'])
    const findings = await it.ask(
      async (db) =>
        (
          await sql<{
            code: string
            value: string
          }>`select code, value from import.finding where import_id = ${id}::uuid`.execute(db)
        ).rows,
    )
    assert.deepEqual(findings, [{ code: 'changed-by-others', value: 'suyo@museo.pe' }])
    const described = await it.ask(
      async (db) => (await sql<{ body: string }>`select body from text.published`.execute(db)).rows,
    )
    assert.deepEqual(described, [{ body: 'Un museo mejor' }])
    const again = await it.begin(file, mapping)
    assert.deepEqual(await runImport(it.database, file, again, quiet), counts(0, 0, 2))
    const later = await it.ask(
      async (db) => (await sql`select from import.finding where import_id = ${again}::uuid`.execute(db)).rows.length,
    )
    assert.equal(later, 0)
  })

  test('completes an institution that is here by another way, and takes no identifier of another', async () => {
    const other: InstitutionMapping = { ...mapping, source: 'other' }
    const file = table(line('x', 'Otro nombre', { wikidata: 'Q1', website: 'arte.pe', email: 'otro@b.org' }))
    const id = await it.begin(file, other)
    assert.deepEqual(await runImport(it.database, file, id, quiet), counts(0, 1, 0))
    const art = (await it.institutions()).find(({ slug }) => slug === 'museo-de-arte')!
    assert.deepEqual([art.name, art.email, art.website], ['Museo de Arte', 'nuevo@b.org', 'http://arte.pe'])
    const refusing = await it.begin(table(line('y', 'Z', { wikidata: 'Q1' })), {
      ...other,
      existing: 'refuse',
      source: 'third',
    })
    assert.deepEqual(
      await runImport(it.database, table(line('y', 'Z', { wikidata: 'Q1' })), refusing, quiet),
      counts(0, 0, 0, 1),
    )
    const taken = table(line('3', 'Museo de Sitio', { wikidata: 'Q1', email: 'suyo@museo.pe' }))
    const third = await it.begin(taken, mapping)
    await runImport(it.database, taken, third, quiet)
    const codes = await it.ask(async (db) =>
      (
        await sql<{ code: string }>`select code from import.finding where import_id = ${third}::uuid`.execute(db)
      ).rows.map(({ code }) => code),
    )
    assert.deepEqual(codes, ['identifier-taken'])
  })
})

describe('an import that is stopped', () => {
  const many = table(
    ...Array.from({ length: 1234 }, (_, at) =>
      line(String(at), `Museo ${at % 900}`, { city: `Ciudad ${at % 7}`, email: at % 5 === 0 ? 'mal' : `m${at}@x.pe` }),
    ),
  )

  test('at any batch and begun again ends as one that never stopped', async () => {
    const [whole, broken] = [await installation(), await installation()]
    const id = await whole.begin(many, mapping)
    const expected = await runImport(whole.database, many, id, quiet)
    assert.deepEqual(expected, counts(1234, 0, 0))
    const other = await broken.begin(many, mapping)
    let calls = 0
    // Inside the batch's own transaction: what it wrote is lost with it, as when the process is killed.
    const dies: Tell = async () => {
      if (++calls % 2 === 0) throw new Error('killed')
    }
    let result: unknown
    for (let attempt = 0; attempt < 9 && result === undefined; attempt++)
      result = await runImport(broken.database, many, other, dies).catch((error: Error) => {
        assert.equal(error.message, 'killed')
        return undefined
      })
    assert.deepEqual(result, expected)
    assert.deepEqual(await fingerprint(broken.ask), await fingerprint(whole.ask))
    const notes = (one: typeof whole, of: string) =>
      one.ask(
        async (db) =>
          (
            await sql`select number, code, value from import.finding where import_id = ${of}::uuid order by 1, 2`.execute(
              db,
            )
          ).rows,
      )
    assert.deepEqual(await notes(broken, other), await notes(whole, id))
  })

  test('cannot be run twice at once', async () => {
    const it = await installation()
    const id = await it.begin(many, mapping)
    const results = await Promise.allSettled([
      runImport(it.database, many, id, quiet),
      runImport(it.database, many, id, quiet),
    ])
    assert.ok(results.some(({ status }) => status === 'fulfilled'))
    assert.equal(await it.count('network.institution'), 1234)
  })
})

describe('undoing an import', () => {
  const before = table(
    line('1', 'A', { email: 'a@x.pe', website: 'a.pe' }),
    line('2', 'B', { description: 'Antes' }),
    line('3', 'C'),
  )
  const next = table(
    line('1', 'A', { email: 'aa@x.pe', website: 'aa.pe', wikidata: 'Q11', 'name-short': 'AA' }),
    line('2', 'B', { email: 'b@x.pe', description: 'Después' }),
    line('3', 'C', { email: 'c@x.pe' }),
    line('4', 'D', { description: 'Nuevo' }),
    line('5', 'E'),
    line('6', 'F'),
  )
  const prepare = async () => {
    const it = await installation()
    const first = await it.begin(before, mapping)
    await runImport(it.database, before, first, quiet)
    const state = await fingerprint(it.ask)
    const id = await it.begin(next, mapping)
    assert.deepEqual(await runImport(it.database, next, id, quiet), counts(3, 3, 0))
    return { ...it, id, state }
  }

  test('restores everything, and verifies', async () => {
    const it = await prepare()
    assert.notDeepEqual(await fingerprint(it.ask), it.state)
    assert.deepEqual(await undoImport(it.database, it.id, 'keep', quiet), { undone: 6, kept: 0, nothing: 0 })
    assert.deepEqual(await fingerprint(it.ask), it.state)
    assert.deepEqual(await it.ask(async (db) => (await sql`select * from record.verify()`.execute(db)).rows), [])
    assert.equal(await it.count('network.institution'), 3)
    const orphans = await it.ask(
      async (db) =>
        (
          await sql`select from text.text_set s where not exists (select from network.institution i where i.description_id = s.id)`.execute(
            db,
          )
        ).rows.length,
    )
    assert.equal(orphans, 0)
  })

  test('keeps what others changed since, field by field, and says which rows', async () => {
    const it = await prepare()
    await it.edit('A', `email = 'otra@x.pe'`)
    await it.edit('B', `city = 'Cusco'`)
    await it.edit('D', `city = 'Puno'`)
    await record(it.office, 'picture.added', {}, (db) =>
      sql`insert into network.picture (institution_id, file_id, credit, rights) select id, uuidv7(), 'x', 'x' from network.institution where name = 'E'`
        .execute(db)
        .then(() => undefined),
    )
    assert.deepEqual(await undoImport(it.database, it.id, 'keep', quiet), { undone: 3, kept: 3, nothing: 0 })
    assert.deepEqual(
      (await it.institutions()).map(({ name, city, email, website }) => [name, city, email, website]),
      [
        ['A', 'Lima', 'otra@x.pe', 'http://a.pe'],
        ['B', 'Cusco', '', ''],
        ['C', 'Lima', '', ''],
        ['D', 'Puno', '', ''],
        ['E', 'Lima', '', ''],
      ],
    )
    const kept = await it.ask(async (db) =>
      (
        await sql<{
          number: number
        }>`select number from import.row where import_id = ${it.id}::uuid and undone = 'kept' order by 1`.execute(db)
      ).rows.map(({ number }) => number),
    )
    assert.deepEqual(kept, [1, 4, 5])
  })

  test('takes its part back whole where asked; what is referred to is withdrawn', async () => {
    const it = await prepare()
    await it.edit('A', `email = 'otra@x.pe'`)
    await it.edit('D', `city = 'Puno'`)
    await record(it.office, 'picture.added', {}, (db) =>
      sql`insert into network.picture (institution_id, file_id, credit, rights) select id, uuidv7(), 'x', 'x' from network.institution where name = 'E'`
        .execute(db)
        .then(() => undefined),
    )
    assert.deepEqual(await undoImport(it.database, it.id, 'undo', quiet), { undone: 6, kept: 0, nothing: 0 })
    assert.deepEqual(
      (await it.institutions()).map(({ name, email, state }) => [name, email, state]),
      [
        ['A', 'a@x.pe', 'submitted'],
        ['B', '', 'submitted'],
        ['C', '', 'submitted'],
        ['E', '', 'withdrawn'],
      ],
    )
  })

  test('goes on where it was stopped', async () => {
    const it = await prepare()
    let calls = 0
    const dies: Tell = async () => {
      if (++calls === 1) throw new Error('killed')
    }
    await assert.rejects(undoImport(it.database, it.id, 'keep', dies), /killed/)
    await undoImport(it.database, it.id, 'keep', quiet)
    assert.deepEqual(await fingerprint(it.ask), it.state)
  })
})
