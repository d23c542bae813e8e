type Nothing = Record<never, string>
declare module '#kit/view' {
  interface Addresses {
    'network.join-register': Nothing
    'network.join-step': { id: string; step: string }
    'network.join-check': { id: string }
    'network.my-museums': Nothing
    'network.edit-museum': { id: string }
    'network.museum-history': { id: string }
    'network.validate-museum': { id: string }
    'network.decide-edit': { id: string }
    'network.part-museums': { id: string }
    'network.register-queue': Nothing
    'network.duplicates': Nothing
    'network.duplicate-pair': { one: string; other: string }
  }
}
export {}
