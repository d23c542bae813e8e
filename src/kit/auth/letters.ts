import type { Language } from '#kit/words'

/** The letters of the sign-in. Each says the same to whoever asks: whether an address has an account is told to its mailbox alone. */
export type LetterKind = 'sign-in' | 'join' | 'no-account' | 'reset' | 'email-change' | 'email-changed' | 'password-changed'

/** A letter to be sent: its sentences are words `auth.letter.<kind>.…`, its values fill their holes. `secret`: it lets somebody in. */
export type Letter = {
  kind: LetterKind
  to: string
  language: Language
  personId: string | null
  secret: boolean
  /** `link` is a full address; `code` the six digits. */
  values: { link?: string; code?: string; minutes?: number; network?: string }
}
