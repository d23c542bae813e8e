import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Absent, Changed, Problems, Refused, system, type Actor, type Grant } from '#kit/access'
import { sql, type Database } from '#kit/db'
import { read, record } from '#kit/record'
import {
  applyXliff,
  choose,
  countDesk,
  dismissStale,
  exportXliff,
  findDeskText,
  keepText,
  listDesk,
  loadTexts,
  loadWorkingTexts,
  newTexts,
  plugMachineTranslator,
  publishText,
  readText,
  reviewText,
  shownText,
  translateByMachine,
  translateText,
  withdrawText,
  writeText,
  type NewText,
  type Text,
} from '#kit/text'
import { inRollback } from '#help/database'

const people = {
  editor: '01900000-0000-7000-8000-000000000001',
  translator: '01900000-0000-7000-8000-000000000002',
  reviewer: '01900000-0000-7000-8000-000000000003',
  peruvian: '01900000-0000-7000-8000-000000000004',
  stranger: '01900000-0000-7000-8000-000000000005',
}

function actors(database: Database) {
  const person = (personId: string, ...grants: Omit<Grant, 'id'>[]): Actor => ({
    ...system(database, 'desk test'),
    kind: 'person',
    personId,
    grants: grants.map((grant, at) => ({ id: `${personId.slice(0, -1)}${at}`, ...grant })),
  })
  const network = { kind: 'network' } as const
  return {
    house: system(database, 'desk test'),
    editor: person(people.editor, { role: 'editor', scope: network }),
    translator: person(people.translator, { role: 'translator', scope: network }),
    reviewer: person(people.reviewer, { role: 'language-reviewer', scope: network }),
    peruvian: person(people.peruvian, { role: 'translator', scope: { kind: 'country', id: 'PE' } }),
    stranger: person(people.stranger),
  }
}

const about: NewText = {
  owner: { kind: 'network' },
  room: 'front',
  purpose: 'page.body',
  form: 'markdown',
  source: 'es',
  bodies: { es: 'La red de **museos**' },
  publish: true,
}

type Cast = ReturnType<typeof actors>
type Scene = {
  cast: Cast
  make: (...texts: Partial<NewText>[]) => Promise<string[]>
  shown: (id: string) => Promise<unknown>
  working: (id: string) => Promise<unknown>
}

function table(texts: Record<string, { body: string; state: string }>) {
  const rows = Object.entries(texts).sort()
  return Object.fromEntries(rows.map(([language, { body, state }]) => [language, `${state}: ${body}`]))
}

function scene(name: string, play: (scene: Scene) => Promise<void>): void {
  test(name, () =>
    inRollback(async (database) => {
      const cast = actors(database)
      await play({
        cast,
        make: (...texts) =>
          record(cast.house, 'text.written', {}, (db) =>
            newTexts(
              cast.house,
              db,
              texts.map((text) => ({ ...about, ...text })),
            ),
          ),
        shown: (id) => read(cast.house, async (db) => table((await loadTexts(db, [id])).get(id) ?? {})),
        working: (id) => read(cast.house, async (db) => table((await loadWorkingTexts(db, [id])).get(id) ?? {})),
      })
    }),
  )
}

const problem = (words: string) => (error: unknown) =>
  error instanceof Problems && error.problems.some((one) => one.words === words)

scene(
  'a translation is written, returned, sent again, approved and published',
  async ({ cast, make, shown, working }) => {
    const [textId = ''] = await make({})
    const asked = { textId, language: 'pt' }
    await translateText(cast.translator, { ...asked, body: 'A rede', revision: 0, send: true })
    assert.deepEqual(await working(textId), { es: 'approved: La red de **museos**', pt: 'in-review: A rede' })
    await assert.rejects(publishText(cast.reviewer, asked), problem('text.problem.not-approved'))
    await assert.rejects(reviewText(cast.reviewer, { ...asked, verdict: 'return' }), problem('text.problem.note'))
    await reviewText(cast.reviewer, { ...asked, verdict: 'return', note: 'Falta "de museus"' })
    const back = await read(cast.translator, (db) => findDeskText(cast.translator, db, textId, 'pt'))
    assert.deepEqual([back.state, back.note, back.source], ['in-edit', 'Falta "de museus"', 'La red de **museos**'])
    await translateText(cast.translator, {
      ...asked,
      body: 'A rede de **museus**',
      revision: back.revision,
      send: true,
    })
    await reviewText(cast.reviewer, { ...asked, verdict: 'approve', publish: true })
    assert.deepEqual(await shown(textId), {
      es: 'approved: La red de **museos**',
      pt: 'approved: A rede de **museus**',
    })
  },
)

scene(
  'publishing one language leaves the unpublished edits of another where they are',
  async ({ cast, make, shown, working }) => {
    const [textId = ''] = await make({ bodies: { es: 'La red', pt: 'A rede' } })
    await writeText(cast.editor, { textId, language: 'es', body: 'La red nueva' })
    await translateText(cast.translator, { textId, language: 'pt', body: 'A rede, melhor' })
    await reviewText(cast.reviewer, { textId, language: 'pt', verdict: 'approve', publish: true })
    assert.deepEqual(await shown(textId), { es: 'approved: La red', pt: 'approved: A rede, melhor' })
    assert.deepEqual(await working(textId), { es: 'in-edit: La red nueva', pt: 'approved: A rede, melhor' })
    const desk = await read(cast.translator, (db) => findDeskText(cast.translator, db, textId, 'pt'))
    assert.deepEqual([desk.source, desk.sourceInEdit], ['La red', true], 'translators work from what is settled')
  },
)

scene(
  'a translation grows stale when the new source is published, stays public, and can be said to hold',
  async ({ cast, make, shown }) => {
    const [textId = ''] = await make({ bodies: { es: 'La red', pt: 'A rede', en: 'The network' } })
    await writeText(cast.editor, { textId, language: 'es', body: 'La  **red**' })
    await publishText(cast.editor, { textId, language: 'es' })
    assert.deepEqual(
      await shown(textId),
      { en: 'approved: The network', es: 'approved: La  **red**', pt: 'approved: A rede' },
      'dress alone',
    )
    await writeText(cast.editor, { textId, language: 'es', body: 'La gran red' })
    assert.deepEqual(
      await shown(textId),
      { en: 'approved: The network', es: 'approved: La  **red**', pt: 'approved: A rede' },
      'a draft changes nothing',
    )
    await publishText(cast.editor, { textId, language: 'es' })
    assert.deepEqual(await shown(textId), {
      en: 'stale: The network',
      es: 'approved: La gran red',
      pt: 'stale: A rede',
    })
    await dismissStale(cast.translator, { textId, language: 'pt' })
    assert.deepEqual(await shown(textId), {
      en: 'stale: The network',
      es: 'approved: La gran red',
      pt: 'approved: A rede',
    })
    await assert.rejects(dismissStale(cast.translator, { textId, language: 'pt' }), problem('text.problem.not-stale'))
    await writeText(cast.editor, { textId, language: 'es', body: 'La red' })
    await publishText(cast.editor, { textId, language: 'es' })
    assert.deepEqual(
      await shown(textId),
      { en: 'approved: The network', es: 'approved: La red', pt: 'approved: A rede' },
      'the source went back',
    )
  },
)

async function may(actor: Actor, textId: string): Promise<string> {
  const deeds: (() => Promise<unknown>)[] = [
    () => writeText(actor, { textId, language: 'es', body: `x ${actor.personId}` }),
    () => translateText(actor, { textId, language: 'qu', body: `y ${actor.personId}` }),
    () => reviewText(actor, { textId, language: 'qu', verdict: 'return', note: 'n' }),
    () => publishText(actor, { textId, language: 'es' }),
  ]
  const answers = []
  for (const deed of deeds) {
    answers.push(
      await deed().then(
        () => 'yes',
        (error: unknown) => (error instanceof Refused ? 'no' : error instanceof Problems ? 'yes' : String(error)),
      ),
    )
  }
  return answers.join(' ')
}

scene('who may: role by role', async ({ cast, make }) => {
  const [network = '', peru = '', chile = ''] = await make(
    {},
    { owner: { kind: 'country', id: 'PE' } },
    { owner: { kind: 'country', id: 'CL' } },
  )
  assert.deepEqual(
    {
      editor: await may(cast.editor, network),
      reviewer: await may(cast.reviewer, network),
      translator: await may(cast.translator, network),
      stranger: await may(cast.stranger, network),
      'Peruvian, Peru': await may(cast.peruvian, peru),
      'Peruvian, Chile': await may(cast.peruvian, chile),
      'Peruvian, network': await may(cast.peruvian, network),
    },
    {
      editor: 'yes yes no yes',
      reviewer: 'no yes no yes',
      translator: 'no yes no no',
      stranger: 'no no no no',
      'Peruvian, Peru': 'no yes no no',
      'Peruvian, Chile': 'no no no no',
      'Peruvian, network': 'no no no no',
    },
    'nobody reviews their own',
  )
})

function listed(actor: Actor, show: 'missing' | 'stale' | 'waiting', more = {}): Promise<string[]> {
  return read(actor, async (db) => (await listDesk(actor, db, { language: 'pt', show, ...more })).map(({ id }) => id))
}

scene('the desk lists and counts through the reach of who asks', async ({ cast, make }) => {
  const [one = '', two = '', peru = ''] = await make(
    { bodies: { es: 'uno', pt: 'um' } },
    { bodies: { es: 'dos' }, room: 'calls' },
    { owner: { kind: 'country', id: 'PE' }, bodies: { es: 'tres' } },
    { bodies: { pt: 'quatro' }, source: 'pt' },
    { bodies: {} },
  )
  assert.deepEqual(await listed(cast.translator, 'missing'), [two, peru])
  assert.deepEqual(await listed(cast.translator, 'missing', { room: 'calls' }), [two])
  assert.deepEqual(await listed(cast.translator, 'missing', { after: two }), [peru])
  assert.deepEqual(await listed(cast.peruvian, 'missing'), [peru])
  assert.deepEqual(await listed(cast.stranger, 'missing'), [])
  await writeText(cast.editor, { textId: one, language: 'es', body: 'uno más' })
  await publishText(cast.editor, { textId: one, language: 'es' })
  await translateText(cast.translator, { textId: two, language: 'pt', body: 'dois', send: true })
  assert.deepEqual([await listed(cast.translator, 'stale'), await listed(cast.translator, 'waiting')], [[one], [two]])
  const counts = await read(cast.translator, (db) => countDesk(cast.translator, db, ['pt']))
  const none = { missing: 0, stale: 0, waiting: 0, machine: 0, inEdit: 0, approved: 0 }
  assert.deepEqual(counts, [
    { language: 'pt', owner: { kind: 'country', id: 'PE' }, ...none, total: 1, missing: 1 },
    { language: 'pt', owner: { kind: 'network' }, ...none, total: 2, stale: 1, waiting: 1 },
  ])
})

scene(
  'a machine writes where nobody has, is marked, and never writes over a person',
  async ({ cast, make, shown, working }) => {
    const [one = '', two = '', broken = ''] = await make(
      {},
      { bodies: { es: 'dos', pt: 'dois' } },
      { bodies: { es: 'de {name}' } },
    )
    await assert.rejects(translateByMachine(cast.translator, [one], 'pt'), problem('text.problem.no-translator'))
    const asked: string[][] = []
    plugMachineTranslator({
      name: 'trial',
      translate: async ({ texts }) => {
        asked.push(texts)
        return texts.map((text) =>
          text.includes('de ⟦0⟧') && !text.includes('red') ? 'do' : text.replace('La red', 'A rede'),
        )
      },
    })
    try {
      assert.deepEqual(await translateByMachine(cast.translator, [one, two, broken], 'pt'), {
        done: [one],
        left: [two, broken],
      })
    } finally {
      plugMachineTranslator(null)
    }
    assert.deepEqual(asked, [['La red de ⟦0⟧museos⟦1⟧', 'de ⟦0⟧']])
    assert.deepEqual(await working(one), { es: 'approved: La red de **museos**', pt: 'machine: A rede de **museos**' })
    assert.deepEqual(await shown(one), { es: 'approved: La red de **museos**' }, 'nothing is published by itself')
    await publishText(cast.reviewer, { textId: one, language: 'pt', asMachine: true })
    const text = await read(cast.house, async (db) => (await loadTexts(db, [one])).get(one))
    assert.equal(choose(text, 'pt')?.isMachine, true)
    await reviewText(cast.reviewer, { textId: one, language: 'pt', verdict: 'approve', publish: true })
    const reviewed = await read(cast.house, async (db) => (await loadTexts(db, [one])).get(one))
    assert.deepEqual([choose(reviewed, 'pt')?.isMachine, choose(reviewed, 'pt')?.method], [false, 'machine-edited'])
  },
)

scene("a translator's file is taken unit by unit", async ({ cast, make, working }) => {
  const ids = await make(
    { bodies: { es: 'uno' } },
    { bodies: { es: 'dos' } },
    { bodies: { es: 'tres' } },
    { owner: { kind: 'country', id: 'CL' }, bodies: { es: 'cuatro' } },
  )
  const desk = await read(cast.translator, (db) => listDesk(cast.translator, db, { language: 'pt', show: 'missing' }))
  const said: Record<string, string> = { uno: 'um', dos: 'dois', tres: 'três', cuatro: 'quatro' }
  const file = exportXliff(
    desk.map((text) => ({ ...text, target: said[text.source]!, state: 'in-edit' as const })),
    'es',
    'pt',
  )
  await writeText(cast.editor, { textId: ids[1]!, language: 'es', body: 'dos y medio' })
  await publishText(cast.editor, { textId: ids[1]!, language: 'es' })
  await translateText(cast.translator, { textId: ids[2]!, language: 'pt', body: 'três, feito aqui' })
  const outcome = await applyXliff(cast.translator, file)
  assert.deepEqual(
    [outcome.applied, outcome.same, outcome.problems.map(({ field, words }) => [field, words])],
    [
      2,
      0,
      [
        [ids[1], 'text.xliff.changed'],
        [ids[2], 'text.xliff.edited'],
      ],
    ],
  )
  assert.deepEqual(await working(ids[0]!), { es: 'approved: uno', pt: 'in-review: um' })
  assert.deepEqual(await working(ids[2]!), { es: 'approved: tres', pt: 'in-edit: três, feito aqui' })
  const again = await applyXliff(cast.translator, file)
  assert.deepEqual([again.applied, again.same], [0, 2])
  const foreign = await applyXliff(cast.peruvian, file)
  assert.deepEqual([foreign.applied, foreign.problems.every(({ words }) => words === 'text.xliff.unknown')], [0, true])
})

scene('forms write several languages at once, in a deed of their room', async ({ cast, shown, working }) => {
  const keep = (id: string | null, bodies: Record<string, string>, publish = true) =>
    record(cast.house, 'page.edited', {}, (db) => keepText(cast.house, db, id, { ...about, bodies, publish }))
  const id = await keep(null, { es: ' Hola\u0000 ', pt: '', 'PT-br': 'Oi', qu: 'Rimaykullayki' })
  assert.deepEqual(await shown(id), { es: 'approved: Hola', 'pt-BR': 'approved: Oi', qu: 'approved: Rimaykullayki' })
  assert.equal(await keep(id, { qu: 'Napaykullayki', es: 'Buenos días' }), id)
  assert.deepEqual(await shown(id), {
    es: 'approved: Buenos días',
    'pt-BR': 'stale: Oi',
    qu: 'approved: Napaykullayki',
  })
  await keep(id, { 'pt-BR': '' })
  assert.deepEqual(await working(id), { es: 'approved: Buenos días', qu: 'approved: Napaykullayki' })
  await assert.rejects(keep(id, { es: '[x](javascript:x)' }), problem('text.problem.link'))
  await assert.rejects(keep(null, { español: 'x' }), problem('text.problem.language'))
})

scene('two writers: the second one is told', async ({ cast, make }) => {
  const [textId = ''] = await make({})
  await translateText(cast.translator, { textId, language: 'pt', body: 'A', revision: 0 })
  await assert.rejects(translateText(cast.peruvian, { textId, language: 'pt', body: 'B', revision: 0 }), Refused)
  await assert.rejects(translateText(cast.editor, { textId, language: 'pt', body: 'B', revision: 0 }), Changed)
})

scene('what is withdrawn leaves the public and stays at work', async ({ cast, make, shown, working }) => {
  const [textId = ''] = await make({ bodies: { es: 'La red', pt: 'A rede' } })
  await withdrawText(cast.editor, { textId, language: 'pt', reason: 'error' })
  assert.deepEqual(
    [await shown(textId), await working(textId)],
    [{ es: 'approved: La red' }, { es: 'approved: La red', pt: 'approved: A rede' }],
  )
})

scene("a private text is its keeper's, whoever forgets to ask", async ({ cast, make, shown }) => {
  const [textId = ''] = await make({ keeper: people.stranger, owner: { kind: 'person', id: people.stranger } })
  assert.deepEqual(await shown(textId), { es: 'approved: La red de **museos**' })
  const seen = (actor: Actor) => read(actor, async (db) => (await loadTexts(db, [textId])).size)
  assert.deepEqual([await seen(cast.stranger), await seen(cast.translator)], [1, 0])
  await assert.rejects(translateText(cast.translator, { textId, language: 'pt', body: 'x' }), Absent)
})

scene('a text reads the same by every way of asking for it', async ({ cast, make }) => {
  const ids = await make(
    { bodies: { es: 'uno', pt: 'um', qu: 'huk' } },
    { bodies: { es: 'dos' }, publish: false },
    { bodies: { es: 'x', pt: 'y' }, method: 'machine' },
  )
  await writeText(cast.editor, { textId: ids[0]!, language: 'es', body: 'uno más' })
  await publishText(cast.editor, { textId: ids[0]!, language: 'es' })
  await read(cast.house, async (db) => {
    const loaded = await loadTexts(db, [...ids, null, undefined, people.stranger])
    const { rows } = await sql<{ id: string; byColumn: Text; byFunction: Text; reads: string | null }>`
      select s2.id, ${shownText('s2.id')} as by_column, text.shown(s2.id) as by_function, ${readText('s2.id', 'pt-BR')} as reads
      from text.text_set s2 where s2.id = any (${ids}::uuid[]) order by s2.id`.execute(db)
    assert.deepEqual([...loaded.keys()].sort(), [...ids].sort())
    for (const { id, byColumn, byFunction } of rows) {
      assert.deepEqual(byColumn, loaded.get(id))
      assert.deepEqual(byFunction, loaded.get(id))
    }
    assert.deepEqual(
      rows.map(({ reads }) => reads),
      ['um', null, 'y'],
    )
    assert.deepEqual(
      Object.values(loaded.get(ids[0]!)!)
        .map(({ state }) => state)
        .sort(),
      ['approved', 'stale', 'stale'],
    )
    assert.equal(loaded.get(ids[2]!)!['pt']!.state, 'machine')
  })
})
