import { lendFile, type Storage } from '#kit/files'
import { inspectFile, readRows, Unreadable, type ImportFile, type Inspection, type Row } from '#kit/import'
import { Cancelled, defineTask, GivesUp, type AnyTask, type Circumstance } from '#kit/jobs'
import { read } from '#kit/record'
import { sql } from '#kit/db'
import { keepInspection, stopImport } from './work/stages.ts'
import { suggestMapping } from './suggest.ts'
import { checkAll, loadJob, runImport, type Tell } from './work/run.ts'
import { undoImport, type LaterEdits } from './work/undo.ts'

type Payload = { importId: string; progressId?: string }

/** How many rows the mapping page shows as museums. */
const sampleSize = 40

let storage: Storage | undefined

/** A kept file as something that can be read from its beginning as often as needed. */
export const importFile = (where: Storage, sha256: string, name: string): ImportFile => ({
  name,
  async *open() {
    const found = await where.get(sha256)
    if (found === null) throw new Error(`the file ${name} is no longer where files are kept`)
    yield* found.stream
  },
})

const openFile = async ({ actor }: Circumstance, importId: string): Promise<ImportFile> => {
  if (storage === undefined) throw new Error('importTasks was not told where files lie')
  const where = storage
  const kept = await read(actor, async (db) => {
    const { rows } = await sql<{
      fileId: string
    }>`select file_id from network.import where id = ${importId}::uuid`.execute(db)
    if (rows[0] === undefined) throw new GivesUp(`there is no import ${importId}`)
    return lendFile(db, rows[0].fileId)
  })
  return importFile(where, kept.sha256, kept.name)
}

/** Does the work; a person's wish to stop leaves the import where it is, to go on or to be undone. */
const stoppable = async (circumstance: Circumstance, importId: string, work: () => Promise<object>): Promise<void> => {
  try {
    circumstance.progress.finish({ result: { ...(await work()) } })
  } catch (error) {
    if (error instanceof Cancelled) await stopImport(circumstance.actor, importId)
    throw error
  }
}

const tellTo =
  ({ progress }: Circumstance, total: number | null): Tell =>
  (done, db) =>
    progress.step({ done, total }, db)

const firstRows = async (file: ImportFile, { reading }: Inspection): Promise<Row[]> => {
  const rows: Row[] = []
  for await (const row of readRows(file, reading)) {
    rows.push(row)
    if (rows.length === sampleSize) break
  }
  return rows
}

/** The language that a country's register is most probably in; a person says otherwise where it is not. */
const languageOf = (country: string | null): string =>
  country === 'BR' || country === 'PT' || country === 'AO' || country === 'MZ' || country === 'CV' ? 'pt' : 'es'

/** A short code for a register from its file's name, for a person to change. */
export const sourceOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\.[a-z0-9]+$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40) || 'registro'

const inspect = defineTask<Payload>(
  'import.inspect',
  async ({ importId }, circumstance) => {
    const file = await openFile(circumstance, importId)
    try {
      const inspection = await inspectFile(file)
      const sample = await firstRows(file, inspection)
      const { countryCode } = await read(circumstance.actor, (db) => loadJob(db, importId))
      const { mapping } = suggestMapping(inspection, sourceOf(file.name), languageOf(countryCode), countryCode)
      await keepInspection(circumstance.actor, importId, { inspection, sample, mapping })
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      await keepInspection(circumstance.actor, importId, { unreadable: { code: error.code, values: error.values } })
    }
  },
  { attempts: 3 },
)

const check = defineTask<Payload>(
  'import.check',
  async ({ importId }, circumstance) => {
    const file = await openFile(circumstance, importId)
    const job = await read(circumstance.actor, (db) => loadJob(db, importId))
    await stoppable(circumstance, importId, () =>
      checkAll(circumstance.database, file, job, tellTo(circumstance, job.rowCount)),
    )
  },
  { attempts: 3 },
)

const run = defineTask<Payload>(
  'import.run',
  async ({ importId }, circumstance) => {
    const file = await openFile(circumstance, importId)
    const { rowCount } = await read(circumstance.actor, (db) => loadJob(db, importId))
    await stoppable(circumstance, importId, () =>
      runImport(circumstance.database, file, importId, tellTo(circumstance, rowCount)),
    )
  },
  { queue: 'import' },
)

const undo = defineTask<Payload>(
  'import.undo',
  async ({ importId }, circumstance) => {
    const { rowCount, later } = await read(circumstance.actor, async (db) => {
      const asked = await sql<{
        later: LaterEdits | null
      }>`select undo ->> 'later' as later from network.import where id = ${importId}::uuid`.execute(db)
      return { ...(await loadJob(db, importId)), later: asked.rows[0]?.later ?? 'keep' }
    })
    const tell: Tell = (row, db) => circumstance.progress.step({ done: rowCount - row + 1, total: rowCount }, db)
    await stoppable(circumstance, importId, () => undoImport(circumstance.database, importId, later, tell))
  },
  { queue: 'import' },
)

/** The four kinds of work on an import, as deeds start them. */
export const works = { inspect, check, run, undo }

/** For the jobs' process: reads registers from where files are kept. */
export const importTasks = (given: { storage: Storage }): AnyTask[] => {
  storage = given.storage
  return Object.values(works)
}
