declare module '#kit/view' {
  interface Addresses {
    'network.imports': Record<never, string>
    'network.bring-import': Record<never, string>
    'network.import': { id: string }
    'network.import-columns': { id: string }
    'network.import-problems': { id: string }
    'network.import-institutions': { id: string }
    'network.import-refused': { id: string }
    'network.undo-import': { id: string }
  }
}
export {}
