import type { Problem, Verdict } from '#kit/access'
import {
  A,
  Button,
  ButtonLink,
  Callout,
  Form,
  Page,
  plainText,
  T,
  useFormats,
  useReader,
  useWords,
  type Crumb,
} from '#kit/view'
import type { PageDetail, PageRow } from '../queries.ts'
import { words } from '../words/index.ts'

export type PageProps = { page: PageDetail; mayWrite: Verdict; problems?: readonly Problem[] | undefined }

/** A page of the tree, or a piece of news: its text, when it was written, what hangs below it. */
export function EditorialPage({ page, mayWrite, problems }: PageProps) {
  const t = useWords(words)
  const formats = useFormats()
  const { language } = useReader()
  const crumbs: Crumb[] =
    page.kind === 'news'
      ? [{ to: 'front.news', name: t('news.title') }]
      : page.path.map((one) => ({ to: 'front.page', with: { slug: one.slug }, name: plainText(one.title, language) }))
  return (
    <Page
      title={page.title}
      lead={page.summary ? <T of={page.summary} /> : null}
      crumbs={crumbs}
      description={plainText(page.summary, language)}
      {...(page.state === 'published' ? {} : { robots: 'noindex' as const })}
      primary={
        mayWrite.allowed ? (
          <ButtonLink kind="second" to="front.edit-page" with={{ id: page.id }}>
            {t('page.edit')}
          </ButtonLink>
        ) : null
      }
    >
      {page.state === 'published' ? null : (
        <Callout>{t(page.state === 'draft' ? 'page.draft' : 'page.withdrawn')}</Callout>
      )}
      <T of={page.body} as="div" />
      {page.children.length > 0 ? (
        <nav aria-label={t('page.inside')}>
          <h2>{t('page.inside')}</h2>
          <PageLinks pages={page.children} />
        </nav>
      ) : null}
      <p class="quiet">
        {page.kind === 'news' && page.publishedAt
          ? t('page.published', { date: formats.date(page.publishedAt) })
          : t('page.updated', { date: formats.date(page.changedAt) })}
      </p>
      {mayWrite.allowed ? (
        <Form
          problems={problems}
          buttons={
            <>
              <Button name="what" value="publish">
                {t('page.publish')}
              </Button>
              {page.state === 'published' ? (
                <Button kind="danger" name="what" value="withdraw">
                  {t('page.withdraw')}
                </Button>
              ) : null}
            </>
          }
        >
          <input type="hidden" name="id" value={page.id} />
        </Form>
      ) : null}
    </Page>
  )
}

/** Pages as a list of links, each with its summary. */
export function PageLinks({ pages }: { pages: readonly PageRow[] }) {
  return (
    <ul class="plain">
      {pages.map((page) => (
        <li>
          <A to="front.page" with={{ slug: page.slug }}>
            <T of={page.title} />
          </A>
          {page.summary ? (
            <div class="quiet">
              <T of={page.summary} />
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
