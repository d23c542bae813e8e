import { sql } from 'kysely'
import { found, refuseProblems, require, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import {
  newDefinition,
  publishDefinition,
  setDefinition,
  suppressed,
  tabulate,
  takeDefinition,
  type Answers,
  type Definition,
} from '#kit/questionnaire'
import { record } from '#kit/record'
import { newText, type Owner } from '#kit/text'
import { mayKeepInstrument, mayStep, type InstrumentFacts } from '../access.ts'
import { definitions, type Template } from '../instruments.ts'
import { totalsBy, type Counted, type GroupTotals, type InstrumentStep } from '../rules.ts'

export type NewInstrument = {
  template: Template
  year: number
  /** Without a country it is the whole network's. */
  countryCode: string | null
  /** First and last day on which museums answer, in the owner's zone. */
  openFrom: string
  openUntil: string
  /** The fewest museums that a public figure may come from. */
  smallestCell: number
}

/** Prepares the instrument of a year; museums see it once it is opened. Answers its id. */
export function draftInstrument(actor: Actor, input: NewInstrument, once: string | null = null): Promise<string> {
  return record(actor, 'instrument.drafted', { about: { kind: 'instrument' }, once }, async (db, deed) => {
    require(mayKeepInstrument(actor, input.countryCode))
    refuseProblems(
      input.openUntil < input.openFrom ? [{ field: 'openUntil', words: 'returns.problem.closes-first' }] : [],
    )
    const owner: Owner = input.countryCode ? { kind: 'country', id: input.countryCode } : { kind: 'network' }
    const content = definitions[input.template]
    const code = [input.template, input.countryCode?.toLowerCase()].filter(Boolean).join('-')
    const texts = { owner, room: 'network', source: 'es', publish: true } as const
    const titleId = await newText(actor, db, {
      ...texts,
      purpose: 'instrument.title',
      form: 'line',
      bodies: content.title,
    })
    const aboutId = await newText(actor, db, {
      ...texts,
      purpose: 'instrument.about',
      bodies: content.introduction ?? {},
    })
    const zone = await zoneOf(db, input.countryCode)
    const day = (text: string) => Temporal.PlainDate.from(text)
    const { id } = await db
      .insertInto('network.instrument')
      .values({
        code,
        year: input.year,
        kind: input.template,
        titleId,
        aboutId,
        countryCode: input.countryCode,
        questionnaireVersionId: await versionFor(db, owner, code, content),
        openFrom: day(input.openFrom).toZonedDateTime(zone).toInstant().toString(),
        openUntil: day(input.openUntil).add({ days: 1 }).toZonedDateTime(zone).toInstant().toString(),
        zone,
        smallestCell: input.smallestCell,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    deed.concerns(id)
    return id
  })
}

async function zoneOf(db: Db, countryCode: string | null): Promise<string> {
  const { rows } = await sql<{ zone: string }>`
    select coalesce((select zone from network.country where code = ${countryCode}), (select zone from network.network)) as zone`.execute(
    db,
  )
  return rows[0]?.zone ?? 'UTC'
}

/** The published form: years of the same instrument share it for as long as it asks the same. */
async function versionFor(db: Db, owner: Owner, code: string, content: Definition): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select v.definition_id as id from network.instrument i join questionnaire.version v on v.id = i.questionnaire_version_id
    where i.code = ${code} order by i.year desc limit 1`.execute(db)
  const given = owner as Exclude<Owner, { kind: 'person' }>
  const id = rows[0]?.id ?? (await newDefinition(db, { owner: given, room: 'network', purpose: 'return', content }))
  const row = await takeDefinition(db, id)
  await setDefinition(db, row, content)
  return publishDefinition(db, { ...row, content })
}

const deedOf: Record<InstrumentStep, string> = {
  open: 'instrument.opened',
  close: 'instrument.closed',
  publish: 'instrument.published',
}
const stateAfter: Record<InstrumentStep, string> = { open: 'open', close: 'closed', publish: 'published' }

/**
 * Opens an instrument to its museums, closes it, or makes its totals public. What is made public is worked out once, from the
 * returns that were checked, and holds no figure that comes from fewer museums than the instrument allows.
 */
export function stepInstrument(
  actor: Actor,
  id: string,
  step: InstrumentStep,
  once: string | null = null,
): Promise<void> {
  return record(actor, deedOf[step], { about: { kind: 'instrument', id }, once }, async (db) => {
    const { rows } = await sql<
      InstrumentFacts & { smallestCell: number; content: Definition }
    >`select i.country_code, i.state, i.open_from, i.open_until, i.smallest_cell, v.content
      from network.instrument i join questionnaire.version v on v.id = i.questionnaire_version_id where i.id = ${id} for update of i`.execute(
      db,
    )
    const instrument = found(rows[0])
    require(mayStep(actor, instrument, step))
    if (step === 'publish') await keepTotals(db, id, instrument)
    await db.updateTable('network.instrument').set({ state: stateAfter[step] }).where('id', '=', id).execute()
  })
}

async function keepTotals(
  db: Db,
  id: string,
  { smallestCell: smallest, content }: { smallestCell: number; content: Definition },
): Promise<void> {
  const { rows: returns } = await sql<Counted & { answers: Answers }>`
    select country_code, type, size_class, figures, questionnaire.answers(response_id) as answers
    from network.institution_return where instrument_id = ${id} and state = 'checked' order by id`.execute(db)
  const answers = suppressed(
    tabulate(
      content,
      returns.map((one) => one.answers),
    ),
    smallest,
  )
  const by = (dimension: string, groups: GroupTotals[]) =>
    groups.map((group) => ({ dimension, answers: null, ...group }))
  const totals = [
    ...by(
      'all',
      totalsBy(returns, () => '', smallest),
    ).map((whole) => ({ ...whole, answers })),
    ...by(
      'country',
      totalsBy(returns, (one) => one.countryCode, smallest),
    ),
    ...by(
      'type',
      totalsBy(returns, (one) => one.type, smallest),
    ),
    ...by(
      'size',
      totalsBy(returns, (one) => one.sizeClass, smallest),
    ),
  ]
  await sql`
    insert into network.return_total (instrument_id, dimension, code, returns, figures, answers)
    select ${id}, dimension, code, returns, figures, answers
    from jsonb_to_recordset(${JSON.stringify(totals)}::jsonb) as r(dimension text, code text, returns integer, figures jsonb, answers jsonb)`.execute(
    db,
  )
}
