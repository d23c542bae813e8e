type Nothing = Record<never, string>
declare module '#kit/view' {
  interface Addresses {
    'network.returns': Nothing
    'network.prepare-return': Nothing
    'network.instrument': { id: string }
    'network.instrument-step': { id: string; step: string }
    'network.return-desk': { id: string }
    'network.begin-return': { id: string }
    'network.return': { id: string }
    'network.answer-return': { id: string; section: string }
    'network.send-return': { id: string }
    'network.check-return': { id: string }
    'network.return-result': { id: string }
    'network.share-return': { id: string }
    'network.print-return': { id: string }
  }
}
export {}
