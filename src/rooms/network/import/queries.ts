import { found, type Actor } from '#kit/access'
import { sql, type Db } from '#kit/db'
import type { Column, Reading, Row } from '#kit/import'
import { visibleImports, type ImportStanding } from './access.ts'
import type { InstitutionMapping } from './mapping.ts'
import type { Counts, RowOutcome } from './work/batch.ts'
import type { EntersAs } from './work/enter.ts'
import type { LaterEdits, Undone } from './work/undo.ts'

export type ImportState =
  | 'reading'
  | 'unreadable'
  | 'mapping'
  | 'checking'
  | 'checked'
  | 'running'
  | 'stopped'
  | 'done'
  | 'undoing'
  | 'undone'

/** An import with all that its pages show but its rows. */
export type Import = ImportStanding & {
  id: string
  fileId: string
  fileName: string
  bytes: number
  state: ImportState
  unreadable: { code: string; values: Record<string, string | number> } | null
  reading: Reading | null
  columns: Column[]
  sample: Row[]
  rowCount: number
  mapping: InstitutionMapping | null
  mappingRevision: number
  checkedRevision: number | null
  entersAs: EntersAs
  counts: Partial<Counts>
  atRow: number
  undo: ({ later: LaterEdits } & Partial<Undone>) | null
  broughtAt: string
  finishedAt: string | null
  broughtBy: string | null
}

/** One import in the actor's reach, or `Absent`. */
export async function findImport(actor: Actor, db: Db, id: string): Promise<Import> {
  const { rows } = await sql<Import>`
    select m.*, (select p.full_name from network.person p where p.id = m.person_id) as brought_by
    from network.import m where m.id = ${id}::uuid and ${visibleImports(actor)}`.execute(db)
  return found(rows[0])
}

export type ImportBrief = Pick<
  Import,
  'id' | 'fileName' | 'countryCode' | 'state' | 'rowCount' | 'counts' | 'broughtAt' | 'broughtBy'
> & { source: string }

/** Imports in the actor's reach, the newest first, with how many there are. */
export async function listImports(
  actor: Actor,
  db: Db,
  { limit = 30, offset = 0 }: { limit?: number; offset?: number } = {},
): Promise<{ imports: ImportBrief[]; count: number }> {
  const { rows } = await sql<ImportBrief & { whole: number }>`
    select m.id, m.file_name, m.country_code, m.state, m.row_count, m.counts, m.brought_at, coalesce(m.mapping ->> 'source', '') as source,
      (select p.full_name from network.person p where p.id = m.person_id) as brought_by, count(*) over ()::integer as whole
    from network.import m where ${visibleImports(actor)} order by m.brought_at desc, m.id desc limit ${limit} offset ${offset}`.execute(
    db,
  )
  return { imports: rows, count: rows[0]?.whole ?? 0 }
}

export type KeptFinding = {
  number: number
  refuses: boolean
  columnPath: string
  field: string
  code: string
  value: string
  fills: Record<string, string | number>
  remedy: 'emptied' | 'corrected' | 'noted' | null
}

export type FindingGroup = Pick<KeptFinding, 'code' | 'columnPath' | 'field' | 'refuses' | 'remedy' | 'fills'> & {
  count: number
  samples: string[]
}

/** What is wrong, by reason and column, the most frequent first: each group with some of the values that stand there. */
export async function listFindingGroups(_actor: Actor, db: Db, importId: string): Promise<FindingGroup[]> {
  const { rows } = await sql<FindingGroup>`
    select code, column_path, field, refuses, remedy, (array_agg(fills order by number))[1] as fills, count(*)::integer as count, (array_agg(distinct value) filter (where value <> ''))[1:5] as samples
    from import.finding where import_id = ${importId}::uuid
    group by code, column_path, field, refuses, remedy order by refuses desc, count(*) desc, code, column_path`.execute(
    db,
  )
  return rows.map((row) => ({ ...row, samples: row.samples ?? [] }))
}

/** Findings row by row, of one reason and column or of all. */
export async function listFindings(
  _actor: Actor,
  db: Db,
  importId: string,
  {
    code,
    column,
    limit = 50,
    offset = 0,
  }: { code?: string | null; column?: string | null; limit?: number; offset?: number } = {},
): Promise<{ findings: KeptFinding[]; count: number }> {
  const { rows } = await sql<KeptFinding & { whole: number }>`
    select number, refuses, column_path, field, code, value, fills, remedy, count(*) over ()::integer as whole from import.finding
    where import_id = ${importId}::uuid and (${code ?? null}::text is null or code = ${code ?? null}) and (${column ?? null}::text is null or column_path = ${column ?? null})
    order by number, column_path limit ${limit} offset ${offset}`.execute(db)
  return { findings: rows, count: rows[0]?.whole ?? 0 }
}

/** Every refused row with all its reasons: for the file that is handed back. */
export async function loadRefusals(_actor: Actor, db: Db, importId: string): Promise<Map<number, KeptFinding[]>> {
  const { rows } = await sql<KeptFinding>`
    select number, refuses, column_path, field, code, value, fills, remedy from import.finding
    where import_id = ${importId}::uuid and refuses order by number, column_path`.execute(db)
  return Map.groupBy(rows, ({ number }) => number)
}

export type TouchedInstitution = {
  number: number
  outcome: RowOutcome
  undone: 'undone' | 'kept' | 'nothing' | null
  id: string
  slug: string
  name: string
  city: string
}

/** The institutions that an import entered or changed, in the order of the file; `kept`: those that undoing left as they are. */
export async function listTouched(
  _actor: Actor,
  db: Db,
  importId: string,
  { kept = false, limit = 50, offset = 0 }: { kept?: boolean; limit?: number; offset?: number } = {},
): Promise<{ institutions: TouchedInstitution[]; count: number }> {
  const { rows } = await sql<TouchedInstitution & { whole: number }>`
    select w.number, w.outcome, w.undone, i.id, i.slug, i.name, i.city, count(*) over ()::integer as whole
    from import.row w join network.institution i on i.id = w.subject_id
    where w.import_id = ${importId}::uuid and w.outcome in ('created', 'updated') and (not ${kept}::boolean or w.undone = 'kept')
    order by w.number limit ${limit} offset ${offset}`.execute(db)
  return { institutions: rows, count: rows[0]?.whole ?? 0 }
}

/** Institutions that an import touched and somebody has changed since: what undoing would leave, or write over. */
export async function listLaterEdits(
  _actor: Actor,
  db: Db,
  importId: string,
  limit = 100,
): Promise<{ institutions: Omit<TouchedInstitution, 'undone'>[]; count: number }> {
  const { rows } = await sql<Omit<TouchedInstitution, 'undone'> & { whole: number }>`
    with ours as (select distinct deed_id from import.row where import_id = ${importId}::uuid and deed_id is not null)
    select w.number, w.outcome, i.id, i.slug, i.name, i.city, count(*) over ()::integer as whole
    from import.row w join network.institution i on i.id = w.subject_id
    where w.import_id = ${importId}::uuid and w.outcome in ('created', 'updated')
      and exists (select from record.change c where c.relation = 'network.institution' and c.row_id = i.id and c.deed_id > w.deed_id and c.deed_id not in (select deed_id from ours))
    order by w.number limit ${limit}`.execute(db)
  return { institutions: rows, count: rows[0]?.whole ?? 0 }
}

export type KeptMapping = {
  id: string
  name: string
  source: string
  shared: boolean
  author: string | null
  fits: number
}

/** Kept mappings that the actor may take, those first whose columns the file has; `fits` is their share, 0–1. */
export async function listMappings(_actor: Actor, db: Db, columns: readonly string[]): Promise<KeptMapping[]> {
  const { rows } = await sql<KeptMapping>`
    select k.id, k.name, k.source, k.shared, (select p.full_name from network.person p where p.id = k.person_id) as author,
      (select count(*) filter (where c = any (${columns}::text[]))::float8 / greatest(count(*), 1) from unnest(k.columns) as c) as fits
    from network.import_mapping k order by fits desc, k.changed_at desc limit 30`.execute(db)
  return rows
}
