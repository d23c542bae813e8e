import { Refused, require, roles as allRoles, type Problem, type Role } from '#kit/access'
import { get, page, post, seeOther, submit, type Answer, type Ask, type Typed } from '#kit/http'
import { formats, say, speak } from '#kit/words'
import { invites, maySeeRoles } from './access.ts'
import { inviteMany, invitePerson, withdrawInvitation } from './actions/invitations.ts'
import { enterPerson } from './actions/profile.ts'
import { grantRole } from './actions/roles.ts'
import { enterForm, grantForm, inviteForm, inviteManyForm, takeForm } from './forms.ts'
import { listInvitations, listInvitingScopes } from './invited.ts'
import { chosenInstitution, foundPeople, ownId } from './pieces.ts'
import { readInvitedTable } from './table.ts'
import { listBodyNames, listCountryCodes, listDecisionCodes, listRoles, loadPersonScope } from './queries.ts'
import { givenByCountry, givenByInstitution } from './rules.ts'
import { InvitationsPage, InviteManyPage, InvitePage } from './views/invitations.tsx'
import { EnterPersonPage } from './views/people-of.tsx'
import { GrantRolePage, RolesPage } from './views/roles.tsx'
import { words } from './words/index.ts'

type Again = { typed?: Typed; problems?: Problem[] }

const isOffice = (ask: Ask): boolean =>
  ask.actor.grants.some(({ role, scope }) => role === 'steward' && scope.kind === 'network')

/** The roles that who asks may give somewhere. */
function givable(ask: Ask): Role[] {
  if (isOffice(ask)) return [...allRoles]
  const officer = ask.actor.grants.some(({ role }) => role === 'country-officer')
  const speaker = ask.actor.grants.some(({ role }) => role === 'institution-representative')
  return allRoles.filter((role) => (officer && givenByCountry.has(role)) || (speaker && givenByInstitution.has(role)))
}

function requireInviter(ask: Ask): void {
  ownId(ask)
  if (!invites(ask.actor)) throw new Refused('people.refused.invite')
}

async function places(ask: Ask) {
  return ask.read(async (db) => {
    const scopes = await listInvitingScopes(ask.actor, db)
    const countries = await listCountryCodes(db)
    const chosen = await chosenInstitution(ask, db, undefined)
    const institutions = scopes.institutions.map(({ id, name }) => ({ value: id, label: name }))
    if (chosen && !institutions.some(({ value }) => value === chosen.value))
      institutions.push({ value: chosen.value, label: chosen.label })
    return {
      countries: scopes.countries.length > 0 && !isOffice(ask) ? scopes.countries : countries,
      institutions,
      institution: chosen?.value ?? '',
    }
  })
}

async function invite(ask: Ask, again: Again = {}): Promise<Answer> {
  requireInviter(ask)
  const t = speak(words, ask.language)
  return page(
    <InvitePage
      {...await places(ask)}
      roles={givable(ask).map((value) => ({ value, label: t(`role.${value}`) }))}
      {...again}
    />,
  )
}

function inviteTable(ask: Ask, again: Again = {}): Answer {
  requireInviter(ask)
  return page(<InviteManyPage {...again} />)
}

async function enter(ask: Ask, again: Again = {}): Promise<Answer> {
  requireInviter(ask)
  return page(<EnterPersonPage {...await places(ask)} {...again} />)
}

async function rolesPage(ask: Ask): Promise<Answer> {
  ownId(ask)
  require(maySeeRoles(ask.actor))
  const wide = ask.actor.grants.some(
    ({ role, scope }) => scope.kind === 'network' && ['steward', 'editor', 'auditor', 'data-protection'].includes(role),
  )
  return page(
    <RolesPage held={await ask.read((db) => listRoles(ask.actor, db, wide))} mayGrant={givable(ask).length > 0} />,
  )
}

async function grant(ask: Ask, again: Again = {}): Promise<Answer> {
  ownId(ask)
  const roleCodes = givable(ask)
  if (roleCodes.length === 0) throw new Refused('people.refused.grant')
  const t = speak(words, ask.language)
  const { countryName, sorted } = formats(ask.language)
  const person = again.typed?.['person'] ?? ask.query.get('person')
  const shown = await ask.read(async (db) => {
    const scopes = await listInvitingScopes(ask.actor, db)
    const codes = isOffice(ask) ? await listCountryCodes(db) : scopes.countries
    const chosenPlace = await chosenInstitution(ask, db, undefined)
    const institutions = [
      ...scopes.institutions.map(({ id, name }) => ({ value: `institution:${id}`, label: name })),
      ...(chosenPlace ? [{ value: `institution:${chosenPlace.value}`, label: chosenPlace.label }] : []),
    ]
    const bodies = isOffice(ask)
      ? (await listBodyNames(ask.actor, db)).map(({ id, name }) => ({ value: `body:${id}`, label: name }))
      : []
    const chosen =
      typeof person === 'string' && person ? await loadPersonScope(ask.actor, db, person).catch(() => null) : null
    const countries = sorted(
      codes.map((code) => ({ value: `country:${code}`, label: countryName(code) })),
      ({ label }) => label,
    )
    return {
      scopes: [
        ...(isOffice(ask)
          ? [{ group: t('scope.network'), options: [{ value: 'network', label: t('scope.network') }] }]
          : []),
        { group: t('scope.country'), options: countries },
        { group: t('scope.institution'), options: institutions },
        { group: t('scope.body'), options: bodies },
      ].filter(({ options }) => options.length > 0),
      decisions: (await listDecisionCodes(ask.actor, db)).map(({ id, code }) => ({ value: id, label: code })),
      found: await foundPeople(ask, db, again.typed),
      chosen: chosen ? { value: chosen.id, label: chosen.name } : null,
    }
  })
  return page(<GrantRolePage roleCodes={roleCodes} {...shown} {...again} />)
}

/** Pages of those who keep people: invitations, people entered by others, roles. */
export const officeRoutes = [
  get('invitations', '/{invitations}', async (ask) => {
    requireInviter(ask)
    return page(<InvitationsPage invitations={await ask.read((db) => listInvitations(ask.actor, db))} />)
  }),
  get('invite', '/{invitations}/{invite}', (ask) => invite(ask)),
  post('invite', '/{invitations}/{invite}', (ask) =>
    submit(ask, {
      form: inviteForm,
      act: (input, { once }) => (requireInviter(ask), invitePerson(ask.actor, input, once)),
      then: () => (ask.tell('done', 'people.done.invited'), seeOther(ask, 'network.invitations')),
      again: (typed, problems) => invite(ask, { typed, problems }),
    }),
  ),
  get('invite-many', '/{invitations}/{many}', (ask) => inviteTable(ask)),
  post('invite-many', '/{invitations}/{many}', (ask) =>
    submit(ask, {
      form: inviteManyForm,
      act: async ({ table, language }, { once }) => (
        requireInviter(ask),
        inviteMany(ask.actor, await ask.read((db) => readInvitedTable(ask.actor, db, table, language)), once)
      ),
      then: (count) => (ask.tell('done', 'people.done.invited-many', { count }), seeOther(ask, 'network.invitations')),
      again: (typed, problems) => inviteTable(ask, { typed, problems: inLines(ask, problems) }),
    }),
  ),
  post('withdraw-invitation', '/{invitations}/:id/{withdraw}', (ask) =>
    submit(ask, {
      form: takeForm,
      act: (_input, { once }) => withdrawInvitation(ask.actor, ask.params['id']!, once),
      then: () => (ask.tell('done', 'people.done.withdrawn'), seeOther(ask, 'network.invitations')),
      again: () => seeOther(ask, 'network.invitations'),
    }),
  ),
  get('enter-person', '/{people}/{enter}', (ask) => enter(ask)),
  post('enter-person', '/{people}/{enter}', (ask) =>
    submit(ask, {
      form: enterForm,
      act: (input, { once }) => enterPerson(ask.actor, { ...input, zone: ask.actor.zone }, once),
      then: (id) => (ask.tell('done', 'people.done.entered'), seeOther(ask, 'network.edit-person', { id })),
      again: (typed, problems) => enter(ask, { typed, problems }),
    }),
  ),
  get('roles', '/{roles}', rolesPage),
  get('grant-role', '/{roles}/{grant}', (ask) => grant(ask)),
  post('grant-role', '/{roles}/{grant}', (ask) =>
    submit(ask, {
      form: grantForm,
      act: (input, { once }) => grantRole(ask.actor, input, once),
      then: () => (
        ask.tell('done', 'people.done.granted'),
        seeOther(ask, maySeeRoles(ask.actor).allowed ? 'network.roles' : 'network.profile')
      ),
      again: (typed, problems) => grant(ask, { typed, problems }),
    }),
  ),
]

/** The problems of a table belong to one field; each says its line. */
const inLines = (ask: Ask, problems: Problem[]): Problem[] =>
  problems.map((one) => {
    const line = /^line\.(\d+)$/.exec(one.field)?.[1]
    if (!line) return one
    if (one.words === 'people.problem.line') return { ...one, field: 'table' }
    return {
      field: 'table',
      words: 'people.problem.line',
      values: { line: Number(line), problem: say(ask.language, one.words, one.values) },
    }
  })
