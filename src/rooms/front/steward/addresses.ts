declare module '#kit/view' {
  interface Addresses {
    'front.steward': Record<never, string>
  }
}
export {}
