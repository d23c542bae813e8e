import { deepEqual, equal } from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it, type TestContext } from 'node:test'
import { roles } from '#kit/access'
import { deeds as network } from '#network'
// @ts-expect-error -- plain JavaScript
import { permissionsPage } from '../../bin/permissions.mjs'
import { columns, mark } from '../../src/permissions.ts'

describe('the matrix of permissions', () => {
  it('is what the rooms say, and names every role', async (t: TestContext) => {
    equal(
      await readFile('docs/developer/permissions.md', 'utf8'),
      permissionsPage(),
      'run: npm run permissions -- --write',
    )
    const named = new Set(columns().map(({ name }) => name.split(' ')[0]))
    deepEqual(
      roles.filter((role) => !named.has(role)),
      [],
    )
    t.diagnostic(`${Object.keys(network).length} deeds of the network, ${columns().length} who may`)
  })

  it('lets a visitor do nothing that is recorded, and no role of one institution anything elsewhere', () => {
    const visitor = columns()[0]!.actor
    const wrong: string[] = []
    for (const [deed, may] of Object.entries(network)) {
      if (mark(may, visitor) !== 'no') wrong.push(`visitor ${deed}`)
      for (const { name, actor } of columns().filter(({ name }) => name.includes('(institution)'))) {
        // Anybody who has signed in may do what every person may: to register a museum is to ask.
        const everybody = mark(may, columns()[2]!.actor) === 'everywhere'
        if (mark(may, actor) === 'everywhere' && !everybody) wrong.push(`${name} ${deed}`)
      }
    }
    deepEqual(wrong, [])
  })
})
