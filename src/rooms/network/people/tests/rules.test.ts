import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { roles } from '#kit/access'
import { affiliationAfter, joinedDuty, nameOf, scopesOfRole, selecting } from '../rules.ts'

describe('rules of people', () => {
  test('finance never joins selecting, whichever came first', () => {
    for (const role of selecting) {
      equal(joinedDuty('finance', [role])?.words, 'people.problem.finance-selects')
      equal(joinedDuty(role, ['translator', 'finance'])?.words, 'people.problem.finance-selects')
    }
    equal(joinedDuty('finance', ['editor', 'translator']), null)
  })

  test('an auditor does nothing besides, but may work in a museum', () => {
    equal(joinedDuty('auditor', ['institution-representative']), null)
    equal(joinedDuty('institution-representative', ['auditor']), null)
    equal(joinedDuty('auditor', ['editor'])?.words, 'people.problem.auditor-acts')
    equal(joinedDuty('editor', ['auditor'])?.words, 'people.problem.auditor-acts')
  })

  test('joining duties does not depend on which was given first', () =>
    fc.assert(
      fc.property(fc.constantFrom(...roles), fc.constantFrom(...roles), (one, other) => {
        equal(joinedDuty(one, [other]) === null, joinedDuty(other, [one]) === null)
      }),
    ))

  test('every role holds somewhere', () => {
    for (const role of roles) ok(scopesOfRole[role].length > 0, role)
  })

  test('an affiliation is claimed, verified, ended, and nothing twice', () => {
    deepEqual(
      (['claimed', 'verified', 'refused', 'ended'] as const).map((state) =>
        (['verified', 'refused', 'ended'] as const).map((event) => affiliationAfter(state, event)),
      ),
      [
        ['verified', 'refused', 'ended'],
        [null, null, 'ended'],
        ['verified', null, null],
        [null, null, null],
      ],
    )
  })

  test('a name is written with the surnames that there are', () => {
    equal(nameOf({ givenNames: 'Rosa María', firstSurname: 'Quispe', secondSurname: '' }), 'Rosa María Quispe')
    equal(nameOf({ givenNames: 'Rosa', firstSurname: 'Quispe', secondSurname: 'Rojas' }), 'Rosa Quispe Rojas')
  })
})
