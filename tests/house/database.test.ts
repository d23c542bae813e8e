import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import pg from 'pg'
// @ts-expect-error -- plain JavaScript, read by any Node; its types are in its comments
import { generated } from '../../bin/types.mjs'
import { mayEnter } from '../../src/house.ts'
import { clone } from '../help/ground.ts'
import { textOfFile } from './sources.ts'

/** Schemas whose tables people's deeds write: the rooms' and the text's. */
const watched = [...Object.keys(mayEnter), 'text']

/** Tables outside the record, each with its reason. */
const unrecorded: Record<string, string> = {
  'front.failure': 'what failed is no deed, and is kept though the deed that failed rolled back',
}

describe('the database', () => {
  let client: pg.Client
  let owner: string
  before(async () => {
    owner = (await clone()).owner
    client = new pg.Client({ connectionString: owner })
    await client.connect()
  })
  after(() => client.end())
  const rows = async <Row>(sql: string, values: unknown[] = []) => (await client.query(sql, values)).rows as Row[]

  it('is what its generated descriptions say', async (t: TestContext) => {
    const current = (await generated(owner)) as Record<string, string>
    t.diagnostic(`examined ${Object.keys(current).length} files`)
    assert.ok(Object.keys(current).length >= 2)
    for (const [path, text] of Object.entries(current)) {
      assert.ok(text.length > 5_000, `${path} describes nothing`)
      assert.ok(textOfFile(path) === text, `${path} is not current: npm run types`)
    }
  })

  it('keeps history of every table of every room', async (t: TestContext) => {
    const tables = await rows<{ name: string; id: string | null; triggers: string[] }>(
      `select n.nspname || '.' || c.relname as name,
         (select format_type(atttypid, atttypmod) || ' ' || pg_get_expr(adbin, adrelid) from pg_attribute join pg_attrdef on adrelid = attrelid and adnum = attnum
          where attrelid = c.oid and attname = 'id') as id,
         array(select p.proname || ' ' || t.tgtype::text from pg_trigger t join pg_proc p on p.oid = t.tgfoid
           where t.tgrelid = c.oid and not t.tgisinternal and t.tgenabled = 'O' and p.proname = 'keep' order by t.tgtype) as triggers
       from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname = any ($1) order by 1`,
      [watched],
    )
    t.diagnostic(`examined ${tables.length} tables`)
    assert.ok(tables.length >= 20, 'the law went blind')
    assert.deepEqual(
      tables.filter(({ id }) => id !== 'uuid uuidv7()').map(({ name }) => name),
      [],
      'these have no id of their own',
    )
    // Statement-level triggers after insert (4), delete (8) and update (16).
    const unkept = tables.filter(
      ({ name, triggers }) => triggers.join() !== (name in unrecorded ? '' : 'keep 4,keep 8,keep 16'),
    )
    assert.deepEqual(
      unkept.map(({ name, triggers }) => `${name} ${triggers.join()}`),
      [],
      'history does not see these',
    )
  })

  it('names its constraints in sentences', async (t: TestContext) => {
    const constraints = await rows<{ name: string; relation: string; says: string }>(
      `select conname as name, conrelid::regclass::text as relation, pg_get_constraintdef(c.oid) as says from pg_constraint c join pg_namespace n on n.oid = c.connamespace
       where n.nspname = any ($1) and contype in ('c', 'u', 'x') and conrelid <> 0 order by 2, 1`,
      [watched],
    )
    t.diagnostic(`examined ${constraints.length} constraints`)
    assert.ok(constraints.length >= 30, 'the law went blind')
    // A list of permitted codes, or a flag, needs no sentence: forms offer nothing else, and no person can break it.
    const silent = constraints.filter(
      ({ name, says }) => name.split(' ').length < 3 && !/= ANY \(|^CHECK \(\w+\)$/.test(says),
    )
    assert.deepEqual(
      silent.map(({ name, relation }) => `${relation} ${name}`),
      [],
    )
  })

  it('guards by row what is somebody’s own', async (t: TestContext) => {
    const tables = await rows<{ name: string; secured: boolean; policies: number }>(
      `select w.relation as name, c.relrowsecurity as secured, (select count(*)::int from pg_policy where polrelid = c.oid) as policies
       from record.watched w join pg_class c on c.oid = w.relation::regclass where w.keeper is not null order by 1`,
    )
    t.diagnostic(`examined ${tables.length} tables with a keeper`)
    assert.ok(tables.length >= 3, 'the law went blind')
    assert.deepEqual(
      tables.filter(({ secured, policies }) => !secured || policies === 0).map(({ name }) => name),
      [],
    )
  })

  it('gives the role that serves pages no more than it needs', async (t: TestContext) => {
    const powers = await rows<{ name: string; owns: boolean; truncates: boolean }>(
      `select n.nspname || '.' || c.relname as name, pg_has_role('quipu_app', c.relowner, 'member') as owns,
         has_table_privilege('quipu_app', c.oid, 'truncate') or has_table_privilege('quipu_app', c.oid, 'trigger') as truncates
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm') and n.nspname !~ '^(pg_|information_schema|public)' order by 1`,
    )
    t.diagnostic(`examined ${powers.length} tables and views`)
    assert.ok(powers.length >= 40, 'the law went blind')
    assert.deepEqual(
      powers.filter(({ owns, truncates }) => owns || truncates),
      [],
    )
    const history = await rows<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'record' and c.relkind = 'r' and has_table_privilege('quipu_app', c.oid, 'insert, update, delete')`,
    )
    assert.deepEqual(history, [], 'history is written by its functions alone')
  })

  it('lets no view show rows that row security hides', async (t: TestContext) => {
    const views = await rows<{ name: string; invoker: boolean; secured: string[] }>(
      `select n.nspname || '.' || c.relname as name, coalesce('security_invoker=true' = any (c.reloptions), false) as invoker,
         array(select distinct s.oid::regclass::text from pg_rewrite r join pg_depend d on d.objid = r.oid and d.classid = 'pg_rewrite'::regclass
           join pg_class s on s.oid = d.refobjid and d.refclassid = 'pg_class'::regclass
           where r.ev_class = c.oid and s.relrowsecurity order by 1) as secured
       from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'v' and n.nspname = any ($1) order by 1`,
      [watched],
    )
    t.diagnostic(`examined ${views.length} views`)
    assert.ok(views.length >= 1, 'the law went blind')
    assert.deepEqual(
      views
        .filter(({ invoker, secured }) => !invoker && secured.length > 0)
        .map(({ name, secured }) => `${name} reads ${secured.join()}`),
      [],
    )
  })
})
