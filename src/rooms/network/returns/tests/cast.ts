import { sql } from 'kysely'
import { system, type Actor, type Grant } from '#kit/access'
import type { Database } from '#kit/db'
import { fieldName, sampleAnswers, shownAnswer, questionsOf } from '#kit/questionnaire'
import { read } from '#kit/record'
import { fillNetwork } from '#demo/governance'
import { listedMuseum as listed, someoneWith } from '#help/museum'
import { draftInstrument, stepInstrument } from '../actions/instruments.ts'
import { beginReturn, checkReturn, saveSection, sendReturn } from '../actions/returns.ts'
import { definitions, type Template } from '../instruments.ts'

export const now = Temporal.Instant.from('2026-05-18T15:00:00Z')

/** The people of these tests: a museum's representative, another's, officers of two countries, the office, an auditor, a stranger. */
export async function castOf(database: Database) {
  const house = system(database, 'test', now)
  await fillNetwork(house)
  const museum = await listed(house, 'PE', 'Museo del Telar')
  const other = await listed(house, 'PE', 'Museo de la Sal')
  const chilean = await listed(house, 'CL', 'Museo del Puerto')
  const person = (name: string, ...grants: Omit<Grant, 'id'>[]) => someoneWith(house, name, ...grants)
  return {
    house,
    museum,
    other,
    chilean,
    keeper: await person('Keeper', { role: 'institution-representative', scope: { kind: 'institution', id: museum } }),
    neighbour: await person('Neighbour', {
      role: 'institution-representative',
      scope: { kind: 'institution', id: other },
    }),
    officer: await person('Officer', { role: 'country-officer', scope: { kind: 'country', id: 'PE' } }),
    foreigner: await person('Foreigner', { role: 'country-officer', scope: { kind: 'country', id: 'CL' } }),
    steward: await person('Steward', { role: 'steward', scope: { kind: 'network' } }),
    auditor: await person('Auditor', { role: 'auditor', scope: { kind: 'network' } }),
    stranger: await person('Stranger'),
  }
}
export type Cast = Awaited<ReturnType<typeof castOf>>

export { listed }

/** An instrument that is open, of a year. */
export async function opened(
  actor: Actor,
  template: Template = 'visitors',
  year = 2025,
  countryCode: string | null = null,
): Promise<string> {
  const id = await draftInstrument(actor, {
    template,
    year,
    countryCode,
    openFrom: '2026-05-01',
    openUntil: '2026-06-30',
    smallestCell: 5,
  })
  await stepInstrument(actor, id, 'open')
  return id
}

/** Everything that a whole form would send. */
export function wholeForm(template: Template = 'visitors'): Record<string, string | string[]> {
  const answers = sampleAnswers(definitions[template])
  return Object.assign(
    {},
    ...questionsOf(definitions[template]).map((question) => shownAnswer(question, answers[question.key])),
  )
}

/** Answers a return whole; with `visits`, so many in January on paid tickets and none else. */
export async function fill(actor: Actor, id: string, template: Template = 'visitors', visits?: number): Promise<void> {
  const sent = wholeForm(template)
  if (visits !== undefined) {
    for (const name of Object.keys(sent)) if (name.startsWith(fieldName('visits.'))) sent[name] = '0'
    for (let month = 1; month <= 12; month += 1)
      for (const column of ['paid', 'free', 'school'])
        sent[`q.visits.${String(month).padStart(2, '0')}.${column}`] = '0'
    sent['q.visits.01.paid'] = String(visits)
  }
  for (const { key } of definitions[template].sections) {
    // An answer may make its section ask more: then it is filled in once more.
    while ((await saveSection(actor, id, key, sent)).next === key);
  }
}

/** A museum's return, sent and checked. */
export async function checked(cast: Cast, instrumentId: string, museum: string, visits: number): Promise<string> {
  const id = await beginReturn(cast.house, instrumentId, museum)
  await fill(cast.house, id, 'visitors', visits)
  await sendReturn(cast.house, id)
  await checkReturn(cast.house, id)
  return id
}

/** How many rows a query finds that forgets to ask who may see them. */
export const rowsSeen = (actor: Actor, table: string, id: string): Promise<number> =>
  read(
    actor,
    async (db) =>
      (
        await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)} where id = ${id}`.execute(
          db,
        )
      ).rows[0]!.count,
  )
