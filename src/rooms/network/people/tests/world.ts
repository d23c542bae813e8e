import { sql } from 'kysely'
import { system, type Actor, type Grant, type Role, type Scope } from '#kit/access'
import type { Database } from '#kit/db'
import { record } from '#kit/record'
import { fillNetwork } from '#demo/governance'
import { decideAffiliation, claimAffiliation } from '../actions/affiliations.ts'
import { enterPerson } from '../actions/profile.ts'
import { grantRole } from '../actions/roles.ts'
import { loadIdentity } from '../identity.ts'

/** Two countries, two museums in Peru and one in Argentina, and people on both sides: whatever leaks has somewhere to leak to. */
export async function world(database: Database) {
  const office = system(database, 'test', Temporal.Now.instant())
  await fillNetwork(office)

  async function museum(slug: string, name: string, country: string): Promise<string> {
    return record(office, 'institution.entered', {}, async (db) => {
      const { rows } = await sql<{
        id: string
      }>`insert into network.institution (slug, country_code, kind, name, city, state) values (${slug}, ${country}, 'museum', ${name}, 'Ciudad', 'listed') returning id`.execute(
        db,
      )
      return rows[0]!.id
    })
  }
  const museums = {
    sal: await museum('sal', 'Museo de la Sal', 'PE'),
    quipu: await museum('quipu', 'Museo del Quipu', 'PE'),
    pampa: await museum('pampa', 'Museo de la Pampa', 'AR'),
  }

  async function person(
    givenNames: string,
    countryCode: string,
    more: { institution?: string; email?: string } = {},
  ): Promise<string> {
    return enterPerson(office, {
      givenNames,
      firstSurname: 'Quispe',
      secondSurname: 'Rojas',
      language: 'es',
      zone: 'America/Lima',
      countryCode,
      profession: 'Conservación',
      email: more.email === undefined ? `${givenNames.toLowerCase()}@museo.example` : more.email || null,
      institution: more.institution ?? null,
    })
  }
  const give = (personId: string, role: Role, scope: Scope) => grantRole(office, { person: personId, role, scope })

  const people = {
    rosa: await person('Rosa', 'PE', { institution: museums.sal }),
    beto: await person('Beto', 'AR', { institution: museums.pampa }),
    olga: await person('Olga', 'PE'),
    ariel: await person('Ariel', 'AR'),
    ruth: await person('Ruth', 'PE', { institution: museums.sal }),
    pablo: await person('Pablo', 'AR', { institution: museums.pampa }),
    lucia: await person('Lucia', 'PE'),
    dora: await person('Dora', 'PE'),
    sinCorreo: await person('Hilario', 'PE', { institution: museums.sal, email: '' }),
  }
  await give(people.olga, 'country-officer', { kind: 'country', id: 'PE' })
  await give(people.ariel, 'country-officer', { kind: 'country', id: 'AR' })
  await give(people.ruth, 'institution-representative', { kind: 'institution', id: museums.sal })
  await give(people.pablo, 'institution-representative', { kind: 'institution', id: museums.pampa })
  await give(people.lucia, 'steward', { kind: 'network' })
  await give(people.dora, 'data-protection', { kind: 'network' })

  /** Somebody as the hall would have them ask, with the roles they hold now. */
  async function as(personId: string): Promise<Actor> {
    const now = Temporal.Now.instant()
    const identity = await loadIdentity(database, personId, now)
    return {
      kind: 'person',
      personId,
      grants: identity?.grants ?? [],
      language: 'es',
      zone: 'America/Lima',
      now,
      requestId: 'test',
      database,
    }
  }
  const grantsOf = async (personId: string): Promise<readonly Grant[]> => (await as(personId)).grants
  return { office, museums, people, as, grantsOf, claimAffiliation, decideAffiliation }
}

export type World = Awaited<ReturnType<typeof world>>
