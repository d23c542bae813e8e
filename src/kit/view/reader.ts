import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { type Formats, type Language, type Translate, type Words, formats, speak } from '#kit/words'

/** One thread of the cord: a room, its name in the reader's language, and the name of the route it begins at; `whole` when every page of the room hangs from it. */
export type Thread = { room: string; name: string; route: string; whole?: boolean }

/** What was just done, said once on the page one is sent to. */
export type Notice = { kind: 'done' | 'warning'; text: string }

/** Everything a page may know about who reads it, and when. It comes from the request and is the same for the whole page. */
export type Reader = {
  language: Language
  dir: 'ltr' | 'rtl'
  /** IANA name of the reader's time zone. */
  zone: string
  now: Temporal.Instant
  /** Path of this page, with its query. */
  path: string
  route: { name: string; params: Record<string, string> } | null
  /** Signed token that every POST carries. */
  csrf: string
  /** A fresh one-time key at each call: one for each form. */
  key: () => string
  /** The address of a named page; throws when there is no such page. Ask `has` first where a page may be absent. */
  address: (name: string, params?: Record<string, string>, language?: Language) => string
  /** Is that page in this installation? */
  has: (name: string) => boolean
  person: { id: string; name: string } | null
  /** The network's name in the reader's language. */
  network: string
  demo: boolean
  /** The rooms that hang from the cord, in order. */
  threads: Thread[]
  /** 'quipu.css' → '/assets/quipu.3f2a.css'. */
  assets: (file: string) => string
  notices: Notice[]
  /** No pictures until asked for. */
  lowBandwidth: boolean
}

export const ReaderContext = createContext<Reader | null>(null)

/** The reader of the page being drawn. Throws outside `renderPage`. */
export function useReader(): Reader {
  const reader = useContext(ReaderContext)
  if (!reader) throw new Error('A view was drawn without a reader: use renderPage(<Page …/>, reader).')
  return reader
}

/** The sentences of a room in the reader's language: `const t = useWords(words)`. */
export function useWords<Es>(words: Words<Es>): Translate<Es> {
  const { language, zone } = useReader()
  return speak(words, language, { zone })
}

/** How the reader's language writes dates, numbers, money and names of countries, in the reader's zone. */
export function useFormats(): Formats {
  const { language, zone } = useReader()
  return formats(language, { zone })
}
