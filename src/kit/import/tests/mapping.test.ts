import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  applyRule,
  firstFilterThatLeavesOut,
  pathWords,
  similarity,
  suggestFields,
  type Column,
  type Rule,
} from '../index.ts'

const cells = {
  nombre: ' MUSEO  DE LA CIUDAD ',
  corto: 'MC',
  vacío: ' ',
  tipo: 'Arte | Historia',
  uri: 'http://x.org/Q12',
  tel: '914 (info)',
}

test('takes the first filled column, joins several, or stands for every row', () => {
  const rules: [Rule, string[], string][] = [
    [{ field: 'f', from: ['vacío', 'corto', 'nombre'] }, ['MC'], 'corto'],
    [{ field: 'f', from: ['vacío', 'corto', 'tel'], join: ' – ' }, ['MC – 914 (info)'], 'vacío'],
    [{ field: 'f', from: [], constant: 'PE' }, ['PE'], ''],
    [{ field: 'f', from: ['no such'] }, [], 'no such'],
    [{ field: 'f', from: ['constructor'] }, [], 'constructor'],
  ]
  const bare = Object.assign(Object.create(null) as Record<string, string>, cells)
  for (const [rule, values, column] of rules) assert.deepEqual(applyRule(rule, bare), { values, column, unknown: [] })
})

test('takes values through its steps in their order', () => {
  const take = (from: string, steps: Rule['steps']) => applyRule({ field: 'f', from: [from], steps: steps! }, cells)
  assert.deepEqual(take('nombre', [{ do: 'small-letters' }]).values, ['Museo de la Ciudad'])
  assert.deepEqual(take('uri', [{ do: 'after', mark: '/' }]).values, ['Q12'])
  assert.deepEqual(take('tel', [{ do: 'before', mark: '(' }]).values, ['914'])
  assert.deepEqual(take('corto', [{ do: 'empty-when', values: ['mc'] }]).values, [])
  const table = { ARTE: 'art', história: 'history' }
  const split = { do: 'split', on: ['|'] } as const
  assert.deepEqual(
    take('tipo', [
      { ...split, on: ['|'] },
      { do: 'lookup', table, otherwise: 'problem' },
    ]).values,
    ['art', 'history'],
  )
  const lacking = { Arte: 'art' }
  const result = (otherwise: 'keep' | 'empty' | 'problem') =>
    take('tipo', [
      { ...split, on: ['|'] },
      { do: 'lookup', table: lacking, otherwise },
    ])
  assert.deepEqual(result('keep').values, ['art', 'Historia'])
  assert.deepEqual(result('empty').values, ['art'])
  assert.deepEqual([result('problem').values, result('problem').unknown], [['art'], ['Historia']])
})

test('leaves out rows by rule and says by which', () => {
  const among = { column: 'corto', is: 'among', values: ['MC', 'X'] } as const
  const filled = { column: 'vacío', is: 'filled' } as const
  assert.equal(firstFilterThatLeavesOut([{ ...among, values: ['MC'] }], cells), undefined)
  assert.deepEqual(firstFilterThatLeavesOut([{ ...among, values: ['MC'] }, filled], cells), filled)
  assert.equal(firstFilterThatLeavesOut([{ column: 'corto', is: 'not-among', values: ['MC'] }], cells)?.is, 'not-among')
  assert.equal(firstFilterThatLeavesOut([{ column: 'vacío', is: 'empty' }], cells), undefined)
})

test('compares headers as PostgreSQL compares texts', () => {
  assert.equal(similarity('word', 'two words').toFixed(4), '0.3636')
  assert.equal(similarity('Dirección', 'direccion'), 1)
  assert.equal(similarity('', ''), 0)
  assert.equal(pathWords('campo[nombre=museo_calleNumero]'), 'museo calle numero')
  assert.equal(pathWords('address.postal-code'), 'postal code')
  assert.equal(pathWords('a/b@lang'), 'b lang')
})

test('proposes each column and each field once, the surest first, never against what the cells look like', () => {
  const column = (path: string, looks: Column['looks'] = {}): Column => ({
    path,
    filled: 10,
    samples: [],
    distinct: 10,
    values: null,
    looks,
    looked: 10,
    dates: null,
  })
  const vocabulary = [
    { field: 'name', words: ['nombre', 'nome'], never: ['number' as const] },
    { field: 'e-mail', words: ['correo'], looks: ['e-mail' as const], alone: ['e-mail' as const] },
    { field: 'latitude', words: ['latitud'], looks: ['latitude' as const] },
  ]
  const suggestions = suggestFields(
    [
      column('Nombre', { number: 10 }),
      column('NOME_MUSEU'),
      column('contacto', { 'e-mail': 9 }),
      column('Latitud'),
      column('latitud_wgs', { latitude: 10 }),
    ],
    vocabulary,
  )
  assert.deepEqual(suggestions.map(({ path, field }) => [path, field]).sort(), [
    ['NOME_MUSEU', 'name'],
    ['contacto', 'e-mail'],
    ['latitud_wgs', 'latitude'],
  ])
})
