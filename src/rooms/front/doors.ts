import { holds, type Actor, type Role } from '#kit/access'

/** A page from which someone's own work begins, and the words by which it is called. */
export type Door = { words: string; to: string }

const anywhere = (actor: Actor, roles: readonly Role[]): boolean =>
  actor.grants.some(({ role }) => roles.includes(role))

/** Where this person's work begins, by what their roles let them do; each page asks again for itself. */
export function listDoors(actor: Actor): { group: 'mine' | 'country' | 'office'; doors: Door[] }[] {
  const office = holds(actor, ['steward', 'editor'])
  const reader = office || holds(actor, 'auditor')
  const officer = anywhere(actor, ['country-officer'])
  const inviting = office || officer || anywhere(actor, ['institution-representative'])
  const door = (may: boolean, name: string, to: string): Door[] => (may ? [{ words: `front.door.${name}`, to }] : [])
  return [
    {
      group: 'mine' as const,
      doors: [
        ...door(true, 'profile', 'network.profile'),
        ...door(true, 'my-museums', 'network.my-museums'),
        ...door(true, 'join', 'network.join-register'),
        ...door(true, 'returns', 'network.returns'),
        ...door(true, 'alerts', 'subscriptions.mine'),
        ...door(true, 'account', 'auth.account'),
        ...door(true, 'my-data', 'network.my-data'),
      ],
    },
    {
      group: 'country' as const,
      doors: [
        ...door(officer || reader, 'queue', 'network.register-queue'),
        ...door(officer || office, 'duplicates', 'network.duplicates'),
        ...door(officer || office, 'imports', 'network.imports'),
        ...door(inviting, 'invitations', 'network.invitations'),
        ...door(officer || reader, 'roles', 'network.roles'),
      ],
    },
    {
      group: 'office' as const,
      doors: [
        ...door(office, 'write-news', 'front.write-news'),
        ...door(office, 'write-page', 'front.write-page'),
        ...door(office, 'add-document', 'front.enter-document'),
        ...door(office, 'network', 'network.describe-network'),
        ...door(reader, 'letters', 'mail.letters'),
        ...door(reader, 'jobs', 'jobs.queue'),
        ...door(reader, 'retention', 'jobs.retention'),
        ...door(reader, 'steward', 'front.steward'),
      ],
    },
  ].filter(({ doors }) => doors.length > 0)
}
