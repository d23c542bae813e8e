import { sql } from 'kysely'
import { Absent, type Actor, type Problem } from '#kit/access'
import type { Db } from '#kit/db'
import { record } from '#kit/record'
import { mayTranslate } from './access.ts'
import { setText, takeText, type Work } from './keep.ts'
import { sourceHash, tidy } from './rules.ts'
import { importXliff, type ImportedUnit } from './xliff-in.ts'

/** What came of a file: how many translations were taken, were the same already, were not translated; and why others were not. */
export type XliffOutcome = {
  language: string
  applied: number
  same: number
  untranslated: number
  problems: Problem[]
}

/**
 * Takes a translator's file: each unit is written as a translation that waits for review. What cannot be taken is
 * reported and left: texts out of reach, sources that changed since the export, translations edited here meanwhile.
 * Other units are taken all the same.
 */
export async function applyXliff(actor: Actor, file: string | Uint8Array, once?: string | null): Promise<XliffOutcome> {
  const read = await importXliff(file)
  const outcome: XliffOutcome = {
    language: read.target,
    applied: 0,
    same: 0,
    untranslated: read.untranslated,
    problems: [...read.problems],
  }
  if (read.units.length === 0) return outcome
  return record(
    actor,
    'translation.imported',
    { about: { kind: 'language' }, reason: read.target, once: once ?? null },
    async (db) => {
      for (const unit of read.units) {
        const verdict = await take(actor, db, unit, read)
        if (verdict === 'applied' || verdict === 'same') outcome[verdict] += 1
        else
          outcome.problems.push({
            field: unit.id,
            words: `text.xliff.${verdict.fault}`,
            values: { unit: unit.id, purpose: verdict.purpose },
          })
      }
      return outcome
    },
  )
}

type Taken = 'applied' | 'same' | { fault: 'unknown' | 'changed' | 'edited'; purpose: string }

async function take(
  actor: Actor,
  db: Db,
  unit: ImportedUnit,
  file: { source: string; target: string },
): Promise<Taken> {
  const work = await inReach(actor, db, unit.id, file.target)
  if (!work) return { fault: 'unknown', purpose: '' }
  const { purpose } = work
  if (work.sourceLanguage === file.target) return { fault: 'unknown', purpose }
  if (sourceHash(tidy(unit.source, work.form), work.form) !== work.sourceHash) return { fault: 'changed', purpose }
  const body = tidy(unit.target, work.form)
  if (work.version?.body === body && work.version.sourceHash === work.sourceHash) return 'same'
  const seen = unit.revision ?? work.version?.revision ?? 0
  if (seen !== (work.version?.revision ?? 0)) return { fault: 'edited', purpose }
  await setText(actor, db, unit.id, { language: file.target, body })
  // The same words for a changed source, said again by a translator, are a translation of the new source.
  await sql`
    update text.version set state = 'in-review', source_hash = ${work.sourceHash}, dismissed_hash = null
    where set_id = ${unit.id} and language = ${file.target}`.execute(db)
  return 'applied'
}

async function inReach(
  actor: Actor,
  db: Db,
  id: string,
  language: string,
): Promise<(Work & { purpose: string }) | undefined> {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(id)) return undefined
  try {
    const work = await takeText(db, id, language)
    return mayTranslate(actor, work.owner).allowed ? work : undefined
  } catch (error) {
    if (error instanceof Absent) return undefined
    throw error
  }
}
