import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { system, type Grant } from '#kit/access'
import { sql } from '#kit/db'
import { diskStorage, openUploads } from '#kit/files'
import { installJobs, runJobsNow } from '#kit/jobs'
import { read, record } from '#kit/record'
import { testDatabase, type TestDatabase } from '#help/database'
import { testHall, type Someone, type TestHall } from '#help/hall'
import { silent } from '#help/installation'
import { visit } from '#help/visit'
import { importTasks } from '../jobs.ts'

const grant = (role: Grant['role'], country?: string): Grant => ({
  id: '00000000-0000-7000-8000-000000000001',
  role,
  scope: country === undefined ? { kind: 'network' } : { kind: 'country', id: country },
})

const register = `CODIGO;NOMBRE;CATEGORÍA;LATITUD;LONGITUD;CORREO;FECHA DE FUNDACION
1;Museo de la Sal;Museos;-77.04;-12.05;sal@museo.pe;1000-01-01
2;Museo del Agua;Museos;-71.97;-13.52;agua@@;1987-05-18
3;;Museos;-71.97;-13.52;;2001
4;Laguna Azul;Lagunas;-77.5;-9.5;;
5;Museo del Hilo;Museos;;;hilo@museo.pe;1000-01-01
`

describe('bringing a register in the browser', () => {
  let base: TestDatabase
  let hall: TestHall
  let folder: string
  let officer: Someone
  let work: () => Promise<number>
  before(async () => {
    base = await testDatabase()
    await installJobs(base.addresses.owner)
    folder = await mkdtemp(join(tmpdir(), 'quipu-import-'))
    const storage = diskStorage(join(folder, 'files'))
    hall = await testHall(base.database, { files: { storage, uploads: openUploads(storage, join(folder, 'uploads')) } })
    const office = system(base.asOwner, 'test')
    const personId = await record(office, 'country.entered', {}, async (db) => {
      await sql`insert into network.country (code, in_region, zone, working_languages, definition_source) values ('PE', true, 'America/Lima', '{es}', 'Ley 28296'), ('CL', true, 'America/Santiago', '{es}', '')`.execute(
        db,
      )
      const { rows } = await sql<{
        id: string
      }>`insert into network.person (given_names, first_surname, country_code) values ('Rosa', 'Quispe', 'PE') returning id`.execute(
        db,
      )
      return rows[0]!.id
    })
    officer = { personId, name: 'Rosa Quispe', grants: [grant('country-officer', 'PE')] }
    work = () => runJobsNow({ ownerAddress: base.addresses.owner, tasks: importTasks({ storage }), log: silent })
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const institutions = () =>
    read(
      system(base.asOwner, 'test'),
      async (db) =>
        (
          await sql<
            Record<string, unknown>
          >`select name, email, founded, latitude, state from network.institution order by name`.execute(db)
        ).rows,
    )

  test('an officer brings a file, maps it, checks it, enters it, takes back what was refused, and undoes it', async () => {
    const rosa = visit(hall, { as: officer })
    await rosa.to('network.imports')
    match(rosa.html, /Todavía no se ha traído ningún registro/)
    await rosa.follow('Traer un registro')
    await rosa.press('Traer el archivo', {})
    equal(rosa.status, 422)
    await rosa.press('Traer el archivo', {
      Archivo: new File([register], 'recursos.csv', { type: 'text/csv' }),
      'País de los museos': 'Perú',
    })
    match(rosa.html, /El archivo llegó y se está leyendo/)
    const { path } = rosa
    await work()
    await rosa.open(path)
    match(rosa.html, /hay una propuesta hecha/)
    await rosa.follow('Asignar columnas')
    // What the file itself suggests stands there: the sample shows it as museums, and what is wrong with them.
    match(rosa.html, /Museo de la Sal/)
    match(rosa.html, /La latitud y la longitud están intercambiadas/)
    match(rosa.html, /1000-01-01 aparece 2 veces/)
    await rosa.press('Guardar y ver la muestra', { 'Código del registro': 'Recursos de Perú' })
    equal(rosa.status, 422)
    await rosa.press('Guardar y ver la muestra', {
      'Código del registro': 'pe-recursos',
      'Latitud y longitud intercambiadas': 'Corregir',
      'Museos (4)': true,
    })
    equal(rosa.status, 200)
    await rosa.follow(/recursos\.csv/)
    await rosa.press('Comprobar todo')
    await work()
    await rosa.open(path)
    match(rosa.html, /Todavía no se ha tocado nada del registro/)
    match(rosa.html, /Falta el nombre/)
    match(rosa.html, /No es una dirección de correo/)
    equal((await institutions()).length, 0)
    await rosa.follow(/^Ver las filas.*CORREO/)
    match(rosa.html, /agua@@/)
    await rosa.open(path)
    await rosa.press('Importar')
    await work()
    await rosa.open(path)
    deepEqual(await institutions(), [
      { name: 'Museo de la Sal', email: 'sal@museo.pe', founded: '', latitude: -12.05, state: 'submitted' },
      { name: 'Museo del Agua', email: '', founded: '1987-05-18', latitude: -13.52, state: 'submitted' },
      { name: 'Museo del Hilo', email: 'hilo@museo.pe', founded: '', latitude: null, state: 'submitted' },
    ])
    await rosa.follow('Descargar las filas rechazadas')
    equal(rosa.response.headers.get('content-type'), 'text/csv; charset=utf-8')
    match(
      rosa.html,
      /CORREO;FECHA DE FUNDACION;motivo\r\n3;;Museos;-71\.97;-13\.52;;2001;NOMBRE: Falta el nombre\.\r\n$/,
    )
    await rosa.open(path)
    await rosa.follow('Ver las instituciones')
    match(rosa.html, /Museo del Hilo/)
    await rosa.open(path)
    await rosa.follow('Deshacer la importación')
    match(rosa.html, /3 instituciones que entraron con ella se quitarán/)
    await rosa.press('Deshacer la importación')
    await work()
    deepEqual(await institutions(), [])
    await rosa.open(path)
    match(rosa.html, /La importación se deshizo/)
  })

  test('a kept mapping serves the next file; a file that cannot be read says why', async () => {
    const rosa = visit(hall, { as: officer, language: 'es' })
    const bring = async (content: string, name: string) => {
      await rosa.to('network.bring-import')
      await rosa.press('Traer el archivo', { Archivo: new File([content], name), 'País de los museos': 'Perú' })
      const { path } = rosa
      await work()
      return rosa.open(path)
    }
    await bring(register, 'uno.csv')
    await rosa.follow('Asignar columnas')
    await rosa.press('Guardar y ver la muestra', { 'Código del registro': 'pe-dos' })
    await rosa.press('Guardar la asignación', { Nombre: 'Recursos turísticos' })
    match(rosa.html, /quedó guardada con su nombre/)
    await bring(register.replace('CORREO', 'CONTACTO'), 'dos.csv')
    await rosa.follow('Asignar columnas')
    await rosa.press('Usar esta asignación', { Asignación: 'Recursos turísticos, de Rosa Quispe (86%)' })
    match(rosa.html, /value="pe-dos"/)
    await bring('<museos><museo><nombre>A</museo></museos>', 'roto.xml')
    match(rosa.html, /no está bien formado/)
  })

  test('only officers of the country and the office see an import; the public none', async () => {
    const rosa = visit(hall, { as: officer })
    await rosa.to('network.imports')
    await rosa.follow('uno.csv')
    const { path } = rosa
    const others: [Someone | undefined, number][] = [
      [undefined, 404],
      [{ personId: '00000000-0000-7000-8000-0000000000bb' }, 404],
      [{ personId: '00000000-0000-7000-8000-0000000000bb', grants: [grant('country-officer', 'CL')] }, 404],
      [{ personId: '00000000-0000-7000-8000-0000000000bb', grants: [grant('steward')] }, 200],
    ]
    for (const [as, status] of others) equal((await visit(hall, as ? { as } : {}).open(path)).status, status)
    equal((await visit(hall).to('network.imports')).status, 403)
    const chile = visit(hall, {
      as: { personId: '00000000-0000-7000-8000-0000000000bb', grants: [grant('country-officer', 'CL')] },
    })
    doesNotMatch((await chile.to('network.imports')).html, /uno\.csv/)
  })

  test('every page speaks Arabic too', async () => {
    const rosa = visit(hall, { as: { ...officer, language: 'ar' }, language: 'ar' })
    await rosa.to('network.imports')
    match(rosa.html, /dir="rtl"/)
    await rosa.follow('uno.csv')
    await rosa.follow('ربط الأعمدة')
    match(rosa.html, /ما هو كل عمود/)
  })
})
