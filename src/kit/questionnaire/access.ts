import { holds, no, when, yes, type Actor, type Verdict } from '#kit/access'
import { mayWriteText, type Owner } from '#kit/text'

/** Whose a response is, and how far it is. */
export type ResponseFacts = {
  institutionId: string | null
  personId: string | null
  countryCode: string | null
  state: 'draft' | 'sent' | 'returned' | 'accepted'
}

/** Who may write and publish a form: those who write in its owner's name. */
export function mayAuthor(actor: Actor, owner: Owner): Verdict {
  return mayWriteText(actor, owner).allowed ? yes : no('questionnaire.refused.author')
}

function isKeeper(actor: Actor, { institutionId, personId }: ResponseFacts): boolean {
  if (actor.kind === 'system') return true
  if (personId !== null) return actor.personId === personId
  return (
    institutionId !== null && holds(actor, 'institution-representative', { kind: 'institution', id: institutionId })
  )
}

/** Who may answer: the person, or who speaks for the institution, until it is sent. */
export function mayAnswer(actor: Actor, response: ResponseFacts): Verdict {
  if (!isKeeper(actor, response)) return no('questionnaire.refused.answer')
  return when(response.state === 'draft' || response.state === 'returned', 'questionnaire.refused.sent')
}

/** Who may check what was sent: the officers of its country and the network's office; nobody their own. */
export function mayCheckResponse(actor: Actor, response: ResponseFacts): Verdict {
  const officer =
    response.countryCode !== null && holds(actor, 'country-officer', { kind: 'country', id: response.countryCode })
  if (actor.kind !== 'system' && !officer && !holds(actor, ['steward', 'editor']))
    return no('questionnaire.refused.check')
  if (actor.kind !== 'system' && isKeeper(actor, response)) return no('questionnaire.refused.check-own')
  return when(response.state === 'sent', 'questionnaire.refused.not-sent')
}
