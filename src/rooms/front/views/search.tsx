import { Button, Field, Form, Page, useReader, useWords } from '#kit/view'
import { direction } from '#kit/words'
import type { Hit } from '../queries.ts'
import { words } from '../words/index.ts'

export type SearchProps = { asked: string; museums: { total: number; hits: Hit[] }; pages: Hit[] }

/** One search over all rooms. */
export function Search({ asked, museums, pages }: SearchProps) {
  const t = useWords(words)
  const count = museums.total + pages.length
  return (
    <Page title={t('search.title')} lead={t('search.lead')} {...(asked && { robots: 'noindex' as const })}>
      <Form method="get" label={t('search.title')} buttons={<Button>{t('search.button')}</Button>}>
        <Field kind="search" name="q" label={t('search.label')} value={asked} />
      </Form>
      {asked === '' ? null : count === 0 ? (
        <>
          <p>{t('search.none', { words: asked })}</p>
          <p class="quiet">{t('search.none-hint')}</p>
        </>
      ) : (
        <>
          <p role="status">{t('search.results', { count, words: asked })}</p>
          <Hits title={t('search.museums')} hits={museums.hits} />
          {museums.total > museums.hits.length ? <MoreMuseums asked={asked} /> : null}
          <Hits title={t('search.pages')} hits={pages} />
        </>
      )}
    </Page>
  )
}

function MoreMuseums({ asked }: { asked: string }) {
  const t = useWords(words)
  const reader = useReader()
  return (
    <p>
      <a href={`${reader.address('network.museums')}?q=${encodeURIComponent(asked)}`}>{t('search.all-museums')}</a>
    </p>
  )
}

function Hits({ title, hits }: { title: string; hits: readonly Hit[] }) {
  const reader = useReader()
  if (hits.length === 0) return null
  return (
    <>
      <h2>{title}</h2>
      <ul class="plain hits">
        {hits.map((hit) => (
          <li>
            <a href={reader.address(hit.to, hit.params)} lang={hit.language} dir={direction(hit.language)}>
              {hit.title}
            </a>
            <p class="quiet" lang={hit.language} dir={direction(hit.language)}>
              {hit.excerpt}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
