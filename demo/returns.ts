import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '#kit/access'
import { fieldName, questionsOf, rowsOf, type Definition } from '#kit/questionnaire'
import { read } from '#kit/record'
import {
  beginReturn,
  checkReturn,
  draftInstrument,
  giveBackReturn,
  returnDefinitions,
  saveSection,
  sendReturn,
  shareResult,
  stepInstrument,
} from '#network'

type Museum = { id: string; name: string; sizeClass: string | null; countryCode: string }
type Template = keyof typeof returnDefinitions

/** A number from 0 to 1 that is always the same for the same words: the demo is drawn, not rolled. */
const chance = (words: string): number => createHash('sha256').update(words).digest().readUInt32BE(0) / 2 ** 32

const yearly: Record<string, number> = { 'very-small': 2_400, small: 9_000, medium: 38_000, large: 160_000 }
// School holidays and fairs: how a year of visits spreads over its months.
const seasons = [1.3, 1.1, 0.8, 0.9, 1, 0.9, 1.4, 1, 1.1, 1, 0.9, 0.6]
const note = 'En marzo figuran más visitas escolares que visitas en todo el año anterior. ¿Puede revisar esa columna?'

/** The returns of two years: last year's with its totals public, this year's open, with drafts, some sent, some given back, some checked. */
export async function fillReturns(office: Actor): Promise<number> {
  const thisYear = office.now.toZonedDateTimeISO(office.zone).year - 1
  const museums = await read(
    office,
    async (db) =>
      (
        await sql<Museum>`select id, name, size_class, country_code from network.institution where state = 'listed' and invented order by name`.execute(
          db,
        )
      ).rows,
  )
  let done = 0
  for (const template of ['visitors', 'self-assessment'] as const) {
    done += await fillYear(office, template, thisYear - 1, museums, true)
    done += await fillYear(office, template, thisYear, museums, false)
  }
  return done
}

async function fillYear(
  office: Actor,
  template: Template,
  year: number,
  museums: Museum[],
  past: boolean,
): Promise<number> {
  const today = office.now.toZonedDateTimeISO('UTC').toPlainDate()
  const ends = past ? today.subtract({ months: 10 }) : today.add({ days: 40 })
  const begins = ends.subtract({ days: 60 })
  // What was done a year ago was done then: the clock of those deeds stands within that year's dates.
  const then: Actor = {
    ...office,
    now: past ? begins.add({ days: 20 }).toZonedDateTime('UTC').toInstant() : office.now,
  }
  const known = await read(office, async (db) => {
    const instrument = await db
      .selectFrom('network.instrument')
      .select(['id', 'state'])
      .where('code', '=', template)
      .where('year', '=', year)
      .executeTakeFirst()
    const answered = instrument
      ? await db
          .selectFrom('network.institutionReturn')
          .select(['institutionId', 'state'])
          .where('instrumentId', '=', instrument.id)
          .execute()
      : []
    return { instrument, answered }
  })
  if (known.instrument?.state === 'published') return 0
  const id =
    known.instrument?.id ??
    (await draftInstrument(then, {
      template,
      year,
      countryCode: null,
      openFrom: begins.toString(),
      openUntil: ends.toString(),
      smallestCell: 5,
    }))
  if ((known.instrument?.state ?? 'draft') === 'draft') await stepInstrument(then, id, 'open')
  let done = known.instrument ? 0 : 1
  for (const museum of museums) {
    if (known.answered.some(({ institutionId }) => institutionId === museum.id)) continue
    const luck = chance(`${museum.name} ${template} ${year}`)
    if (luck > (past ? 0.9 : 0.75)) continue
    await answer(
      then,
      id,
      template,
      year,
      museum,
      past || luck < 0.4 ? 'checked' : luck < 0.55 ? 'sent' : luck < 0.6 ? 'returned' : 'draft',
    )
    done += 1
  }
  if (past) {
    await stepInstrument(then, id, 'close')
    await stepInstrument(then, id, 'publish')
  }
  return done
}

async function answer(
  office: Actor,
  instrumentId: string,
  template: Template,
  year: number,
  museum: Museum,
  until: string,
): Promise<void> {
  const id = await beginReturn(office, instrumentId, museum.id)
  const definition = returnDefinitions[template]
  const sections = until === 'draft' ? definition.sections.slice(0, 2) : definition.sections
  const sent = answersOf(definition, year, museum)
  for (const { key } of sections) {
    // An answer may make its section ask more: then it is filled in once more.
    while ((await saveSection(office, id, key, sent)).next === key);
  }
  if (until === 'draft') return
  await sendReturn(office, id)
  if (until === 'returned') await giveBackReturn(office, id, note)
  if (until !== 'checked') return
  await checkReturn(office, id)
  if (chance(`${museum.name} shares`) < 0.15) await shareResult(office, id, ['public'])
}

/** What a museum writes into the form's fields: larger museums more, this year a little more than the last. */
function answersOf(definition: Definition, year: number, museum: Museum): Record<string, string | string[]> {
  const sent: Record<string, string | string[]> = {}
  const luck = (about: string) => chance(`${museum.name} ${about}`)
  const growth = 0.85 + chance(`${museum.name} ${year}`) * 0.35
  const visits = (yearly[museum.sizeClass ?? 'small'] ?? 9_000) * (0.5 + luck('size')) * growth
  for (const question of questionsOf(definition)) {
    const name = fieldName(question.key)
    if (question.kind === 'scale') {
      const level =
        luck('level') * 2.2 + luck(question.key) * 1.8 + (growth > 1 && luck(`${question.key} grows`) < 0.2 ? 1 : 0)
      sent[name] = String(Math.max(question.from, Math.min(question.to, Math.round(level))))
    }
    if (question.kind === 'yes-no')
      sent[name] = luck(`${question.key} ${year}`) < (question.key === 'closed-long' ? 0.12 : 0.5) ? 'yes' : 'no'
    if (question.kind === 'choice')
      sent[name] = question.choices[Math.floor(luck(question.key) * question.choices.length)]!.key
    if (question.kind === 'choices')
      sent[name] = question.choices
        .filter(({ key }) => luck(`${key} support`) < 0.25)
        .slice(0, 3)
        .map(({ key }) => key)
    if (question.kind === 'number')
      sent[name] = String(
        question.key === 'days-open'
          ? 180 + Math.floor(luck('days') * 130)
          : Math.round(visits * (question.key === 'online' ? 3 : 0.1) * (0.3 + luck(question.key))),
      )
    if (question.kind === 'table') {
      const rows = rowsOf(question)
      for (const [place, row] of rows.entries()) {
        for (const column of question.columns) {
          const share = { paid: 0.4, free: 0.35, school: 0.25 }[column.key] ?? 1
          const season = rows.length === 12 ? seasons[place]! / 12 : 1 / rows.length
          sent[`${name}.${row.key}.${column.key}`] = String(
            Math.round(visits * share * season * (0.8 + luck(`${row.key} ${column.key}`) * 0.4)),
          )
        }
      }
    }
  }
  return sent
}
