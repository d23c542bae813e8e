import type { Role, Scope } from '#kit/access'

export type ScopeKind = Scope['kind']

/** Where each role may hold. A role at the whole network holds everywhere. */
export const scopesOfRole: Readonly<Record<Role, readonly ScopeKind[]>> = {
  steward: ['network'],
  auditor: ['network', 'country'],
  'data-protection': ['network', 'country'],
  editor: ['network', 'country'],
  finance: ['network', 'country'],
  'executive-committee': ['body', 'network'],
  'council-delegate': ['body', 'country', 'network'],
  'country-officer': ['country'],
  'institution-representative': ['institution'],
  'national-commission': ['country', 'body'],
  evaluator: ['network', 'country', 'body'],
  'committee-chair': ['body', 'network', 'country'],
  'committee-secretary': ['body', 'network', 'country'],
  translator: ['network', 'country', 'institution'],
  'language-reviewer': ['network', 'country', 'institution'],
  'standard-editor': ['network', 'country', 'institution', 'body'],
  rapporteur: ['body', 'network', 'country'],
  'consultation-analyst': ['network', 'country', 'body'],
  instructor: ['network', 'country', 'institution'],
  'course-leader': ['network', 'country', 'institution'],
  mentor: ['network', 'country', 'institution'],
  organiser: ['network', 'country', 'institution', 'body'],
  speaker: ['network', 'country', 'institution'],
  interpreter: ['network', 'country'],
  moderator: ['network', 'country', 'institution'],
}

/** Roles that a country's officer gives within the country: those that work there, none that watches over it or decides for the region. */
export const givenByCountry: ReadonlySet<Role> = new Set<Role>([
  'institution-representative',
  'national-commission',
  'translator',
  'language-reviewer',
  'standard-editor',
  'rapporteur',
  'instructor',
  'course-leader',
  'mentor',
  'organiser',
  'speaker',
  'interpreter',
  'moderator',
])

/** Roles that an institution's representative gives within the institution. */
export const givenByInstitution: ReadonlySet<Role> = new Set<Role>([
  'institution-representative',
  'instructor',
  'mentor',
  'organiser',
  'speaker',
])

/** Who selects: these never handle the money of what is selected. */
export const selecting: ReadonlySet<Role> = new Set<Role>([
  'national-commission',
  'evaluator',
  'committee-chair',
  'committee-secretary',
])
/** What an auditor may be besides: somebody who works in a museum. */
const besideAudit: ReadonlySet<Role> = new Set<Role>(['auditor', 'institution-representative'])

/**
 * Why a role cannot be joined with those that a person holds at the same time, as a key of the words; null where it can. Finance never selects, and who audits
 * changes nothing. PostgreSQL says the same (`network.refuse_joined_duties`), and has the last word.
 */
export function joinedDuty(asked: Role, held: readonly Role[]): { words: string; role: Role } | null {
  for (const role of held) {
    if ((asked === 'finance' && selecting.has(role)) || (role === 'finance' && selecting.has(asked)))
      return { words: 'people.problem.finance-selects', role }
    if (asked === 'auditor' && !besideAudit.has(role)) return { words: 'people.problem.auditor-acts', role }
    if (role === 'auditor' && !besideAudit.has(asked)) return { words: 'people.problem.auditor-acts', role: asked }
  }
  return null
}

export const affiliationStates = ['claimed', 'verified', 'refused', 'ended'] as const
export type AffiliationState = (typeof affiliationStates)[number]
export type AffiliationEvent = 'verified' | 'refused' | 'ended'

const steps: Record<AffiliationEvent, readonly AffiliationState[]> = {
  verified: ['claimed', 'refused'],
  refused: ['claimed'],
  ended: ['claimed', 'verified'],
}

/** The state of an affiliation after an event; null where it cannot happen. */
export function affiliationAfter(state: AffiliationState, event: AffiliationEvent): AffiliationState | null {
  return steps[event].includes(state) ? event : null
}

/** What somebody may agree to, each for itself. The first two are what an account rests on: who withdraws them leaves. */
export const purposes = ['terms', 'privacy', 'directory', 'public-profile', 'news', 'statistics'] as const
export type Purpose = (typeof purposes)[number]
export const neededPurposes: readonly Purpose[] = ['terms', 'privacy']

export const willingness = ['review', 'teach', 'host', 'mentor'] as const
export type Willingness = (typeof willingness)[number]
export const contracts = ['permanent', 'temporary', 'service', 'volunteer', 'intern', 'other'] as const
export const sexes = ['female', 'male', 'other'] as const

/** How many people the directory shows at once. */
export const directoryPage = 30

/** How long an invitation holds. */
export const invitationDays = 30
/** How long the link of a first steward holds. */
export const stewardLinkHours = 48

/** The version of notice and terms that is in force before a steward publishes one: the program's own words. */
export const ownVersion = 'quipu-1'

/** A person's name as one writes it, surnames after given names. */
export const nameOf = (person: { givenNames: string; firstSurname: string; secondSurname: string }): string =>
  [person.givenNames, person.firstSurname, person.secondSurname]
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' ')
