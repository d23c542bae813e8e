import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { system, visitor, type Actor, type Role, type Scope } from '#kit/access'
import { deeds } from '../access.ts'

const own = { country: 'PE', institution: 'i-1', body: 'b-1', person: 'p-1' }
const elsewhere = { country: 'CL', institution: 'i-2', body: 'b-2', person: 'p-2' }
const base = system(undefined as never, 'test', Temporal.Instant.from('2026-05-18T15:00:00Z'))
const holding = (role: Role, scope: Scope): Actor => ({
  ...base,
  kind: 'person',
  personId: 'me',
  grants: [{ id: 'g', role, scope }],
})

const who: [string, Actor][] = [
  ['visitor', { ...visitor(base), kind: 'visitor' }],
  ['museum', holding('institution-representative', { kind: 'institution', id: 'i-1' })],
  ['officer', holding('country-officer', { kind: 'country', id: 'PE' })],
  ['editor', holding('editor', { kind: 'network' })],
  ['steward', holding('steward', { kind: 'network' })],
  ['auditor', holding('auditor', { kind: 'network' })],
  ['evaluator', holding('evaluator', { kind: 'network' })],
]

/** For each deed: who may do it at home, and who elsewhere. */
const expected: Record<keyof typeof deeds, [atHome: string[], elsewhere: string[]]> = {
  'instrument.drafted': [
    ['officer', 'editor', 'steward'],
    ['editor', 'steward'],
  ],
  'instrument.opened': [
    ['officer', 'editor', 'steward'],
    ['editor', 'steward'],
  ],
  'instrument.closed': [
    ['officer', 'editor', 'steward'],
    ['editor', 'steward'],
  ],
  'instrument.published': [
    ['officer', 'editor', 'steward'],
    ['editor', 'steward'],
  ],
  'return.begun': [['museum'], []],
  'return.saved': [['museum'], []],
  'return.sent': [['museum'], []],
  'return.returned': [
    ['officer', 'editor', 'steward'],
    ['editor', 'steward'],
  ],
  'return.checked': [
    ['officer', 'editor', 'steward'],
    ['editor', 'steward'],
  ],
  'return.shared': [['museum'], []],
  'result.ordered': [
    ['museum', 'officer', 'editor', 'steward'],
    ['editor', 'steward'],
  ],
}

test('every role, every deed, at home and elsewhere', () => {
  deepEqual(Object.keys(deeds).sort(), Object.keys(expected).sort())
  for (const [deed, may] of Object.entries(deeds)) {
    const allowed = [own, elsewhere].map((scene) =>
      who.filter(([, actor]) => may(actor, scene).allowed).map(([name]) => name),
    )
    deepEqual([deed, ...allowed], [deed, ...expected[deed]!])
  }
})

test('every no has its reason', () => {
  for (const may of Object.values(deeds)) {
    for (const [, actor] of who) {
      const verdict = may(actor, elsewhere)
      if (!verdict.allowed) deepEqual(/^(returns|questionnaire)\.refused\.[a-z-]+$/.test(verdict.reason), true)
    }
  }
})
