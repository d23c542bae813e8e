import { type Actor } from '#kit/access'
import { read } from '#kit/record'
import { enterPerson, grantRole, loadIdentity } from '#network'
import data from './data/network.json' with { type: 'json' }

type PersonRow = [
  given: string,
  first: string,
  second: string,
  country: string,
  language: string,
  zone: string,
  profession: string,
  part: string,
]
export const people = (data.people as PersonRow[]).map(
  ([givenNames, firstSurname, secondSurname, countryCode, language, zone, profession, part]) => ({
    givenNames,
    firstSurname,
    secondSurname,
    countryCode,
    language: language as 'es',
    zone,
    profession,
    part,
  }),
)

/** The people of the demo, all invented, with the roles that need no museum yet. */
export async function fillPeople(office: Actor): Promise<number> {
  const known = await read(office, (db) => db.selectFrom('network.person').select('fullName').execute())
  let done = 0
  for (const { part, ...person } of people) {
    const name = `${person.givenNames} ${person.firstSurname} ${person.secondSurname}`
    if (known.some(({ fullName }) => fullName === name)) continue
    const id = await enterPerson(office, { ...person, invented: true, actsWithoutEmail: false })
    const [role, country] = part.split(':')
    if (role === 'steward' || role === 'editor' || role === 'finance' || role === 'auditor')
      await grantRole(office, { person: id, role, scope: { kind: 'network' } })
    if (role === 'country-officer')
      await grantRole(office, { person: id, role, scope: { kind: 'country', id: country! } })
    done += 1
  }
  return done
}

/** An actor who is one of the demo's people, with the roles they hold now. */
export async function actorNamed(office: Actor, surname: string): Promise<Actor> {
  const person = await read(office, (db) =>
    db
      .selectFrom('network.person')
      .select('id')
      .where('firstSurname', '=', surname)
      .where('invented', '=', true)
      .executeTakeFirstOrThrow(),
  )
  const identity = (await loadIdentity(office.database, person.id, office.now))!
  return {
    ...office,
    kind: 'person',
    personId: person.id,
    grants: identity.grants,
    language: identity.language,
    zone: identity.zone,
  }
}
