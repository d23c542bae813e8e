import type { Actor } from '#kit/access'
import { sql } from '#kit/db'
import type { Inspection, Row } from '#kit/import'
import { record } from '#kit/record'
import type { InstitutionMapping } from '../mapping.ts'

/** Inside the jobs: what a file turned out to be, with the first mapping proposed. */
export function keepInspection(
  actor: Actor,
  id: string,
  read:
    | { inspection: Inspection; sample: Row[]; mapping: InstitutionMapping }
    | { unreadable: { code: string; values: Record<string, string | number> } },
): Promise<void> {
  return record(actor, 'import.read', { about: { kind: 'import', id } }, async (db) => {
    if ('unreadable' in read) {
      await sql`update network.import set state = 'unreadable', unreadable = ${JSON.stringify(read.unreadable)}::jsonb where id = ${id}::uuid and state = 'reading'`.execute(
        db,
      )
      return
    }
    const { inspection, sample, mapping } = read
    const rows = sample.map(({ number, line, cells, flaws }) => ({ number, line, cells, raw: null, flaws }))
    await sql`update network.import set state = 'mapping', reading = ${JSON.stringify(inspection.reading)}::jsonb, columns = ${JSON.stringify(inspection.columns)}::jsonb,
      row_count = ${inspection.rows}, sample = ${JSON.stringify(rows)}::jsonb, mapping = ${JSON.stringify(mapping)}::jsonb where id = ${id}::uuid and state = 'reading'`.execute(
      db,
    )
  })
}

/** The work on an import ended before its end: it may be begun again, or undone. Called by the jobs. */
export function stopImport(actor: Actor, id: string): Promise<void> {
  return record(actor, 'import.stopped', { about: { kind: 'import', id } }, async (db) => {
    await sql`update network.import set state = case state when 'running' then 'stopped' when 'checking' then 'mapping' when 'undoing' then 'stopped' else state end
      where id = ${id}::uuid`.execute(db)
  })
}
