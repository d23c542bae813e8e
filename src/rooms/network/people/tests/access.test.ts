import { deepEqual, equal, rejects } from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { Absent, Refused, roles, type Actor } from '#kit/access'
import { read, record } from '#kit/record'
import { columns, mark, permissions } from '#permissions'
import { inRollback } from '#help/database'
import { deeds } from '../access.ts'
import { findPerson, findProfile, listPeopleOf, listRoles, searchReached } from '../queries.ts'
import { editPerson, enterPerson } from '../actions/profile.ts'
import { decideAffiliation } from '../actions/affiliations.ts'
import { readSensitive } from '../actions/personal-data.ts'
import { grantRole } from '../actions/roles.ts'
import { world, type World } from './world.ts'

const withWorld = (work: (w: World) => Promise<void>) => inRollback(async (database) => work(await world(database)))

describe('who may do what with people', () => {
  test('the printed matrix is current, and names every role', async () => {
    equal(await readFile('docs/developer/permissions.md', 'utf8'), permissions())
    const named = new Set(columns().map(({ name }) => name.split(' ')[0]))
    for (const role of roles) equal(named.has(role), true, role)
  })

  test('a visitor may do none of it, and a role of elsewhere none of it here', () => {
    const visitor = columns()[0]!.actor
    for (const [deed, may] of Object.entries(deeds)) equal(mark(may, visitor), 'no', deed)
    for (const { name, actor } of columns().filter(({ name }) => name.includes('(institution)'))) {
      for (const [deed, may] of Object.entries(deeds))
        equal(mark(may, actor) === 'everywhere', false, `${name} ${deed}`)
    }
  })

  test('people are reached by their country, by where they work, and by nobody else’s', () =>
    withWorld(async (w) => {
      const seen = async (personId: string) => {
        const actor = await w.as(personId)
        const names = await read(actor, (db) => searchReached(actor, db, 'Quispe', 50))
        return names.map(({ name }) => name.split(' ')[0]).sort()
      }
      deepEqual(await seen(w.people.olga), ['Dora', 'Hilario', 'Lucia', 'Olga', 'Rosa', 'Ruth'])
      deepEqual(await seen(w.people.ariel), ['Ariel', 'Beto', 'Pablo'])
      deepEqual(await seen(w.people.ruth), ['Hilario', 'Rosa', 'Ruth'])
      deepEqual(await seen(w.people.rosa), ['Rosa'])
      equal((await seen(w.people.lucia)).length, 9)
    }))

  test('contacts do not cross countries even where a query forgets its condition', () =>
    withWorld(async (w) => {
      const emails = async (actor: Actor) =>
        read(actor, async (db) =>
          (
            await sql<{
              email: string
            }>`select email from network.person_contact where email is not null order by email`.execute(db)
          ).rows.map(({ email }) => email),
        )
      deepEqual(await emails(await w.as(w.people.ariel)), [
        'ariel@museo.example',
        'beto@museo.example',
        'pablo@museo.example',
      ])
      deepEqual(await emails(await w.as(w.people.pablo)), ['beto@museo.example', 'pablo@museo.example'])
      deepEqual(await emails({ ...(await w.as(w.people.pablo)), kind: 'visitor', personId: null, grants: [] }), [])
    }))

  test('out of reach and absent look alike', () =>
    withWorld(async (w) => {
      const ariel = await w.as(w.people.ariel)
      await rejects(
        read(ariel, (db) => findProfile(ariel, db, w.people.rosa)),
        Absent,
      )
      await rejects(
        read(ariel, (db) => findPerson(ariel, db, w.people.rosa)),
        Absent,
      )
      await rejects(
        read(ariel, (db) => findPerson(ariel, db, '00000000-0000-7000-8000-00000000dead')),
        Absent,
      )
    }))

  test('nobody changes another’s data, but acts for who has no e-mail, and it is recorded for whom', () =>
    withWorld(async (w) => {
      const ruth = await w.as(w.people.ruth)
      const pablo = await w.as(w.people.pablo)
      const input = {
        givenNames: 'Hilario',
        firstSurname: 'Mamani',
        secondSurname: '',
        language: 'es' as const,
        zone: 'America/Lima',
        countryCode: 'PE',
        profession: 'Vigilancia',
        telephone: '',
        expertise: [],
        willingTo: [],
        inDirectory: false,
        publicProfile: false,
        sex: null,
      }
      await rejects(editPerson(ruth, w.people.rosa, input), Refused)
      await rejects(editPerson(pablo, w.people.sinCorreo, input), Refused)
      await editPerson(ruth, w.people.sinCorreo, input)
      const [deed] = await read(
        w.office,
        async (db) =>
          (
            await sql<{
              personId: string
              onBehalfOf: string
            }>`select person_id, on_behalf_of from record.deed where name = 'person.edited'`.execute(db)
          ).rows,
      )
      deepEqual(deed, { personId: w.people.ruth, onBehalfOf: w.people.sinCorreo })
    }))

  test('an institution’s people are verified by it or by its country, and by nobody for themselves', () =>
    withWorld(async (w) => {
      const claim = (actor: Actor, id: string) =>
        w.claimAffiliation(actor, id, {
          institution: w.museums.quipu,
          post: 'Registro',
          contract: null,
          from: '2020-01-01',
        })
      const rosa = await w.as(w.people.rosa)
      const id = await claim(rosa, w.people.rosa)
      for (const other of ['rosa', 'ruth', 'ariel', 'pablo'] as const)
        await rejects(decideAffiliation(await w.as(w.people[other]), id, 'verified'), Refused, other)
      await decideAffiliation(await w.as(w.people.olga), id, 'verified')
      const olga = await w.as(w.people.olga)
      const own = await claim(olga, w.people.olga)
      await rejects(decideAffiliation(olga, own, 'verified'), Refused)
      equal((await read(olga, (db) => listPeopleOf(olga, db, w.museums.quipu))).length, 2)
    }))

  test('roles are given within one’s own scope, and never to oneself', () =>
    withWorld(async (w) => {
      const olga = await w.as(w.people.olga)
      const ruth = await w.as(w.people.ruth)
      await rejects(grantRole(olga, { person: w.people.rosa, role: 'steward', scope: { kind: 'network' } }), Refused)
      await rejects(
        grantRole(olga, { person: w.people.rosa, role: 'national-commission', scope: { kind: 'country', id: 'AR' } }),
        Refused,
      )
      await rejects(
        grantRole(olga, {
          person: w.people.rosa,
          role: 'institution-representative',
          scope: { kind: 'institution', id: w.museums.pampa },
        }),
        Refused,
      )
      await rejects(
        grantRole(olga, { person: w.people.olga, role: 'national-commission', scope: { kind: 'country', id: 'PE' } }),
        Refused,
      )
      await rejects(
        grantRole(ruth, {
          person: w.people.rosa,
          role: 'institution-representative',
          scope: { kind: 'institution', id: w.museums.quipu },
        }),
        Refused,
      )
      await rejects(
        grantRole(await w.as(w.people.dora), { person: w.people.rosa, role: 'translator', scope: { kind: 'network' } }),
        Refused,
      )
      await grantRole(olga, {
        person: w.people.rosa,
        role: 'institution-representative',
        scope: { kind: 'institution', id: w.museums.quipu },
      })
      await grantRole(ruth, {
        person: w.people.rosa,
        role: 'mentor',
        scope: { kind: 'institution', id: w.museums.sal },
      })
      const held = await read(olga, (db) => listRoles(olga, db, false))
      deepEqual([...new Set(held.map(({ countryCode }) => countryCode))], ['PE'])
    }))

  test('what was said for statistics is read by who answers for it, and every reading is recorded', () =>
    withWorld(async (w) => {
      await record(w.office, 'person.edited', {}, (db) =>
        sql`update network.person_contact set sex = 'female' where person_id = ${w.people.rosa}`.execute(db),
      )
      for (const other of ['olga', 'ruth', 'lucia', 'ariel'] as const) {
        const actor = await w.as(w.people[other])
        await rejects(readSensitive(actor, w.people.rosa, 'curiosity'), Refused, other)
        await rejects(
          read(actor, (db) => sql`select sex from network.person_contact`.execute(db)),
          /permission denied/,
        )
        await rejects(
          read(actor, (db) => sql`select * from network.read_sensitive(${w.people.rosa})`.execute(db)),
          /outside a deed/,
        )
      }
      deepEqual(await readSensitive(await w.as(w.people.dora), w.people.rosa, 'Estadística anual'), { sex: 'female' })
      const deeds = await read(
        w.office,
        async (db) =>
          (
            await sql<{
              personId: string
              aboutId: string
              reason: string
            }>`select person_id, about_id, reason from record.deed where name = 'sensitive-data.read'`.execute(db)
          ).rows,
      )
      deepEqual(deeds, [{ personId: w.people.dora, aboutId: w.people.rosa, reason: 'Estadística anual' }])
      const rosa = await w.as(w.people.rosa)
      equal((await read(rosa, (db) => findProfile(rosa, db, w.people.rosa))).sex, 'female')
    }))

  test('nobody is entered in another’s country', () =>
    withWorld(async (w) => {
      const input = {
        givenNames: 'Nadie',
        firstSurname: '',
        secondSurname: '',
        language: 'es' as const,
        zone: 'UTC',
        countryCode: 'AR',
        profession: '',
      }
      await rejects(enterPerson(await w.as(w.people.olga), input), Refused)
      await rejects(enterPerson(await w.as(w.people.rosa), { ...input, countryCode: 'PE' }), Refused)
    }))
})
