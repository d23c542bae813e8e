import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareWords, kitWords, languages, type Tree } from '#kit/words'

test('the words of the kit are whole in four languages', () => {
  for (const language of languages) {
    assert.deepEqual(compareWords(kitWords.texts.es, kitWords.texts[language], language), [], language)
  }
})

const cases: [string, Tree, Tree, 'es' | 'pt' | 'en' | 'ar', string[]][] = [
  ['equal', { a: 'Museo {x}' }, { a: 'Museum {x}' }, 'en', []],
  ['missing', { a: 'Uno', b: 'Dos' }, { a: 'One' }, 'en', ['b is missing']],
  ['extra', { a: 'Uno' }, { a: 'One', b: 'Two' }, 'en', ['b is not in es.json']],
  ['holes', { a: 'De {x}' }, { a: 'Of {y}' }, 'en', ['a has holes {y} where es.json has {x}']],
  ['marks', { a: 'Un <b>texto</b>' }, { a: 'A text' }, 'en', ['a marks <> where es.json marks <b>']],
  [
    'broken mark',
    { a: 'Un <b>texto</b>' },
    { a: 'A <b>text</b></b>' },
    'en',
    ['a has a mark that does not close, or marks inside marks'],
  ],
  [
    'plurals of Arabic',
    { a: { one: '{count} año', other: '{count} años' } },
    { a: { one: 'سنة', two: 'سنتان', few: '{count} سنوات', other: '{count} سنة' } },
    'ar',
    ['a lacks the plural form "zero"', 'a lacks the plural form "many"'],
  ],
  [
    'plurals of English',
    { a: { one: '{count} año', other: '{count} años' } },
    { a: { one: 'a year', few: 'some', other: '{count} years' } },
    'en',
    ['a has "few", which the language does not use'],
  ],
  [
    'a million',
    { a: { one: '{count} m', many: '{count} de m', other: '{count} ms' } },
    { a: { one: '{count} m', other: '{count} ms' } },
    'pt',
    [],
  ],
  [
    'counted once',
    { a: { one: 'x', other: 'y' } },
    { a: 'years' },
    'en',
    ['a is counted in one language and not in the other'],
  ],
  ['empty', { a: 'Uno' }, { a: ' ' }, 'en', ['a is empty']],
  ['placeholder', { a: 'Uno' }, { a: 'TODO' }, 'en', ['a is a placeholder']],
  ['key', { a: 'Uno' }, { a: 'museum.title' }, 'en', ['a looks like a key']],
  ['encoding', { a: 'Año' }, { a: 'AÃ±o' }, 'pt', ['a was read in the wrong encoding']],
  [
    'not translated',
    { a: 'Esta página tiene todavía errores' },
    { a: 'Esta página tiene todavía errores' },
    'pt',
    ['a is the Spanish sentence'],
  ],
  ['not Arabic', { a: 'Volver al inicio' }, { a: 'Back home' }, 'ar', ['a has no Arabic in it']],
  ['a name alone', { a: 'CSV' }, { a: 'CSV' }, 'ar', []],
  [
    'spaces',
    { a: 'Uno dos' },
    { a: 'One  two ' },
    'en',
    ['a begins or ends with a space', 'a has two spaces together'],
  ],
]

test('faults of words files', () => {
  for (const [name, es, other, language, expected] of cases) {
    const found = compareWords(es, other, language).map(({ key, fault }) => `${key} ${fault}`)
    assert.deepEqual(found, expected, name)
  }
})
