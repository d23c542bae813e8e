import { useReader } from '#kit/view'
import { saidIn, type Said } from '../definition.ts'

/** Words of a form in the reader's language, or in the nearest they exist in, marked as such. */
export function SaidWords({ of, languages }: { of: Said | undefined; languages: readonly string[] }) {
  const { language, dir: pageDir } = useReader()
  const said = saidIn(of, language, languages)
  if (said.words === '') return null
  const marked = said.isFallback || said.dir !== pageDir ? { lang: said.language, dir: said.dir } : {}
  return <span {...marked}>{said.words}</span>
}

/** The same as plain text, for places that cannot carry a language mark. */
export function useSaid(languages: readonly string[]): (said: Said | null | undefined) => string {
  const { language } = useReader()
  return (said) => saidIn(said, language, languages).words
}
