import { equal, match, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import { system, type Grant } from '#kit/access'
import { inRollback } from '#help/database'
import { testHall } from '#help/hall'
import { visit } from '#help/visit'
import { fillGovernance, fillNetwork } from '#demo/governance'

const steward: Grant = { id: '00000000-0000-7000-8000-000000000001', role: 'steward', scope: { kind: 'network' } }
const office = { personId: '00000000-0000-7000-8000-0000000000aa', name: 'Lucía', grants: [steward] }

const withNetwork = (work: (hall: Awaited<ReturnType<typeof testHall>>) => Promise<void>) =>
  inRollback(async (database) => {
    await fillNetwork(system(database, 'test'))
    await fillGovernance(system(database, 'test'))
    const hall = await testHall(database)
    hall.setClock(Temporal.Instant.from('2026-05-18T15:00:00Z'))
    await work(hall)
  })

describe('governance pages', () => {
  test('anyone sees who is a member, today and on any date', () =>
    withNetwork(async (hall) => {
      const reader = visit(hall)
      await reader.to('network.governance')
      match(reader.html, /14 países miembros/)
      await reader.press('Ver esa fecha', { 'Ver en otra fecha': '2017-06-01' })
      match(reader.html, /12 países miembros/)
      await reader.to('network.governance', {}, 'on=2017-02-30')
      match(reader.html, /14 países miembros/)
    }))

  test('the pages of bodies and countries answer, and what is not there is 404', () =>
    withNetwork(async (hall) => {
      const reader = visit(hall, { language: 'pt' })
      for (const [name, params] of [
        ['network.countries', {}],
        ['network.country', { code: 'pe' }],
        ['network.body', { code: 'consejo' }],
      ] as const) {
        equal((await reader.to(name, params)).status, 200)
      }
      for (const [name, params] of [
        ['network.country', { code: 'zz' }],
        ['network.body', { code: 'nada' }],
        ['network.decision', { code: 'nada' }],
      ] as const) {
        equal((await reader.to(name, params)).status, 404)
      }
    }))

  const work = [
    ['network.describe-network', {}],
    ['network.begin-membership', {}],
    ['network.found-body', {}],
    ['network.enter-partner', {}],
    ['network.enter-country', {}],
    ['network.add-seat', { code: 'consejo' }],
    ['network.give-mandate', { code: 'consejo' }],
    ['network.hold-session', { code: 'consejo' }],
    ['network.propose-motion', { code: 'consejo' }],
    ['network.describe-country', { code: 'pe' }],
    ['network.enter-law', { code: 'pe' }],
  ] as const
  for (const [name, params] of work) {
    test(`${name} is for the office; a visitor is asked to sign in`, () =>
      withNetwork(async (hall) => {
        equal((await visit(hall).to(name, params)).status, 403)
        equal((await visit(hall, { as: { personId: office.personId } }).to(name, params)).status, 403)
        equal((await visit(hall, { as: office }).to(name, params)).status, 200)
      }))
  }

  test('a membership that overlaps comes back with the reason and all that was typed', () =>
    withNetwork(async (hall) => {
      const steward = visit(hall, { as: office })
      await steward.to('network.begin-membership')
      await steward.press('Registrar una membresía', {
        País: 'Perú',
        Desde: '2020-01-01',
        'Fuente (opcional)': 'Una carta',
      })
      equal(steward.status, 422)
      match(steward.html, /ya tiene una membresía/)
      match(steward.html, /value="Una carta"/)
    }))

  test('all problems of a form are told at once', () =>
    withNetwork(async (hall) => {
      const steward = visit(hall, { as: office })
      await steward.to('network.found-body')
      await steward.press('Fundar un órgano', { Código: 'Con Espacios' })
      equal(steward.status, 422)
      ok(steward.page.all('alert').length > 0)
      match(steward.html, /Hay 3 datos por corregir/)
    }))

  test('a motion is put, voted on and decided in pages', () =>
    withNetwork(async (hall) => {
      const steward = visit(hall, { as: office })
      await steward.to('network.propose-motion', { code: 'consejo' })
      await steward.press('Presentar una moción', {
        Código: 'ci-21-1',
        'Moción, en español': 'Aprobar el plan',
        'Regla de decisión': 'Consenso: nadie se opone',
        Pública: true,
      })
      equal(steward.status, 200)
      match(steward.html, /La moción está presentada/)
      await steward.press('Cerrar la votación', { 'Fecha de la decisión': '2026-05-18' })
      equal(steward.status, 422)
      match(steward.html, /No hay quórum/)
    }))
})
