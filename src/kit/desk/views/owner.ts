import type { Owner } from '#kit/text'
import { useFormats, useWords } from '#kit/view'
import { words } from '../words/index.ts'

/** An owner as text: what addresses carry, and by which names are looked up. */
export const ownerKey = (owner: Owner): string => (owner.kind === 'network' ? 'network' : `${owner.kind}:${owner.id}`)

/** Returns a function that says whose a text is. */
export function useOwner(names: ReadonlyMap<string, string>): (owner: Owner) => string {
  const t = useWords(words)
  const { countryName } = useFormats()
  return (owner) =>
    owner.kind === 'network'
      ? t('owner.network')
      : owner.kind === 'country'
        ? countryName(owner.id)
        : (names.get(ownerKey(owner)) ?? t(`owner.${owner.kind}`))
}

/** Returns a function that says what a text is for, in words where there are any. */
export function usePurpose(): (purpose: string) => string {
  const t = useWords(words)
  return (purpose) => {
    const key = `purpose.${purpose.replaceAll('.', '-')}`
    return t.has(key) ? t(key as 'purpose.page-title') : t('purpose.other')
  }
}
