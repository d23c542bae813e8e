import { parse } from 'csv-parse/sync'
import { system } from '#kit/access'
import { sql } from '#kit/db'
import { inspectFile, readRows, type ImportFile } from '#kit/import'
import { record } from '#kit/record'
import { checkRow, emptyMapping, newContext, runImport, undoImport, type InstitutionMapping } from '#network'
import type { Ground } from './run.ts'

const many = 20_000
const places = ['Lima', 'Cusco', 'Arequipa', 'Puno', 'Trujillo', 'Ayacucho', 'Iquitos']

const text = [
  'id,nombre,tipo,ciudad,direccion,cp,correo,web,telefono,lat,lon,fundado',
  ...Array.from({ length: many }, (_, at) => {
    const point = `${(-12 - (at % 500) / 1000).toFixed(4)},${(-75 - (at % 700) / 1000).toFixed(4)}`
    return `${at},Museo ${at % 9973} de la Provincia,${at % 3 === 0 ? 'Arte' : 'Historia'},${places[at % 7]},Jirón ${at},0${1000 + (at % 9000)},m${at}@museo.pe,www.museo${at}.pe,01 ${500_000 + at},${point},${1850 + (at % 170)}`
  }),
].join('\n')

const file: ImportFile = {
  name: 'register.csv',
  async *open() {
    for (let at = 0; at < text.length; at += 65_536) yield Buffer.from(text.slice(at, at + 65_536))
  },
}

const mapping: InstitutionMapping = {
  ...emptyMapping('bench', 'es'),
  rules: [
    { field: 'country', from: [], constant: 'PE' },
    { field: 'identifier', from: ['id'] },
    { field: 'name', from: ['nombre'] },
    {
      field: 'type',
      from: ['tipo'],
      steps: [{ do: 'lookup', table: { Arte: 'art', Historia: 'history' }, otherwise: 'problem' }],
    },
    { field: 'city', from: ['ciudad'] },
    { field: 'address', from: ['direccion'] },
    { field: 'postcode', from: ['cp'] },
    { field: 'email', from: ['correo'] },
    { field: 'website', from: ['web'] },
    { field: 'telephone', from: ['telefono'] },
    { field: 'latitude', from: ['lat'] },
    { field: 'longitude', from: ['lon'] },
    { field: 'founded', from: ['fundado'] },
  ],
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

/** A register of 20,000 museums: read and checked, entered with its history, read again without a change, and undone. */
export async function bench({ asOwner, tell, say }: Ground): Promise<void> {
  const office = system(asOwner, 'bench')
  await record(office, 'country.entered', {}, (db) =>
    sql`insert into network.country (code, in_region, zone, working_languages) values ('PE', true, 'America/Lima', '{es}')`
      .execute(db)
      .then(() => undefined),
  )
  const inspection = await inspectFile(file)
  // The outline of the country is drawn once.
  for await (const row of readRows(file, inspection.reading)) {
    checkRow(mapping, row, newContext())
    break
  }
  const bare = await seconds(async () => parse(text, { columns: true }))
  const checking = await seconds(async () => {
    const context = newContext()
    for await (const row of readRows(file, inspection.reading)) checkRow(mapping, row, context)
  })
  tell({
    name: 'import: rows read and checked',
    value: many / checking,
    limit: many / bare,
    unit: 'rows/s',
    target: 10_000,
    better: 'more',
  })

  const begin = () =>
    record(office, 'import.brought', {}, async (db) => {
      const { rows } = await sql<{ id: string }>`
        insert into network.import (file_id, file_name, bytes, state, reading, row_count, mapping, country_code)
        values (uuidv7(), ${file.name}, ${text.length}, 'checked', ${JSON.stringify(inspection.reading)}::jsonb, ${many}, ${JSON.stringify(mapping)}::jsonb, 'PE') returning id`.execute(
        db,
      )
      return rows[0]!.id
    })
  const tellNothing = async () => undefined
  const first = await begin()
  const entering = await seconds(() => runImport(asOwner, file, first, tellNothing))
  say('The same rows once more into a table of their own, without history, as this machine can at most …')
  const copying = await seconds(() =>
    record(office, 'institution.copied', {}, async (db) => {
      await sql`create temporary table bare (like network.institution including indexes)`.execute(db)
      for (let from = 0; from < many; from += 500)
        await sql`insert into bare select * from network.institution order by id offset ${from} limit 500`.execute(db)
    }),
  )
  tell({
    name: 'import: rows entered with history',
    value: many / entering,
    limit: many / copying,
    unit: 'rows/s',
    target: 2000,
    better: 'more',
  })
  const second = await begin()
  const repeating = await seconds(() => runImport(asOwner, file, second, tellNothing))
  tell({
    name: 'import: rows repeated without a change',
    value: many / repeating,
    limit: many / checking,
    unit: 'rows/s',
    better: 'more',
  })
  const undoing = await seconds(() => undoImport(asOwner, first, 'keep', tellNothing))
  tell({ name: 'import: rows undone', value: many / undoing, limit: many / entering, unit: 'rows/s', better: 'more' })
}
