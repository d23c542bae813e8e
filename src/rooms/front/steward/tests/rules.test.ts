import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { backupStanding, keptError, withoutContent } from '../rules.ts'

test('an error is kept without what a person typed', () => {
  for (const [said, kept] of [
    ['invalid input syntax for type uuid: "Rosa Huamán"', 'invalid input syntax for type uuid: …'],
    ["cannot read 'rosa' of undefined", 'cannot read … of undefined'],
    ["it doesn't reach «Museo de la Sal»", "it doesn't reach …"],
    ['no mailbox rosa@example.org here', 'no mailbox … here'],
    ['called +51 987 654 321 twice', 'called … twice'],
    ['column 12 of row 7', 'column 12 of row 7'],
  ] as const)
    equal(withoutContent(said), kept)
  const broken = Object.assign(new TypeError('no "x"\nDETAIL: Key (email)=(rosa@example.org) already exists'), {
    code: '23505',
    constraint: 'a code is used once',
    detail: 'rosa@example.org',
  })
  const { name, message, place } = keptError(broken)
  deepEqual([name, message], ['TypeError 23505', 'no … [a code is used once]'])
  ok(/^src\/rooms\/front\/steward\/tests\/rules\.test\.ts:\d+$/.test(place), place)
  deepEqual(keptError('rosa'), { name: 'string', message: '', place: '' })
})

test('a backup is none, old after 36 hours, or good', () => {
  const now = Temporal.Instant.from('2026-11-22T12:00:00Z')
  equal(backupStanding(null, now), 'none')
  equal(backupStanding(now.subtract({ hours: 36 }), now), 'good')
  equal(backupStanding(now.subtract({ hours: 36, seconds: 1 }), now), 'old')
})
