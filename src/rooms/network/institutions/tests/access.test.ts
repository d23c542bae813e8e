import { deepEqual, equal, rejects } from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Absent, Refused, visitor, type Actor, type Verdict } from '#kit/access'
import { read } from '#kit/record'
import { inRollback } from '#help/database'
import {
  mayDecideEdit,
  mayEdit,
  mayKeepRegister,
  mayMerge,
  mayReadHistory,
  mayReadQueue,
  mayRegister,
  mayReturn,
  maySubmit,
  mayValidate,
  mayWithdraw,
  type Standing,
} from '../access.ts'
import { decideProposedEdit, editInstitution } from '../actions/edit.ts'
import { mergeInstitutions, tellApart, unmergeInstitutions } from '../actions/merge.ts'
import { submitInstitution } from '../actions/register.ts'
import { returnInstitution, validateInstitution, withdrawInstitution } from '../actions/validate.ts'
import { findDuplicates } from '../likeness-queries.ts'
import { findInstitution, findWaitingEdit, listInstitutionsByIds, listQueue, searchInstitutions } from '../queries.ts'
import { keepers, museum, someone } from './people.ts'

describe('reach', () => {
  test('drafts and withdrawn entries are seen by theirs, their country and the office; edits that wait likewise', () =>
    inRollback(async (database) => {
      const all = await keepers(database)
      const draft = await museum(all, 'Museo Borrador Secreto', 'draft')
      const sent = await museum(all, 'Museo Enviado Secreto', 'submitted')
      const brazilian = await museum(all, 'Museu Secreto do Brasil', 'submitted', { country: 'BR' })
      const gone = await museum(all, 'Museo Retirado Secreto')
      await withdrawInstitution(all.peru, gone, { note: 'x' })
      const edited = await museum(all, 'Museo Público', 'listed', { telephone: '1' })
      await editInstitution(all.representing(edited), edited, { wished: { telephone: 'secreto' } })
      const hidden = [draft, sent, brazilian, gone]
      const nobody = visitor({ database, language: 'es', now: all.rosa.now, requestId: 'test' })
      const sees = async (who: Actor) => {
        const listed = await read(who, (db) => listInstitutionsByIds(who, db, [...hidden, edited]))
        const searched = await read(who, (db) => searchInstitutions(who, db, 'secreto'))
        const found: string[] = []
        for (const id of hidden) {
          await read(who, (db) => findInstitution(who, db, id)).then(
            ({ id: one }) => found.push(one),
            (error: unknown) => equal(error instanceof Absent, true),
          )
        }
        deepEqual(
          listed.map(({ id }) => id),
          [...found, edited],
          'a list and a page disagree',
        )
        deepEqual(searched.map(({ id }) => id).sort(), [...found].sort(), 'a search and a page disagree')
        return { found, waits: (await read(who, (db) => findWaitingEdit(who, db, edited))) !== null }
      }
      deepEqual(await sees(nobody), { found: [], waits: false })
      deepEqual(await sees(all.stranger), { found: [], waits: false })
      deepEqual(await sees(all.rosa), { found: [draft, sent, brazilian], waits: false })
      deepEqual(await sees(all.representing(gone)), { found: [draft, sent, brazilian, gone], waits: false })
      deepEqual(await sees(all.representing(edited)), { found: [draft, sent, brazilian], waits: true })
      deepEqual(await sees(all.peru), { found: [draft, sent, gone], waits: true })
      deepEqual(await sees(all.brazil), { found: [brazilian], waits: false })
      deepEqual(await sees(all.peruAuditor), { found: [draft, sent, gone], waits: true })
      deepEqual(await sees(all.auditor), { found: hidden, waits: true })
      deepEqual(await sees(all.steward), { found: hidden, waits: true })
    }))

  test('a queue and its duplicates are one country’s', () =>
    inRollback(async (database) => {
      const all = await keepers(database)
      const sent = await museum(all, 'Museo de la Sal', 'submitted')
      const brazilian = await museum(all, 'Museu do Sal', 'submitted', { country: 'BR' })
      await museum(all, 'Museu do Sal', 'submitted', { country: 'BR' })
      const queue = async (who: Actor) => (await read(who, (db) => listQueue(who, db))).map(({ id }) => id)
      deepEqual(await queue(all.peru), [sent])
      equal((await queue(all.brazil)).includes(brazilian), true)
      deepEqual(await queue(all.rosa), [])
      equal((await queue(all.auditor)).length, 3)
      deepEqual(await read(all.peru, (db) => findDuplicates(all.peru, db, 'BR')), { pairs: [], total: 0 })
      equal((await read(all.brazil, (db) => findDuplicates(all.brazil, db, 'BR'))).total, 1)
    }))
})

describe('authority', () => {
  const standing = (state: Standing['state'], countryCode = 'PE'): Standing => ({
    id: '00000000-0000-7000-8000-0000000000ff',
    countryCode,
    state,
    registeredBy: null,
  })

  test('role × deed', () =>
    inRollback(async (database) => {
      const all = await keepers(database)
      const it = standing('listed')
      const sent = standing('submitted')
      const elsewhere = { ...standing('listed', 'BR'), id: '00000000-0000-7000-8000-0000000000fe' }
      const rows = (who: Actor): string =>
        (
          [
            mayRegister(who),
            mayEdit(who, it),
            maySubmit(who, standing('draft')),
            mayValidate(who, sent),
            mayReturn(who, sent),
            mayWithdraw(who, it),
            mayDecideEdit(who, it, 'x'),
            mayMerge(who, it, it),
            mayMerge(who, it, elsewhere),
            mayReadHistory(who, it),
            mayReadQueue(who),
            mayKeepRegister(who),
          ] satisfies Verdict[]
        )
          .map(({ allowed }) => (allowed ? 'y' : '-'))
          .join('')
      const nobody = visitor({ database, language: 'es', now: all.rosa.now, requestId: 'test' })
      deepEqual(
        {
          nobody: rows(nobody),
          stranger: rows(all.stranger),
          representative: rows(all.representing(it.id)),
          peru: rows(all.peru),
          brazil: rows(all.brazil),
          steward: rows(all.steward),
          editor: rows(all.editor),
          auditor: rows(all.auditor),
          peruAuditor: rows(all.peruAuditor),
        },
        {
          nobody: '------------',
          stranger: 'y-----------',
          representative: 'yyy------y--',
          peru: 'yyyyyyyy-yyy',
          brazil: 'y---------yy',
          steward: 'yyy--y-yyyyy',
          editor: 'yyy----yyyyy',
          auditor: '---------yy-',
          peruAuditor: '---------yy-',
        },
      )
    }))

  test('an officer decides about no museum that they represent, and nobody about their own wish', () =>
    inRollback(async (database) => {
      const all = await keepers(database)
      const id = await museum(all, 'Museo de la Sal', 'submitted')
      const both = someone(
        database,
        all.peru.personId!,
        ['country-officer', { kind: 'country', id: 'PE' }],
        ['institution-representative', { kind: 'institution', id }],
      )
      await rejects(
        validateInstitution(both, id),
        (error) => error instanceof Refused && error.reason === 'institutions.refused.own',
      )
      await validateInstitution(all.peru, id)
      const rosa = all.representing(id)
      await editInstitution(rosa, id, { wished: { telephone: '2' } })
      const rosaOfficer = someone(database, rosa.personId!, ['country-officer', { kind: 'country', id: 'PE' }])
      await rejects(
        decideProposedEdit(rosaOfficer, id, { decision: 'refuse', take: [], reason: 'x' }),
        (error) => error instanceof Refused && error.reason === 'institutions.refused.own-edit',
      )
    }))

  test('actions refuse whom the verdicts refuse, and out of reach looks absent', () =>
    inRollback(async (database) => {
      const all = await keepers(database)
      const one = await museum(all, 'Museo de la Sal')
      const other = await museum(all, 'Museo del Oro')
      const brazilian = await museum(all, 'Museu do Sal', 'listed', { country: 'BR' })
      const sent = await museum(all, 'Museo Enviado', 'submitted')
      await rejects(validateInstitution(all.brazil, sent), Absent)
      await rejects(returnInstitution(all.brazil, sent, { note: 'x' }), Absent)
      await rejects(submitInstitution(all.stranger, sent), Absent)
      await rejects(withdrawInstitution(all.brazil, one, { note: 'x' }), Refused)
      await rejects(editInstitution(all.stranger, one, { wished: { city: 'X' } }), Refused)
      await rejects(editInstitution(all.auditor, one, { wished: { city: 'X' } }), Refused)
      await rejects(mergeInstitutions(all.peru, { keep: one, absorb: brazilian }), Refused)
      await rejects(tellApart(all.brazil, { one, other }), Refused)
      await mergeInstitutions(all.editor, { keep: one, absorb: brazilian })
      await rejects(unmergeInstitutions(all.peru, brazilian, { reason: 'x' }), Refused)
      await rejects(editInstitution(all.brazil, brazilian, { wished: { city: 'X' } }), Refused)
      deepEqual((await read(all.peru, (db) => findInstitution(all.peru, db, one))).city, 'Maras')
    }))
})
