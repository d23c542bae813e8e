import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { Refused, reachOf, system, visitor, type Actor } from '#kit/access'
import { sql, type Db, type Reach } from '#kit/db'
import { requireModestApp } from '#kit/postgres'
import { inRollback, testDatabase, type TestDatabase } from '#help/database'
import { eraseHistory, listHistory, read, record, sealDeeds, verifyHistory } from '../index.ts'

const now = Temporal.Instant.from('2026-05-18T15:00:00Z')

/** Enters a person by a deed; answers the row's id. */
const enter = (actor: Actor, givenNames: string): Promise<string> =>
  record(actor, 'person.entered', { reason: `entering ${givenNames}` }, async (db) => {
    const { rows } = await sql<{
      id: string
    }>`insert into network.person (given_names) values (${givenNames}) returning id`.execute(db)
    return rows[0]!.id
  })

const rename = (actor: Actor, id: string, givenNames: string): Promise<unknown> =>
  record(actor, 'person.edited', { about: { kind: 'person', id } }, (db) =>
    sql`update network.person set given_names = ${givenNames} where id = ${id}`.execute(db),
  )

const codeOf = (code: string) => (error: Error & { code?: string }) => {
  assert.equal(error.code, code, error.message)
  return true
}

describe('writing', () => {
  it('is refused outside a deed, to the serving role and to the owner alike', async () => {
    for (const as of ['app', 'owner'] as const)
      await inRollback(
        async (database) => {
          const office = system(database, 'test', now)
          const id = await enter(office, 'Rosa')
          for (const statement of [
            sql`insert into network.person (given_names) values ('Nadie')`,
            sql`update network.person set given_names = 'Otra' where id = ${id}`,
            sql`delete from network.person where id = ${id}`,
          ])
            await assert.rejects(
              database.transaction(reachOf(office), 'write', (db) => statement.execute(db)),
              codeOf('QP001'),
            )
          assert.deepEqual(await namesOf(office, id), ['Rosa'])
        },
        { as },
      )
  })

  it('cannot be put down to a deed that is over', async () => {
    const place = await testDatabase()
    try {
      const office = system(place.database, 'test', now)
      const id = await enter(office, 'Rosa')
      const old = await onlyDeedAbout(office, id)
      await assert.rejects(
        place.database.transaction(reachOf(office), 'write', async (db) => {
          await sql`select set_config('quipu.deed', ${old}, true)`.execute(db)
          await sql`update network.person set given_names = 'Otra' where id = ${id}`.execute(db)
        }),
        codeOf('QP001'),
      )
      await assert.rejects(
        place.database.transaction(reachOf(office), 'write', async (db) => {
          await sql`insert into record.change (deed_id, relation, row_id, operation) values (${old}, 'network.person', ${id}, 'update')`.execute(
            db,
          )
        }),
        codeOf('42501'),
      )
      assert.deepEqual(await namesOf(office, id), ['Rosa'])
      assert.deepEqual(await read(office, verifyHistory), [])
    } finally {
      await place.close()
    }
  })

  it('is refused to visitors, and leaves nothing when the work fails', () =>
    inRollback(async (database) => {
      await assert.rejects(
        async () => enter(visitor({ database, language: 'es', now, requestId: 'test' }), 'Nadie'),
        (error) => error instanceof Refused,
      )
      const office = system(database, 'test', now)
      const deeds = () => count(office, sql`record.deed`)
      const before = await deeds()
      await assert.rejects(
        record(office, 'person.entered', {}, async (db) => {
          await sql`insert into network.person (given_names) values ('Rosa')`.execute(db)
          throw new Error('the work failed')
        }),
        /the work failed/,
      )
      assert.equal(await deeds(), before)
      assert.equal(await count(office, sql`network.person`), 0)
    }))

  it('keeps who, why, before and after', () =>
    inRollback(async (database) => {
      const office = system(database, 'request 7', now)
      const id = await enter(office, 'Rosa')
      await rename(office, id, 'Rosa María')
      const history = await read(office, (db) => listHistory(office, db, id))
      assert.deepEqual(
        history.map(({ name, actorKind, changes }) => ({ name, actorKind, what: changes[0]!.operation })),
        [
          { name: 'person.edited', actorKind: 'system', what: 'update' },
          { name: 'person.entered', actorKind: 'system', what: 'insert' },
        ],
      )
      assert.equal(history[0]!.changes[0]!.before!['given_names'], 'Rosa')
      assert.equal(history[0]!.changes[0]!.after!['given_names'], 'Rosa María')
      assert.equal(history[1]!.reason, 'entering Rosa')
    }))
})

describe('history', () => {
  let place: TestDatabase
  let office: Actor
  let id: string
  let superuser: pg.Client
  before(async () => {
    place = await testDatabase()
    office = system(place.database, 'test', now)
    id = await enter(office, 'Rosa')
    await rename(office, id, 'Rosa María')
    await seal(place)
    superuser = new pg.Client({ connectionString: place.addresses.superuser })
    await superuser.connect()
  })
  after(async () => {
    await superuser.end()
    await place.close()
  })

  for (const [role, code] of [
    ['app', '42501'],
    ['owner', 'QP002'],
  ] as const)
    it(`cannot be rewritten by quipu_${role}`, async () => {
      const client = new pg.Client({ connectionString: place.addresses[role] })
      await client.connect()
      try {
        for (const statement of [
          "update record.deed set request_id = 'another'",
          'delete from record.deed',
          `update record.change set after = '{"given_names": "Otra"}'`,
          'delete from record.change',
          "update record.seal set digest = 'x'",
          'delete from record.seal',
          'update record.sealed set position = position + 100',
          'delete from record.sealed',
        ])
          await assert.rejects(client.query(statement), codeOf(code), statement)
        await assert.rejects(
          client.query('truncate network.person cascade'),
          role === 'app' ? codeOf('42501') : /truncate/,
        )
      } finally {
        await client.end()
      }
      assert.deepEqual(await read(office, verifyHistory), [])
    })

  it('seals each deed once, and takes in those that commit after a later one was sealed', async () => {
    const slow = new pg.Client({ connectionString: place.addresses.app })
    await slow.connect()
    try {
      await slow.query('begin')
      await slow.query(
        "select record.begin('person.entered', 'system', null, null, null, null, null, null, 'slow', null)",
      )
      await slow.query("insert into network.person (given_names) values ('Tardía')")
      await enter(office, 'Temprana')
      assert.equal(await seal(place), 1)
      assert.equal(await seal(place), 0)
      await slow.query('commit')
    } finally {
      await slow.end()
    }
    assert.equal(await seal(place), 1)
    assert.equal(await seal(place), 0)
    assert.deepEqual(await read(office, verifyHistory), [])
    assert.equal(
      await count(office, sql`record.deed d where not exists (select from record.sealed s where s.deed_id = d.id)`),
      0,
    )
  })

  /** What a verification finds after somebody who may do anything has done this; it is undone again. */
  async function foundAfter(...tampering: string[]): Promise<string[]> {
    await superuser.query('begin')
    try {
      // As one who wishes to leave no trace would: without the triggers.
      await superuser.query("set local session_replication_role = 'replica'")
      for (const statement of tampering) assert.notEqual((await superuser.query(statement)).rowCount, 0, statement)
      const { rows } = await superuser.query<{ problem: string }>(
        'select distinct problem from record.verify() order by 1',
      )
      return rows.map(({ problem }) => problem)
    } finally {
      await superuser.query('rollback')
    }
  }

  it('shows a row that was changed behind its back', async () => {
    assert.deepEqual(
      await foundAfter("update network.person set given_names = 'Otra' where given_names = 'Rosa María'"),
      ['row differs from its history'],
    )
    assert.deepEqual(await foundAfter("delete from network.person where given_names = 'Rosa María'"), [
      'row differs from its history',
    ])
    assert.deepEqual(await foundAfter("insert into network.person (given_names) values ('Colada')"), [
      'row differs from its history',
    ])
  })

  it('shows a kept value that was changed, alone or with the row', async () => {
    const value = `update record.change set after = jsonb_set(after, '{given_names}', '"Otra"') where operation = 'update'`
    const row = "update network.person set given_names = 'Otra' where given_names = 'Rosa María'"
    assert.ok((await foundAfter(value)).includes('kept value differs from its digest'))
    assert.deepEqual(await foundAfter(value, row), ['kept value differs from its digest'])
    // A digest made to fit no longer fits the seal.
    const digest = `update record.change set after_digest = sha256(salt || convert_to(after::text, 'UTF8')) where operation = 'update'`
    assert.deepEqual(await foundAfter(value, row, digest), ['seal does not match its deeds'])
  })

  it('shows a reason, a seal and a deed that were changed or taken away', async () => {
    assert.deepEqual(await foundAfter("update record.deed set reason = 'another' where reason is not null"), [
      'reason differs from its digest',
    ])
    assert.ok(
      (
        await foundAfter("update record.seal set digest = sha256('x') where no = (select min(no) from record.seal)")
      ).includes('seal does not match its deeds'),
    )
    assert.ok(
      (
        await foundAfter("update record.seal set previous = sha256('x') where no = (select max(no) from record.seal)")
      ).includes('seal does not follow the one before'),
    )
    const gone = await foundAfter("delete from record.deed where name = 'person.edited'")
    assert.deepEqual(gone, ['change without a deed', 'seal does not match its deeds'])
    assert.deepEqual(await read(office, verifyHistory), [], 'what was tried has left nothing')
  })

  it('forgets by rule, and the chain still holds', async () => {
    const person = await enter(office, 'Secreta Apaza')
    await rename(office, person, 'Secreta Mamani')
    await seal(place)
    const emptied = await record(office, 'person.erased', { about: { kind: 'person', id: person } }, async (db) => {
      await sql`update network.person set given_names = '', erased_at = now() where id = ${person}`.execute(db)
      return eraseHistory(db, 'network.person', [person], 'asked by the person')
    })
    assert.equal(emptied, 2)
    const history = await read(office, (db) => listHistory(office, db, person))
    assert.deepEqual(
      history
        .slice(1)
        .map(({ name, reason, changes: [change] }) => [
          name,
          reason,
          change!.before,
          change!.after,
          change!.erasedUnder,
        ]),
      [
        ['person.edited', null, null, null, 'asked by the person'],
        ['person.entered', null, null, null, 'asked by the person'],
      ],
    )
    await seal(place)
    assert.deepEqual(await read(office, verifyHistory), [])
  })
})

describe('a query that forgets its condition', () => {
  it('reaches only the rows of its own country, institution or person', () =>
    inRollback(async (database) => {
      const office = system(database, 'test', now)
      const [peru, brazil] = await twoCountries(office)
      const network: Reach = { person: null, networkWide: true, institutions: [], countries: [] }
      const nobody: Reach = { ...network, networkWide: false }
      for (const table of ['network.proposed_edit', 'network.person_contact', 'network.institution_return']) {
        const everything = async (reach: Reach) =>
          database.transaction(reach, 'read', async (db) =>
            (await sql<{ id: string }>`select id from ${sql.table(table)} order by id`.execute(db)).rows.map(
              ({ id }) => id,
            ),
          )
        const own = (of: Place) => [of.rows[table]!]
        assert.deepEqual(await everything(network), [...own(peru!), ...own(brazil!)].sort(), table)
        assert.deepEqual(await everything(nobody), [], table)
        for (const one of [peru!, brazil!]) {
          assert.deepEqual(await everything({ ...nobody, countries: [one.code] }), own(one), table)
          assert.deepEqual(
            await everything(
              table === 'network.person_contact'
                ? { ...nobody, person: one.person }
                : { ...nobody, institutions: [one.institution] },
            ),
            own(one),
            table,
          )
        }
        // And it changes nothing that it does not reach.
        await assert.rejects(
          database.transaction({ ...nobody, countries: ['PE'] }, 'write', async (db) => {
            await sql`select record.begin('row.changed', 'system', null, null, null, null, null, null, 'test', null)`.execute(
              db,
            )
            const { numAffectedRows } = await sql`update ${sql.table(table)} set id = id`.execute(db)
            assert.equal(numAffectedRows, 1n, table)
            throw new Error('seen')
          }),
          /^Error: seen$/,
        )
      }
    }))

  it('never runs under a role that sees everything: the server refuses to start with one', async () => {
    const place = await testDatabase()
    try {
      await requireModestApp(place.addresses.app)
      await assert.rejects(requireModestApp(place.addresses.superuser), /bypasses row-level security/)
      await assert.rejects(requireModestApp(place.addresses.owner), /owns the database|may make roles/)
    } finally {
      await place.close()
    }
  })
})

type Place = { code: string; institution: string; person: string; rows: Record<string, string> }

/** Two countries, each with a museum, a person with an address, an edit that waits and a return. */
async function twoCountries(office: Actor): Promise<Place[]> {
  return record(office, 'network.described', {}, async (db) => {
    const one = async (made: ReturnType<typeof sql<{ id: string }>>) => (await made.execute(db)).rows[0]!.id
    const places: Place[] = []
    for (const code of ['PE', 'BR']) {
      await sql`insert into network.country (code, in_region, zone, working_languages) values (${code}, true, 'America/Lima', '{es}')`.execute(
        db,
      )
      const institution = await one(
        sql`insert into network.institution (slug, country_code, kind, name, city, state) values (${`museo-${code.toLowerCase()}`}, ${code}, 'museum', 'Museo', 'Ciudad', 'listed') returning id`,
      )
      const person = await one(
        sql`insert into network.person (given_names, country_code) values ('Rosa', ${code}) returning id`,
      )
      const title = await one(
        sql`insert into text.text_set (owner_kind, room, purpose, source_language) values ('network', 'network', 'title', 'es') returning id`,
      )
      const instrument = await one(
        sql`insert into network.instrument (code, year, kind, title_id, questionnaire_version_id, zone) values (${`visitas-${code}`}, 2026, 'visitors', ${title}, uuidv7(), 'America/Lima') returning id`,
      )
      places.push({
        code,
        institution,
        person,
        rows: {
          'network.person_contact': await one(
            sql`insert into network.person_contact (person_id, email) values (${person}, ${`rosa@${code.toLowerCase()}.example`}) returning id`,
          ),
          'network.proposed_edit': await one(
            sql`insert into network.proposed_edit (institution_id, person_id, changes) values (${institution}, ${person}, '{}') returning id`,
          ),
          'network.institution_return': await one(
            sql`insert into network.institution_return (instrument_id, institution_id, response_id) values (${instrument}, ${institution}, uuidv7()) returning id`,
          ),
        },
      })
    }
    return places
  })
}

const seal = ({ asOwner }: TestDatabase): Promise<number> =>
  asOwner.transaction(reachOf(system(asOwner, 'seal')), 'write', (db: Db) => sealDeeds(db))

const namesOf = async (actor: Actor, id: string): Promise<string[]> =>
  read(actor, async (db) =>
    (await sql<{ givenNames: string }>`select given_names from network.person where id = ${id}`.execute(db)).rows.map(
      ({ givenNames }) => givenNames,
    ),
  )

const count = async (actor: Actor, from: ReturnType<typeof sql>): Promise<number> =>
  read(actor, async (db) => (await sql<{ count: number }>`select count(*) from ${from}`.execute(db)).rows[0]!.count)

const onlyDeedAbout = async (actor: Actor, rowId: string): Promise<string> =>
  read(actor, async (db) => {
    const { rows } = await sql<{ deedId: string }>`select deed_id from record.change where row_id = ${rowId}`.execute(
      db,
    )
    assert.equal(rows.length, 1)
    return rows[0]!.deedId
  })
