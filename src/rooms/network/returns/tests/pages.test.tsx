import { doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Actor } from '#kit/access'
import { countStatements, inRollback, type Rollback } from '#help/database'
import { testHall, type Someone, type TestHall } from '#help/hall'
import { visit } from '#help/visit'
import { stepInstrument } from '../actions/instruments.ts'
import { beginReturn, sendReturn, shareResult } from '../actions/returns.ts'
import { castOf, checked, fill, listed, now, opened, type Cast } from './cast.ts'

const asSomeone = (actor: Actor): Someone => ({ personId: actor.personId!, grants: actor.grants })

const scene = (name: string, play: (hall: TestHall, cast: Cast, rollback: Rollback) => Promise<void>): void => {
  test(name, () =>
    inRollback(async (database, rollback) => {
      const cast = await castOf(database)
      const hall = await testHall(database)
      hall.setClock(now)
      await play(hall, cast, rollback)
    }),
  )
}

describe('the yearly return, in pages', () => {
  scene('the office prepares and opens it; every problem of the form is told at once', async (hall, { steward }) => {
    const office = visit(hall, { as: asSomeone(steward) })
    await office.to('network.returns')
    match(office.html, /Todavía no hay informes anuales/)
    await office.to('network.prepare-return')
    await office.press('Preparar el informe', { 'Año al que se refiere': 'hoy', 'Mínimo de museos por cifra': '1' })
    equal(office.status, 422)
    match(office.html, /Hay 3 datos por corregir/)
    match(office.html, /value="hoy"/)
    await office.press('Preparar el informe', {
      'Qué se pregunta': 'Visitantes',
      'Año al que se refiere': '2025',
      'Mínimo de museos por cifra': '5',
    })
    match(office.html, /El informe está preparado/)
    await office.follow('Abrir a los museos')
    await office.press('Abrir a los museos')
    match(office.html, /El informe está abierto a los museos/)
    const reader = visit(hall)
    await reader.to('network.returns')
    match(reader.html, /Visitantes del año/)
    equal((await reader.to('network.prepare-return')).status, 403)
  })

  scene(
    'a museum answers on two devices over a day, sends it whole, and the officer gives it back and checks it',
    async (hall, cast) => {
      await opened(cast.steward)
      const phone = visit(hall, { as: asSomeone(cast.keeper) })
      await phone.to('network.returns')
      await phone.follow(/^Empezar/)
      await phone.press('Empezar')
      match(phone.html, /Faltan \d+ respuestas/)
      await phone.follow('Apertura')
      await phone.press('Guardar y seguir otro día', { '¿Cuántos días abrió el museo en el año?': 'casi 300' })
      match(phone.html, /Guardado/)
      // Another device, later: what was typed is there, though it could not be read.
      const laptop = visit(hall, { as: asSomeone(cast.keeper) })
      await laptop.to('network.returns')
      await laptop.follow(/^Seguir respondiendo/)
      const { path } = laptop
      await laptop.follow('Apertura')
      match(laptop.html, /value="casi 300"/)
      await laptop.press('Guardar y continuar', {
        '¿Cuántos días abrió el museo en el año?': '296',
        '¿Estuvo cerrado más de un mes seguido?': 'No',
      })
      match(laptop.html, /Sección 2 de 4/)
      // The phone still shows the old page: it overwrites nothing.
      await phone.open(`${path}/secciones/opening`)
      match(phone.html, /value="296"/)
      const id = path.split('/').at(-1)!
      await fill(cast.keeper, id)
      await phone.open(path)
      match(phone.html, /Está completo/)
      await phone.follow('Repasar y enviar')
      await phone.press('Enviar el informe')
      match(phone.html, /El informe está enviado/)
      equal((await phone.open(`${path}/secciones/opening`)).status, 403)

      const officer = visit(hall, { as: asSomeone(cast.officer) })
      await officer.to('network.returns')
      await officer.follow(/^Revisar los recibidos/)
      await officer.follow(/^Revisar: /)
      await officer.press('Guardar la decisión', { '¿Está en orden?': 'No, devolverlo al museo' })
      equal(officer.status, 422)
      match(officer.html, /Escriba qué hay que corregir/)
      await officer.press('Guardar la decisión', { 'Nota para el museo (opcional)': 'Revise enero' })
      match(officer.html, /La decisión está guardada/)
      await phone.open(path)
      match(phone.html, /Revise enero/)
      await sendReturn(cast.keeper, id)
      await officer.to('network.check-return', { id })
      await officer.press('Guardar la decisión', { '¿Está en orden?': 'Sí, darlo por revisado' })
      match(officer.html, /La decisión está guardada/)
      await phone.to('network.return-result', { id })
      match(phone.html, /Resultado de/)
      await phone.follow('Compartir el resultado')
      await phone.press('Guardar', { 'Quién más puede leerlo (opcional)': ['Todo el mundo'] })
      match(phone.html, /Todo el mundo/)
      equal((await visit(hall).to('network.return-result', { id })).status, 200)
    },
  )

  scene('what another device changed meanwhile is not overwritten, and all else is kept', async (hall, cast) => {
    const id = await beginReturn(cast.keeper, await opened(cast.steward), cast.museum)
    const [phone, laptop] = [visit(hall, { as: asSomeone(cast.keeper) }), visit(hall, { as: asSomeone(cast.keeper) })]
    for (const device of [phone, laptop]) await device.to('network.answer-return', { id, section: 'opening' })
    await phone.press('Guardar y continuar', { '¿Cuántos días abrió el museo en el año?': '200' })
    await laptop.press('Guardar y continuar', {
      '¿Cuántos días abrió el museo en el año?': '250',
      '¿Estuvo cerrado más de un mes seguido?': 'No',
    })
    equal(laptop.status, 422)
    match(laptop.html, /se cambió en otro dispositivo/)
    match(laptop.html, /value="250"/)
    await laptop.press('Guardar y continuar')
    equal(laptop.status, 200)
  })

  scene(
    'the public reads the totals in four languages, without small cells, and no museum’s own',
    async (hall, cast) => {
      const id = await opened(cast.steward)
      for (let place = 1; place <= 6; place += 1)
        await checked(cast, id, await listed(cast.house, 'MX', `Museo ${place}`), 1000)
      await checked(cast, id, cast.museum, 7777)
      await stepInstrument(cast.steward, id, 'close')
      const before = visit(hall)
      await before.to('network.instrument', { id })
      doesNotMatch(before.html, /13\D{0,6}777/)
      await stepInstrument(cast.steward, id, 'publish')
      for (const language of ['es', 'pt', 'en', 'ar'] as const) {
        const reader = visit(hall, { language })
        await reader.to('network.instrument', { id })
        equal(reader.status, 200)
        ok(reader.page.all('table').length >= 4)
        doesNotMatch(reader.html, /7[.,  ]?777\D/)
      }
      const reader = visit(hall)
      await reader.to('network.instrument', { id })
      match(reader.html, /De 7 museos/)
      match(reader.html, /13\D{1,6}777/)
      match(reader.html, /Oculto/)
    },
  )

  scene('who may not, is told so or finds nothing', async (hall, cast) => {
    const instrument = await opened(cast.steward)
    const id = await beginReturn(cast.keeper, instrument, cast.museum)
    const result = await checked(cast, instrument, cast.other, 12)
    const as = (actor: Actor) => visit(hall, { as: asSomeone(actor) })
    for (const [name, params] of [
      ['network.return', { id }],
      ['network.answer-return', { id, section: 'opening' }],
      ['network.send-return', { id }],
      ['network.check-return', { id }],
      ['network.return-result', { id: result }],
      ['network.share-return', { id: result }],
      ['network.print-return', { id: result }],
      ['network.return', { id: 'nada' }],
      ['network.instrument', { id: 'nada' }],
    ] as const) {
      equal((await as(cast.stranger).to(name, params)).status, 404, name)
      equal((await visit(hall).to(name, params)).status, 404, name)
    }
    equal((await as(cast.officer).to('network.return', { id })).status, 404, 'a draft is its museum’s own')
    equal((await as(cast.keeper).to('network.check-return', { id })).status, 403)
    equal((await as(cast.stranger).to('network.return-desk', { id: instrument })).status, 403)
    equal((await as(cast.stranger).to('network.begin-return', { id: instrument })).status, 403)
    equal((await as(cast.officer).to('network.instrument-step', { id: instrument, step: 'close' })).status, 403)
    equal((await as(cast.officer).to('network.share-return', { id: result })).status, 403)
    await shareResult(cast.neighbour, result, ['public'])
    equal((await visit(hall).to('network.return-result', { id: result })).status, 200)
  })

  scene('a PDF is asked for and its progress shown', async (hall, cast) => {
    const id = await checked(cast, await opened(cast.steward), cast.museum, 12)
    const museum = visit(hall, { as: asSomeone(cast.keeper) })
    await museum.to('network.return-result', { id })
    await museum.follow('Pedir el PDF')
    await museum.press('Preparar el PDF')
    equal(museum.status, 200)
    equal(museum.page.all('progressbar').length, 1)
  })

  scene('one row and thirty cost the same number of queries', async (hall, cast, rollback) => {
    const id = await opened(cast.steward)
    await checked(cast, id, cast.museum, 1)
    const officer = visit(hall, { as: asSomeone(cast.steward) })
    const cost = async () => ({
      list: await countStatements(rollback, () => officer.to('network.returns')),
      desk: await countStatements(rollback, () => officer.to('network.return-desk', { id })),
    })
    await cost()
    const one = await cost()
    for (let place = 0; place < 29; place += 1)
      await beginReturn(cast.house, id, await listed(cast.house, 'MX', `Museo ${place}`))
    for (let year = 2000; year < 2029; year += 1) if (year !== 2025) await opened(cast.steward, 'visitors', year)
    const thirty = await cost()
    ok(one.list > 0 && one.desk > 0)
    // What the house already knows from the pages before may spare one; none may be added.
    ok(
      thirty.list <= one.list && thirty.desk <= one.desk,
      `one: ${JSON.stringify(one)}; thirty: ${JSON.stringify(thirty)}`,
    )
    await officer.to('network.return-desk', { id })
    match(officer.html, /Museo 28/)
  })
})
