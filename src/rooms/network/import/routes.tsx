// Longer than most because it is the alcove’s table of contents: every page with the form it takes.
import { Readable } from 'node:stream'
import './addresses.ts'
import { Absent, found, holds, Problems, require, scopesOf, type Problem } from '#kit/access'
import { sql } from '#kit/db'
import { lendFile, readFilesForm, registers, type Storage } from '#kit/files'
import { get, page, post, room, seeOther, submit, type Ask, type Room, type Typed } from '#kit/http'
import { writeRefused } from '#kit/import'
import { cancelWork, listWork } from '#kit/jobs'
import { say, speak } from '#kit/words'
import { mayHandle, mayImport } from './access.ts'
import { bringImport, keepMapping, mapImport, startCheck, startImport, startUndo, takeMapping } from './actions.ts'
import { checkRow, newContext } from './check.ts'
import { mappingFrom } from './columns.ts'
import { actForm, bringForm, keepForm, mappingForm, takeForm, undoForm } from './forms.ts'
import { importFile } from './jobs.ts'
import { emptyMapping, faultsOf } from './mapping.ts'
import {
  findImport,
  listFindingGroups,
  listFindings,
  listImports,
  listLaterEdits,
  listMappings,
  listTouched,
  loadRefusals,
} from './queries.ts'
import { ColumnsPage } from './views/columns.tsx'
import { ImportOverview } from './views/import.tsx'
import { BringImportPage, ImportsPage } from './views/imports.tsx'
import { FindingsPage, TouchedPage, UndoImportPage } from './views/rows.tsx'
import { words } from './words/index.ts'

const perPage = 50
const limit = 200 * 1024 * 1024
const previewed = 6

const id = (ask: Ask): string => ask.params['id'] ?? ''
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/
const importOf = (ask: Ask) =>
  ask.read((db) => {
    if (!uuid.test(id(ask))) throw new Absent()
    return findImport(ask.actor, db, id(ask))
  })
const pageAsked = (ask: Ask): number =>
  Math.max(1, Math.min(100_000, Number.parseInt(ask.query.get('page') ?? '1', 10) || 1))
const pagesOf = (count: number): number => Math.max(1, Math.ceil(count / perPage))

const isOffice = (ask: Ask): boolean => holds(ask.actor, ['steward', 'editor'])

/** The countries whose registers the actor may bring. */
const countriesOf = async (ask: Ask): Promise<string[]> => {
  if (!isOffice(ask)) return scopesOf(ask.actor, 'country-officer', 'country')
  return ask.read(async (db) =>
    (await sql<{ code: string }>`select code from network.country order by code`.execute(db)).rows.map(
      ({ code }) => code,
    ),
  )
}

async function importsPage(ask: Ask) {
  require(mayImport(ask.actor))
  const at = pageAsked(ask)
  const { imports, count } = await ask.read((db) =>
    listImports(ask.actor, db, { limit: perPage, offset: (at - 1) * perPage }),
  )
  return page(<ImportsPage imports={imports} page={at} pages={pagesOf(count)} mayBring={mayImport(ask.actor)} />)
}

async function bringPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  require(mayImport(ask.actor))
  return page(
    <BringImportPage
      countries={await countriesOf(ask)}
      anyCountry={isOffice(ask)}
      accept={['.csv', '.tsv', '.txt', '.xlsx', '.json', '.geojson', '.xml']}
      limit={limit}
      typed={typed}
      problems={problems}
    />,
  )
}

async function bring(ask: Ask, storage: Storage) {
  require(mayImport(ask.actor))
  const wanted = { accept: [...registers, 'text/plain' as const], limit }
  const { typed, problems } = await readFilesForm(ask, storage, { file: wanted })
  return submit(
    { ...ask, typed: async () => typed },
    {
      form: bringForm,
      act: (input, { once }) => {
        if (problems.length > 0) throw new Problems(problems)
        return bringImport(ask.actor, { fileId: input.file.kept, country: input.country, wanted }, once)
      },
      then: (made) => (ask.tell('done', 'import.done.brought'), seeOther(ask, 'network.import', { id: made })),
      again: (sent, also) =>
        bringPage(ask, sent, [
          ...problems,
          ...also.map(atFile).filter((one) => !problems.some(({ field }) => field === one.field)),
        ]),
    },
  )
}

/** What is wrong with the draft of the file is shown where the file is chosen. */
const atFile = (problem: Problem): Problem =>
  problem.field.startsWith('file') ? { ...problem, field: 'file' } : problem

async function importPage(ask: Ask, _typed?: Typed, problems?: Problem[]) {
  const { it, work, groups } = await ask.read(async (db) => {
    const it = await findImport(ask.actor, db, uuid.test(id(ask)) ? id(ask) : '00000000-0000-0000-0000-000000000000')
    const [work] = await listWork(ask.actor, db, { about: it.id, limit: 1 })
    return { it, work: work ?? null, groups: await listFindingGroups(ask.actor, db, it.id) }
  })
  return page(
    <ImportOverview
      of={it}
      work={work}
      groups={groups}
      mayHandle={mayHandle(ask.actor, it).allowed}
      problems={problems}
    />,
  )
}

/** The buttons of an import's page: which of them was pressed says what is to be done. */
const act = (ask: Ask) =>
  submit(ask, {
    form: actForm,
    act: async ({ what }, { once }) => {
      if (what === 'check') await startCheck(ask.actor, id(ask), once)
      else if (what === 'run') await startImport(ask.actor, id(ask), once)
      else await stop(ask)
      return what
    },
    then: (what) => {
      ask.tell('done', `import.done.${({ check: 'check-started', run: 'started', stop: 'stop-asked' } as const)[what]}`)
      return seeOther(ask, 'network.import', { id: id(ask) })
    },
    // What a mapping lacks is mended where it is made.
    again: async (typed, problems) =>
      problems.some(({ field }) => field !== '')
        ? { ...(await columnsPage(ask, undefined, problems)), status: 422 }
        : importPage(ask, typed, problems),
  })

const stop = async (ask: Ask): Promise<void> => {
  const it = await importOf(ask)
  require(mayHandle(ask.actor, it))
  const [work] = await ask.read((db) => listWork(ask.actor, db, { about: it.id, limit: 1 }))
  await cancelWork(ask.actor, found(work).id)
}

async function columnsPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  const it = await importOf(ask)
  require(mayHandle(ask.actor, it))
  if (it.reading === null) throw new Absent()
  const mapping = it.mapping ?? emptyMapping('registro', 'es')
  const countries = await countriesOf(ask)
  const kept = await ask.read((db) =>
    listMappings(
      ask.actor,
      db,
      it.columns.map(({ path }) => path),
    ),
  )
  const context = newContext(it.countryCode === null ? null : [it.countryCode])
  const runnable =
    faultsOf(
      mapping,
      it.columns.map(({ path }) => path),
    ).length === 0
  const preview = runnable
    ? it.sample.slice(0, previewed).map((row) => ({ number: row.number, outcome: checkRow(mapping, row, context) }))
    : []
  return page(
    <ColumnsPage
      of={it}
      mapping={mapping}
      preview={preview}
      kept={kept}
      countries={countries}
      typed={typed}
      problems={problems}
    />,
  )
}

/** Three forms stand on the page of columns: the mapping itself, taking a kept one, keeping this one. */
async function takeColumns(ask: Ask) {
  const what = (await ask.typed())['what']
  const back = (told: string) => () => (
    ask.tell('done', `import.done.${told}`),
    seeOther(ask, 'network.import-columns', { id: id(ask) })
  )
  const again = (typed: Typed, problems: Problem[]) => columnsPage(ask, typed, problems)
  // The other two forms have no field in common with the mapping's: it is drawn as it is kept.
  const elsewhere = (_typed: Typed, problems: Problem[]) => columnsPage(ask, undefined, problems)
  if (what === 'keep')
    return submit(ask, {
      form: keepForm,
      act: (input, { once }) => keepMapping(ask.actor, id(ask), input, once),
      then: back('mapping-kept'),
      again: elsewhere,
    })
  if (what === 'take')
    return submit(ask, {
      form: takeForm,
      act: ({ mapping }, { once }) => takeMapping(ask.actor, id(ask), mapping, once),
      then: back('mapping-taken'),
      again: elsewhere,
    })
  const it = await importOf(ask)
  return submit(ask, {
    form: mappingForm,
    act: (input, { once, version }) => {
      const mapping = mappingFrom(input, it.columns, it.countryCode)
      return mapImport(ask.actor, it.id, { mapping, entersAs: input.entersAs }, { once, version })
    },
    then: back('mapped'),
    again,
  })
}

async function problemsPage(ask: Ask) {
  const it = await importOf(ask)
  const at = pageAsked(ask)
  const { findings, count } = await ask.read((db) =>
    listFindings(ask.actor, db, it.id, {
      code: ask.query.get('code'),
      column: ask.query.get('column'),
      limit: perPage,
      offset: (at - 1) * perPage,
    }),
  )
  return page(<FindingsPage of={it} findings={findings} count={count} page={at} pages={pagesOf(count)} />)
}

async function institutionsPage(ask: Ask) {
  const it = await importOf(ask)
  const at = pageAsked(ask)
  const { institutions, count } = await ask.read((db) =>
    listTouched(ask.actor, db, it.id, { limit: perPage, offset: (at - 1) * perPage }),
  )
  return page(<TouchedPage of={it} institutions={institutions} page={at} pages={pagesOf(count)} />)
}

const kinds = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'application/xml',
} as Record<string, string>

/** The refused rows as the file they came in, each with its reasons in the reader's language. */
async function refusedFile(ask: Ask, storage: Storage): Promise<Response> {
  const it = await importOf(ask)
  const { reading } = it
  if (reading === null) throw new Absent()
  const { file, refusals } = await ask.read(async (db) => ({
    file: await lendFile(db, it.fileId),
    refusals: await loadRefusals(ask.actor, db, it.id),
  }))
  const t = speak(words, ask.language)
  const reasons = (number: number): string | undefined =>
    refusals
      .get(number)
      ?.map(
        ({ columnPath, value, code, fills }) =>
          `${columnPath === '' ? '' : `${columnPath}: `}${say(ask.language, `import.problem.${code}`, fills)}${value === '' ? '' : ` (${value})`}`,
      )
      .join(' · ')
  const body = writeRefused(importFile(storage, file.sha256, file.name), reading, { column: t('file.reason'), reasons })
  const name = file.name.replace(/(\.[a-z0-9]+)?$/i, (ending) => `-${t('file.name')}${ending}`)
  return new Response(Readable.toWeb(Readable.from(body)) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': `${kinds[reading.format] ?? 'application/json'}; charset=utf-8`,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'private, no-store',
    },
  })
}

async function undoPage(ask: Ask, typed?: Typed, problems?: Problem[]) {
  const it = await importOf(ask)
  require(mayHandle(ask.actor, it))
  const { institutions, count } = await ask.read((db) => listLaterEdits(ask.actor, db, it.id))
  return page(<UndoImportPage of={it} later={institutions} laterCount={count} typed={typed} problems={problems} />)
}

/** The pages of the import of registers, which reads and hands back files from where they are kept. */
export const importRoom = ({ storage }: { storage: Storage }): Room =>
  room('network', words, [
    get('imports', '/{imports}', importsPage),
    get('bring-import', '/{imports}/{new}', (ask) => bringPage(ask)),
    post('bring-import', '/{imports}/{new}', (ask) => bring(ask, storage), { streams: true }),
    get('import', '/{imports}/:id', (ask) => importPage(ask)),
    post('import', '/{imports}/:id', act),
    get('import-columns', '/{imports}/:id/{columns}', (ask) => columnsPage(ask)),
    post('import-columns', '/{imports}/:id/{columns}', takeColumns),
    get('import-problems', '/{imports}/:id/{problems}', problemsPage),
    get('import-institutions', '/{imports}/:id/{institutions}', institutionsPage),
    get('import-refused', '/{imports}/:id/{refused}', (ask) => refusedFile(ask, storage)),
    get('undo-import', '/{imports}/:id/{undo}', (ask) => undoPage(ask)),
    post('undo-import', '/{imports}/:id/{undo}', (ask) =>
      submit(ask, {
        form: undoForm,
        act: ({ later }, { once }) => startUndo(ask.actor, id(ask), later, once),
        then: () => (ask.tell('done', 'import.done.undo-started'), seeOther(ask, 'network.import', { id: id(ask) })),
        again: (typed, problems) => undoPage(ask, typed, problems),
      }),
    ),
  ])
