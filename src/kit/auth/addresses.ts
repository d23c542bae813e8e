declare module '#kit/view' {
  interface Addresses {
    'auth.sign-in': Record<never, string>
    'auth.sign-out': Record<never, string>
    'auth.code': Record<never, string>
    'auth.link': { token: string }
    'auth.second-step': Record<never, string>
    'auth.ministry': Record<never, string>
    'auth.arrived': Record<never, string>
    'auth.demo': Record<never, string>
    'auth.join': Record<never, string>
    'auth.forgot': Record<never, string>
    'auth.reset': { token: string }
    'auth.account': Record<never, string>
    'auth.session-end': { id: string }
    'auth.sessions-end': Record<never, string>
    'auth.password': Record<never, string>
    'auth.email': Record<never, string>
    'auth.email-proof': { token: string }
    'auth.second-factor': Record<never, string>
    'auth.second-factor-confirm': Record<never, string>
    'auth.second-factor-end': Record<never, string>
    'auth.recovery': Record<never, string>
    'auth.passkey-remove': { id: string }
  }
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'passkey-key': HTMLAttributes & {
        'data-kind': 'enter' | 'add'
        'data-options': string
        'data-answer': string
        'data-next'?: string | undefined
        'data-failed': string
      }
    }
  }
}
import type { HTMLAttributes } from 'preact'
