import { diffWordsWithSpace } from 'diff'
import { useReader, useWords } from '../reader.ts'
import { words } from '../words/index.ts'

type VersionDiffProps = { before: string; after: string; lang?: string; dir?: 'ltr' | 'rtl' }

/** Two versions of a text as one, word by word: what was taken away is struck through, what was added underlined. Each is announced, so that it is heard as well as seen. */
export function VersionDiff({ before, after, lang, dir }: VersionDiffProps) {
  const { language } = useReader()
  const t = useWords(words)
  if (before === after) return <p class="diff-same">{t('diff.same')}</p>
  const parts = diffWordsWithSpace(before, after, { intlSegmenter: segmenter(lang ?? language) })
  return (
    <div class="diff" lang={lang} dir={dir}>
      {parts.map((part) => {
        if (part.removed) {
          return (
            <del>
              <span class="unseen" lang={language}>
                {t('diff.removed')}{' '}
              </span>
              {part.value}
            </del>
          )
        }
        if (part.added) {
          return (
            <ins>
              <span class="unseen" lang={language}>
                {t('diff.added')}{' '}
              </span>
              {part.value}
            </ins>
          )
        }
        return part.value
      })}
    </div>
  )
}

const kept = new Map<string, Intl.Segmenter>()

function segmenter(language: string): Intl.Segmenter {
  const known = kept.get(language)
  if (known) return known
  const made = new Intl.Segmenter(language, { granularity: 'word' })
  if (kept.size < 100) kept.set(language, made)
  return made
}
