import { system, type Actor } from '#kit/access'
import { readRows, type ImportFile, type Reading } from '#kit/import'
import { sql, type Database, type Db } from '#kit/db'
import { record } from '#kit/record'
import { checkRow, newContext, type Finding } from '../check.ts'
import type { InstitutionMapping } from '../mapping.ts'
import { enterBatch, judgeBatch, keepFindings, noCounts, type Batch, type Counts } from './batch.ts'
import type { EntersAs } from './enter.ts'
import { keyOf, saidOf } from './said.ts'

/** How many rows go into one deed. */
export const batchSize = 500

/** As much of an import as its work needs. */
export type Job = {
  id: string
  personId: string | null
  countryCode: string | null
  reading: Reading
  mapping: InstitutionMapping
  entersAs: EntersAs
  atRow: number
  counts: Partial<Counts>
  rowCount: number
}

/** Tells how far the work is; throws where it should stop. With `db`, kept together with the work itself. */
export type Tell = (done: number, db?: Db) => Promise<void>

export const loadJob = async (db: Db, id: string): Promise<Job> => {
  const { rows } = await sql<Job>`
    select id, person_id, country_code, reading, mapping, enters_as, at_row, counts, row_count from network.import where id = ${id}::uuid`.execute(
    db,
  )
  const job = rows[0]
  if (job === undefined) throw new Error(`there is no import ${id}`)
  return job
}

/** The countries that rows may be of: the import's own, else all of the network. */
const countriesFor = async (db: Db, job: Job): Promise<string[]> => {
  if (job.countryCode !== null) return [job.countryCode]
  const { rows } = await sql<{ code: string }>`select code from network.country`.execute(db)
  return rows.map(({ code }) => code)
}

type Cut = Batch & { last: number }

/**
 * The rows of a file in batches, checked. Rows up to `after` are read and remembered (they decide what is a repetition)
 * and belong to no batch.
 */
export async function* cutBatches(
  file: ImportFile,
  job: Job,
  countries: readonly string[],
  after: number,
  size = batchSize,
): AsyncGenerator<Cut> {
  const context = newContext(countries)
  const met = new Map<string, number>()
  let batch: Cut = { arriving: [], settled: [], findings: [], last: after }
  let rows = 0
  for await (const row of readRows(file, job.reading)) {
    const checked = checkRow(job.mapping, row, context)
    const accepted = checked.outcome === 'accepted'
    const key = accepted ? keyOf(checked.draft, job.mapping, met) : ''
    if (row.number <= after) continue
    const { findings } = batch
    for (const finding of checked.findings) findings.push(finding)
    if (accepted) {
      const report = (finding: Omit<Finding, 'row'>): void => void findings.push({ row: row.number, ...finding })
      batch.arriving.push({
        number: row.number,
        key,
        draft: checked.draft,
        said: saidOf(checked.draft, job.mapping),
        report,
      })
    } else batch.settled.push({ number: row.number, outcome: checked.outcome === 'refused' ? 'refused' : 'left-out' })
    batch.last = row.number
    if (++rows < size) continue
    yield batch
    rows = 0
    batch = { arriving: [], settled: [], findings: [], last: batch.last }
  }
  if (rows > 0) yield batch
}

/** The same, one ahead: while the database writes a batch the next one is read and checked. */
async function* ahead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = items.next()
  try {
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = items.next()
      // Its failure is told when its turn comes.
      next.catch(() => undefined)
      yield value
    }
  } finally {
    await items.return(undefined)
  }
}

const add = (counts: Counts, more: Partial<Counts>): Counts => {
  for (const outcome of Object.keys(more) as (keyof Counts)[]) counts[outcome] += more[outcome]!
  return counts
}

/**
 * A dry run: what each row would do, and everything that is wrong with every cell; nothing of the register is touched.
 * Answers how many rows would become what.
 */
export const checkAll = async (database: Database, file: ImportFile, job: Job, tell: Tell): Promise<Counts> => {
  const asSystem = system(database, `import:${job.id}`)
  const write = <T>(work: (db: Db) => Promise<T>): Promise<T> =>
    database.transaction({ person: null, networkWide: true, institutions: [], countries: [] }, 'write', work)
  const countries = await write(async (db) => {
    await sql`delete from import.finding where import_id = ${job.id}::uuid`.execute(db)
    return countriesFor(db, job)
  })
  const counts = noCounts()
  for await (const batch of cutBatches(file, job, countries, 0, 2000)) {
    await write(async (db) => {
      for (const { decision } of await judgeBatch(db, batch, job.mapping)) counts[decision.outcome]++
      await keepFindings(db, job.id, batch.findings)
    })
    for (const { outcome } of batch.settled) counts[outcome]++
    await tell(batch.last)
  }
  await record(
    asSystem,
    'import.checked',
    { about: { kind: 'import', id: job.id }, onBehalfOf: job.personId },
    async (db) => {
      await sql`update network.import set state = 'checked', counts = ${JSON.stringify(counts)}::jsonb, checked_revision = mapping_revision where id = ${job.id}::uuid and state = 'checking'`.execute(
        db,
      )
    },
  )
  return counts
}

/** What the country calls a museum, where its officer's import vouches for entries. */
const definitionOf = async (db: Db, job: Job): Promise<string> => {
  if (job.countryCode === null) return ''
  const { rows } = await sql<{
    definitionSource: string | null
  }>`select definition_source from network.country where code = ${job.countryCode}`.execute(db)
  return rows[0]?.definitionSource ?? ''
}

/** One batch as one deed: its rows, and how far the import has come, kept or lost together. */
export const runImportBatch = async (
  actor: Actor,
  job: Job,
  batch: Cut,
  definitionSource: string,
  tell: Tell,
): Promise<void> => {
  await record(
    actor,
    'import.batch-entered',
    { about: { kind: 'import', id: job.id }, onBehalfOf: job.personId },
    async (db, deed) => {
      const { rows } = await sql<{
        atRow: number
      }>`select at_row from network.import where id = ${job.id}::uuid and state = 'running' for update`.execute(db)
      if (rows[0]?.atRow !== job.atRow) throw new Error('this import is at another row: somebody else is running it')
      const counts = await enterBatch(actor, db, deed.id, job.id, batch, job.mapping, {
        source: job.mapping.source,
        entersAs: job.entersAs,
        personId: job.personId,
        definitionSource,
      })
      const total = add({ ...noCounts(), ...job.counts }, counts)
      await sql`update network.import set at_row = ${batch.last}, counts = ${JSON.stringify(total)}::jsonb where id = ${job.id}::uuid`.execute(
        db,
      )
      await tell(batch.last, db)
      job.atRow = batch.last
      job.counts = total
    },
  )
}

/**
 * Runs an import from where it is to the end. Killed at any moment and called again it ends as if it had never stopped:
 * each batch is one transaction that also says how far it came.
 */
export const runImport = async (database: Database, file: ImportFile, id: string, tell: Tell): Promise<Counts> => {
  const actor = system(database, `import:${id}`)
  const about = { about: { kind: 'import', id } }
  const { job, countries, definition } = await record(actor, 'import.resumed', about, async (db) => {
    await sql`update network.import set state = 'running' where id = ${id}::uuid and state in ('checked', 'running', 'stopped')`.execute(
      db,
    )
    const found = await loadJob(db, id)
    await sql`delete from import.finding where import_id = ${id}::uuid and number > ${found.atRow}`.execute(db)
    return { job: found, countries: await countriesFor(db, found), definition: await definitionOf(db, found) }
  })
  if (job.atRow === 0) job.counts = {}
  for await (const batch of ahead(cutBatches(file, job, countries, job.atRow)))
    await runImportBatch(actor, job, batch, definition, tell)
  await record(actor, 'import.finished', { ...about, onBehalfOf: job.personId }, async (db) => {
    await sql`update network.import set state = 'done', finished_at = ${actor.now.toString()}::timestamptz where id = ${id}::uuid and state = 'running'`.execute(
      db,
    )
  })
  return { ...noCounts(), ...job.counts }
}
