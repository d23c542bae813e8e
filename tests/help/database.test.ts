import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { system } from '#kit/access'
import { read, record } from '#kit/record'
import { sql } from '#kit/db'
import { countStatements, inRollback, testDatabase } from './database.ts'

describe('databases for tests', () => {
  it('roll back what a deed wrote, and take turns', async () => {
    await inRollback(
      async (database, rollback) => {
        const actor = system(database, 'test')
        await record(actor, 'test.done', {}, (db) => sql`select 1`.execute(db))
        const deeds = () =>
          read(actor, (db) => db.selectFrom('record.deed').select('name').where('name', '=', 'test.done').execute())
        assert.deepEqual(await Promise.all([deeds(), deeds()]), [[{ name: 'test.done' }], [{ name: 'test.done' }]])
        assert.equal(await countStatements(rollback, deeds), 1)
      },
      { as: 'owner' },
    )
    await inRollback(
      async (database) => {
        const left = await read(system(database, 'test'), (db) =>
          db.selectFrom('record.deed').select('name').where('name', '=', 'test.done').execute(),
        )
        assert.deepEqual(left, [])
      },
      { as: 'owner' },
    )
  })

  it('give each its own clone', async () => {
    const [one, other] = [await testDatabase(), await testDatabase()]
    await record(system(one.database, 'test'), 'test.done', {}, (db) => sql`select 1`.execute(db))
    const deeds = (at: typeof one) =>
      read(system(at.database, 'test'), (db) =>
        db.selectFrom('record.deed').select('name').where('name', '=', 'test.done').execute(),
      )
    assert.deepEqual([await deeds(one), await deeds(other)], [[{ name: 'test.done' }], []])
  })
})
