// Longer than most because undoing is one walk backwards, and each step leans on the one before.
import { system, type Actor } from '#kit/access'
import { sql, type Database, type Db } from '#kit/db'
import { record } from '#kit/record'
import { removeTexts, setText } from '#kit/text'
import type { Tell } from './run.ts'
import { saysTheSame } from './said.ts'

/** What to do with institutions that somebody changed after the import: leave them as they are, or take the import's part back all the same. */
export type LaterEdits = 'keep' | 'undo'

export type Undone = { undone: number; kept: number; nothing: number }

const undoSize = 250

type Row = { number: number; outcome: string; institutionId: string; deedId: string }
type Changed = {
  id: number
  deedId: string
  relation: string
  rowId: string
  operation: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/** The history of institutions and of what hangs on them, from the import's first deed on, oldest first. */
const historyOf = async (
  db: Db,
  institutions: readonly string[],
  since: string,
): Promise<(Changed & { institutionId: string })[]> => {
  const { rows } = await sql<Changed & { institutionId: string }>`
    with part as (
      select i.id as institution_id, 'network.institution' as relation, i.id as row_id from network.institution i where i.id = any (${institutions}::uuid[])
      union all select n.institution_id, 'network.institution_name', n.id from network.institution_name n where n.institution_id = any (${institutions}::uuid[])
      union all select d.institution_id, 'network.identifier', d.id from network.identifier d where d.institution_id = any (${institutions}::uuid[])
      union all select i.id, 'text.version', v.id from network.institution i join text.version v on v.set_id = i.description_id where i.id = any (${institutions}::uuid[])
    )
    select p.institution_id, c.id, c.deed_id, c.relation, c.row_id, c.operation, c.before, c.after
    from part p join record.change c on c.row_id = p.row_id and c.relation = p.relation
    where c.deed_id >= ${since}::uuid order by c.id`.execute(db)
  return rows
}

/** What the import changed of an institution and what others changed afterwards. */
type Story = { ours: Changed[]; theirs: Changed[] }

const storiesOf = async (
  db: Db,
  rows: readonly Row[],
  deeds: ReadonlySet<string>,
  since: string,
): Promise<Map<string, Story>> => {
  const stories = new Map(rows.map(({ institutionId }) => [institutionId, { ours: [], theirs: [] } as Story]))
  for (const { institutionId, ...change } of await historyOf(db, [...stories.keys()], since)) {
    const story = stories.get(institutionId)!
    if (deeds.has(change.deedId)) story.ours.push(change)
    // What was done here before the import reached this institution is not a later edit.
    else if (story.ours.length > 0) story.theirs.push(change)
  }
  return stories
}

/** Completeness follows from the other fields, and a text counts its own revisions: that they moved is nobody's edit. */
const derived = new Set(['completeness', 'founded_year'])
const worded = new Set(['body'])

/** What changes of one row come to, all together: the fields that stand differently after the last than before the first. */
const net = (changes: readonly Changed[], counts: (field: string) => boolean): Set<string> => {
  const first = new Map<string, unknown>()
  const last = new Map<string, unknown>()
  for (const { before, after } of changes) {
    for (const [field, value] of Object.entries(before ?? {})) if (!first.has(field)) first.set(field, value)
    for (const [field, value] of Object.entries(after ?? {})) last.set(field, value)
  }
  return new Set(
    [...last]
      .filter(([field, value]) => counts(field) && !saysTheSame(value, first.get(field)))
      .map(([field]) => field),
  )
}

/** The fields of the institution that changes come to. An import that was undone after another comes to nothing. */
const fieldsOf = (changes: readonly Changed[]): Set<string> =>
  net(
    changes.filter(({ relation, operation }) => relation === 'network.institution' && operation === 'update'),
    (field) => !derived.has(field),
  )

/** Whether anything stands differently from how the import left it: a field, a name or identifier more, the words of the description. */
const wasEdited = ({ theirs }: Story): boolean => {
  if (fieldsOf(theirs).size > 0) return true
  const parts = Map.groupBy(
    theirs.filter(({ relation }) => relation !== 'network.institution'),
    ({ rowId }) => rowId,
  )
  return [...parts.values()].some(
    (changes) =>
      changes[0]!.operation === 'insert' ||
      net(changes, (field) => changes[0]!.relation !== 'text.version' || worded.has(field)).size > 0,
  )
}

/** Takes institutions away with everything that the import brought with them. */
const removeInstitutions = async (db: Db, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  const list = sql`any (${ids}::uuid[])`
  await sql`delete from import.entry where subject_id = ${list}`.execute(db)
  await sql`delete from network.identifier where institution_id = ${list}`.execute(db)
  await sql`delete from network.institution_name where institution_id = ${list}`.execute(db)
  await sql`delete from network.validation where institution_id = ${list}`.execute(db)
  const { rows } = await sql<{
    descriptionId: string | null
  }>`delete from network.institution where id = ${list} returning description_id`.execute(db)
  await removeTexts(
    db,
    rows.flatMap(({ descriptionId }) => (descriptionId === null ? [] : [descriptionId])),
  )
}

/** Gives fields the values that they had before the import's first change of them, but for those to be spared. */
const restoreRows = async (
  db: Db,
  stories: readonly { id: string; story: Story; spared: ReadonlySet<string> }[],
): Promise<void> => {
  const rows = stories.flatMap(({ id, story, spared }) => {
    const before: Record<string, unknown> = {}
    for (const change of story.ours)
      if (change.relation === 'network.institution' && change.operation === 'update')
        for (const [field, value] of Object.entries(change.before ?? {}))
          if (!(field in before) && !spared.has(field)) before[field] = value
    // Where others changed fields since, how complete the entry is has to be counted from what it is now.
    if (spared.size > 0) delete before['completeness']
    return Object.keys(before).length === 0 ? [] : [{ id, before }]
  })
  if (rows.length === 0) return
  await sql`update network.institution i set (${sql.raw(restorable.join(', '))}) = (select ${sql.raw(restorable.map((column) => `p.${column}`).join(', '))} from jsonb_populate_record(i, r.before) p)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, before jsonb) where i.id = r.id`.execute(db)
}

const restorable = [
  'name',
  'name_language',
  'kind',
  'legal_kind',
  'type',
  'collections',
  'governing_body',
  'region',
  'city',
  'address',
  'postcode',
  'latitude',
  'longitude',
  'coordinates_precision',
  'founded',
  'founded_year',
  'website',
  'email',
  'telephone',
  'opening_note',
  'admission',
  'admission_note',
  'services',
  'accessibility',
  'accessibility_note',
  'description_id',
  'completeness',
]

/** Takes back names and identifiers, and gives descriptions their words again. */
const restoreParts = async (actor: Actor, db: Db, stories: readonly Story[]): Promise<void> => {
  const inserted = (relation: string): string[] =>
    stories.flatMap(({ ours, theirs }) =>
      ours
        .filter((change) => change.relation === relation && change.operation === 'insert')
        .filter(({ rowId }) => !theirs.some((later) => later.rowId === rowId))
        .map(({ rowId }) => rowId),
    )
  for (const relation of ['network.institution_name', 'network.identifier'])
    await sql`delete from ${sql.raw(relation)} where id = any (${inserted(relation)}::uuid[])`.execute(db)
  for (const { ours, theirs } of stories) await restoreDescription(actor, db, ours, theirs)
}

const restoreDescription = async (
  actor: Actor,
  db: Db,
  ours: readonly Changed[],
  theirs: readonly Changed[],
): Promise<void> => {
  const first = new Map<string, Changed>()
  for (const change of ours)
    if (change.relation === 'text.version' && !first.has(change.rowId)) first.set(change.rowId, change)
  for (const [rowId, { before }] of first) {
    const since = theirs.filter((later) => later.rowId === rowId)
    if (net(since, (field) => worded.has(field)).size > 0) continue
    const { rows } = await sql<{
      setId: string
      language: string
    }>`select set_id, language from text.version where id = ${rowId}::uuid`.execute(db)
    const version = rows[0]
    if (version !== undefined)
      await setText(actor, db, version.setId, {
        language: version.language,
        body: (before?.['body'] as string | undefined) ?? '',
        publish: true,
      })
  }
}

/**
 * Takes back one stretch of an import, its last rows first, as one deed. Institutions that it entered go, those it changed
 * get their earlier values again. Those that others have changed since, or that something refers to, are kept and said to
 * be kept; with `later: 'undo'` the import's part is taken back all the same, and what cannot go is withdrawn.
 */
const undoRows = async (
  actor: Actor,
  db: Db,
  importId: string,
  rows: readonly Row[],
  deeds: ReadonlySet<string>,
  since: string,
  later: LaterEdits,
): Promise<Undone> => {
  const ids = rows.map(({ institutionId }) => institutionId)
  await sql`select id from network.institution where id = any (${ids}::uuid[]) order by id for update`.execute(db)
  const stories = await storiesOf(db, rows, deeds, since)
  const used = await sql<{ id: string }>`select distinct network.referred_to(${ids}::uuid[]) as id`.execute(db)
  const referred = new Set(used.rows.map(({ id }) => id))
  const created = new Set(rows.filter(({ outcome }) => outcome === 'created').map(({ institutionId }) => institutionId))
  const remove: string[] = []
  const withdraw: string[] = []
  const restore: { id: string; story: Story; spared: ReadonlySet<string> }[] = []
  const kept = new Set<string>()
  for (const [id, story] of stories) {
    const edited = wasEdited(story)
    if (created.has(id)) {
      if (!edited && !referred.has(id)) remove.push(id)
      else if (later === 'keep') kept.add(id)
      else if (referred.has(id)) withdraw.push(id)
      else remove.push(id)
    } else {
      const spared = later === 'keep' ? fieldsOf(story.theirs) : new Set<string>()
      restore.push({ id, story, spared })
      const ourFields = fieldsOf(story.ours)
      if (later === 'keep' && [...spared].some((field) => ourFields.has(field))) kept.add(id)
    }
  }
  await removeInstitutions(db, remove)
  await sql`update network.institution set state = 'withdrawn', validated_at = null, submitted_at = null where id = any (${withdraw}::uuid[]) and state not in ('merged', 'withdrawn')`.execute(
    db,
  )
  await restoreRows(db, restore)
  await restoreParts(
    actor,
    db,
    restore.map(({ story }) => story),
  )
  const told = rows.map(({ number, institutionId }) => ({
    number,
    undone: kept.has(institutionId) ? 'kept' : 'undone',
  }))
  await sql`update import.row w set undone = r.undone from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as r(number integer, undone text)
    where w.import_id = ${importId}::uuid and w.number = r.number`.execute(db)
  return { undone: rows.length - kept.size, kept: kept.size, nothing: 0 }
}

/** What the register had said before, for rows that are undone: a later reading then sees what it saw. */
const restoreSaid = async (db: Db, importId: string): Promise<void> => {
  const mine = sql`w.import_id = ${importId}::uuid and w.entry_key is not null and w.undone <> 'kept' and e.kind = 'institution' and e.key = w.entry_key
    and e.source = (select m.mapping ->> 'source' from network.import m where m.id = ${importId}::uuid)`
  await sql`update import.entry e set said = w.said_before from import.row w where ${mine} and w.said_before is not null`.execute(
    db,
  )
  await sql`delete from import.entry e using import.row w where ${mine} and w.said_before is null`.execute(db)
}

/**
 * Undoes an import whole, from its last row to its first, in stretches that are deeds; killed and called again it goes on.
 * What it restores it takes from the record. Answers how many rows were undone, kept, and had nothing to undo.
 */
export const undoImport = async (database: Database, id: string, later: LaterEdits, tell: Tell): Promise<Undone> => {
  const actor = system(database, `import:${id}`)
  const about = { about: { kind: 'import', id } }
  const { personId, deeds } = await record(actor, 'import.undo-resumed', about, async (db) => {
    await sql`update import.row set undone = 'nothing' where import_id = ${id}::uuid and undone is null and outcome not in ('created', 'updated')`.execute(
      db,
    )
    const found = await sql<{
      deedId: string
    }>`select distinct deed_id from import.row where import_id = ${id}::uuid and deed_id is not null`.execute(db)
    const who = await sql<{
      personId: string | null
    }>`select person_id from network.import where id = ${id}::uuid`.execute(db)
    return { personId: who.rows[0]?.personId ?? null, deeds: new Set(found.rows.map(({ deedId }) => deedId)) }
  })
  const since = [...deeds].sort()[0]
  let left = since !== undefined
  while (left) {
    left = await record(actor, 'import.batch-undone', { ...about, onBehalfOf: personId }, async (db) => {
      await sql`select id from network.import where id = ${id}::uuid for update`.execute(db)
      const { rows } = await sql<Row>`select number, outcome, subject_id as institution_id, deed_id from import.row
        where import_id = ${id}::uuid and undone is null order by number desc limit ${undoSize}`.execute(db)
      if (rows.length === 0) return false
      await undoRows(actor, db, id, rows, deeds, since!, later)
      await tell(rows.at(-1)!.number, db)
      return true
    })
  }
  return record(actor, 'import.undone', { ...about, onBehalfOf: personId }, async (db) => {
    const { rows } = await sql<{
      undone: keyof Undone
      count: number
    }>`select undone, count(*)::integer as count from import.row where import_id = ${id}::uuid group by undone`.execute(
      db,
    )
    await restoreSaid(db, id)
    const counts: Undone = { undone: 0, kept: 0, nothing: 0 }
    for (const { undone, count } of rows) counts[undone] = count
    await sql`update network.import set state = 'undone', undo = ${JSON.stringify({ later, ...counts })}::jsonb where id = ${id}::uuid`.execute(
      db,
    )
    return counts
  })
}
