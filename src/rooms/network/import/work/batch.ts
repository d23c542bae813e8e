import type { Actor } from '#kit/access'
import { sql, type Db } from '#kit/db'
import type { Finding } from '../check.ts'
import type { InstitutionMapping } from '../mapping.ts'
import { decide } from './decide.ts'
import { enterChanges, enterNew, keepSaid, type Changing, type SaidAnew, type Terms } from './enter.ts'
import { matchRows, type Arriving, type Known, type Match } from './match.ts'

export type RowOutcome = 'created' | 'updated' | 'unchanged' | 'refused' | 'left-out'

/** A row that needs no look at the register any more. */
export type Settled = { number: number; outcome: 'refused' | 'left-out' }

export type Batch = { arriving: Arriving[]; settled: Settled[]; findings: Finding[] }

/** How many rows became what. */
export type Counts = Record<RowOutcome, number>
export const noCounts = (): Counts => ({ created: 0, updated: 0, unchanged: 0, refused: 0, 'left-out': 0 })

type Became = { number: number; outcome: RowOutcome; institutionId: string | null; anew: SaidAnew | undefined }

/** What each arriving row would do, with its findings; nothing is written. Two rows of one institution: the later one waits for the earlier. */
export const judgeBatch = async (db: Db, batch: Batch, mapping: InstitutionMapping) => {
  const matches = await matchRows(db, batch.arriving, mapping)
  return matches.map((match) => ({ match, decision: decide(match, mapping) }))
}

/**
 * Writes one batch inside its deed: new institutions, changes, what the register says, what became of each row and what is
 * wrong with its cells. Answers how many rows became what. The caller keeps how far it came in the same transaction, so
 * that a batch is done once, whatever is killed.
 */
export const enterBatch = async (
  actor: Actor,
  db: Db,
  deedId: string,
  importId: string,
  batch: Batch,
  mapping: InstitutionMapping,
  terms: Terms,
): Promise<Counts> => {
  const judged = await judgeBatch(db, batch, mapping)
  const fresh = judged.filter(({ decision }) => decision.outcome === 'created').map(({ match }) => match)
  const changing = judged.flatMap(({ match, decision }): Changing[] =>
    decision.outcome === 'updated' ? [{ match: match as Match & { known: Known }, changes: decision.changes }] : [],
  )
  const ids = await enterNew(actor, db, fresh, terms)
  await enterChanges(actor, db, changing)
  const idOf = new Map(fresh.map((match, at) => [match, ids[at]!]))
  const institutionOf = (match: Match): string | null => idOf.get(match) ?? match.known?.id ?? null
  const anew = new Map(
    judged
      .filter(({ decision }) => decision.outcome === 'created' || ('saidAnew' in decision && decision.saidAnew))
      .map(({ match }) => [
        match.arriving.number,
        {
          key: match.arriving.key,
          institutionId: institutionOf(match)!,
          said: match.arriving.said,
          before: match.entry?.said,
          entryId: match.entry?.id,
        } satisfies SaidAnew,
      ]),
  )
  await keepSaid(db, terms.source, [...anew.values()])
  const all: Became[] = [
    ...judged.map(({ match, decision }) => ({
      number: match.arriving.number,
      outcome: decision.outcome,
      institutionId: institutionOf(match),
      anew: anew.get(match.arriving.number),
    })),
    ...batch.settled.map(({ number, outcome }) => ({ number, outcome, institutionId: null, anew: undefined })),
  ]
  await keepRows(db, importId, deedId, all)
  await keepFindings(db, importId, batch.findings)
  const counts = noCounts()
  for (const { outcome } of all) counts[outcome]++
  return counts
}

const keepRows = async (db: Db, importId: string, deedId: string, became: readonly Became[]): Promise<void> => {
  const rows = became.map(({ number, outcome, institutionId, anew }) => ({
    number,
    outcome,
    subject_id: institutionId,
    entry_key: anew?.key ?? null,
    said_before: anew?.before ?? null,
  }))
  await sql`insert into import.row (import_id, number, outcome, subject_id, deed_id, entry_key, said_before)
    select ${importId}::uuid, number, outcome, subject_id, ${deedId}::uuid, entry_key, said_before from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(number integer, outcome text, subject_id uuid, entry_key text, said_before jsonb)`.execute(db)
}

/** Keeps what is wrong with cells, for the page that lists it and for the file of refused rows. */
export const keepFindings = async (db: Db, importId: string, findings: readonly Finding[]): Promise<void> => {
  if (findings.length === 0) return
  const rows = findings.map(({ row, column, field, code, value, values, refuses, remedy }) => ({
    number: row,
    refuses,
    column_path: column,
    field,
    code,
    value: value.slice(0, 500),
    fills: values ?? {},
    remedy: remedy ?? null,
  }))
  await sql`insert into import.finding (import_id, number, refuses, column_path, field, code, value, fills, remedy)
    select ${importId}::uuid, number, refuses, column_path, field, code, value, fills, remedy from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(number integer, refuses boolean, column_path text, field text, code text, value text, fills jsonb, remedy text)`.execute(
    db,
  )
}
