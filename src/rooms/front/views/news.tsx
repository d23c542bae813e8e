import type { Verdict } from '#kit/access'
import { A, ButtonLink, Page, T, useAddress, useFormats, useReader, useWords } from '#kit/view'
import type { PageRow } from '../queries.ts'
import { words } from '../words/index.ts'

/** The news, newest first. */
export function News({ news, mayWrite, older }: { news: readonly PageRow[]; mayWrite: Verdict; older: number | null }) {
  const t = useWords(words)
  const reader = useReader()
  const address = useAddress()
  return (
    <Page
      title={t('news.title')}
      lead={t('news.lead')}
      feeds={[
        { href: address({ to: 'front.news-feed' }), title: t('page.feed', { network: reader.network }), kind: 'atom' },
      ]}
      primary={mayWrite.allowed ? <ButtonLink to="front.write-news">{t('news.write')}</ButtonLink> : null}
    >
      {news.length === 0 ? <p>{t('news.empty')}</p> : <NewsList news={news} level={2} />}
      {older === null ? null : (
        <p>
          <A to="front.news" query={{ from: older }}>
            {t('news.older')}
          </A>
        </p>
      )}
    </Page>
  )
}

/** News as a list: when, what, and its summary. */
export function NewsList({ news, level }: { news: readonly PageRow[]; level: 2 | 3 }) {
  const t = useWords(words)
  const formats = useFormats()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <ul class="plain news">
      {news.map((item) => (
        <li>
          <p class="quiet">
            {item.publishedAt ? (
              <time dateTime={item.publishedAt.slice(0, 10)}>{formats.date(item.publishedAt)}</time>
            ) : (
              t('page.draft')
            )}
          </p>
          <Heading>
            <A to="front.news-item" with={{ slug: item.slug }}>
              <T of={item.title} />
            </A>
          </Heading>
          {item.summary ? <T of={item.summary} as="p" /> : null}
        </li>
      ))}
    </ul>
  )
}
