import { saidIn, type Definition } from '#kit/questionnaire'
import { formats, speak, type Language } from '#kit/words'
import { words as institutionWords } from '../institutions/words/index.ts'
import type { Measure } from './rules.ts'
import { words } from './words/index.ts'

/** The name of a measure and how its figures are written, in a language. */
export function tellMeasures(definition: Definition, language: Language) {
  const t = speak(words, language)
  const format = formats(language)
  const scored = ({ kind }: Measure) => kind === 'score' || kind === 'whole'
  return {
    nameOf: (measure: Measure): string => {
      if (measure.kind === 'whole') return t('result.whole')
      if (measure.month !== undefined) return format.months()[measure.month - 1]!
      return saidIn(measure.said, language, definition.languages).words
    },
    write: (measure: Measure, value: number): string =>
      scored(measure) ? format.percent(value) : format.number(value, { maximumFractionDigits: 1 }),
    /** How much more or less than before: in points of the scale for scores, in percent for amounts. */
    writeChange: (measure: Measure, change: { by: number; share: number | null }): string => {
      if (change.by === 0) return t('result.same')
      const sign = change.by > 0 ? '+' : '−'
      if (scored(measure)) return t('result.points', { sign, count: Math.round(Math.abs(change.by) * 100) })
      const amount = format.number(Math.abs(change.by), { maximumFractionDigits: 1 })
      return change.share === null
        ? t('result.by', { sign, amount })
        : t('result.by-share', { sign, amount, share: format.percent(Math.abs(change.share)) })
    },
  }
}

/** What kind of museum a code is, and of what size; codes that nobody knows any more show themselves. */
export function nameCode(kind: 'type' | 'size', code: string, language: Language): string {
  const t = speak(institutionWords, language)
  const key = `code.${kind}.${code}`
  return t.has(key) ? t(key) : code
}
