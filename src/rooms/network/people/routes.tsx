// Longer than most because it is the alcove’s table of contents: every page with the form it takes.
import './addresses.ts'
import './constraints.ts'
import { Problems, require, type Problem } from '#kit/access'
import { authOf, safeNext } from '#kit/auth'
import { get, page, post, room, seeOther, submit, typedQuery, type Answer, type Ask, type Typed } from '#kit/http'
import { maySeePeopleOf, mayEditPerson, mayPublishLegal, mayVerifyAffiliation } from './access.ts'
import { claimAffiliation, decideAffiliation } from './actions/affiliations.ts'
import { acceptInvitation, joinNetwork, takeOffered, today } from './actions/join.ts'
import { publishLegal } from './actions/legal.ts'
import { editPerson } from './actions/profile.ts'
import { endRole } from './actions/roles.ts'
import { acceptForm, claimForm, decideForm, endRoleForm, joinForm, legalForm, profileForm, takeForm } from './forms.ts'
import { findByToken } from './invited.ts'
import { findLegal, type LegalKind } from './legal.ts'
import { myDataRoutes } from './my-data-routes.tsx'
import { officeRoutes } from './office-routes.tsx'
import { chosenInstitution, foundInstitutions, ownId } from './pieces.ts'
import {
  findAffiliation,
  findInstitution,
  findPerson,
  findProfile,
  listAffiliations,
  listCountryCodes,
  listDirectory,
  listPeopleOf,
  listRolesOf,
  listTopics,
  loadPersonScope,
} from './queries.ts'
import { DirectoryPage, PersonPage } from './views/directory.tsx'
import { InvitationPage, JoinPage } from './views/join.tsx'
import { LegalPage, PublishLegalPage } from './views/legal.tsx'
import { PeopleOfPage } from './views/people-of.tsx'
import { ClaimPage, ProfilePage } from './views/profile.tsx'
import { words } from './words/index.ts'

type Again = { typed?: Typed; problems?: Problem[] }

async function join(ask: Ask, again: Again = {}): Promise<Answer> {
  const account = await authOf(ask.actor.database).account(ask)
  if (!account) return seeOther(ask, 'auth.join')
  if (account.personId) return seeOther(ask, 'network.profile')
  const countries = await ask.read(listCountryCodes)
  return page(
    <JoinPage
      email={account.email}
      name={account.name}
      next={safeNext(again.typed?.['next'] ?? ask.query.get('next'))}
      countries={countries}
      {...again}
    />,
  )
}

async function makeAccountsPerson(
  ask: Ask,
  { password, ...input }: Parameters<typeof joinNetwork>[2] & { password: string },
  once: string | null,
): Promise<void> {
  const auth = authOf(ask.actor.database)
  const account = await auth.account(ask)
  if (!account) throw new Problems([{ field: '', words: 'auth.problem.start-again' }])
  await joinNetwork(ask.actor, account, input, once)
  if (password) await auth.setPassword(ask, account.userId, password)
}

async function invitation(ask: Ask, again: Again = {}): Promise<Answer> {
  const token = ask.params['token']!
  const [found, countries] = await ask.read(
    async (db) => [await findByToken(ask.actor, db, token), await listCountryCodes(db)] as const,
  )
  return page(<InvitationPage invitation={found} token={token} countries={countries} {...again} />)
}

async function accept(
  ask: Ask,
  {
    password,
    email,
    emailAgain,
    ...input
  }: Parameters<typeof joinNetwork>[2] & { password: string; email?: string | undefined; emailAgain: string },
  once: string | null,
): Promise<void> {
  const token = ask.params['token']!
  const found = await ask.read((db) => findByToken(ask.actor, db, token))
  // The console's link names no address: who holds it says which is theirs, twice.
  const address = found.email || (email ?? '')
  if (!address) throw new Problems([{ field: 'email', words: 'kit.problem.required' }])
  if (!found.email && address !== emailAgain)
    throw new Problems([{ field: 'emailAgain', words: 'people.problem.emails-differ' }])
  const auth = authOf(ask.actor.database)
  const { userId } = await acceptInvitation(ask.actor, token, found, { ...input, email: address }, once)
  if (password) await auth.setPassword(ask, userId, password)
  await auth.begin(ask, userId, 'invitation')
}

async function profile(ask: Ask, id: string, again: Again = {}): Promise<Answer> {
  const shown = await ask.read(async (db) => {
    require(mayEditPerson(ask.actor, await loadPersonScope(ask.actor, db, id)))
    const now = ask.actor.now.toString()
    return {
      profile: await findProfile(ask.actor, db, id),
      affiliations: await listAffiliations(ask.actor, db, id),
      held: (await listRolesOf(ask.actor, db, id)).filter(
        ({ until }) => until === null || Temporal.Instant.compare(until, now) > 0,
      ),
      topics: await listTopics(ask.actor, db),
      countries: await listCountryCodes(db),
    }
  })
  return page(<ProfilePage {...shown} {...again} />)
}

const saveProfile = (ask: Ask, id: string, to: () => Response): Promise<Answer> =>
  submit(ask, {
    form: profileForm,
    act: (input, sent) => editPerson(ask.actor, id, input, sent),
    then: () => (ask.tell('done', 'people.done.saved'), to()),
    again: (typed, problems) => profile(ask, id, { typed, problems }),
  })

async function directory(ask: Ask): Promise<Answer> {
  const of = (name: string) => ask.query.get(name) || null
  const number = Math.min(1000, Math.max(1, Number.parseInt(of('page') ?? '1', 10) || 1))
  const wish = {
    words: of('q') ?? '',
    topic: of('topic'),
    willing: of('willing'),
    country: of('country'),
    page: number,
  }
  const shown = await ask.read(async (db) => ({
    ...(await listDirectory(ask.actor, db, wish)),
    topics: await listTopics(ask.actor, db),
    countries: await listCountryCodes(db),
  }))
  return page(<DirectoryPage {...shown} page={number} typed={typedQuery(ask.query)} asked={ask.query.size > 0} />)
}

async function claim(ask: Ask, again: Again = {}): Promise<Answer> {
  const [found, chosen] = await ask.read(async (db) => {
    require(mayEditPerson(ask.actor, await loadPersonScope(ask.actor, db, ask.params['id']!)))
    return [await foundInstitutions(ask, db, again.typed), await chosenInstitution(ask, db, again.typed)] as const
  })
  return page(<ClaimPage found={found} chosen={chosen} day={today(ask.actor)} {...again} />)
}

async function peopleOf(ask: Ask, id: string, problems?: Problem[]): Promise<Answer> {
  const [institution, people] = await ask.read(async (db) => {
    const found = await findInstitution(ask.actor, db, id)
    require(maySeePeopleOf(ask.actor, { institutionId: found.id, countryCode: found.countryCode }))
    return [found, await listPeopleOf(ask.actor, db, id)] as const
  })
  const mayDecide = mayVerifyAffiliation(ask.actor, {
    personId: '',
    institutionId: institution.id,
    countryCode: institution.countryCode,
  }).allowed
  return page(<PeopleOfPage institution={institution} people={people} mayDecide={mayDecide} problems={problems} />)
}

async function decided(ask: Ask, outcome: 'verified' | 'refused' | 'ended'): Promise<Answer> {
  const affiliation = await ask.read((db) => findAffiliation(ask.actor, db, ask.params['id']!))
  ask.tell('done', `people.done.${outcome}`)
  return affiliation.personId === ask.actor.personId
    ? seeOther(ask, 'network.profile')
    : seeOther(ask, 'network.people-of', { id: affiliation.institutionId })
}

async function undecided(ask: Ask, problems: Problem[]): Promise<Answer> {
  const affiliation = await ask.read((db) => findAffiliation(ask.actor, db, ask.params['id']!))
  return affiliation.personId === ask.actor.personId
    ? profile(ask, affiliation.personId, { problems })
    : peopleOf(ask, affiliation.institutionId, problems)
}

const legal = (kind: LegalKind) => async (ask: Ask) =>
  page(
    <LegalPage
      text={await ask.read((db) => findLegal(ask.actor, db, kind))}
      mayPublish={mayPublishLegal(ask.actor).allowed}
    />,
  )

function publishPage(ask: Ask, again: Again = {}): Answer {
  require(mayPublishLegal(ask.actor))
  return page(<PublishLegalPage {...again} />)
}

export const routes = room('network', words, [
  // Before the page of one person, whose path would take theirs.
  ...officeRoutes,
  get('introduce', '/{join}', (ask) => join(ask)),
  post('introduce', '/{join}', (ask) =>
    submit(ask, {
      form: joinForm,
      act: (input, { once }) => makeAccountsPerson(ask, input, once),
      then: async () => {
        ask.tell('done', 'people.done.joined')
        const next = safeNext((await ask.typed())['next'])
        return next
          ? new Response(null, { status: 303, headers: { location: next } })
          : seeOther(ask, 'network.profile')
      },
      again: (typed, problems) => join(ask, { typed, problems }),
    }),
  ),

  get('invitation', '/{invitation}/:token', (ask) => invitation(ask)),
  post('invitation', '/{invitation}/:token', (ask) =>
    submit(ask, {
      form: acceptForm,
      act: (input, { once }) => accept(ask, input, once),
      then: () => (ask.tell('done', 'people.done.accepted'), seeOther(ask, 'network.profile')),
      again: (typed, problems) => invitation(ask, { typed, problems }),
    }),
  ),
  post('take-invitation', '/{invitation}/:token/{take}', (ask) =>
    submit(ask, {
      form: takeForm,
      act: (_input, { once }) => takeOffered(ask.actor, ask.params['token']!, once),
      then: () => (ask.tell('done', 'people.done.accepted'), seeOther(ask, 'network.profile')),
      again: (_typed, problems) => invitation(ask, { problems }),
    }),
  ),

  get('profile', '/{profile}', (ask) => profile(ask, ownId(ask))),
  post('profile', '/{profile}', (ask) => saveProfile(ask, ownId(ask), () => seeOther(ask, 'network.profile'))),

  get('directory', '/{directory}', (ask) => directory(ask)),
  get('person', '/{people}/:id', async (ask) => {
    const [person, mayEdit] = await ask.read(async (db) => {
      const found = await findPerson(ask.actor, db, ask.params['id']!)
      return [found, mayEditPerson(ask.actor, await loadPersonScope(ask.actor, db, found.id)).allowed] as const
    })
    return page(<PersonPage person={person} mayEdit={mayEdit} />)
  }),
  get('edit-person', '/{people}/:id/{edit}', (ask) => profile(ask, ask.params['id']!)),
  post('edit-person', '/{people}/:id/{edit}', (ask) =>
    saveProfile(ask, ask.params['id']!, () => seeOther(ask, 'network.person', { id: ask.params['id']! })),
  ),

  get('claim', '/{people}/:id/{work}', (ask) => claim(ask)),
  post('claim', '/{people}/:id/{work}', (ask) =>
    submit(ask, {
      form: claimForm,
      act: (input, { once }) => claimAffiliation(ask.actor, ask.params['id']!, input, once),
      then: () => {
        ask.tell('done', 'people.done.claimed')
        return ask.params['id'] === ask.actor.personId
          ? seeOther(ask, 'network.profile')
          : seeOther(ask, 'network.edit-person', { id: ask.params['id']! })
      },
      again: (typed, problems) => claim(ask, { typed, problems }),
    }),
  ),
  post('affiliation', '/{work}/:id', (ask) =>
    submit(ask, {
      form: decideForm,
      act: async ({ outcome, reason, on }, { once }) => (
        await decideAffiliation(ask.actor, ask.params['id']!, outcome, { reason, on, once }),
        outcome
      ),
      then: async () => decided(ask, ((await ask.typed())['outcome'] as 'verified') ?? 'verified'),
      again: (_typed, problems) => undecided(ask, problems),
    }),
  ),
  get('people-of', '/{people}/{institution}/:id', (ask) => peopleOf(ask, ask.params['id']!)),

  post('end-role', '/{roles}/:id/{end}', (ask) =>
    submit(ask, {
      form: endRoleForm,
      act: ({ reason }, { once }) => endRole(ask.actor, ask.params['id']!, reason, once),
      then: () => (ask.tell('done', 'people.done.role-ended'), seeOther(ask, backFromRole(ask))),
      again: (_typed, problems) => profile(ask, ownId(ask), { problems }),
    }),
  ),

  get('privacy', '/{privacy}', legal('privacy')),
  get('terms', '/{terms}', legal('terms')),
  get('publish-legal', '/{privacy}/{publish}', (ask) => publishPage(ask)),
  post('publish-legal', '/{privacy}/{publish}', (ask) =>
    submit(ask, {
      form: legalForm,
      act: (input, { once }) => publishLegal(ask.actor, input, once),
      then: async () => (
        ask.tell('done', 'people.done.published'),
        seeOther(ask, (await ask.typed())['kind'] === 'terms' ? 'network.terms' : 'network.privacy')
      ),
      again: (typed, problems) => publishPage(ask, { typed, problems }),
    }),
  ),

  ...myDataRoutes,
])

/** Where one was when one ended a role: at one's own, or at the office's page. */
const backFromRole = (ask: Ask): string =>
  (ask.request.headers.get('referer') ?? '').includes(ask.address('network.roles'))
    ? 'network.roles'
    : 'network.profile'
