/** People: who they are, where they work, which roles they hold, how they come and how they leave. Other rooms call what is here through the network's door. */
export { mayReadSensitive, maySeePerson, reachedPerson, visiblePerson, type PersonScope } from './access.ts'
export { claimAffiliation, decideAffiliation, type Claim } from './actions/affiliations.ts'
export { inviteMany, invitePerson, inviteSteward, type InvitationSent } from './actions/invitations.ts'
export { acceptInvitation, joinNetwork, takeOffered, type OwnData } from './actions/join.ts'
export { publishLegal } from './actions/legal.ts'
export {
  erasePerson,
  erasureRule,
  exportPersonalData,
  holdPersonalData,
  networkPersonalData as personalData,
  peopleRetention,
  readSensitive,
  readSpecial,
  type Held,
  type Kept,
  type PersonalData,
} from './actions/personal-data.ts'
export {
  changeContactAddress,
  editPerson,
  enterPerson,
  setConsent,
  type PersonEntered,
  type ProfileInput,
} from './actions/profile.ts'
export { endRole, grantRole, type RoleGiven } from './actions/roles.ts'
export { listDemoPeople, loadIdentity } from './identity.ts'
export { invitationPath } from './letters.ts'
export {
  findPerson,
  findProfile,
  listAffiliations,
  listDirectory,
  listPeopleOf,
  listRoles,
  listRolesOf,
  type Affiliation,
  type HeldRole,
  type Person,
  type Profile,
} from './queries.ts'
export { joinedDuty, nameOf, purposes, scopesOfRole, type Purpose, type Willingness } from './rules.ts'
