/**
 * The first file of every run: it shows that the ground stands, and ends the run. A hook outside of any test belongs to the
 * whole run and comes after its last test.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { leaveGround } from './ground.ts'
import { inRollback } from './database.ts'
import { called, stayHere } from './network.ts'

stayHere()

after(async () => {
  await leaveGround()
  // node:test counts when nothing is open any more. What a test left open would keep it waiting for ever.
  setTimeout(() => {
    console.error(`A test left something open: ${process.getActiveResourcesInfo().join(', ')}`)
    process.exit(1)
  }, 10_000).unref()
  assert.deepEqual(called, [], 'tests called other machines, and something swallowed the refusal')
})

test('The tests speak to PostgreSQL 18 as a role that row security binds', () =>
  inRollback(async (_database, { client }) => {
    const { rows } = await client.query(
      `select current_setting('server_version_num')::int / 10000 as version, rolsuper or rolbypassrls as mighty
       from pg_roles where rolname = current_user`,
    )
    assert.deepEqual(rows, [{ version: 18, mighty: false }])
  }))
