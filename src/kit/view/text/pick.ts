import { type Language, direction } from '#kit/words'

/** A text that people wrote, by BCP 47 language. The same shape as `Text` of `#kit/text`, of which only this much is needed to show it. */
export type Text = {
  readonly [language: string]:
    | { readonly body: string; readonly method?: string | null; readonly stale?: boolean }
    | undefined
}

/** The version that will be shown, and whether it is in the language that was asked for. */
export type Picked = {
  language: string
  dir: 'ltr' | 'rtl'
  body: string
  asked: boolean
  machine: boolean
  stale: boolean
}

// What someone who asked for one language most probably reads next: the two Iberian languages read each other; a reader of
// Arabic is more often schooled in English. After these comes any other language, in alphabetical order, so that the order is stated and stays.
const next: Record<Language, readonly string[]> = {
  es: ['pt', 'en', 'ar'],
  pt: ['es', 'en', 'ar'],
  en: ['es', 'pt', 'ar'],
  ar: ['en', 'es', 'pt'],
}

/**
 * Picks the version of a text for a reader: their language, a regional form of it, then the stated order, then the rest.
 * Returns null when nothing is written in any language.
 */
export function pickText(text: Text | null | undefined, language: Language): Picked | null {
  if (!text) return null
  const written = Object.keys(text)
    .filter((tag) => text[tag]?.body.trim())
    .sort()
  const found = [language, ...next[language]]
    .map((wanted) => written.find((tag) => tag === wanted) ?? written.find((tag) => base(tag) === wanted))
    .find((tag) => tag !== undefined)
  const tag = found ?? written[0]
  const version = tag === undefined ? undefined : text[tag]
  if (tag === undefined || !version) return null
  return {
    language: tag,
    dir: direction(tag),
    body: version.body,
    asked: base(tag) === language,
    machine: version.method === 'machine',
    stale: version.stale === true,
  }
}

/** The text as a plain string, for places that cannot carry a language mark (`<title>`, `alt`): '' when nothing is written. */
export function plainText(text: Text | string | null | undefined, language: Language): string {
  return typeof text === 'string' ? text : (pickText(text, language)?.body ?? '')
}

function base(tag: string): string {
  return tag.split('-')[0]!.toLowerCase()
}
