import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

type Counted = { acknowledged: number; askedAgain: number; sentAgain: number }

// A few of the rounds that `node tests/setup/rounds.mjs` makes a hundred of; they find processes in /proc.
describe('killing what runs', { skip: process.platform !== 'linux' && 'reads /proc' }, () => {
  it('loses and doubles nothing that was acknowledged: Node, the jobs and PostgreSQL, twice each', async (test) => {
    const { passRounds } = (await import(new URL('./rounds.mjs', import.meta.url).href)) as {
      passRounds(rounds: number): Promise<Counted>
    }
    const { acknowledged, askedAgain, sentAgain } = await passRounds(6)
    assert.ok(acknowledged >= 60, `${acknowledged} deeds`)
    test.diagnostic(`${acknowledged} deeds; ${askedAgain} asked again; ${sentAgain} letters sent again`)
  })
})
