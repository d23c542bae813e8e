import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineWords, direction, isLanguageTag, kitWords, languages, say, speak, unfilledHoles } from '#kit/words'

const es = {
  museum: {
    title: 'El museo {name}',
    count: { one: '{count} museo', other: '{count} museos' },
    kind: { natural: 'De ciencias', other: 'Otro' },
  },
  terms: 'Lea <link>las condiciones de {year}</link> antes de enviar.',
  only: 'Solo en español',
}
const words = defineWords('trial', {
  es,
  pt: {
    museum: { title: 'O museu {name}', count: { one: '{count} museu', other: '{count} museus' } },
    terms: 'Leia <link>as condições de {year}</link> antes de enviar.',
  },
  en: { museum: { title: '{name} museum' } },
  ar: {
    museum: {
      title: 'متحف {name}',
      count: {
        zero: 'لا متاحف',
        one: 'متحف واحد',
        two: 'متحفان',
        few: '{count} متاحف',
        many: '{count} متحفًا',
        other: '{count} متحف',
      },
    },
  },
})

test('a sentence is said in the language asked, its holes filled', () => {
  assert.equal(speak(words, 'pt')('museum.title', { name: 'do Ipiranga' }), 'O museu do Ipiranga')
  assert.equal(speak(words, 'en')('museum.title', { name: 'Larco' }), 'Larco museum')
})

test('what a language lacks is said in Spanish, counted by the rules of Spanish', () => {
  assert.equal(speak(words, 'ar')('only'), 'Solo en español')
  assert.equal(speak(words, 'en')('museum.count', { count: 1 }), '1 museo')
})

test('a group that has a key named "other" is no plural', () => {
  assert.equal(speak(words, 'es')('museum.kind.other'), 'Otro')
  assert.equal(speak(words, 'es')('museum.kind.natural'), 'De ciencias')
})

test('Arabic has six plurals', () => {
  const t = speak(words, 'ar')
  const said = [0, 1, 2, 3, 10, 11, 99, 100, 103].map((count) => t('museum.count', { count }))
  assert.deepEqual(said, [
    'لا متاحف',
    'متحف واحد',
    'متحفان',
    '3 متاحف',
    '10 متاحف',
    '11 متحفًا',
    '99 متحفًا',
    '100 متحف',
    '103 متاحف',
  ])
})

test('a number in a hole is written as the language and the country write it', () => {
  assert.equal(speak(words, 'pt')('museum.count', { count: 12_500 }), '12.500 museus')
  assert.equal(speak(words, 'es')('museum.count', { count: 12_500 }), '12,500 museos')
  assert.equal(speak(words, 'es', { country: 'AR' })('museum.count', { count: 12_500 }), '12.500 museos')
})

test('a value of the other direction is isolated, one of the same is not', () => {
  assert.equal(speak(words, 'ar')('museum.title', { name: 'Larco' }), 'متحف \u2068Larco\u2069')
  assert.equal(speak(words, 'ar')('museum.title', { name: 'القاهرة' }), 'متحف القاهرة')
  assert.equal(speak(words, 'es')('museum.title', { name: 'القاهرة' }), 'El museo \u2068القاهرة\u2069')
})

test('a marked part goes to its function, and plain speech drops the mark', () => {
  const parts = speak(words, 'es').rich('terms', { year: '2026', link: (text) => ({ dressed: text }) })
  assert.deepEqual(parts, ['Lea ', { dressed: 'las condiciones de 2026' }, ' antes de enviar.'])
  assert.equal(speak(words, 'es')('terms', { year: '2026' }), 'Lea las condiciones de 2026 antes de enviar.')
})

test('a ready piece fills a hole of a rich sentence as it is', () => {
  const piece = { bold: 'Larco' }
  assert.deepEqual(speak(words, 'es').rich('museum.title', { name: piece }), ['El museo ', piece])
})

test('a hole that nobody filled stays visible and is noted', () => {
  assert.equal(speak(words, 'es')('museum.title'), 'El museo {name}')
  assert.ok(unfilledHoles().has('trial.museum.title {name}'))
})

test('problems and reasons are said by their full key', () => {
  assert.equal(say('en', 'kit.problem.too-long', { count: 1 }), 'Write at most 1 character')
  assert.equal(say('pt', 'trial.museum.title', { name: 'X' }), 'O museu X')
  assert.equal(say('es', 'nowhere.at.all'), 'nowhere.at.all')
})

test('every language names itself in every language', () => {
  for (const language of languages) {
    const t = speak(kitWords, language)
    assert.deepEqual(
      languages.map((other) => t(`language.own.${other}`)),
      ['Español', 'Português', 'English', 'العربية'],
    )
  }
})

test('directions and tags', () => {
  const cases: [string, string][] = [
    ['es', 'ltr'],
    ['ar', 'rtl'],
    ['ar-EG', 'rtl'],
    ['qu', 'ltr'],
    ['gn-PY', 'ltr'],
    ['he', 'rtl'],
    ['ur', 'rtl'],
    ['az-Arab', 'rtl'],
    ['not a tag', 'ltr'],
  ]
  for (const [tag, expected] of cases) assert.equal(direction(tag), expected, tag)
  assert.deepEqual(['es', 'qu', 'ay', 'pt-BR', 'und', '', 'x', 'es_PE', 'español'].map(isLanguageTag), [
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ])
})
