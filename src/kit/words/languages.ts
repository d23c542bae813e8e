/** The languages that the interface speaks. Content may be in any BCP 47 language. */
export type Language = 'es' | 'pt' | 'en' | 'ar'

/** The interface languages, in the order of the language switch; the first is the source of every sentence. */
export const languages = ['es', 'pt', 'en', 'ar'] as const satisfies readonly Language[]

export type Direction = 'ltr' | 'rtl'

/** Whether a piece of text names one of the four interface languages. */
export function isLanguage(text: string | null | undefined): text is Language {
  return languages.includes(text as Language)
}

/**
 * Whether text is a language tag that is well formed (BCP 47), such as `es`, `qu`, `pt-BR` or `gn-PY`. `und`, which
 * says that nobody knows, is refused: every text carries its language.
 */
export function isLanguageTag(text: string): boolean {
  return text !== 'und' && canonicalTag(text) !== undefined
}

/** The tag as BCP 47 writes it (`PT-br` → `pt-BR`), or `undefined` when it is not well formed. */
export function canonicalTag(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text)[0]
  } catch {
    return undefined
  }
}

const directions = new Map<string, Direction>()

/** The direction in which a language is written, from the script that CLDR gives it. A malformed tag reads `ltr`. */
export function direction(language: Language | (string & {})): Direction {
  const known = directions.get(language)
  if (known) return known
  const found = lookUp(language)
  if (directions.size < 500) directions.set(language, found)
  return found
}

function lookUp(language: string): Direction {
  const tag = canonicalTag(language)
  if (!tag) return 'ltr'
  const locale = new Intl.Locale(tag) as Intl.Locale & { getTextInfo(): { direction?: string } }
  return locale.getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr'
}

/**
 * How each language writes dates and numbers when we do not know the country: Latin American Spanish, Brazilian
 * Portuguese, British English (day before month) and Arabic with the digits 0–9, which the network's forms ask for.
 */
const customary: Record<Language, string> = { es: 'es-419', pt: 'pt-BR', en: 'en-GB', ar: 'ar-u-nu-latn' }

const locales = new Map<string, string>()

/**
 * The locale by which dates, numbers and money are written: the language as its country writes it where CLDR knows the
 * pair (`es` in `AR` writes 1.234,5; in `MX` 1,234.5; `ar` in `EG` writes its own digits), else the customary one.
 */
export function localeOf(language: Language, country?: string | null): string {
  if (!country) return customary[language]
  const wanted = `${language}-${country.toUpperCase()}`
  const known = locales.get(wanted)
  if (known) return known
  const found = exists(wanted) ? wanted : customary[language]
  if (locales.size < 2000) locales.set(wanted, found)
  return found
}

function exists(tag: string): boolean {
  return canonicalTag(tag) === tag && new Intl.NumberFormat(tag).resolvedOptions().locale === tag
}
