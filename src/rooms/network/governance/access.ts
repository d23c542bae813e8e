import { holds, no, when, yes, type Actor, type Verdict } from '#kit/access'

/** The office keeps the network's own affairs; an auditor reads them and changes nothing. */
export const mayManageNetwork = (actor: Actor): Verdict =>
  when(actor.kind === 'system' || holds(actor, ['steward', 'editor']), 'governance.refused.office')

/** A country's own page, laws and definition: its officer, or the office. */
export const mayManageCountry = (actor: Actor, countryCode: string): Verdict =>
  holds(actor, 'country-officer', { kind: 'country', id: countryCode })
    ? yes
    : mayManageNetwork(actor).allowed
      ? yes
      : no('governance.refused.country')

/** A body's sessions and motions: its secretary or chair, or the office. */
export const mayKeepBody = (actor: Actor, bodyId: string): Verdict =>
  holds(actor, ['committee-secretary', 'committee-chair'], { kind: 'body', id: bodyId }) ||
  mayManageNetwork(actor).allowed
    ? yes
    : no('governance.refused.body')

/** A vote is the seat holder's own, while the mandate lasts; the body's secretary may note it from the room. */
export const mayVote = (
  actor: Actor,
  seat: { bodyId: string; holderId: string | null },
  motion: { state: string },
): Verdict => {
  if (motion.state !== 'proposed') return no('governance.refused.decided')
  if (seat.holderId === null) return no('governance.refused.empty-seat')
  if (actor.personId !== null && actor.personId === seat.holderId) return yes
  return mayKeepBody(actor, seat.bodyId).allowed ? yes : no('governance.refused.vote')
}

/** What is not public is read by the body's own people, the office and auditors. */
export const maySeePapers = (actor: Actor, bodyId: string, seatedThere: boolean): Verdict =>
  seatedThere || mayKeepBody(actor, bodyId).allowed || holds(actor, 'auditor') ? yes : no('governance.refused.papers')

/** Every deed of this alcove and who may do it, for the matrix of permissions. */
export const deeds = {
  'network.founded': mayManageNetwork,
  'network.described': mayManageNetwork,
  'country.entered': mayManageNetwork,
  'membership.begun': mayManageNetwork,
  'membership.ended': mayManageNetwork,
  'partner.entered': mayManageNetwork,
  'body.founded': mayManageNetwork,
  'seat.added': mayManageNetwork,
  'mandate.given': mayManageNetwork,
  'mandate.ended': mayManageNetwork,
} as const
