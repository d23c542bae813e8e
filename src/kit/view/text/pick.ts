import { type Chosen, type Form, type Method, type Shown, choose } from '#kit/text'
import type { Language } from '#kit/words'

/** A text that people wrote, by BCP 47 language: the `Text` of `#kit/text`, of which only the body is needed to show it. */
export type Text = {
  readonly [language: string]:
    | {
        readonly body: string
        readonly form?: Form
        readonly method?: Method
        readonly state?: Shown['state']
        readonly source?: boolean
      }
    | undefined
}

/** The version that a reader gets, by the order that `#kit/text` states; null when nothing is written in any language. */
export function pickText(
  text: Text | null | undefined,
  language: Language,
  ownerLanguages: readonly string[] = [],
): Chosen | null {
  if (!text) return null
  const whole: Record<string, Shown> = {}
  for (const [tag, version] of Object.entries(text)) {
    if (version) whole[tag] = { form: 'plain', method: 'human', state: 'approved', source: false, ...version }
  }
  return choose(whole, language, ownerLanguages) ?? null
}

/** The text as a plain string, for places that cannot carry a language mark (`<title>`, `alt`): '' when nothing is written. */
export function plainText(text: Text | string | null | undefined, language: Language): string {
  return typeof text === 'string' ? text : (pickText(text, language)?.body ?? '')
}
