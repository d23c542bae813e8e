import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Actor } from '#kit/access'
import { sql } from '#kit/db'
import { read } from '#kit/record'
import { countStatements, inRollback } from '#help/database'
import { testHall, type Someone } from '#help/hall'
import { visit } from '#help/visit'
import { editInstitution } from '../actions/edit.ts'
import { mergeInstitutions } from '../actions/merge.ts'
import { findInstitution } from '../queries.ts'
import { keepers, museum, type Keepers } from './people.ts'

const as = (who: Actor): Someone => ({ personId: who.personId!, name: 'Alguien', grants: who.grants })
type Hall = Awaited<ReturnType<typeof testHall>>
const withPages = (
  work: (all: Keepers, hall: Hall, statements: (asked: () => Promise<unknown>) => Promise<number>) => Promise<void>,
) =>
  inRollback(async (database, rollback) => {
    const all = await keepers(database)
    await work(all, await testHall(database), (asked) => countStatements(rollback, asked))
  })

describe('joining, page by page', () => {
  test('from the first page to the register, nothing typed lost on the way', () =>
    withPages(async (all, hall) => {
      const rosa = visit(hall, { as: as(all.rosa) })
      await rosa.to('network.join-register')
      await rosa.press('Empezar', { País: 'Perú', 'Nombre oficial': '', Localidad: 'Maras' })
      equal(rosa.status, 422)
      equal(rosa.page.field('Localidad').attributes.value, 'Maras')
      await rosa.press('Empezar', { 'Nombre oficial': 'Museo de la Sal' })
      match(rosa.path, /museo-de-la-sal\/incorporacion\/1/)
      await rosa.press('Guardar y continuar', {
        'Tipo de museo (opcional)': 'Historia',
        'Titularidad (opcional)': 'Comunitaria',
        'Año de fundación (opcional)': 'hacia 1890',
      })
      equal(rosa.status, 422)
      match(rosa.page.description(rosa.page.field('Año de fundación (opcional)')), /No entendemos este año/)
      equal(rosa.page.field('Año de fundación (opcional)').attributes.value, 'hacia 1890')
      await rosa.press('Guardar y continuar', { 'Año de fundación (opcional)': '1890~' })
      await rosa.press('Guardar y continuar', { Latitud: '-13,3', Longitud: '-72.1' })
      await rosa.press('Guardar y continuar', { 'Correo electrónico (opcional)': 'sal@museo.example' })
      await rosa.press('Guardar y continuar', { Textiles: true })
      await rosa.press('Guardar y continuar', {
        'Lunes (opcional)': '-',
        'Martes (opcional)': '9 a mañana',
        'Visitas guiadas': true,
      })
      equal(rosa.status, 422)
      await rosa.press('Guardar y continuar', { 'Martes (opcional)': '9-13, 15-18' })
      await rosa.press('Guardar y continuar', { Ascensor: true })
      await rosa.press('Guardar y continuar', { 'Presentación, en español': 'Las salineras.' })
      match(rosa.page.text, /hacia 1890/)
      match(rosa.page.text, /Martes: 09:00–13:00, 15:00–18:00/)
      await rosa.press('Enviar a mi país')
      equal(rosa.status, 422)
      await rosa.press('Enviar a mi país', { 'Los datos son correctos y puedo hablar en nombre del museo': true })
      match(rosa.page.text, /espera la validación/)

      const peru = visit(hall, { as: as(all.peru) })
      await peru.to('network.register-queue')
      await peru.follow('Revisar: Museo de la Sal')
      await peru.press('Registrar la decisión', { 'Su decisión': 'Devolverla para corregir' })
      equal(peru.status, 422)
      await peru.press('Registrar la decisión', { 'Su decisión': 'Validar la ficha' })
      match(peru.page.text, /ya está en el registro público/)
      match(peru.page.text, /No hay nada en espera/)
      const reader = visit(hall)
      await reader.to('network.museum', { id: 'museo-de-la-sal' })
      match(reader.page.text, /Perú avala esta ficha desde el .*, según: Ley 28296/)
    }))

  test('a museum that may be there already is shown first', () =>
    withPages(async (all, hall) => {
      await museum(all, 'Museo de la Sal')
      const other = visit(hall, { as: as(all.stranger) })
      await other.to('network.join-register')
      await other.press('Empezar', { País: 'Perú', 'Nombre oficial': 'Museo La Sal', Localidad: 'Maras' })
      equal(other.status, 422)
      equal(other.page.all('link', 'Museo de la Sal').length, 1)
      await other.press('Empezar', { 'Lo miré: mi museo no está en la lista': true })
      match(other.path, /museo-la-sal\/incorporacion\/1/)
      await other.press('Guardar y salir')
      match(other.path, /mis-museos/)
      deepEqual(
        other.page
          .rows()
          .slice(1)
          .map(([name]) => name),
        ['Museo La Sal'],
      )
    }))
})

describe('the keepers’ pages', () => {
  test('a change proposed on the form is decided field by field', () =>
    withPages(async (all, hall) => {
      const id = await museum(all, 'Museo de la Sal', 'listed', { telephone: '1' })
      const rosa = visit(hall, { as: as(all.representing(id)) })
      await rosa.to('network.edit-museum', { id: 'museo-de-la-sal' })
      await rosa.press('Proponer cambios', {
        'Teléfono (opcional)': '2',
        'Código postal (opcional)': '08001',
        'Mensaje para quien revisa (opcional)': 'Mudanza',
      })
      match(rosa.page.text, /Su propuesta llegó/)
      const peru = visit(hall, { as: as(all.peru) })
      await peru.to('network.decide-edit', { id: 'museo-de-la-sal' })
      match(peru.page.text, /Mudanza/)
      deepEqual(
        peru.page.rows().slice(1),
        [
          ['Teléfono', '1', '2'],
          ['Código postal', '—', '08001'],
        ].toSorted(),
      )
      await peru.press('Aceptar lo marcado', { 'Código postal': false })
      equal(peru.status, 422)
      await peru.press('Aceptar lo marcado', { 'Código postal': false, 'Motivo (opcional)': 'Ese código no existe' })
      const after = await read(all.peru, (db) => findInstitution(all.peru, db, id))
      deepEqual([after.telephone, after.postcode], ['2', ''])
    }))

  test('a pair is compared, merged and parted again', () =>
    withPages(async (all, hall) => {
      const one = await museum(all, 'Museo del Cacao')
      const other = await museum(all, 'Museo del Cacao y Chocolate', 'listed', { website: 'https://cacao.pe' })
      const peru = visit(hall, { as: as(all.peru) })
      await peru.to('network.duplicate-pair', { one, other })
      await peru.press('Unir las dos fichas', { '¿Cuál queda?': 'Museo del Cacao', 'Motivo (opcional)': 'La misma' })
      match(peru.page.text, /Las dos fichas son ahora una/)
      await peru.to('network.museum', { id: other })
      match(peru.path, /museo-del-cacao$/)
      await peru.follow(/Separar de la otra ficha/)
      await peru.press('Separar las fichas', { Motivo: 'Son dos' })
      match(peru.page.text, /volvieron a estar separadas|vuelven a estar separadas/)
      match(peru.page.text, /volvió a separar las fichas unidas/)
    }))

  test('every page answers in four languages, and refuses whom it is not for', () =>
    withPages(async (all, hall) => {
      const id = await museum(all, 'Museo de la Sal', 'listed', { telephone: '1' })
      const draft = await museum(all, 'Museo del Oro', 'draft')
      const gone = await museum(all, 'Museo Repetido')
      await mergeInstitutions(all.peru, { keep: id, absorb: gone })
      await editInstitution(all.representing(id), id, { wished: { telephone: '2' } })
      const pages = [
        ['peru', 'network.register-queue', {}],
        ['peru', 'network.duplicates', {}],
        ['peru', 'network.duplicate-pair', { one: id, other: draft }],
        ['peru', 'network.validate-museum', { id }],
        ['peru', 'network.decide-edit', { id }],
        ['peru', 'network.museum-history', { id }],
        ['peru', 'network.part-museums', { id: gone }],
        ['rosa', 'network.join-register', {}],
        ['rosa', 'network.join-step', { id: draft, step: '6' }],
        ['rosa', 'network.join-check', { id: draft }],
        ['rosa', 'network.my-museums', {}],
        ['peru', 'network.edit-museum', { id }],
      ] as const
      for (const language of ['es', 'pt', 'en', 'ar'] as const) {
        for (const [who, name, params] of pages) {
          const reader = visit(hall, { as: as(all[who]), language })
          equal((await reader.to(name, params)).status, 200, `${name} ${language}`)
          equal(reader.page.language, language)
        }
      }
      const nobody = visit(hall)
      for (const [, name, params] of pages) ok([403, 404].includes((await nobody.to(name, params)).status), name)
      const brazil = visit(hall, { as: as(all.brazil) })
      // Whether a wish waits is not told to others: no page is there for them.
      equal((await brazil.to('network.decide-edit', { id })).status, 404)
      for (const name of ['network.validate-museum', 'network.museum-history', 'network.edit-museum']) {
        equal((await brazil.to(name, { id })).status, 403, name)
      }
      equal((await brazil.to('network.join-step', { id: draft, step: '1' })).status, 404)
      equal((await visit(hall, { as: as(all.rosa) }).to('network.join-step', { id: draft, step: '9' })).status, 404)
    }))

  test('thirty rows cost no more questions than one', () =>
    withPages(async (all, hall, statements) => {
      const peru = visit(hall, { as: as(all.peru) })
      const costs = async () => [
        await statements(() => peru.to('network.register-queue')),
        await statements(() => peru.to('network.duplicates')),
        await statements(() => visit(hall, { as: as(all.rosa) }).to('network.my-museums')),
      ]
      await museum(all, 'Museo Cero', 'submitted')
      await museum(all, 'Museo Cero', 'submitted')
      await costs()
      const few = await costs()
      for (let at = 0; at < 15; at += 1) for (const _ of [1, 2]) await museum(all, `Museo ${at}`, 'submitted')
      equal(
        (await read(all.peru, (db) => sql<{ n: number }>`select count(*) as n from network.institution`.execute(db)))
          .rows[0]?.n,
        32,
      )
      const many = await costs()
      ok(
        many.every((questions, at) => questions <= few[at]!),
        `one: ${few.join(' ')}; thirty: ${many.join(' ')}`,
      )
    }))
})
