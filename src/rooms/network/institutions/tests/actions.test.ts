import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Absent, AlreadyDone, Changed, Problems, Refused } from '#kit/access'
import { sql, type Database } from '#kit/db'
import { listHistory, read, record } from '#kit/record'
import { inRollback } from '#help/database'
import { decideProposedEdit, editInstitution, withdrawProposedEdit } from '../actions/edit.ts'
import { mergeInstitutions, tellApart, unmergeInstitutions } from '../actions/merge.ts'
import { fillInstitution, registerInstitution, submitInstitution } from '../actions/register.ts'
import { returnInstitution, validateInstitution, withdrawInstitution } from '../actions/validate.ts'
import { findDuplicates, listAlike, listLookalikes } from '../likeness-queries.ts'
import {
  countQueue,
  findInstitution,
  findWaitingEdit,
  listHistoryRows,
  listOwnInstitutions,
  listQueue,
  searchInstitutions,
} from '../queries.ts'
import { enough, keepers, museum, now, type Keepers } from './people.ts'

const withKeepers = (work: (all: Keepers, database: Database) => Promise<void>) =>
  inRollback(async (database) => work(await keepers(database), database))
const find = (who: Keepers['rosa'], id: string) => read(who, (db) => findInstitution(who, db, id))
const fieldsOf = (error: unknown) =>
  error instanceof Problems ? error.problems.map(({ field, words }) => `${field} ${words}`) : []

describe('joining', () => {
  test('a museum is drafted, filled, sent and validated; whoever brought it in then represents it', () =>
    withKeepers(async (all, database) => {
      const { id, slug } = await registerInstitution(all.rosa, {
        country: 'PE',
        kind: 'museum',
        name: ' Museo de la Sal ',
        city: 'Maras',
      })
      equal(slug, 'museo-de-la-sal')
      const error = await submitInstitution(all.rosa, id).catch((thrown: unknown) => thrown)
      deepEqual(fieldsOf(error), [
        'type institutions.lacking.type',
        'legalKind institutions.lacking.legalKind',
        'contact institutions.lacking.contact',
      ])
      await fillInstitution(all.rosa, id, {
        ...enough,
        founded: '192X',
        description: { es: 'Sal.', qu: 'Kachi.' },
        names: [{ language: 'qu', name: 'Kachi Wasi', kind: 'translated' }],
      })
      const draft = await find(all.rosa, id)
      deepEqual(
        [draft.state, draft.name, draft.description, draft.completeness > 30],
        ['draft', 'Museo de la Sal', { es: 'Sal.', qu: 'Kachi.' }, true],
      )
      equal(
        (
          await sql<{ year: number }>`select founded_year as year from network.institution where id = ${id}`.execute(
            await dbOf(database),
          )
        ).rows[0]?.year,
        1920,
      )
      await submitInstitution(all.rosa, id)
      deepEqual(await read(all.peru, (db) => countQueue(all.peru, db)), [
        { countryCode: 'PE', validations: 1, edits: 0 },
      ])
      await validateInstitution(all.peru, id, { note: 'Visitado' })
      const listed = await find(all.stranger, id)
      deepEqual(
        [listed.state, listed.definitionSource, listed.validatedAt !== null, listed.submittedAt],
        ['listed', 'Ley 28296', true, null],
      )
      const grants = await read(all.office, (db) =>
        db.selectFrom('network.roleGrant').select(['role', 'personId']).where('institutionId', '=', id).execute(),
      )
      deepEqual(grants, [{ role: 'institution-representative', personId: all.rosa.personId }])
      const history = await read(all.peru, async (db) =>
        listHistory(all.peru, db, id, { rows: await listHistoryRows(all.peru, db, id) }),
      )
      deepEqual(
        history.map(({ name }) => name),
        ['institution.validated', 'institution.submitted', 'institution.filled', 'institution.registered'],
      )
      ok(history[2]!.changes.some(({ relation }) => relation === 'network.institution_name'))
    }))

  test('a second of the same name gets an address of its own, an unknown country is refused, the same form counts once', () =>
    withKeepers(async (all) => {
      const once = '0190a000-0000-7000-8000-000000000001'
      const first = await registerInstitution(all.rosa, {
        country: 'PE',
        kind: 'museum',
        name: 'Museo Municipal',
        city: 'Maras',
        once,
      })
      await rejects(
        registerInstitution(all.rosa, { country: 'PE', kind: 'museum', name: 'Museo Municipal', city: 'Maras', once }),
        (error) => error instanceof AlreadyDone && (error.answer as { id: string }).id === first.id,
      )
      equal(
        (
          await registerInstitution(all.rosa, {
            country: 'BR',
            kind: 'museum',
            name: 'Museo Municipal',
            city: 'Olinda',
          })
        ).slug,
        'museo-municipal-olinda',
      )
      await rejects(registerInstitution(all.rosa, { country: 'ZZ', kind: 'museum', name: 'X', city: 'Y' }), Problems)
    }))

  test('sent back with a reason, mended and sent again; taken off, and validated anew', () =>
    withKeepers(async (all) => {
      const id = await museum(all, 'Museo de la Sal', 'submitted')
      await rejects(returnInstitution(all.peru, id, { note: ' ' }), Problems)
      await returnInstitution(all.peru, id, { note: 'Falta el horario' })
      deepEqual([(await find(all.rosa, id)).state, (await find(all.rosa, id)).note], ['returned', 'Falta el horario'])
      await submitInstitution(all.rosa, id)
      await validateInstitution(all.peru, id)
      await withdrawInstitution(all.peru, id, { note: 'Cerró' })
      await rejects(find(all.stranger, id), Absent)
      await validateInstitution(all.peru, id)
      equal((await find(all.stranger, id)).state, 'listed')
      equal(
        (
          await read(all.office, (db) =>
            db.selectFrom('network.roleGrant').select('id').where('institutionId', '=', id).execute(),
          )
        ).length,
        1,
      )
    }))

  test('an identifier belongs to one institution: PostgreSQL has the last word', () =>
    withKeepers(async (all) => {
      const identifiers = [{ scheme: 'isil' as const, issuer: '', value: 'PE-SAL' }]
      await museum(all, 'Museo de la Sal', 'draft', { identifiers })
      await rejects(museum(all, 'Museo del Oro', 'draft', { identifiers }), {
        constraint: 'an identifier belongs to one institution',
      })
    }))
})

const dbOf = (database: Database) =>
  new Promise<Parameters<Parameters<Database['transaction']>[2]>[0]>(
    (resolve) =>
      void database.transaction(
        { person: null, networkWide: true, institutions: [], countries: [] },
        'read',
        async (db) => resolve(db),
      ),
  )

describe('editing', () => {
  test('where the country reviews, a change waits; the officer takes a part of it, with the reason', () =>
    withKeepers(async (all) => {
      const id = await museum(all, 'Museo de la Sal', 'listed', { telephone: '1', services: ['shop'] })
      const rosa = all.representing(id)
      equal(await editInstitution(rosa, id, { wished: { telephone: '1' } }), 'nothing')
      equal(
        await editInstitution(rosa, id, {
          wished: { telephone: '2', services: ['cafe'], description: { es: 'Nuevo.' } },
          note: 'Obra',
        }),
        'proposed',
      )
      equal((await find(all.stranger, id)).telephone, '1')
      deepEqual(
        (await read(all.peru, (db) => listQueue(all.peru, db))).map(({ waitsFor, fields }) => [waitsFor, fields]),
        [['edit', 3]],
      )
      await rejects(decideProposedEdit(all.peru, id, { decision: 'accept', take: ['telephone'], reason: '' }), Problems)
      await rejects(decideProposedEdit(all.peru, id, { decision: 'accept', take: [], reason: 'x' }), Problems)
      equal(
        await decideProposedEdit(all.peru, id, {
          decision: 'accept',
          take: ['telephone', 'description'],
          reason: 'La cafetería no abre',
        }),
        'partly',
      )
      const after = await find(all.stranger, id)
      deepEqual([after.telephone, after.services, after.about['es']?.body], ['2', ['shop'], 'Nuevo.'])
      equal(await read(all.peru, (db) => findWaitingEdit(all.peru, db, id)), null)
    }))

  test('a further change is taken into the one that waits; back to what it was, and nothing waits', () =>
    withKeepers(async (all) => {
      const id = await museum(all, 'Museo de la Sal', 'listed', { telephone: '1' })
      const rosa = all.representing(id)
      await editInstitution(rosa, id, { wished: { telephone: '2' } })
      await editInstitution(rosa, id, { wished: { telephone: '3', city: 'Urubamba' } })
      deepEqual((await read(rosa, (db) => findWaitingEdit(rosa, db, id)))?.changes, {
        telephone: { before: '1', after: '3' },
        city: { before: 'Maras', after: 'Urubamba' },
      })
      await editInstitution(rosa, id, { wished: { telephone: '1', city: 'Maras' } })
      equal(await read(rosa, (db) => findWaitingEdit(rosa, db, id)), null)
      await editInstitution(rosa, id, { wished: { telephone: '9' } })
      await rejects(withdrawProposedEdit(all.peru, id), Refused)
      await withdrawProposedEdit(rosa, id)
      equal(await read(rosa, (db) => findWaitingEdit(rosa, db, id)), null)
    }))

  test('where the country does not review, and for officers, a change is made at once', () =>
    withKeepers(async (all) => {
      const id = await museum(all, 'Museo del Río', 'listed', { country: 'UY' })
      equal(await editInstitution(all.representing(id), id, { wished: { telephone: '2' } }), 'changed')
      equal((await find(all.stranger, id)).telephone, '2')
      const peruvian = await museum(all, 'Museo de la Sal')
      equal(await editInstitution(all.peru, peruvian, { wished: { telephone: '5' } }), 'changed')
    }))

  test('what a form does not show stays: further translations, other identifiers, the language of an acronym', () =>
    withKeepers(async (all) => {
      const names = [
        { language: 'en', name: 'Salt Museum', kind: 'translated' as const },
        { language: 'en', name: 'Museum of Salt', kind: 'translated' as const },
        { language: 'qu', name: 'KW', kind: 'acronym' as const },
      ]
      const id = await museum(all, 'Museo de la Sal')
      await editInstitution(all.peru, id, { wished: { names } })
      const kept = await find(all.peru, id)
      equal(
        await editInstitution(all.peru, id, {
          wished: {
            names: [
              { ...names[0]!, name: kept.names.find(({ kind }) => kind === 'translated')!.name },
              { language: 'es', name: 'KW', kind: 'acronym' },
            ],
          },
        }),
        'nothing',
      )
      deepEqual((await find(all.peru, id)).names.length, 3)
    }))

  test('an older form is refused instead of overwriting', () =>
    withKeepers(async (all) => {
      const id = await museum(all, 'Museo de la Sal')
      const { version } = await find(all.peru, id)
      await editInstitution(all.peru, id, { wished: { telephone: '5' }, version })
      await rejects(editInstitution(all.peru, id, { wished: { telephone: '6' }, version: '1' }), Changed)
    }))
})

/** Everything that is told of an institution: its row and all that hangs on it. */
async function whole(all: Keepers, id: string): Promise<unknown> {
  return read(all.office, async (db) => {
    const row =
      await sql`select to_jsonb(i) - 'description_id' as row from network.institution i where id = ${id}`.execute(db)
    const hanging = await sql`
      select 'name', language || name || kind as what from network.institution_name where institution_id = ${id}
      union all select 'identifier', scheme || value from network.identifier where institution_id = ${id}
      union all select 'grant', person_id::text from network.role_grant where institution_id = ${id}
      union all select 'affiliation', person_id::text from network.affiliation where institution_id = ${id} order by 1, 2`.execute(
      db,
    )
    return { row: row.rows, hanging: hanging.rows, about: (await findInstitution(all.office, db, id)).about }
  })
}

describe('merging', () => {
  test('all that hangs on the one that goes moves, what is empty is filled, and parting restores both', () =>
    withKeepers(async (all) => {
      const keep = await museum(all, 'Museo de la Sal', 'listed', { email: '', telephone: '1' })
      const absorb = await museum(all, 'Museo de la Sal de Maras', 'listed', {
        website: 'https://sal.pe',
        latitude: -13.3,
        longitude: -72.1,
        coordinatesPrecision: 'exact',
        description: { es: 'Salineras.' },
        names: [{ language: 'qu', name: 'Kachi Wasi', kind: 'translated' }],
        identifiers: [{ scheme: 'wikidata', issuer: '', value: 'Q1' }],
      })
      const before = [await whole(all, keep), await whole(all, absorb)]
      await mergeInstitutions(all.peru, { keep, absorb, reason: 'La misma' })
      const merged = await find(all.stranger, keep)
      deepEqual(
        [
          merged.website,
          merged.latitude,
          merged.telephone,
          merged.email,
          merged.names.map(({ name }) => name),
          merged.identifiers.length,
          merged.about['es']?.body,
          merged.absorbed.map(({ id }) => id),
        ],
        ['https://sal.pe', -13.3, '1', 'sal@museo.example', ['Kachi Wasi'], 1, 'Salineras.', [absorb]],
      )
      equal((await find(all.stranger, absorb)).mergedInto?.id, keep)
      await rejects(mergeInstitutions(all.peru, { keep, absorb }), Problems)
      await rejects(unmergeInstitutions(all.peru, absorb, { reason: '' }), Problems)
      await unmergeInstitutions(all.peru, absorb, { reason: 'Son dos' })
      deepEqual([await whole(all, keep), await whole(all, absorb)], before)
      await rejects(unmergeInstitutions(all.peru, absorb, { reason: 'otra vez' }), Absent)
    }))

  test('what someone changed after the merge stays with the one that stayed', () =>
    withKeepers(async (all) => {
      const keep = await museum(all, 'Museo de la Sal')
      const absorb = await museum(all, 'Museo Salinero', 'listed', { website: 'https://sal.pe', telephone: '7' })
      await mergeInstitutions(all.peru, { keep, absorb })
      await editInstitution(all.peru, keep, { wished: { website: 'https://nueva.pe' } })
      await unmergeInstitutions(all.peru, absorb, { reason: 'Son dos' })
      const [one, other] = [await find(all.peru, keep), await find(all.peru, absorb)]
      deepEqual(
        [one.website, one.telephone, other.website, other.telephone],
        ['https://nueva.pe', '', 'https://sal.pe', '7'],
      )
    }))

  test('pairs that look alike are found, and those told apart no longer', () =>
    withKeepers(async (all) => {
      const one = await museum(all, 'Museo del Algodón Nativo', 'listed', { latitude: -6.7, longitude: -79.9 })
      const other = await museum(all, 'Museo del Algodon Natvo', 'submitted', {
        latitude: -6.7001,
        longitude: -79.9001,
      })
      await museum(all, 'Museo del Cacao')
      const found = await read(all.peru, (db) => findDuplicates(all.peru, db, 'PE'))
      deepEqual(
        found.pairs.map((pair) => [pair.one, pair.other].sort()),
        [[one, other].sort()],
      )
      deepEqual(
        (await read(all.peru, (db) => listLookalikes(all.peru, db, other))).map(({ id }) => id),
        [one],
      )
      deepEqual(
        (
          await read(all.rosa, (db) =>
            listAlike(all.rosa, db, { name: 'Museo Algodón Nativo', city: 'Maras', country: 'PE' }),
          )
        )
          .map(({ id }) => id)
          .sort(),
        [one, other].sort(),
      )
      await tellApart(all.peru, { one, other })
      await tellApart(all.peru, { one: other, other: one })
      equal((await read(all.peru, (db) => findDuplicates(all.peru, db, 'PE'))).total, 0)
      deepEqual(await read(all.peru, (db) => listLookalikes(all.peru, db, other)), [])
    }))
})

describe('finding for other rooms', () => {
  test('by parts of a name, by ids, by whose they are', () =>
    withKeepers(async (all) => {
      const id = await museum(all, 'Museo Nacional de la Cultura Textil')
      await museum(all, 'Museo Textil Oculto', 'draft')
      deepEqual(
        (await read(all.stranger, (db) => searchInstitutions(all.stranger, db, 'cultura textl'))).map((one) => one.id),
        [id],
      )
      deepEqual(await read(all.stranger, (db) => searchInstitutions(all.stranger, db, 'textil', { country: 'BR' })), [])
      const rosa = all.representing(id)
      deepEqual(
        (await read(rosa, (db) => listOwnInstitutions(rosa, db))).map(({ state }) => state),
        ['listed', 'draft'],
      )
    }))
})

test('whoever asked is told what became of it, in their language, and only they', () =>
  withKeepers(async (all) => {
    await record(all.office, 'person.entered', {}, (db) =>
      sql`insert into network.person_contact (person_id, email) values (${all.rosa.personId}, 'rosa@museo.example'), (${all.peru.personId}, 'oficial@pais.example')`.execute(
        db,
      ),
    )
    await record(all.office, 'person.changed', {}, (db) =>
      sql`update network.person set preferred_language = 'pt' where id = ${all.rosa.personId}`.execute(db),
    )
    const id = await museum(all, 'Museo de la Sal', 'submitted')
    await returnInstitution(all.peru, id, { note: 'Falta el horario' })
    await submitInstitution(all.rosa, id)
    await validateInstitution(all.peru, id)
    await validateInstitution(all.peru, id)
    await editInstitution(all.representing(id), id, { wished: { telephone: '2', city: 'X' } })
    await decideProposedEdit(all.peru, id, {
      decision: 'accept',
      take: ['telephone'],
      reason: 'Esa localidad no existe',
    })
    const { rows } = await read(all.office, (db) =>
      sql<{
        address: string
        subject: string
        language: string
        body: string
      }>`select address, subject, language, body::text from mail.letter order by id`.execute(db),
    )
    deepEqual(
      rows.map(({ address, subject, language }) => [address, language, subject]),
      [
        ['rosa@museo.example', 'pt', 'Museo de la Sal: seu país pede correções na ficha'],
        ['rosa@museo.example', 'pt', 'Museo de la Sal está no registro'],
        ['rosa@museo.example', 'pt', 'Museo de la Sal: parte de suas alterações foi aceita'],
      ],
    )
    ok(rows[0]!.body.includes('Falta el horario') && rows[0]!.body.includes('/pt/museus/museo-de-la-sal/incorporacao'))
    ok(rows[2]!.body.includes('Esa localidad no existe'))
  }))

test('the clock of the deed is the actor’s', () =>
  withKeepers(async (all) => {
    const id = await museum(all, 'Museo de la Sal')
    equal(Temporal.Instant.from((await find(all.peru, id)).validatedAt!.replace(' ', 'T')).toString(), now.toString())
  }))
