import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kitWords, speak } from '#kit/words'

test('keys are checked by the compiler', () => {
  const t = speak(kitWords, 'en')
  assert.equal(t('error.absent.title'), 'We cannot find this page')
  // @ts-expect-error: a group is not a sentence
  assert.equal(t('error.absent'), 'error.absent')
  // @ts-expect-error: no such sentence
  assert.equal(t('error.abscent.title'), 'error.abscent.title')
  assert.equal(t('count.days', { count: 2 }), '2 days')
  // @ts-expect-error: a plural form is not addressed by itself
  assert.equal(t('count.days.one'), 'count.days.one')
  assert.ok(t.has('problem.required') && !t.has('problem.nothing'))
})
