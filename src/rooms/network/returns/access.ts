import { sql, type RawBuilder } from 'kysely'
import { every, holds, no, scopesOf, when, yes, type Actor, type Deeds, type Verdict } from '#kit/access'
import { mayAnswer, mayCheckResponse, type ResponseFacts } from '#kit/questionnaire'
import { nextSteps, takesAnswers, type InstrumentState, type InstrumentStep } from './rules.ts'

/** As much of an instrument as permissions depend on; without a country it is the network's own. */
export type InstrumentFacts = {
  countryCode: string | null
  state: InstrumentState
  openFrom: string | null
  openUntil: string | null
}
/** As much of a return as permissions depend on. */
export type ReturnFacts = {
  institutionId: string
  countryCode: string
  state: 'draft' | 'sent' | 'returned' | 'checked'
  sharedWith: readonly string[]
}

const isOffice = (actor: Actor): boolean => actor.kind === 'system' || holds(actor, ['steward', 'editor'])
const isOfficer = (actor: Actor, country: string): boolean =>
  holds(actor, 'country-officer', { kind: 'country', id: country })
const represents = (actor: Actor, institution: string): boolean =>
  holds(actor, 'institution-representative', { kind: 'institution', id: institution })

/** A country's instrument is its officer's to keep, the network's is the office's. */
export const mayKeepInstrument = (actor: Actor, countryCode: string | null): Verdict =>
  when(isOffice(actor) || (countryCode !== null && isOfficer(actor, countryCode)), 'returns.refused.keep')

/** Whether the actor prepares instruments at all: then the page is theirs. */
export const mayPrepare = (actor: Actor): Verdict =>
  when(isOffice(actor) || scopesOf(actor, 'country-officer', 'country').length > 0, 'returns.refused.keep')

/** Opening, closing, making the totals public: one after the other. */
export const mayStep = (actor: Actor, instrument: InstrumentFacts, step: InstrumentStep): Verdict =>
  every(
    mayKeepInstrument(actor, instrument.countryCode),
    when(nextSteps[instrument.state].includes(step), 'returns.refused.step'),
  )

/** Who begins a return: who speaks for a museum of the register, in a country that is asked, while it is open. */
export function mayBegin(
  actor: Actor,
  instrument: InstrumentFacts,
  institution: { id: string; countryCode: string; state: string },
): Verdict {
  if (actor.kind !== 'system' && !represents(actor, institution.id)) return no('returns.refused.answer')
  return every(
    when(
      instrument.countryCode === null || instrument.countryCode === institution.countryCode,
      'returns.refused.elsewhere',
    ),
    when(institution.state === 'listed', 'returns.refused.not-listed'),
    when(takesAnswers(instrument, actor.now), 'returns.refused.not-open'),
  )
}

const asResponse = (it: ReturnFacts): ResponseFacts => ({
  institutionId: it.institutionId,
  personId: null,
  countryCode: it.countryCode,
  state: it.state === 'checked' ? 'accepted' : it.state,
})

/** Who answers, and when: while it is open; what an officer gave back may be put right until the totals are public. */
export function mayAnswerReturn(actor: Actor, instrument: InstrumentFacts, it: ReturnFacts): Verdict {
  const late = it.state === 'returned' && instrument.state !== 'published'
  return every(
    mayAnswer(actor, asResponse(it)),
    when(late || takesAnswers(instrument, actor.now), 'returns.refused.not-open'),
  )
}

/** Who checks: the officers of its country and the office, nobody their own; until the totals are public. */
export const mayCheckReturn = (actor: Actor, instrument: InstrumentFacts, it: ReturnFacts): Verdict =>
  every(mayCheckResponse(actor, asResponse(it)), when(instrument.state !== 'published', 'returns.refused.published'))

/** Whom the result is shown to: its museum's own word, and nobody else's. */
export const mayShareResult = (actor: Actor, it: ReturnFacts): Verdict =>
  every(
    when(actor.kind === 'system' || represents(actor, it.institutionId), 'returns.refused.share'),
    when(it.state === 'checked', 'returns.refused.not-checked'),
  )

/** Who has the result set as a document: whose it is, and who checks it. */
export const mayPrintResult = (actor: Actor, it: ReturnFacts): Verdict =>
  every(
    when(
      isOffice(actor) || represents(actor, it.institutionId) || isOfficer(actor, it.countryCode),
      'returns.refused.print',
    ),
    when(it.state === 'checked', 'returns.refused.not-checked'),
  )

/** The desk of those who check: officers their own countries', the office and auditors all. */
export const mayReadDesk = (actor: Actor): Verdict =>
  actor.kind === 'system' ||
  holds(actor, ['steward', 'editor', 'auditor']) ||
  scopesOf(actor, ['country-officer', 'auditor'], 'country').length > 0
    ? yes
    : no('returns.refused.desk')

/** Reach in SQL: drafts are seen by who keeps them. `i` is `network.instrument`. */
export function visibleInstruments(actor: Actor): RawBuilder<boolean> {
  if (actor.kind === 'system' || holds(actor, ['steward', 'editor', 'auditor'])) return sql<boolean>`true`
  const countries = scopesOf(actor, ['country-officer', 'auditor'], 'country')
  return sql<boolean>`(i.state <> 'draft' or i.country_code = any (${countries}::text[]))`
}

/** Reach in SQL: a museum's own returns, and those of the countries whose officer or auditor one is. `r` is the return, `m` its institution. */
export function visibleReturns(actor: Actor): RawBuilder<boolean> {
  if (actor.kind === 'system' || holds(actor, ['steward', 'editor', 'auditor'])) return sql<boolean>`true`
  const countries = scopesOf(actor, ['country-officer', 'auditor'], 'country')
  const institutions = scopesOf(actor, 'institution-representative', 'institution')
  return sql<boolean>`(r.institution_id = any (${institutions}::uuid[]) or m.country_code = any (${countries}::text[]))`
}

const asked = (state: InstrumentState): InstrumentFacts => ({
  countryCode: null,
  state,
  openFrom: null,
  openUntil: null,
})

/** Every deed of this alcove and who may do it, in a scene with a country and an institution of the actor's own and others elsewhere. */
export const deeds: Deeds = {
  'instrument.drafted': (actor, { country }) => mayKeepInstrument(actor, country),
  'instrument.opened': (actor, { country }) => mayStep(actor, { ...asked('draft'), countryCode: country }, 'open'),
  'instrument.closed': (actor, { country }) => mayStep(actor, { ...asked('open'), countryCode: country }, 'close'),
  'instrument.published': (actor, { country }) =>
    mayStep(actor, { ...asked('closed'), countryCode: country }, 'publish'),
  'return.begun': (actor, scene) =>
    mayBegin(actor, asked('open'), { id: scene.institution, countryCode: scene.country, state: 'listed' }),
  'return.saved': (actor, scene) => mayAnswerReturn(actor, asked('open'), returnIn(scene, 'draft')),
  'return.sent': (actor, scene) => mayAnswerReturn(actor, asked('open'), returnIn(scene, 'draft')),
  'return.returned': (actor, scene) => mayCheckReturn(actor, asked('open'), returnIn(scene, 'sent')),
  'return.checked': (actor, scene) => mayCheckReturn(actor, asked('open'), returnIn(scene, 'sent')),
  'return.shared': (actor, scene) => mayShareResult(actor, returnIn(scene, 'checked')),
  'result.ordered': (actor, scene) => mayPrintResult(actor, returnIn(scene, 'checked')),
}

const returnIn = (scene: { institution: string; country: string }, state: ReturnFacts['state']): ReturnFacts => ({
  institutionId: scene.institution,
  countryCode: scene.country,
  state,
  sharedWith: [],
})
