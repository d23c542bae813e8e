import { Absent, Changed, found, Problems, require, type Actor, type Problem } from '#kit/access'
import { sql, type Db } from '#kit/db'
import { describeFile, takeDraft, type Wanted } from '#kit/files'
import { listWork, startWork } from '#kit/jobs'
import { record } from '#kit/record'
import { mayBring, mayEnterAs, mayHandle, mayImport } from './access.ts'
import { faultsOf, type InstitutionMapping } from './mapping.ts'
import { findImport, type Import } from './queries.ts'
import { works } from './jobs.ts'
import type { EntersAs } from './work/enter.ts'
import type { LaterEdits } from './work/undo.ts'

/** Locks an import for a deed and answers it as it stands; `Absent` out of reach. */
const take = async (actor: Actor, db: Db, id: string): Promise<Import> => {
  await sql`select id from network.import where id = ${id}::uuid for update`.execute(db)
  return findImport(actor, db, id)
}

/** Whether the work that an import's state speaks of has failed for good, so that it may be begun again. */
const hasFailed = async (actor: Actor, db: Db, it: Import): Promise<boolean> => {
  const [work] = await listWork(actor, db, { about: it.id, limit: 1 })
  return work?.state === 'failed'
}

const inState = (it: Import, ...states: Import['state'][]): void => {
  if (!states.includes(it.state)) throw new Problems([{ field: '', words: 'import.problem.wrong-stage' }])
}

/**
 * Brings a register: the draft of a file that has arrived is kept, and the jobs' process begins to read it. `country`
 * null: it spans several, which is for the network's office. Answers the import's id.
 */
export function bringImport(
  actor: Actor,
  input: { fileId: string; country: string | null; wanted: Wanted },
  once: string | null = null,
): Promise<string> {
  return record(actor, 'import.brought', { about: { kind: 'import' }, once }, async (db, deed) => {
    require(mayBring(actor, input.country))
    const problems: Problem[] = []
    const file = await takeDraft(actor, db, input.fileId, 'file', input.wanted, problems)
    if (input.country !== null) {
      const known = await sql`select from network.country where code = ${input.country}`.execute(db)
      if (known.rows.length === 0) problems.push({ field: 'country', words: 'kit.problem.country' })
    }
    if (file === null || problems.length > 0) throw new Problems(problems)
    const { rows } = await sql<{ id: string }>`
      insert into network.import (file_id, file_name, bytes, person_id, country_code)
      values (${file.id}::uuid, ${file.name}, ${file.bytes}, ${actor.personId}::uuid, ${input.country}) returning id`.execute(
      db,
    )
    const { id } = rows[0]!
    await describeFile(actor, db, file.id, { state: 'kept', about: { kind: 'import', id } })
    deed.concerns(id)
    await startWork(actor, db, deed, works.inspect, { importId: id }, { about: { kind: 'import', id } })
    return id
  })
}

/** Keeps a mapping as it is being made, whole or not: what is wrong with it is said when it is to be run. */
export function mapImport(
  actor: Actor,
  id: string,
  input: { mapping: InstitutionMapping; entersAs: EntersAs },
  sent: { once?: string | null; version?: string | null } = {},
): Promise<void> {
  return record(actor, 'import.mapped', { about: { kind: 'import', id }, once: sent.once ?? null }, async (db) => {
    const it = await take(actor, db, id)
    require(mayEnterAs(actor, it, input.entersAs))
    inState(it, 'mapping', 'checked')
    if (sent.version && sent.version !== String(it.mappingRevision)) throw new Changed()
    await sql`update network.import set mapping = ${JSON.stringify(input.mapping)}::jsonb, mapping_revision = mapping_revision + 1, enters_as = ${input.entersAs}
      where id = ${id}::uuid`.execute(db)
  })
}

const requireWhole = (it: Import): void => {
  const faults =
    it.mapping === null
      ? []
      : faultsOf(
          it.mapping,
          it.columns.map(({ path }) => path),
        )
  if (it.mapping === null || faults.length > 0) throw new Problems(faults)
}

/** Starts a dry run: every cell is read and every row judged, and nothing of the register is touched. */
export function startCheck(actor: Actor, id: string, once: string | null = null): Promise<string> {
  return record(actor, 'import.check-started', { about: { kind: 'import', id }, once }, async (db, deed) => {
    const it = await take(actor, db, id)
    require(mayHandle(actor, it))
    if (!(it.state === 'checking' && (await hasFailed(actor, db, it)))) inState(it, 'mapping', 'checked')
    requireWhole(it)
    await sql`update network.import set state = 'checking' where id = ${id}::uuid`.execute(db)
    return startWork(actor, db, deed, works.check, { importId: id }, { about: { kind: 'import', id } })
  })
}

/** Starts, or goes on with, entering the rows. The mapping must be the one that was checked. */
export function startImport(actor: Actor, id: string, once: string | null = null): Promise<string> {
  return record(actor, 'import.started', { about: { kind: 'import', id }, once }, async (db, deed) => {
    const it = await take(actor, db, id)
    require(mayEnterAs(actor, it, it.entersAs))
    if (!(it.state === 'running' && (await hasFailed(actor, db, it)))) inState(it, 'checked', 'stopped')
    if (it.state === 'checked' && it.checkedRevision !== it.mappingRevision)
      throw new Problems([{ field: '', words: 'import.problem.check-again' }])
    await sql`update network.import set state = 'running' where id = ${id}::uuid`.execute(db)
    return startWork(actor, db, deed, works.run, { importId: id }, { about: { kind: 'import', id } })
  })
}

/** Starts undoing an import whole. What others changed since is kept or undone with it, as asked. */
export function startUndo(actor: Actor, id: string, later: LaterEdits, once: string | null = null): Promise<string> {
  return record(actor, 'import.undo-started', { about: { kind: 'import', id }, once }, async (db, deed) => {
    const it = await take(actor, db, id)
    require(mayHandle(actor, it))
    inState(it, 'done', 'stopped')
    await sql`update network.import set state = 'undoing', undo = ${JSON.stringify({ later })}::jsonb where id = ${id}::uuid`.execute(
      db,
    )
    return startWork(actor, db, deed, works.undo, { importId: id }, { about: { kind: 'import', id } })
  })
}

/** Keeps a mapping under a name for the next time, for oneself or for everyone who imports. One's own of the same name is replaced. */
export function keepMapping(
  actor: Actor,
  id: string,
  input: { name: string; shared: boolean },
  once: string | null = null,
): Promise<string> {
  return record(actor, 'import-mapping.kept', { about: { kind: 'import-mapping' }, once }, async (db, deed) => {
    require(mayImport(actor))
    const it = await findImport(actor, db, id)
    if (it.mapping === null || it.reading === null) throw new Absent()
    const columns = it.columns.map(({ path }) => path)
    const { rows } = await sql<{ id: string }>`
      insert into network.import_mapping (name, source, format, columns, mapping, shared, person_id)
      values (${input.name.trim()}, ${it.mapping.source}, ${it.reading.format}, ${columns}::text[], ${JSON.stringify(it.mapping)}::jsonb, ${input.shared}, ${actor.personId}::uuid)
      on conflict on constraint "a person names a mapping once" do update set source = excluded.source, format = excluded.format, columns = excluded.columns,
        mapping = excluded.mapping, shared = excluded.shared, changed_at = now()
      returning id`.execute(db)
    deed.concerns(rows[0]!.id)
    return rows[0]!.id
  })
}

/** Takes a kept mapping for this import: its rules for the columns that the file has. */
export function takeMapping(actor: Actor, id: string, mappingId: string, once: string | null = null): Promise<void> {
  return record(actor, 'import.mapped', { about: { kind: 'import', id }, once }, async (db) => {
    const it = await take(actor, db, id)
    require(mayHandle(actor, it))
    inState(it, 'mapping', 'checked')
    const { rows } = await sql<{
      mapping: InstitutionMapping
    }>`select mapping from network.import_mapping where id = ${mappingId}::uuid`.execute(db)
    const { mapping } = found(rows[0])
    const columns = new Set(it.columns.map(({ path }) => path))
    const fitting: InstitutionMapping = {
      ...mapping,
      only: mapping.only.filter(({ column }) => columns.has(column)),
      rules: mapping.rules
        .map((rule) => ({ ...rule, from: rule.from.filter((column) => columns.has(column)) }))
        .filter(({ from, constant }) => from.length > 0 || constant !== undefined),
    }
    await sql`update network.import set mapping = ${JSON.stringify(fitting)}::jsonb, mapping_revision = mapping_revision + 1 where id = ${id}::uuid`.execute(
      db,
    )
  })
}
