import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { diskStorage, findFile, listFiles } from '#kit/files'
import { runTask } from '#kit/jobs'
import { read } from '#kit/record'
import { inRollback } from '#help/database'
import { silent } from '#help/installation'
import { stepInstrument } from '../actions/instruments.ts'
import { orderResult } from '../actions/returns.ts'
import { resultDocument } from '../document.ts'
import { returnTasks, setReturn } from '../jobs.ts'
import { findResult } from '../queries.ts'
import { castOf, checked, listed, opened } from './cast.ts'

test('a result becomes an accessible PDF among the museum’s own files, in each language', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quipu-returns-'))
  try {
    await inRollback(
      async (database) => {
        const cast = await castOf(database)
        const storage = diskStorage(folder)
        returnTasks({ storage })
        const last = await opened(cast.steward, 'visitors', 2024)
        await checked(cast, last, cast.museum, 80)
        const instrument = await opened(cast.steward)
        const id = await checked(cast, instrument, cast.museum, 100)
        for (let place = 1; place <= 4; place += 1)
          await checked(cast, instrument, await listed(cast.house, 'PE', `Museo ${place}`), place * 10)
        await stepInstrument(cast.steward, instrument, 'close')
        await stepInstrument(cast.steward, instrument, 'publish')
        const result = await read(cast.house, (db) => findResult(cast.house, db, id))
        const { pieces } = resultDocument(result, 'Red', 'es', '2026-05-18')
        const table = pieces.find((piece) => piece.kind === 'table')
        const visits =
          table?.kind === 'table' ? table.rows.find(([name]) => name === 'Visitas presenciales') : undefined
        deepEqual(visits, ['Visitas presenciales', '100', '+20 (+25%)', '30', 'Por encima'])
        for (const language of ['es', 'ar'] as const) {
          await orderResult({ ...cast.keeper, language }, id)
          const helpers = { job: { id: '1', attempts: 1, max_attempts: 3 }, query: () => undefined } as never
          const payload = { returnId: id, language }
          await runTask(setReturn, payload, helpers, database, new AbortController().signal, silent)
        }
        const files = await read(cast.keeper, (db) => listFiles(cast.keeper, db, id))
        equal(files.length, 2)
        const file = await read(cast.keeper, (db) => findFile(cast.keeper, db, files[0]!.id))
        deepEqual([file.kind, file.keeper, file.state], ['application/pdf', cast.museum, 'kept'])
        match(file.name, /^visitors-2025-.+\.pdf$/)
        const stored = await storage.get(file.sha256)
        const bytes = Buffer.from(await new Response(stored!.stream).arrayBuffer()).toString('latin1')
        ok(bytes.startsWith('%PDF-') && bytes.includes('/StructTreeRoot'))
      },
      { as: 'owner' },
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
