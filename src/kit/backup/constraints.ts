// What would stand in the way of loading tables in any order: foreign keys are taken off and put back (which checks them all), triggers are put to sleep and woken.
import type { Client } from 'pg'

/** How it was, to be put back. */
export type Aside = {
  keys: { table: string; name: string; definition: string }[]
  triggers: { table: string; name: string; state: string }[]
  forced: string[]
}

const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker')`

/** Inside a transaction: as its owner one may not pass over foreign keys, but may take them off. */
export async function setConstraintsAside(client: Client): Promise<Aside> {
  const keys = await client.query<Aside['keys'][number]>(`
    select c.conrelid::regclass::text as table, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
    where c.contype = 'f' and c.conparentid = 0 and ${ours} order by 1, 2`)
  const triggers = await client.query<Aside['triggers'][number]>(`
    select g.tgrelid::regclass::text as table, quote_ident(g.tgname) as name, g.tgenabled as state
    from pg_trigger g join pg_class t on t.oid = g.tgrelid join pg_namespace n on n.oid = t.relnamespace
    where not g.tgisinternal and g.tgenabled <> 'D' and t.relkind = 'r' and ${ours} order by 1, 2`)
  const forced = await client.query<{ table: string }>(`
    select t.oid::regclass::text as table from pg_class t join pg_namespace n on n.oid = t.relnamespace where t.relforcerowsecurity and ${ours}`)
  for (const { table, name } of keys.rows) await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { table, name } of triggers.rows) await client.query(`alter table ${table} disable trigger ${name}`)
  for (const { table } of forced.rows) await client.query(`alter table ${table} no force row level security`)
  return { keys: keys.rows, triggers: triggers.rows, forced: forced.rows.map(({ table }) => table) }
}

/** Puts back what was set aside. A row that refers to nothing makes it fail, with the constraint's own sentence. */
export async function putConstraintsBack(client: Client, { keys, triggers, forced }: Aside): Promise<void> {
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`)
  const wake: Record<string, string> = { O: 'enable', A: 'enable always', R: 'enable replica' }
  for (const { table, name, state } of triggers)
    await client.query(`alter table ${table} ${wake[state]} trigger ${name}`)
  for (const table of forced) await client.query(`alter table ${table} force row level security`)
}
