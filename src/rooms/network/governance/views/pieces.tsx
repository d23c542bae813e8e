import { useFormats, useWords } from '#kit/view'
import { endsOf, lastDayOf } from '../rules.ts'
import { words } from '../words/index.ts'

/** A stretch of days in words: since, until, or both. */
export function Period({ valid, beginIsKnown = true }: { valid: string; beginIsKnown?: boolean }) {
  const t = useWords(words)
  const { date } = useFormats()
  const { from } = endsOf(valid)
  const last = lastDayOf(valid)
  const since = from ? t(beginIsKnown ? 'membership.since' : 'membership.since-before', { date: date(from) }) : ''
  const until = last ? t('membership.until', { date: date(last) }) : ''
  return <>{[since, until].filter(Boolean).join(', ') || t('body.always')}</>
}

/** A person's name where it may be shown; what stands in its place after an erasure. */
export function PersonName({ name }: { name: string | null }) {
  const t = useWords(words)
  return name === null ? <span class="quiet">{t('body.erased')}</span> : <bdi>{name}</bdi>
}
