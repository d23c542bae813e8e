// What there is to copy, asked of the catalogue, so that no table can be forgotten.
import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import type { Client } from 'pg'

/** A table and how to copy it: quoted name, quoted columns (generated ones left out) and an order that every machine agrees on. */
export type Table = { schema: string; name: string; quoted: string; columns: string[]; list: string; order: string }

/** Values are written alike whatever the server's settings, and a policy that would hide rows is an error instead of a loss. */
export async function settleSession(client: Client): Promise<void> {
  await client.query(
    `set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set bytea_output = 'hex';
     set extra_float_digits = 1; set client_encoding = 'UTF8'; set row_security = off;
     set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set lock_timeout = '30s'`,
  )
}

/** Every table that is kept on disk, but those of the job queue, whose jobs are told in its own terms. */
export async function listTables(client: Client): Promise<Table[]> {
  const { rows } = await client.query<{
    schema: string
    name: string
    columns: string[]
    key: { name: string; collated: boolean }[] | null
  }>(`
    select n.nspname as schema, c.relname as name,
      array(select attname::text from pg_attribute a where a.attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns,
      (select json_agg(json_build_object('name', a.attname, 'collated', a.attcollation <> 0) order by array_position(i.indkey::int2[], a.attnum))
       from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey) where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker')
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
    order by 1, 2`)
  return rows.map(({ schema, name, columns, key }) => {
    const quoted = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`
    const list = columns.map((column) => client.escapeIdentifier(column)).join(', ')
    const order = key
      ? key.map((column) => client.escapeIdentifier(column.name) + (column.collated ? ' collate "C"' : '')).join(', ')
      : `row(${list})::text collate "C"`
    return { schema, name, quoted, columns, list, order }
  })
}

/** The statement that writes a table out in its order. */
export function copyOut({ quoted, list, order }: Table): string {
  return `copy (select ${list} from ${quoted} order by ${order}) to stdout`
}

export type Measured = { bytes: number; rows: number; sha256: string }

/** Passes bytes on, counting them, their lines and their hash; `done` is told before whoever reads sees the end. */
export function measure(done: (measured: Measured) => void): Transform {
  const hash = createHash('sha256')
  let bytes = 0
  let rows = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk)
      bytes += chunk.length
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows += 1
      next(null, chunk)
    },
    flush(next) {
      done({ bytes, rows, sha256: hash.digest('hex') })
      next()
    },
  })
}
