import { holds, when, type Actor, type Verdict } from '#kit/access'

/** How the installation fares is read by who runs it, and by auditors. */
export const maySeeInstallation = (actor: Actor): Verdict =>
  when(holds(actor, ['steward', 'auditor']), 'stewardship.refused.steward')
