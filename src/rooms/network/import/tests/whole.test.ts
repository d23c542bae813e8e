import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, test } from 'node:test'
import { sql } from '#kit/db'
import type { InstitutionMapping } from '../mapping.ts'
import { runImport, type Tell } from '../work/run.ts'
import { undoImport } from '../work/undo.ts'
import { fingerprint, installation } from './installation.ts'
import { manyMapping, manyMuseums } from './many.ts'
import {
  absent,
  argentina,
  buenosAires,
  madridCsv,
  madridJson,
  madridXml,
  mexico,
  peru,
  peruAll,
  portugal,
  register,
} from './registers.ts'

const quiet: Tell = async () => undefined

test('an import whose process is killed ends, begun again, as one that was left alone', async () => {
  const rows = 2100
  const [alone, killed] = [await installation(), await installation()]
  const expected = await runImport(
    alone.database,
    manyMuseums(rows),
    await alone.begin(manyMuseums(rows), manyMapping),
    quiet,
  )
  const id = await killed.begin(manyMuseums(rows), manyMapping)
  const script = new URL('./killed.ts', import.meta.url).pathname
  // Twice killed after a batch, while the next is under way.
  for (const batches of [1, 2]) {
    const child = spawn(
      process.execPath,
      ['--import', './bin/tsx-hook.mjs', script, killed.addresses.owner, id, String(rows)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let seen = 0
    for await (const line of createInterface({ input: child.stdout })) {
      assert.match(line, /^at \d+$/)
      if (++seen === batches) break
    }
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const { atRow } = await killed.ask(
    async (db) =>
      (await sql<{ atRow: number }>`select at_row from network.import where id = ${id}::uuid`.execute(db)).rows[0]!,
  )
  assert.ok(atRow >= 1000 && atRow < rows, String(atRow))
  assert.deepEqual(await runImport(killed.database, manyMuseums(rows), id, quiet), expected)
  assert.deepEqual(await fingerprint(killed.ask), await fingerprint(alone.ask))
  const told = await killed.ask(
    async (db) =>
      (
        await sql<{
          n: number
          last: number
        }>`select count(*)::integer as n, max(number) as last from import.row`.execute(db)
      ).rows[0]!,
  )
  assert.deepEqual(told, { n: rows, last: rows })
})

const mended = (mapping: InstitutionMapping): InstitutionMapping => ({
  ...mapping,
  place: { ...mapping.place, swapped: 'correct' },
})

// file, mapping, country, and what becomes of its rows: created, updated, unchanged, refused, left out.
const registers: [string, InstitutionMapping, string, number[]][] = [
  ['argentina_museos_datosabiertos.csv', argentina, 'AR', [1182, 0, 0, 0, 0]],
  ['mexico_sic_museo_directorio.xml', mexico, 'MX', [1322, 0, 0, 0, 0]],
  ['portugal_wikidata_museus_2021.json', portugal, 'PT', [285, 0, 0, 3, 0]],
  ['peru_mincetur_recursos_turisticos.csv', peruAll, 'PE', [1100, 0, 0, 4487, 0]],
  ['peru_mincetur_recursos_turisticos.csv', mended(peru), 'PE', [164, 0, 0, 0, 5423]],
  ['argentina_caba_osm_museums.geojson', buenosAires, 'AR', [136, 0, 0, 0, 0]],
  ['madrid_201132-0-museos.csv', madridCsv, 'ES', [67, 0, 0, 0, 0]],
]

describe('the real registers', { skip: absent }, () => {
  test('are entered whole, a second time change nothing, and are undone to what was before', async () => {
    const it = await installation(['AR', 'MX', 'PT', 'PE', 'ES'])
    const states: Record<string, string>[] = []
    const imports: string[] = []
    const run = async (name: string, mapping: InstitutionMapping, country: string) => {
      const id = await it.begin(register(name), mapping, { country })
      return { id, counts: Object.values(await runImport(it.database, register(name), id, quiet)) }
    }
    for (const [name, mapping, country, expected] of registers) {
      states.push(await fingerprint(it.ask))
      const { id, counts } = await run(name, mapping, country)
      assert.deepEqual(counts, expected, name)
      imports.push(id)
    }
    const filled = await fingerprint(it.ask)
    for (const [name, mapping, country, [created = 0, , , refused = 0, leftOut = 0]] of registers) {
      const { counts } = await run(name, mapping, country)
      assert.deepEqual(counts, [0, 0, created, refused, leftOut], name)
    }
    assert.deepEqual(await fingerprint(it.ask), filled)
    // Madrid's other two forms of the same data: the same museums, whose longer descriptions and addresses alone are taken over.
    const xml = await run('madrid_201132-0-museos.xml', madridXml, 'ES')
    assert.deepEqual(xml.counts, [0, 1, 66, 0, 0])
    const json = await run('madrid_201132-0-museos.json', madridJson, 'ES')
    assert.equal(json.counts[0], 0)
    assert.equal(json.counts[1]! + json.counts[2]!, 67)
    for (const id of [json.id, xml.id]) await undoImport(it.database, id, 'keep', quiet)
    assert.deepEqual(await fingerprint(it.ask), filled)
    for (const [at, id] of imports.entries().toArray().toReversed()) {
      const undone = await undoImport(it.database, id, 'keep', quiet)
      assert.equal(undone.kept, 0)
      assert.deepEqual(await fingerprint(it.ask), states[at], registers[at]![0])
    }
    assert.equal(await it.count('network.institution'), 0)
    assert.deepEqual(await it.ask(async (db) => (await sql`select * from record.verify()`.execute(db)).rows), [])
  })
})
