import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { Problems, reachOf, visitor, type Actor } from '#kit/access'
import { read, record, sealDeeds, verifyHistory } from '#kit/record'
import { inRollback, testDatabase } from '#help/database'
import { decideAffiliation } from '../actions/affiliations.ts'
import { invitePerson, inviteMany, inviteSteward, withdrawInvitation } from '../actions/invitations.ts'
import { acceptInvitation, takeOffered } from '../actions/join.ts'
import { publishLegal } from '../actions/legal.ts'
import { emptyHistory, erasePerson, exportPersonalData } from '../actions/personal-data.ts'
import { editPerson, setConsent } from '../actions/profile.ts'
import { endRole, grantRole } from '../actions/roles.ts'
import { findByToken, listInvitations } from '../invited.ts'
import { findLegal } from '../legal.ts'
import { listAffiliations, listConsents, listDirectory, listRolesOf } from '../queries.ts'
import { readInvitedTable } from '../table.ts'
import { world, type World } from './world.ts'

const withWorld = (work: (w: World) => Promise<void>) => inRollback(async (database) => work(await world(database)))
const words = (problems: readonly { words: string }[]) => problems.map((one) => one.words)
const isProblem =
  (...wanted: string[]) =>
  (error: unknown) => {
    ok(error instanceof Problems, String(error))
    deepEqual(words(error.problems), wanted)
    return true
  }
const own = {
  givenNames: 'Nora',
  firstSurname: 'Paz',
  secondSurname: '',
  language: 'es' as const,
  zone: 'America/Lima',
  countryCode: 'PE',
  profession: '',
}
const invited = {
  email: 'nora@museo.example',
  givenNames: '',
  firstSurname: '',
  secondSurname: '',
  language: 'pt' as const,
  countryCode: null,
  institution: null,
  role: null,
  post: '',
  message: '',
}

/** The token in the newest letter of an invitation: as the mailbox has it. */
async function tokenIn(w: World): Promise<string> {
  const { rows } = await w.office.database.transaction({ ...reachOf(w.office) }, 'read', (db) =>
    sql<{ href: string }>`
    select b ->> 'href' as href from mail.letter l, jsonb_array_elements(l.body -> 'blocks') b where l.name = 'network.invitation' and b ->> 'kind' = 'button' order by l.id desc limit 1`.execute(
      db,
    ),
  )
  return rows[0]!.href.split('/').at(-1)!
}
const anybody = (w: World): Actor =>
  visitor({
    database: w.office.database,
    language: 'es',
    now: Temporal.Now.instant(),
    requestId: 'test',
    zone: 'America/Lima',
  })

describe('what people do', () => {
  test('duties that are kept apart are told in words, and PostgreSQL says the same', () =>
    withWorld(async (w) => {
      const lucia = await w.as(w.people.lucia)
      await grantRole(lucia, { person: w.people.rosa, role: 'evaluator', scope: { kind: 'network' } })
      await rejects(
        grantRole(lucia, { person: w.people.rosa, role: 'finance', scope: { kind: 'network' } }),
        isProblem('people.problem.finance-selects'),
      )
      await rejects(
        grantRole(lucia, { person: w.people.rosa, role: 'auditor', scope: { kind: 'network' } }),
        isProblem('people.problem.auditor-acts'),
      )
      await rejects(
        record(lucia, 'role.granted', {}, (db) =>
          sql`insert into network.role_grant (person_id, role, scope_kind, valid) values (${w.people.rosa}, 'finance', 'network', '[,)')`.execute(
            db,
          ),
        ),
        /duties that are kept apart/,
      )
      const [held] = await read(lucia, (db) => listRolesOf(lucia, db, w.people.rosa))
      await endRole(lucia, held!.id)
      await grantRole(
        { ...lucia, now: lucia.now.add({ seconds: 2 }) },
        { person: w.people.rosa, role: 'finance', scope: { kind: 'network' } },
      )
    }))

  test('a role ends, the last steward stays, and who stops working there stops speaking for it', () =>
    withWorld(async (w) => {
      const lucia = await w.as(w.people.lucia)
      const [steward] = await read(lucia, (db) => listRolesOf(lucia, db, w.people.lucia))
      await rejects(
        endRole({ ...lucia, now: lucia.now.add({ seconds: 1 }) }, steward!.id),
        isProblem('people.problem.last-steward'),
      )
      const olga = await w.as(w.people.olga)
      const [work] = await read(olga, (db) => listAffiliations(olga, db, w.people.ruth))
      equal((await w.grantsOf(w.people.ruth)).length, 1)
      await decideAffiliation({ ...olga, now: olga.now.add({ seconds: 1 }) }, work!.id, 'ended', {
        reason: 'Jubilación',
      })
      const after = await read(olga, (db) => listRolesOf(olga, db, w.people.ruth))
      ok(after.every(({ until }) => until !== null))
      await rejects(decideAffiliation(olga, work!.id, 'verified'), isProblem('people.problem.affiliation-state'))
    }))

  test('the directory shows who consented, and no longer who took it back', () =>
    withWorld(async (w) => {
      const rosa = await w.as(w.people.rosa)
      const shown = async () =>
        (await read(anybody(w), (db) => listDirectory(anybody(w), db, {}))).people.map(({ name }) => name)
      deepEqual(await shown(), [])
      await editPerson(rosa, w.people.rosa, {
        ...own,
        givenNames: 'Rosa',
        firstSurname: 'Quispe',
        telephone: '',
        expertise: [],
        willingTo: ['mentor'],
        inDirectory: true,
        publicProfile: false,
        sex: 'female',
      })
      deepEqual(await shown(), ['Rosa Quispe'])
      const active = async () =>
        (await read(rosa, (db) => listConsents(rosa, db, w.people.rosa)))
          .filter(({ withdrawnAt }) => !withdrawnAt)
          .map(({ purpose }) => purpose)
          .sort()
      deepEqual(await active(), ['directory', 'statistics'])
      await setConsent(rosa, w.people.rosa, 'directory', false)
      await setConsent(rosa, w.people.rosa, 'statistics', false)
      deepEqual([await shown(), await active()], [[], []])
      await rejects(setConsent(rosa, w.people.rosa, 'terms', false), isProblem('people.problem.needed-consent'))
      const { rows } = await read(rosa, (db) =>
        sql<{ sex: string | null }>`select sex from network.read_sensitive(${w.people.rosa})`.execute(db),
      )
      equal(rows[0]!.sex, null)
    }))

  test('notice and terms are agreed to in the version in force', () =>
    withWorld(async (w) => {
      const lucia = await w.as(w.people.lucia)
      equal((await read(lucia, (db) => findLegal(lucia, db, 'terms'))).version, 'quipu-1')
      await publishLegal(lucia, {
        kind: 'terms',
        version: '2',
        from: '2020-01-01',
        body: { es: 'Términos nuevos', pt: 'Termos novos' },
      })
      await publishLegal(lucia, { kind: 'terms', version: '3', from: '2999-01-01', body: { es: 'Del futuro' } })
      const now = await read(lucia, (db) => findLegal(lucia, db, 'terms'))
      deepEqual([now.version, now.body!['pt']!.body], ['2', 'Termos novos'])
      const rosa = await w.as(w.people.rosa)
      await setConsent(rosa, w.people.rosa, 'terms', true)
      await setConsent(rosa, w.people.rosa, 'news', true)
      const consents = await read(rosa, (db) => listConsents(rosa, db, w.people.rosa))
      deepEqual(Object.fromEntries(consents.map(({ purpose, noticeVersion }) => [purpose, noticeVersion])), {
        terms: '2',
        news: 'quipu-1',
      })
    }))
})

describe('joining and leaving', () => {
  let w: World
  let base: Awaited<ReturnType<typeof testDatabase>>
  // Letters are read as their mailbox has them, by the owner's role.
  let asOwner: World
  before(async () => {
    base = await testDatabase()
    w = await world(base.database)
    asOwner = { ...w, office: { ...w.office, database: base.asOwner } }
  })

  test('an invitation is accepted once, with one’s own data, and brings role and place', async () => {
    const ruth = await w.as(w.people.ruth)
    const id = await invitePerson(ruth, { ...invited, institution: w.museums.sal, role: 'mentor', post: 'Mediación' })
    await rejects(
      invitePerson(ruth, { ...invited, institution: w.museums.sal, role: 'mentor' }),
      isProblem('people.problem.invited-already'),
    )
    const token = await tokenIn(asOwner)
    const someone = anybody(w)
    const invitation = await read(someone, (db) => findByToken(someone, db, token))
    deepEqual(
      [invitation.id, invitation.state, invitation.institution, invitation.inviter],
      [id, 'open', 'Museo de la Sal', 'Ruth Quispe Rojas'],
    )
    const { personId } = await acceptInvitation(someone, token, invitation, { ...own, email: invited.email })
    const nora = await w.as(personId)
    deepEqual(
      nora.grants.map(({ role, scope }) => [role, scope]),
      [['mentor', { kind: 'institution', id: w.museums.sal }]],
    )
    deepEqual(
      (await read(nora, (db) => listAffiliations(nora, db, personId))).map(({ state, post }) => [state, post]),
      [['verified', 'Mediación']],
    )
    await rejects(
      acceptInvitation(someone, token, invitation, { ...own, email: 'other@museo.example' }),
      isProblem('people.problem.invitation-over'),
    )
    await rejects(
      acceptInvitation(someone, token, invitation, { ...own, email: invited.email }),
      isProblem('people.problem.sign-in-first'),
    )
  })

  test('an invitation is seen by its sender’s scope, and withdrawn it opens nothing', async () => {
    const ruth = await w.as(w.people.ruth)
    const id = await invitePerson(ruth, { ...invited, email: 'wara@museo.example', institution: w.museums.sal })
    const token = await tokenIn(asOwner)
    const pablo = await w.as(w.people.pablo)
    equal((await read(pablo, (db) => listInvitations(pablo, db))).length, 0)
    await rejects(withdrawInvitation(pablo, id))
    await withdrawInvitation(ruth, id)
    const rosa = await w.as(w.people.rosa)
    await rejects(takeOffered(rosa, token), isProblem('people.problem.invitation-over'))
  })

  test('many are invited at once, or none with every reason by its line', async () => {
    const olga = await w.as(w.people.olga)
    const table = (rows: string[]) => ['Correo;Nombres;Primer apellido;Función;Institución', ...rows].join('\n')
    await rejects(
      read(olga, (db) =>
        readInvitedTable(
          olga,
          db,
          table([
            'uno@museo.example;Uno;;;Museo de la Sal',
            'no es correo;Dos;;;',
            'tres@museo.example;Tres;;Emperador;Museo Inventado',
          ]),
          'es',
        ),
      ),
      (error: unknown) => {
        ok(error instanceof Problems)
        deepEqual(
          error.problems.map(({ field }) => field),
          ['line.2', 'line.3', 'line.3'],
        )
        return true
      },
    )
    const lines = await read(olga, (db) =>
      readInvitedTable(
        olga,
        db,
        table(['uno@museo.example;Uno;;Mentoría;Museo de la Sal', 'dos@museo.example;Dos;;;Museo del Quipu']),
        'es',
      ),
    )
    deepEqual(
      lines.map(({ role, institution }) => [role, institution]),
      [
        ['mentor', w.museums.sal],
        [null, w.museums.quipu],
      ],
    )
    equal(await inviteMany(olga, lines), 2)
    await rejects(
      inviteMany(olga, [
        { ...invited, email: 'tres@museo.example', institution: w.museums.sal },
        { ...invited, email: 'cuatro@museo.example', institution: w.museums.pampa },
      ]),
      (error: unknown) => {
        ok(error instanceof Problems)
        deepEqual(
          error.problems.map(({ field, words }) => [field, words]),
          [['line.2', 'people.refused.invite']],
        )
        return true
      },
    )
    equal(
      (await read(olga, (db) => listInvitations(olga, db))).some(({ email }) => email === 'tres@museo.example'),
      false,
    )
  })

  test('the console’s link makes a steward, once', async () => {
    const token = await inviteSteward(w.office, '', 'es')
    const someone = anybody(w)
    const invitation = await read(someone, (db) => findByToken(someone, db, token))
    const { personId } = await acceptInvitation(someone, token, invitation, { ...own, email: 'first@museo.example' })
    deepEqual(
      (await w.as(personId)).grants.map(({ role }) => role),
      ['steward'],
    )
    await rejects(
      acceptInvitation(someone, token, invitation, { ...own, email: 'second@museo.example' }),
      isProblem('people.problem.invitation-over'),
    )
  })

  test('a person takes all of it along, erases it, and the chain still verifies', async () => {
    const secretName = 'Zenobia Inolvidable'
    const rosa = await w.as(w.people.rosa)
    await editPerson(rosa, w.people.rosa, {
      ...own,
      givenNames: secretName,
      firstSurname: 'Quispe',
      telephone: '+51 999 888 777',
      expertise: [],
      willingTo: ['teach'],
      inDirectory: true,
      publicProfile: true,
      sex: 'female',
    })
    const [before] = await exportPersonalData(rosa, w.people.rosa)
    const held = (kind: string) => before!.held.find((one) => one.kind === kind)!.rows
    equal(held('person')[0]!['givenNames'], secretName)
    deepEqual([held('contact')[0]!['telephone'], held('contact')[0]!['sex']], ['+51 999 888 777', 'female'])
    ok(held('history').length > 0)
    match(JSON.stringify(before), /Museo de la Sal/)
    await base.asOwner.transaction(reachOf(w.office), 'write', (db) => sealDeeds(db))

    await rejects(erasePerson(rosa, w.people.rosa, 'Otra Persona'), isProblem('people.problem.name-differs'))
    const kept = await erasePerson(rosa, w.people.rosa, 'zenobia  inolvidable quispe')
    ok(kept.some(({ kind, because }) => kind === 'deed' && because === 'people.kept.record'))

    const anywhere = await base.asOwner.transaction(
      reachOf(w.office),
      'read',
      async (db) =>
        (
          await sql<{ hits: number }>`
      select (select count(*) from network.person where to_jsonb(person)::text like '%Zenobia%') + (select count(*) from network.person_contact where to_jsonb(person_contact)::text like '%999 888%')
        + (select count(*) from record.change where coalesce(before, '{}')::text || coalesce(after, '{}')::text ~ 'Zenobia|999 888|rosa@museo')
        + (select count(*) from record.deed where reason ~ 'Zenobia') + (select count(*) from record.once where answer::text ~ 'Zenobia') as hits`.execute(
            db,
          )
        ).rows[0]!.hits,
    )
    equal(anywhere, 0)
    await base.asOwner.transaction(reachOf(w.office), 'write', (db) => sealDeeds(db))
    deepEqual(await read(w.office, (db) => verifyHistory(db)), [])
    deepEqual((await w.as(w.people.rosa)).grants, [])
    equal(await emptyHistory(w.office, w.people.rosa), 0)
  })
})
