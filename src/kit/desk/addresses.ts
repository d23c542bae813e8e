declare module '#kit/view' {
  interface Addresses {
    'desk.overview': Record<never, string>
    'desk.list': { language: string }
    'desk.export': { language: string }
    'desk.text': { language: string; id: string }
  }
}
export {}
