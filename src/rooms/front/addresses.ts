declare module '#kit/view' {
  interface Addresses {
    'front.home': Record<never, string>
  }
}
export {}
