import type { Problem } from '#kit/access'
import { Button, Field, Form, Page, plainText, useReader, useWords, type Typed } from '#kit/view'
import { languages } from '#kit/words'
import type { PageRow, WorkingPage } from '../queries.ts'
import { words } from '../words/index.ts'

export type WriteProps = {
  kind: 'page' | 'news'
  /** The page being changed; undefined for a new one. */
  page?: WorkingPage | undefined
  tree: readonly PageRow[]
  working: readonly string[]
  typed?: Typed | undefined
  problems?: readonly Problem[] | undefined
}

/** Writes a page or news in every language at once: title, summary, text. */
export function Write({ kind, page, tree, working, typed, problems }: WriteProps) {
  const t = useWords(words)
  const { language } = useReader()
  const writable = [...new Set([...working, ...languages])]
  const title = page ? t('page.edit') : t(kind === 'news' ? 'do.write-news' : 'do.write-page')
  return (
    <Page title={title} robots="noindex" crumbs={kind === 'news' ? [{ to: 'front.news', name: t('news.title') }] : []}>
      <Form
        typed={typed}
        problems={problems}
        version={page?.version}
        buttons={<Button>{t(page ? 'do.edit-page' : 'do.save')}</Button>}
      >
        <Field
          kind="text-set"
          name="title"
          label={t('field.title')}
          value={page?.title}
          languages={writable}
          working={working}
          required
        />
        <Field
          kind="text-set"
          name="summary"
          label={t('field.summary')}
          hint={t('field.summary-hint')}
          value={page?.summary}
          languages={writable}
          working={working}
          rows={3}
        />
        <Field
          kind="text-set"
          name="body"
          label={t('field.body')}
          hint={t('field.body-hint')}
          value={page?.body}
          languages={writable}
          working={working}
          rows={14}
        />
        {kind === 'page' ? (
          <Field
            kind="select"
            name="parentId"
            label={t('field.parent')}
            value={page?.parentId}
            options={tree
              .filter(({ id }) => id !== page?.id)
              .map((one) => ({ value: one.id, label: plainText(one.title, language) }))}
          />
        ) : null}
        {page ? null : <Field kind="text" name="slug" label={t('field.slug')} hint={t('field.slug-hint')} />}
      </Form>
    </Page>
  )
}
