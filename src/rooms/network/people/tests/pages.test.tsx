import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { reachOf, system } from '#kit/access'
import type { Database } from '#kit/db'
import { record } from '#kit/record'
import { inRollback } from '#help/database'
import { testHall, type Someone, type TestHall } from '#help/hall'
import { readPage } from '#help/page'
import { visit } from '#help/visit'
import { inviteSteward } from '../actions/invitations.ts'
import { editPerson } from '../actions/profile.ts'
import { invitationPath } from '../letters.ts'
import { world, type World } from './world.ts'

type Scene = { w: World; hall: TestHall; database: Database; someone(id: string, name?: string): Promise<Someone> }

const withHall = (work: (scene: Scene) => Promise<void>) =>
  inRollback(async (database) => {
    const w = await world(database)
    const hall = await testHall(database)
    await work({
      w,
      hall,
      database,
      someone: async (personId, name = 'Alguien') => ({ personId, name, grants: await w.grantsOf(personId) }),
    })
  })

const rosaSeen = {
  givenNames: 'Rosa',
  firstSurname: 'Quispe',
  secondSurname: 'Rojas',
  language: 'es' as const,
  zone: 'America/Lima',
  countryCode: 'PE',
  profession: 'Conservación',
  telephone: '+51 999 888 777',
  expertise: [],
  willingTo: ['mentor' as const],
  inDirectory: true,
  publicProfile: true,
  sex: null,
}

/** What a lookup's button finds, without script: the names of the choices on the page that comes back. */
async function sought(hall: TestHall, as: Someone, path: string, field: string, words: string): Promise<string[]> {
  const body = new URLSearchParams({ [`${field}.words`]: words, _find: field })
  const answer = await hall.request(path, {
    method: 'POST',
    headers: {
      cookie: hall.signIn(as),
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: body.toString(),
  })
  equal(answer.status, 200)
  return readPage(await answer.text()).names('radio')
}

describe('pages of people', () => {
  test('the first steward comes in by the console’s link, without script, and is asked for what an account rests on', () =>
    withHall(async ({ w, hall, database }) => {
      const token = await inviteSteward(system(database, 'console'), '', 'es')
      const reader = visit(hall)
      await reader.open(invitationPath('es', token))
      const filled = {
        Nombres: 'Alba',
        'Primer apellido (opcional)': 'Ríos',
        'Correo electrónico': 'alba@red.example',
        'Correo electrónico, otra vez': 'alba@red.exampl',
      }
      await reader.press('Aceptar la invitación', filled)
      equal(reader.status, 422)
      equal(reader.page.field('Nombres').attributes.value, 'Alba')
      deepEqual(reader.page.names('link').filter((name) => name.includes('Marque la casilla')).length, 2)
      await reader.press('Aceptar la invitación', {
        ...filled,
        'Acepto los términos de uso': true,
        'Leí el aviso de privacidad': true,
      })
      match(reader.page.text, /Las dos direcciones no son iguales/)
      await reader.press('Aceptar la invitación', { 'Correo electrónico, otra vez': 'alba@red.example' })
      // Signed in by the real cookie, which this hall's own sessions do not read.
      match(reader.path, /mi-perfil/)
      const grants = await database.transaction(
        reachOf(w.office),
        'read',
        async (db) =>
          (
            await sql<{
              role: string
            }>`select g.role from network.role_grant g join auth."user" u on u.person_id = g.person_id where u.email = 'alba@red.example'`.execute(
              db,
            )
          ).rows,
      )
      deepEqual(grants, [{ role: 'steward' }])
      const again = visit(hall)
      await again.open(invitationPath('es', token))
      match(again.page.text, /Esta invitación ya se aceptó/)
      equal(again.page.all('button', 'Aceptar la invitación').length, 0)
    }))

  test('one’s own page keeps what was typed, refuses an older version, and sends a visitor to sign in', () =>
    withHall(async ({ w, hall, someone }) => {
      equal((await visit(hall).to('network.profile')).status, 403)
      const rosa = visit(hall, { as: await someone(w.people.rosa, 'Rosa') })
      const older = visit(hall, { as: await someone(w.people.rosa, 'Rosa') })
      await rosa.to('network.profile')
      await older.to('network.profile')
      await rosa.press('Guardar mis datos', { Nombres: '', 'Profesión u oficio (opcional)': 'Registro' })
      equal(rosa.status, 422)
      equal(rosa.page.field(/^Profesión u oficio/).attributes.value, 'Registro')
      await rosa.press('Guardar mis datos', { Nombres: 'Rosa María' })
      match(rosa.page.text, /Los datos quedaron guardados/)
      await older.press('Guardar mis datos', { Nombres: 'Otra' })
      equal(older.status, 409)
      equal(older.page.field('Nombres').attributes.value, 'Otra')
    }))

  test('a place of work is sought and claimed without script, and confirmed by the institution', () =>
    withHall(async ({ w, hall, someone }) => {
      const rosa = visit(hall, { as: await someone(w.people.beto) })
      equal(
        (
          await sought(
            hall,
            await someone(w.people.beto),
            `/es/personas/${w.people.beto}/trabajo`,
            'institution',
            'museo de la zal',
          )
        )[0],
        'Museo de la Sal, Ciudad, Perú',
      )
      await rosa.to('network.claim', { id: w.people.beto }, `institution=${w.museums.sal}`)
      const option = 'Museo de la Sal, Ciudad'
      await rosa.press('Agregar', { Institución: option, Desde: '2021-03-01', 'Cargo (opcional)': 'Sala' })
      match(rosa.page.text, /Museo de la Sal/)
      const ruth = visit(hall, { as: await someone(w.people.ruth) })
      await ruth.to('network.people-of', { id: w.museums.sal })
      await ruth.press('Confirmar: Beto Quispe Rojas')
      match(ruth.page.text, /Quedó confirmado/)
      equal(
        (await visit(hall, { as: await someone(w.people.pablo) }).to('network.people-of', { id: w.museums.sal }))
          .status,
        403,
      )
      equal((await visit(hall).to('network.people-of', { id: w.museums.sal })).status, 403)
    }))

  test('the directory and the public page show what was chosen, and nothing that was not', () =>
    withHall(async ({ w, hall, someone }) => {
      equal((await visit(hall).to('network.person', { id: w.people.rosa })).status, 404)
      await editPerson(await w.as(w.people.rosa), w.people.rosa, rosaSeen)
      const reader = visit(hall)
      await reader.to('network.directory')
      deepEqual(
        reader.page
          .rows('Personas')
          .slice(1)
          .map((row) => row.slice(0, 3)),
        [['Rosa Quispe Rojas', 'Conservación', 'Museo de la Sal']],
      )
      await reader.follow('Rosa Quispe Rojas')
      match(reader.page.text, /Acompañar como mentor/)
      for (const hidden of ['999 888', 'rosa@museo.example']) ok(!reader.html.includes(hidden), hidden)
      await reader.to('network.directory', {}, 'q=nadie')
      match(reader.page.text, /Nadie aparece aquí con esas condiciones/)
      equal(
        (await visit(hall, { as: await someone(w.people.ariel) }).to('network.person', { id: w.people.ruth })).status,
        404,
      )
      equal(
        (await visit(hall, { as: await someone(w.people.olga) }).to('network.person', { id: w.people.ruth })).status,
        200,
      )
      equal(
        (await visit(hall, { as: await someone(w.people.olga) }).to('network.edit-person', { id: w.people.ruth }))
          .status,
        403,
      )
    }))

  test('one row and thirty cost the same number of statements', () =>
    inRollback(async (database, rollback) => {
      const w = await world(database)
      const hall = await testHall(database)
      const reader = visit(hall, { as: { personId: w.people.ruth, grants: await w.grantsOf(w.people.ruth) } })
      const cost = async () => {
        const before = rollback.statements().length
        await reader.to('network.people-of', { id: w.museums.sal })
        await reader.to('network.directory')
        return rollback.statements().length - before
      }
      await cost()
      const few = await cost()
      await record(w.office, 'person.entered', {}, async (db) => {
        await sql`with p as (insert into network.person (given_names, first_surname, in_directory) select 'Persona', n::text, true from generate_series(1, 30) n returning id)
          insert into network.affiliation (person_id, institution_id, valid, state) select id, ${w.museums.sal}, '[2020-01-01,)', 'claimed' from p`.execute(
          db,
        )
      })
      await cost()
      const many = await cost()
      ok(many <= few, `one: ${few}; thirty: ${many}`)
    }))

  test('somebody is invited, and the officer sees it; others are told why they may not', () =>
    withHall(async ({ w, hall, someone }) => {
      const olga = visit(hall, { as: await someone(w.people.olga) })
      await olga.to('network.invite')
      await olga.press('Enviar la invitación', {
        'Correo electrónico': 'nueva@museo.example',
        'País (opcional)': 'Perú',
        'Función (opcional)': 'Comisión nacional',
      })
      match(olga.page.text, /La invitación va en camino/)
      deepEqual(olga.page.rows('Invitaciones')[1]!.slice(0, 2), ['nueva@museo.example', 'Comisión nacional, Perú'])
      await olga.press('Retirar: nueva@museo.example')
      match(olga.page.text, /Retirada/)
      await olga.to('network.invite-many')
      await olga.press('Enviar las invitaciones', { 'Tabla en CSV': 'correo,pais\nuno@museo.example,PE\nmal,PE' })
      equal(olga.status, 422)
      match(olga.page.text, /Línea 2: Escriba una dirección de correo completa/)
      const rosa = visit(hall, { as: await someone(w.people.rosa) })
      await rosa.to('network.invite')
      equal(rosa.status, 403)
      match(rosa.page.text, /Usted no puede invitar/)
      for (const name of [
        'network.invitations',
        'network.invite-many',
        'network.enter-person',
        'network.roles',
        'network.grant-role',
        'network.publish-legal',
        'network.my-data',
        'network.erase',
      ] as const) {
        equal((await visit(hall).to(name)).status, 403, name)
      }
    }))

  test('the office gives a role and ends it; joined duties come back in words', () =>
    withHall(async ({ w, hall, someone }) => {
      const lucia = visit(hall, { as: await someone(w.people.lucia) })
      deepEqual(
        (await sought(hall, await someone(w.people.lucia), '/es/funciones/otorgar', 'person', 'rosa quispe'))[0],
        'Rosa Quispe Rojas, Conservación, Perú',
      )
      await lucia.to('network.grant-role', {}, `person=${w.people.rosa}`)
      await lucia.press('Otorgar', { Persona: 'Rosa Quispe Rojas', Función: 'Finanzas', Ámbito: 'Toda la red' })
      match(lucia.page.text, /La función quedó otorgada/)
      await lucia.to('network.grant-role', {}, `person=${w.people.rosa}`)
      await lucia.press('Otorgar', { Persona: 'Rosa Quispe Rojas', Función: 'Evaluación', Ámbito: 'Toda la red' })
      equal(lucia.status, 422)
      match(lucia.page.text, /Quien maneja el dinero no selecciona/)
      await lucia.to('network.roles')
      await lucia.press('Terminar: Finanzas, Rosa Quispe Rojas')
      await lucia.to('network.roles')
      equal(lucia.page.all('heading', 'Finanzas').length, 0)
      const olga = visit(hall, { as: await someone(w.people.olga) })
      await olga.to('network.roles')
      equal(olga.page.all('link', 'Pablo Quispe Rojas').length, 0)
      equal(olga.page.all('link', 'Ruth Quispe Rojas').length, 1)
    }))

  test('one’s data are seen, taken along as a file, and erased', () =>
    withHall(async ({ w, hall, someone }) => {
      const rosa = visit(hall, { as: await someone(w.people.rosa, 'Rosa') })
      await rosa.to('network.my-data')
      await rosa.press('Aceptar: Recibir novedades')
      equal(rosa.page.all('button', 'Retirar: Recibir novedades').length, 1)
      const address = rosa.page.one('link', 'Descargar todo (JSON)').attributes.href!
      const file = await hall.request(address, { headers: { cookie: hall.signIn(await someone(w.people.rosa)) } })
      const whole = JSON.parse(await file.text()) as { personId: string; rooms: { room: string }[] }
      deepEqual([whole.personId, whole.rooms.map(({ room }) => room)], [w.people.rosa, ['network', 'auth']])
      await rosa.to('network.erase')
      await rosa.press('Borrar mis datos', { 'Para confirmar, escriba su nombre completo': 'Rosa' })
      equal(rosa.status, 422)
      await rosa.press('Borrar mis datos', { 'Para confirmar, escriba su nombre completo': 'Rosa Quispe Rojas' })
      match(rosa.page.text, /Sus datos quedaron borrados/)
    }))

  test('notice and terms are there in four languages, and a steward publishes others', () =>
    withHall(async ({ w, hall, someone }) => {
      for (const language of ['es', 'pt', 'en', 'ar'] as const) {
        const reader = visit(hall, { language })
        equal((await reader.to('network.privacy')).status, 200)
        equal(reader.page.direction, language === 'ar' ? 'rtl' : 'ltr')
        equal((await reader.to('network.terms')).status, 200)
      }
      const lucia = visit(hall, { as: await someone(w.people.lucia) })
      await lucia.to('network.publish-legal')
      equal((await lucia.press('Publicar otra versión', { 'Número de versión': '2' })).status, 422)
    }))
})
