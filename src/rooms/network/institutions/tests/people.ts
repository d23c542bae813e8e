import { system, type Actor, type Grant, type Role, type Scope } from '#kit/access'
import type { Database } from '#kit/db'
import { record } from '#kit/record'
import { fillInstitution, registerInstitution, submitInstitution } from '../actions/register.ts'
import { validateInstitution } from '../actions/validate.ts'
import type { Wished } from '../forms.ts'

export const now = Temporal.Instant.from('2026-05-18T15:00:00Z')

/** Someone of the tests with these roles; the person must exist. */
export function someone(database: Database, personId: string, ...grants: [Role, Scope][]): Actor {
  const held = grants.map(([role, scope], at): Grant => ({
    id: `00000000-0000-7000-8000-00000000000${at}`,
    role,
    scope,
  }))
  return { ...system(database, 'test', now), kind: 'person', personId, grants: held, zone: 'America/Lima' }
}

/** Two countries that review edits, one that does not, and the people who keep their registers. */
export async function keepers(database: Database) {
  const office = system(database, 'test', now)
  await record(office, 'country.entered', {}, async (db) => {
    const settings = { inRegion: true, zone: 'America/Lima', workingLanguages: ['es'] }
    await db
      .insertInto('network.country')
      .values([
        { code: 'PE', ...settings, definitionSource: 'Ley 28296' },
        { code: 'BR', ...settings },
        { code: 'UY', ...settings, editsAreReviewed: false },
      ])
      .execute()
  })
  const person = (givenNames: string): Promise<string> =>
    record(
      office,
      'person.entered',
      {},
      async (db) =>
        (await db.insertInto('network.person').values({ givenNames }).returning('id').executeTakeFirstOrThrow()).id,
    )
  const country = (id: string): Scope => ({ kind: 'country', id })
  const network: Scope = { kind: 'network' }
  const rosa = await person('Rosa')
  const people = {
    rosa: someone(database, rosa),
    stranger: someone(database, await person('Otro')),
    peru: someone(database, await person('Ignacio'), ['country-officer', country('PE')]),
    brazil: someone(database, await person('Marta'), ['country-officer', country('BR')]),
    uruguay: someone(database, await person('Lucio'), ['country-officer', country('UY')]),
    steward: someone(database, await person('Vera'), ['steward', network]),
    editor: someone(database, await person('Noel'), ['editor', network]),
    auditor: someone(database, await person('Abel'), ['auditor', network]),
    peruAuditor: someone(database, await person('Inés'), ['auditor', country('PE')]),
  }
  return {
    office,
    ...people,
    /** Rosa, speaking for these institutions. */
    representing: (...institutions: string[]) =>
      someone(
        database,
        rosa,
        ...institutions.map((id): [Role, Scope] => ['institution-representative', { kind: 'institution', id }]),
      ),
  }
}
export type Keepers = Awaited<ReturnType<typeof keepers>>

export const enough: Wished = { type: 'history', legalKind: 'public', city: 'Maras', email: 'sal@museo.example' }

/** A museum at some stage of joining, brought in by Rosa. */
export async function museum(
  { rosa, peru, brazil, uruguay }: Keepers,
  name: string,
  stage: 'draft' | 'submitted' | 'listed' = 'listed',
  { country = 'PE', ...wished }: Wished & { country?: 'PE' | 'BR' | 'UY' } = {},
): Promise<string> {
  const { id } = await registerInstitution(rosa, { country, kind: 'museum', name, city: 'Maras' })
  await fillInstitution(rosa, id, { ...enough, ...wished })
  if (stage !== 'draft') await submitInstitution(rosa, id)
  if (stage === 'listed') await validateInstitution({ PE: peru, BR: brazil, UY: uruguay }[country], id)
  return id
}
