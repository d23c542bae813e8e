/**
 * The network: who everyone is, and by what decision. Countries and their membership over time, bodies, mandates and decisions,
 * institutions as their countries vouch for them, people and where they work, and the roles they hold. Every other room asks here; it asks none.
 */
export * from './vocabulary.ts'
export {
  endMembership,
  beginMembership,
  describeCountry,
  describeNetwork,
  enterCountries,
  enterLaw,
  enterPartner,
  foundNetwork,
} from './governance/actions/countries.ts'
export {
  addSeat,
  castVote,
  decideMotion,
  endMandate,
  enterPastDecision,
  foundBody,
  giveMandate,
  holdSession,
  proposeMotion,
} from './governance/actions/bodies.ts'
export {
  findCountry,
  findNetwork,
  listBodies,
  listCountries,
  listDecisions,
  listMembersOn,
  listMemberships,
} from './governance/queries.ts'
export { membersOn } from './governance/rules.ts'
export {
  countRegister,
  facets,
  listCards,
  listNearby,
  mapRegister,
  searchRegister,
  type Card,
  type Facet,
  type Found,
  type Wish,
} from './register/queries.ts'

export { decideProposedEdit, editInstitution } from './institutions/actions/edit.ts'
export { mergeInstitutions, tellApart, unmergeInstitutions } from './institutions/actions/merge.ts'
export { fillInstitution, registerInstitution, submitInstitution } from './institutions/actions/register.ts'
export { returnInstitution, validateInstitution, withdrawInstitution } from './institutions/actions/validate.ts'
export {
  countQueue,
  findInstitution,
  listInstitutionsByIds,
  listOwnInstitutions,
  searchInstitutions,
  type Institution,
  type InstitutionBrief,
} from './institutions/queries.ts'
export * from './people/index.ts'

export { draftInstrument, stepInstrument } from './returns/actions/instruments.ts'
export {
  beginReturn,
  checkReturn,
  giveBackReturn,
  saveSection,
  sendReturn,
  shareResult,
} from './returns/actions/returns.ts'
export { findSharedResult, type Result as ReturnResult } from './returns/queries.ts'
export { definitions as returnDefinitions } from './returns/instruments.ts'
export { returnTasks } from './returns/jobs.ts'

import type { Deeds } from '#kit/access'
import { deeds as governanceDeeds } from './governance/access.ts'
import { routes as governance } from './governance/routes.tsx'
import { deeds as importDeeds } from './import/access.ts'
import { deeds as institutionDeeds } from './institutions/access.ts'
import { routes as institutions } from './institutions/routes.tsx'
import { deeds as peopleDeeds } from './people/access.ts'
import { routes as people } from './people/routes.tsx'
import { routes as register } from './register/routes.tsx'
import { deeds as returnDeeds } from './returns/access.ts'
import { routes as returns } from './returns/routes.tsx'

// Bringing registers needs to know where files are kept: the hall and the jobs' process say so.
export { checkRow, newContext } from './import/check.ts'
export { importTasks } from './import/jobs.ts'
export { emptyMapping, type InstitutionMapping } from './import/mapping.ts'
export { runImport } from './import/work/run.ts'
export { undoImport } from './import/work/undo.ts'
export { importRoom } from './import/routes.tsx'

/** The room's pages, an alcove at a time. */
export const networkRooms = [register, institutions, governance, returns, people] as const

/** Every deed of the room and who may do it, for the matrix of permissions. */
export const deeds: Deeds = { ...governanceDeeds, ...institutionDeeds, ...peopleDeeds, ...importDeeds, ...returnDeeds }
