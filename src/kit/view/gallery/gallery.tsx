import { Page } from '../page/page.tsx'
import { ReaderContext, useReader, useWords } from '../reader.ts'
import { Drawings } from './drawings.tsx'
import { Forms } from './forms.tsx'
import { Lists } from './lists.tsx'
import { Pieces } from './pieces.tsx'
import { galleryWords } from './words/index.ts'

const parts = [
  'colour',
  'type',
  'buttons',
  'states',
  'facts',
  'ways',
  'cards',
  'writing',
  'form',
  'wrong',
  'confirm',
  'table',
  'filter',
  'history',
  'progress',
  'charts',
  'map',
  'timeline',
  'picture',
] as const
const anchors: Partial<Record<(typeof parts)[number], string>> = { filter: 'list', progress: 'long' }

/** Every piece of the design system in all its states, in the reader's language and theme. */
export function GalleryPage() {
  const reader = useReader()
  const t = useWords(galleryWords)
  const notices = [
    { kind: 'done' as const, text: t('notice.done') },
    { kind: 'warning' as const, text: t('notice.warning') },
  ]
  return (
    <ReaderContext.Provider value={{ ...reader, notices }}>
      <Page title={t('title')} lead={t('lead')} robots="noindex" wide>
        <nav class="gallery-index" aria-label={t('title')}>
          <ul class="in-line">
            {parts.map((part) => (
              <li>
                <a href={`#${anchors[part] ?? part}`}>{t(`section.${part}`)}</a>
              </li>
            ))}
          </ul>
        </nav>
        <Pieces />
        <Forms />
        <Lists />
        <Drawings />
      </Page>
    </ReaderContext.Provider>
  )
}
