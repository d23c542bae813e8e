declare module '#kit/view' {
  interface Addresses {
    'network.introduce': Record<never, string>
    'network.profile': Record<never, string>
    'network.edit-person': { id: string }
    'network.claim': { id: string }
    'network.affiliation': { id: string }
    'network.directory': Record<never, string>
    'network.person': { id: string }
    'network.people-of': { id: string }
    'network.enter-person': Record<never, string>
    'network.invitations': Record<never, string>
    'network.invite': Record<never, string>
    'network.invite-many': Record<never, string>
    'network.withdraw-invitation': { id: string }
    'network.invitation': { token: string }
    'network.take-invitation': { token: string }
    'network.roles': Record<never, string>
    'network.grant-role': Record<never, string>
    'network.end-role': { id: string }
    'network.consents': Record<never, string>
    'network.my-data': Record<never, string>
    'network.my-data-file': Record<never, string>
    'network.erase': Record<never, string>
    'network.privacy': Record<never, string>
    'network.terms': Record<never, string>
    'network.publish-legal': Record<never, string>
  }
}
export {}
