import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Absent, Changed, Problems, Refused, system, type Actor, type Grant } from '#kit/access'
import { sql, type Database, type Db } from '#kit/db'
import { read, record } from '#kit/record'
import {
  acceptResponse,
  editDefinition,
  findDefinition,
  findResponse,
  fingerprint,
  listResponses,
  newDefinition,
  newResponse,
  publishVersion,
  returnResponse,
  sampleAnswers,
  saveAnswers,
  sendResponse,
  tabulateVersion,
  type Answers,
  type Response,
} from '#kit/questionnaire'
import { inRollback } from '#help/database'
import { instrument } from './instrument.ts'

const museum = '01900000-0000-7000-8000-0000000000a1'
const other = '01900000-0000-7000-8000-0000000000a2'

function actors(database: Database) {
  const person = (no: number, ...grants: Omit<Grant, 'id'>[]): Actor => ({
    ...system(database, 'questionnaire test'),
    kind: 'person',
    personId: `01900000-0000-7000-8000-00000000000${no}`,
    grants: grants.map((grant) => ({ id: `01900000-0000-7000-8000-0000000001${no}0`, ...grant })),
  })
  return {
    house: system(database, 'questionnaire test'),
    editor: person(1, { role: 'editor', scope: { kind: 'network' } }),
    museum: person(2, { role: 'institution-representative', scope: { kind: 'institution', id: museum } }),
    other: person(3, { role: 'institution-representative', scope: { kind: 'institution', id: other } }),
    officer: person(4, { role: 'country-officer', scope: { kind: 'country', id: 'PE' } }),
    chilean: person(5, { role: 'country-officer', scope: { kind: 'country', id: 'CL' } }),
    stranger: person(6),
  }
}
type Cast = ReturnType<typeof actors>

async function published(cast: Cast): Promise<{ definitionId: string; versionId: string }> {
  const definitionId = await record(cast.house, 'questionnaire.written', {}, (db) =>
    newDefinition(db, { owner: { kind: 'network' }, room: 'network', purpose: 'return', content: instrument }),
  )
  return { definitionId, versionId: await publishVersion(cast.editor, { definitionId }) }
}

function begin(cast: Cast, versionId: string, institutionId = museum, answers?: Answers): Promise<string> {
  return record(cast.house, 'response.begun', {}, (db) =>
    newResponse(cast.house, db, { versionId, institutionId, countryCode: 'PE', ...(answers && { answers }) }),
  )
}

function scene(name: string, play: (cast: Cast) => Promise<void>): void {
  test(name, () => inRollback((database) => play(actors(database))))
}

const seen = (actor: Actor, id: string): Promise<Response> => read(actor, (db) => findResponse(actor, db, id))
const problemFields = (error: unknown) =>
  error instanceof Problems ? error.problems.map(({ field }) => field) : [String(error)]

scene('a form is published once its author has put right what preflight finds, and never changes', async (cast) => {
  const { definitionId, versionId } = await published(cast)
  assert.equal(await publishVersion(cast.editor, { definitionId }), versionId, 'the same again is the same version')
  await editDefinition(cast.editor, { definitionId, content: { ...instrument, title: { es: 'Ficha' } }, revision: 1 })
  const refused = await publishVersion(cast.editor, { definitionId }).catch((error: unknown) => error)
  assert.ok(refused instanceof Problems)
  assert.deepEqual(refused.problems, [
    { field: '', words: 'questionnaire.preflight.missing-words', values: { language: 'pt', part: 'title' } },
  ])
  await assert.rejects(editDefinition(cast.editor, { definitionId, content: instrument, revision: 1 }), Changed)
  await editDefinition(cast.editor, {
    definitionId,
    content: { ...instrument, title: { es: 'Ficha', pt: 'Ficha' } },
    revision: 2,
  })
  await publishVersion(cast.editor, { definitionId })
  const form = await read(cast.editor, (db) => findDefinition(cast.editor, db, definitionId))
  assert.deepEqual(
    form.versions.map(({ number }) => number),
    [2, 1],
  )
  await assert.rejects(editDefinition(cast.museum, { definitionId, content: instrument }), Refused)
  const rewriting = (db: Db) => sql`update questionnaire.version set number = 9 where id = ${versionId}`.execute(db)
  await assert.rejects(record(cast.house, 'version.rewritten', {}, rewriting), /a published form is never changed/u)
})

scene('answers are kept section by section, however unfinished, and sent whole', async (cast) => {
  const { versionId } = await published(cast)
  const id = await begin(cast, versionId)
  const save = (section: string, sent: Record<string, unknown>) =>
    saveAnswers(cast.museum, { responseId: id, section, sent })
  assert.deepEqual(
    await save('museum', { 'q.name': 'Sala', 'q.open': 'no', 'q.area': '9' }),
    { conflicts: [], next: 'museum' },
    'now it asks why',
  )
  assert.deepEqual(await save('museum', { 'q.name': '', 'q.open': 'no', 'q.why-closed': 'obras' }), {
    conflicts: [],
    next: 'means',
  })
  assert.deepEqual(await save('means', { 'q.area': '2.500', 'q.budget.amount': 'mucho' }), {
    conflicts: [],
    next: null,
  })
  assert.deepEqual((await seen(cast.museum, id)).answers, {
    open: false,
    'why-closed': 'obras',
    area: { typed: '2.500' },
    budget: { typed: { amount: 'mucho', currency: '' } },
  })
  const missing = await sendResponse(cast.museum, { responseId: id }).catch(problemFields)
  assert.deepEqual(missing, ['q.name', 'q.area', 'q.budget.amount', 'q.legal'])
  await save('museum', { 'q.name': 'Sala', 'q.open': 'no', 'q.why-closed': 'obras' })
  await save('means', { 'q.area': '2500', 'q.legal': 'public' })
  await sendResponse(cast.museum, { responseId: id })
  assert.equal((await seen(cast.museum, id)).state, 'sent')
  await assert.rejects(
    save('museum', { 'q.name': 'Otra' }),
    (error) => error instanceof Refused && error.reason === 'questionnaire.refused.sent',
  )
})

scene('two devices: what was not touched is left, what was changed elsewhere is told', async (cast) => {
  const { versionId } = await published(cast)
  const id = await begin(cast, versionId, museum, { name: 'Sala', open: true })
  const was = { name: fingerprint('Sala'), open: fingerprint(true), country: fingerprint(undefined) }
  const phone = { q: { name: 'Sala Uno', open: 'yes' }, was }
  assert.deepEqual((await saveAnswers(cast.museum, { responseId: id, section: 'museum', sent: phone })).conflicts, [])
  const laptop = {
    'q.name': 'Sala Dos',
    'q.open': 'yes',
    'q.country': 'PE',
    'was.name': was.name,
    'was.open': was.open,
    'was.country': was.country,
  }
  const late = await saveAnswers(cast.museum, { responseId: id, section: 'museum', sent: laptop })
  assert.deepEqual(late.conflicts, [{ field: 'q.name', words: 'questionnaire.problem.changed-elsewhere' }])
  assert.deepEqual((await seen(cast.museum, id)).answers, { name: 'Sala Uno', open: true, country: 'PE' })
  const untouched = { 'q.name': 'Sala', 'q.open': 'no', 'was.name': was.name, 'was.open': was.open }
  await saveAnswers(cast.museum, { responseId: id, section: 'museum', sent: untouched })
  assert.deepEqual((await seen(cast.museum, id)).answers, { name: 'Sala Uno', open: false, country: 'PE' })
})

scene('a response is its museum’s own; its country reads it once sent, and nobody else', async (cast) => {
  const { versionId } = await published(cast)
  const id = await begin(cast, versionId, museum, sampleAnswers(instrument))
  await begin(cast, versionId, other, sampleAnswers(instrument))
  const reach = async () => {
    const who = [cast.museum, cast.other, cast.officer, cast.chilean, cast.stranger]
    const may = await Promise.all(
      who.map((actor) =>
        seen(actor, id).then(
          () => true,
          (error) => !(error instanceof Absent),
        ),
      ),
    )
    // The rows themselves, by a query that forgets to ask.
    const rows = await Promise.all(
      who.map((actor) =>
        read(
          actor,
          async (db) =>
            (
              await sql<{
                count: number
              }>`select count(*) as count from questionnaire.answer where response_id = ${id}`.execute(db)
            ).rows[0]!.count > 0,
        ),
      ),
    )
    assert.deepEqual(may, rows)
    return may
  }
  assert.deepEqual(await reach(), [true, false, false, false, false])
  await assert.rejects(saveAnswers(cast.other, { responseId: id, section: 'museum', sent: {} }), Absent)
  await sendResponse(cast.museum, { responseId: id })
  assert.deepEqual(await reach(), [true, false, true, false, false])
})

scene('an officer returns it with a reason, or accepts it; and no one their own', async (cast) => {
  const { versionId } = await published(cast)
  const id = await begin(cast, versionId, museum, sampleAnswers(instrument))
  await assert.rejects(acceptResponse(cast.house, { responseId: id }), Refused, 'it is not sent')
  await sendResponse(cast.museum, { responseId: id })
  await assert.rejects(acceptResponse(cast.museum, { responseId: id }), Refused)
  await assert.rejects(returnResponse(cast.officer, { responseId: id, note: ' ' }), Problems)
  await returnResponse(cast.officer, { responseId: id, note: 'Revise enero' })
  assert.deepEqual(
    [(await seen(cast.museum, id)).state, (await seen(cast.museum, id)).note],
    ['returned', 'Revise enero'],
  )
  await saveAnswers(cast.museum, {
    responseId: id,
    section: 'museum',
    sent: { 'q.name': 'Corregido', 'q.open': 'yes' },
  })
  await sendResponse(cast.museum, { responseId: id })
  const both: Actor = { ...cast.officer, grants: [...cast.officer.grants, ...cast.museum.grants] }
  await assert.rejects(
    acceptResponse(both, { responseId: id }),
    (error) => error instanceof Refused && error.reason === 'questionnaire.refused.check-own',
  )
  await acceptResponse(cast.officer, { responseId: id })
  assert.equal((await seen(cast.museum, id)).state, 'accepted')
})

scene('totals count what was sent, through the reach of who asks', async (cast) => {
  const { versionId } = await published(cast)
  const ids = [
    await begin(cast, versionId, museum, sampleAnswers(instrument)),
    await begin(cast, versionId, other, sampleAnswers(instrument)),
  ]
  await sendResponse(cast.museum, { responseId: ids[0]! })
  const answered = async (actor: Actor) =>
    read(actor, async (db) => (await tabulateVersion(actor, db, versionId))[0]?.answered)
  assert.deepEqual([await answered(cast.house), await answered(cast.officer), await answered(cast.chilean)], [1, 1, 0])
  await sendResponse(cast.other, { responseId: ids[1]! })
  assert.deepEqual([await answered(cast.house), await answered(cast.officer), await answered(cast.other)], [2, 2, 1])
  assert.deepEqual(
    await read(cast.house, async (db) => (await listResponses(cast.house, db, versionId)).map(({ id }) => id)),
    ids,
  )
})
