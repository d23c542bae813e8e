import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { compareWords, languages } from '#kit/words'
import { exportXliff, importXliff, textWords, type XliffUnit } from '#kit/text'
import { shielded } from '../machine.ts'
import { markedRuns } from '../marks.ts'

const unit: XliffUnit = {
  id: '01a2009d-0935-7679-a913-0f02f4bd560a',
  purpose: 'call.summary',
  form: 'markdown',
  source: 'La **beca** de {name} cubre [los gastos](https://a.org/b?c=1&d=2).\n\nCierra el <lunes> & "martes".',
  target: null,
  state: 'missing',
  revision: 0,
}

test('the words of translating are whole in four languages', () => {
  for (const language of languages) {
    assert.deepEqual(compareWords(textWords.texts.es, textWords.texts[language], language), [], language)
  }
})

test('a unit has a segment a paragraph, and its marks are placeholders', () => {
  const xml = exportXliff([unit], 'es', 'pt-BR')
  assert.match(xml, /<xliff [^>]*version="2.1" srcLang="es" trgLang="pt-BR">/u)
  assert.equal(xml.match(/<segment /gu)?.length, 2)
  assert.equal(xml.match(/<ph /gu)?.length, 5)
  assert.ok(xml.includes('<data id="d2" xml:space="preserve">{name}</data>'))
  assert.ok(!xml.replaceAll(/<data .*?<\/data>|equiv="[^"]*"|disp="[^"]*"/gu, '').includes('https://a.org'))
})

test('what goes out and is translated comes back whole', async () => {
  const target =
    'A **bolsa** de {name} cobre [as despesas](https://a.org/b?c=1&d=2).\n\nEncerra na <segunda> & "terça".'
  const file = exportXliff([{ ...unit, target, state: 'in-review', revision: 3 }], 'es', 'pt')
  for (const way of [file, new TextEncoder().encode(file)]) {
    const read = await importXliff(way)
    assert.deepEqual(read, {
      source: 'es',
      target: 'pt',
      units: [{ id: unit.id, source: unit.source, target, revision: 3 }],
      problems: [],
      untranslated: 0,
    })
  }
})

test('any text survives the journey', async () => {
  const pieces = fc.constantFrom(
    'palabra',
    ' ',
    '\n',
    '\n\n',
    '{name}',
    '**',
    '*',
    '[a](https://x.org)',
    'https://y.org/z',
    '<b>',
    '&amp;',
    '"',
    ']]>',
    'ñ',
    'متحف',
    '`x`',
    '](',
    '😀',
    '{',
    '}',
  )
  const bodies = fc
    .array(pieces, { minLength: 1, maxLength: 12 })
    .map((some) => some.join('').trim())
    .filter((body) => body !== '')
  await fc.assert(
    fc.asyncProperty(bodies, fc.constantFrom('markdown' as const, 'plain' as const), async (body, form) => {
      const file = exportXliff([{ ...unit, form, source: body, target: body, state: 'approved' }], 'es', 'pt')
      const read = await importXliff(file)
      assert.deepEqual(read.problems, [])
      assert.deepEqual(
        read.units.map(({ source, target }) => [source, target]),
        [[body, body]],
      )
    }),
    { numRuns: 150 },
  )
})

const wrap = (units: string, version = '2.1', space = 'urn:oasis:names:tc:xliff:document:2.0') =>
  `<xliff xmlns="${space}" version="${version}" srcLang="es" trgLang="pt"><file id="f">${units}</file></xliff>`
const segment = (id: string, source: string, target?: string) =>
  `<unit id="t-${id}"><segment><source>${source}</source>${target === undefined ? '' : `<target>${target}</target>`}</segment></unit>`

const faults: [string, string, [string, string][], number][] = [
  ['nothing', '', [['', 'text.xliff.not-xml']], 0],
  ['not xml', '<xliff', [['', 'text.xliff.not-xml']], 0],
  ['another kind of xml', '<html/>', [['', 'text.xliff.not-xliff']], 0],
  [
    'XLIFF 1.2',
    wrap(segment('a', 'x', 'y'), '1.2', 'urn:oasis:names:tc:xliff:document:1.2'),
    [['', 'text.xliff.not-xliff']],
    0,
  ],
  ['no target language', wrap('').replace(' trgLang="pt"', ''), [['', 'text.xliff.no-target']], 0],
  ['a doctype', `<!DOCTYPE xliff [<!ENTITY a "b">]>${wrap(segment('a', 'x', '&a;'))}`, [['', 'text.xliff.doctype']], 0],
  ['the same unit twice', wrap(segment('a', 'x', 'y') + segment('a', 'x', 'z')), [['a', 'text.xliff.repeated']], 1],
  ['a hole lost', wrap(segment('a', 'de {name}', 'do')), [['a', 'text.xliff.placeholder-lost']], 0],
  ['a hole doubled', wrap(segment('a', 'de {name}', 'do {name} {name}')), [['a', 'text.xliff.placeholder-extra']], 0],
  [
    'a link changed',
    wrap(segment('a', '[a](https://a.org)', '[a](https://evil.org)')),
    [
      ['a', 'text.xliff.placeholder-lost'],
      ['a', 'text.xliff.placeholder-extra'],
    ],
    0,
  ],
  ['emphasis dropped', wrap(segment('a', 'la **beca**', 'a bolsa')), [], 1],
  [
    'half done',
    wrap(
      '<unit id="t-a"><segment><source>x</source><target>y</target></segment><segment><source>z</source></segment></unit>',
    ),
    [['a', 'text.xliff.incomplete']],
    0,
  ],
]

test('files that are not what they should be are refused with a reason', async () => {
  for (const [name, xml, expected, units] of faults) {
    const read = await importXliff(xml)
    assert.deepEqual(
      read.problems.map(({ field, words }) => [field, words]),
      expected,
      name,
    )
    assert.equal(read.units.length, units, name)
  }
  assert.equal((await importXliff(wrap(segment('a', 'x')))).untranslated, 1)
})

test('no file of the machine is read, and no entity grows', async () => {
  const outside = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${wrap(segment('a', 'x', '&e;'))}`
  const growing = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${String.fromCodePoint(98 + at)} "${`&${String.fromCodePoint(97 + at)};`.repeat(10)}">`).join('')}]>${wrap(segment('a', 'x', '&j;'))}`
  for (const xml of [outside, growing]) {
    const started = performance.now()
    const read = await importXliff(xml)
    assert.deepEqual(read.units, [])
    assert.equal(read.problems.length, 1)
    assert.ok(performance.now() - started < 2000)
  }
})

test('what other tools make of inline marks is understood', async () => {
  const inline =
    '<unit id="t-a"><originalData><data id="o">**</data><data id="c">**</data></originalData><segment><source>la <pc id="1" dataRefStart="o" dataRefEnd="c">beca</pc></source>' +
    '<target>a <mrk id="m1"><pc id="1" dataRefStart="o" dataRefEnd="c">bolsa</pc></mrk><!-- hm --><cp hex="00E9"/></target></segment></unit>'
  const read = await importXliff(wrap(inline))
  assert.deepEqual(read.units, [{ id: 'a', source: 'la **beca**', target: 'a **bolsa**é', revision: null }])
})

test('a machine gets numbered brackets and must give each back', () => {
  const { text, restore } = shielded('La **beca** de {name}', 'markdown')
  assert.equal(text, 'La ⟦0⟧beca⟦1⟧ de ⟦2⟧')
  assert.equal(restore('A ⟦0⟧bolsa⟦1⟧ de ⟦ 2 ⟧'), 'A **bolsa** de {name}')
  for (const broken of ['A bolsa', 'A ⟦0⟧bolsa⟦1⟧ de ⟦7⟧', 'A ⟦0⟧bolsa⟦1⟧ de ⟦2⟧⟦2⟧', ' '])
    assert.equal(restore(broken), undefined)
})

test('marks and words together are the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '*', '{', '}', '[', ']', '(', ')', 'https://', '.', '\n', '`') }),
      (body) => {
        assert.equal(
          markedRuns(body, 'markdown')
            .map((run) => (typeof run === 'string' ? run : run.raw))
            .join(''),
          body,
        )
      },
    ),
  )
})
