import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  choose,
  fallbackOrder,
  lacking,
  methodAfter,
  sourceHash,
  standing,
  stateAfter,
  tidy,
  type Shown,
  type Text,
  type TextEvent,
  type WorkState,
} from '#kit/text'

const alike: [string, string, string][] = [
  ['spaces', 'Un museo  abierto\n', ' Un museo\nabierto'],
  ['composed letters', 'Conservación', 'Conservacio\u0301n'],
  ['soft hyphens', 'conser\u00advación', 'conservación'],
  ['emphasis', 'Un **museo** _abierto_', 'Un museo abierto'],
  ['headings', '## Bases\n\nTexto', 'Bases\n\nTexto'],
  ['bullets', '- uno\n- dos', '* uno\n* dos'],
  ['quotation', '> Dijo', 'Dijo'],
  ['line breaks', 'uno  \ndos', 'uno\ndos'],
]
const different: [string, string, string][] = [
  ['a word', 'Un museo', 'Un museo más'],
  ['an accent', 'el', 'él'],
  ['a capital', 'estado', 'Estado'],
  ['a number', '2,500', '2,50'],
  ['where a link leads', '[bases](https://a.org)', '[bases](https://b.org)'],
  ['order', 'uno dos', 'dos uno'],
]

test('a change of dress or space keeps the hash, a change of words does not', () => {
  for (const [name, one, other] of alike) assert.equal(sourceHash(one, 'markdown'), sourceHash(other, 'markdown'), name)
  for (const [name, one, other] of different) {
    assert.notEqual(sourceHash(one, 'markdown'), sourceHash(other, 'markdown'), name)
    assert.notEqual(sourceHash(one, 'plain'), sourceHash(other, 'plain'), name)
  }
  assert.notEqual(sourceHash('**uno**', 'plain'), sourceHash('uno', 'plain'), 'in plain text a star is a star')
})

// Letters that need composing, breaks and controls of every sort, half a character, other scripts.
const odd = fc.constantFrom(
  'a',
  'é',
  'e\u0301',
  ' ',
  '  ',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '\u0000',
  '\u0085',
  '\ufeff',
  '\ud800',
  '\u2028',
  '\u200b',
  '\u00ad',
  'متحف',
  '*',
  '😀',
)

test('tidying is done once, and changes no hash', () => {
  const forms = fc.constantFrom('line' as const, 'plain' as const, 'markdown' as const)
  fc.assert(
    fc.property(fc.string({ unit: odd, maxLength: 30 }), forms, (body, form) => {
      const tidied = tidy(body, form)
      assert.equal(tidy(tidied, form), tidied)
      if (form === 'line') assert.ok(!tidied.includes('\n'))
      if (form === 'plain') assert.equal(sourceHash(tidied, form), sourceHash(tidy(` ${body}\n`, form), form))
    }),
  )
})

const events: TextEvent[] = ['written', 'translated-by-machine', 'sent', 'returned', 'approved']
const states: (WorkState | 'missing')[] = ['missing', 'machine', 'in-edit', 'in-review', 'approved']

test('the states of the work, event by event', () => {
  const table = states.map((state) => [state, ...events.map((event) => stateAfter(state, event) ?? '–')])
  assert.deepEqual(table, [
    ['missing', 'in-edit', 'machine', '–', '–', '–'],
    ['machine', 'in-edit', 'machine', 'in-review', '–', 'approved'],
    ['in-edit', 'in-edit', '–', 'in-review', '–', 'approved'],
    ['in-review', 'in-edit', '–', '–', 'in-edit', 'approved'],
    ['approved', 'in-edit', '–', '–', '–', '–'],
  ])
})

test("a machine never touches a person's words, and what began by machine says so for ever", () => {
  const walk = fc.array(fc.constantFrom(...events), { maxLength: 20 })
  fc.assert(
    fc.property(walk, (path) => {
      let state: WorkState | 'missing' = 'missing'
      let method: ReturnType<typeof methodAfter> | undefined
      let byMachine = false
      for (const event of path) {
        const next = stateAfter(state, event)
        if (!next) continue
        if (event === 'translated-by-machine') {
          assert.ok(state === 'missing' || state === 'machine')
          byMachine = true
        }
        method = methodAfter(method, event)
        state = next
        assert.equal(method === 'human', !byMachine)
        if (state === 'approved') assert.notEqual(method, 'machine', 'approved by a person')
      }
    }),
  )
})

test('a translation is stale by itself, may be set aside, and is stale again at the next change', () => {
  const version = { state: 'approved' as const, sourceHash: 'one', dismissedHash: null }
  assert.equal(standing(undefined, 'one'), 'missing')
  assert.equal(standing(version, 'one'), 'approved')
  assert.equal(standing(version, 'two'), 'stale')
  assert.equal(standing({ ...version, dismissedHash: 'two' }, 'two'), 'dismissed')
  assert.equal(standing({ ...version, dismissedHash: 'two' }, 'three'), 'stale')
  assert.equal(standing({ ...version, dismissedHash: 'two' }, 'one'), 'approved', 'the source went back')
})

const orders: [string, string[], string[], string | undefined, string[]][] = [
  ['es', ['es', 'pt'], ['pt', 'es', 'en'], 'pt', ['es', 'pt', 'en']],
  ['ar', ['es', 'pt'], ['pt', 'es', 'en'], 'en', ['es', 'pt', 'en']],
  ['ar', [], ['pt', 'es', 'en'], 'pt', ['pt', 'es', 'en']],
  ['pt-PT', ['es'], ['es', 'pt-BR', 'pt'], 'es', ['pt', 'pt-BR', 'es']],
  ['pt', [], ['pt-PT', 'pt-BR'], undefined, ['pt-BR', 'pt-PT']],
  ['es', ['qu'], ['qu', 'ay', 'en'], 'ay', ['qu', 'ay', 'en']],
  ['qu-PE', ['es'], ['es', 'qu'], 'es', ['qu', 'es']],
  ['zh-Hant-TW', [], ['zh-Hant', 'zh', 'gn'], undefined, ['zh-Hant', 'zh', 'gn']],
]

test('the order of fallback', () => {
  for (const [reader, owner, available, source, expected] of orders) {
    assert.deepEqual(fallbackOrder(reader, owner, available, source), expected, `${reader} of ${available}`)
  }
})

const tags = fc.uniqueArray(
  fc.constantFrom('es', 'es-PE', 'pt', 'pt-BR', 'en', 'ar', 'qu', 'ay', 'gn', 'he', 'zh-Hant'),
)

test('every language there is is tried once, and a text with words is never shown empty', () => {
  fc.assert(
    fc.property(tags, tags, fc.constantFrom('es', 'pt-BR', 'ar', 'en', 'qu'), (available, owner, reader) => {
      const order = fallbackOrder(reader, owner, available, available[0])
      assert.deepEqual([...order].sort(), [...available].sort())
      const text: Text = Object.fromEntries(available.map((tag, at) => [tag, shown(tag, at === 0)]))
      const chosen = choose(text, reader, owner)
      assert.equal(chosen?.language, order[0])
      if (available.includes(reader)) assert.ok(chosen && chosen.language === reader && !chosen.isFallback)
    }),
  )
})

function shown(body: string, source: boolean): Shown {
  return { body, state: 'approved', method: 'human', form: 'plain', source }
}

test('what is chosen says its language, its direction and what must be told of it', () => {
  const text: Text = {
    es: shown('Hola', true),
    ar: { ...shown('مرحبا', false), state: 'stale', method: 'machine' },
    pt: shown('', false),
  }
  assert.deepEqual(choose(text, 'ar'), {
    language: 'ar',
    dir: 'rtl',
    body: 'مرحبا',
    form: 'plain',
    isFallback: false,
    isMachine: true,
    isStale: true,
    method: 'machine',
    state: 'stale',
  })
  const portuguese = choose(text, 'pt')
  assert.deepEqual([portuguese?.language, portuguese?.isFallback], ['es', true])
  assert.equal(choose({}, 'es'), undefined)
  assert.equal(choose(null, 'es'), undefined)
})

test('working languages that are not approved hold publication back', () => {
  assert.deepEqual(lacking({ es: 'approved', pt: 'stale' }, ['es', 'pt', 'qu']), ['pt', 'qu'])
  assert.deepEqual(lacking({ es: 'approved', pt: 'dismissed' }, ['es', 'pt']), [])
})
