type Nothing = Record<never, string>
declare module '#kit/view' {
  interface Addresses {
    'network.governance': Nothing
    'network.describe-network': Nothing
    'network.begin-membership': Nothing
    'network.end-membership': { id: string }
    'network.found-body': Nothing
    'network.body': { code: string }
    'network.add-seat': { code: string }
    'network.give-mandate': { code: string }
    'network.end-mandate': { id: string }
    'network.hold-session': { code: string }
    'network.propose-motion': { code: string }
    'network.decision': { code: string }
    'network.vote': { code: string }
    'network.decide': { code: string }
    'network.enter-partner': Nothing
    'network.countries': Nothing
    'network.enter-country': Nothing
    'network.country': { code: string }
    'network.describe-country': { code: string }
    'network.enter-law': { code: string }
  }
}
export {}
