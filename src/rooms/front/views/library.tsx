import type { Problem, Verdict } from '#kit/access'
import { Button, ButtonLink, Field, FieldRow, Form, Page, T, useFormats, useWords, type Typed } from '#kit/view'
import { languages } from '#kit/words'
import type { DocumentRow } from '../queries.ts'
import { documentKinds } from '../rules.ts'
import { words } from '../words/index.ts'

/** The library: what there is to read, sought by words and kind. */
export function Library({
  documents,
  asked,
  mayWrite,
}: {
  documents: readonly DocumentRow[]
  asked: { words: string; kind: string }
  mayWrite: Verdict
}) {
  const t = useWords(words)
  const formats = useFormats()
  return (
    <Page
      title={t('library.title')}
      lead={t('library.lead')}
      primary={mayWrite.allowed ? <ButtonLink to="front.enter-document">{t('library.add')}</ButtonLink> : null}
    >
      <Form method="get" label={t('library.filter')} buttons={<Button kind="second">{t('library.filter')}</Button>}>
        <FieldRow>
          <Field kind="search" name="q" label={t('library.words')} value={asked.words} />
          <Field
            kind="select"
            name="kind"
            label={t('library.kind')}
            value={asked.kind}
            options={documentKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          />
        </FieldRow>
      </Form>
      {documents.length === 0 ? <p>{t(asked.words || asked.kind ? 'library.none' : 'library.empty')}</p> : null}
      <ul class="plain documents">
        {documents.map((document) => (
          <li id={document.code}>
            <h2>
              <T of={document.title} />
            </h2>
            <p class="quiet">
              {[
                t(`kind.${document.kind as 'manual'}`),
                document.authors,
                document.publisher,
                document.year ? String(document.year) : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {document.summary ? <T of={document.summary} as="div" /> : null}
            <p>
              <a href={document.url}>{t('library.read')}</a>
              {document.languages.length > 0 ? (
                <span class="quiet">
                  {' '}
                  · {t('library.in', { languages: formats.list(document.languages.map(formats.languageName)) })}
                </span>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
    </Page>
  )
}

export function DocumentForm({
  working,
  typed,
  problems,
}: {
  working: readonly string[]
  typed?: Typed | undefined
  problems?: readonly Problem[] | undefined
}) {
  const t = useWords(words)
  const { languageName } = useFormats()
  const writable = [...new Set([...working, ...languages])]
  return (
    <Page title={t('library.add')} crumbs={[{ to: 'front.library', name: t('library.title') }]} robots="noindex">
      <Form typed={typed} problems={problems} buttons={<Button>{t('do.enter-document')}</Button>}>
        <Field kind="text-set" name="title" label={t('field.title')} languages={writable} working={working} required />
        <Field
          kind="text-set"
          name="summary"
          label={t('field.summary')}
          languages={writable}
          working={working}
          rows={3}
        />
        <Field
          kind="select"
          name="kind"
          label={t('library.kind')}
          required
          options={documentKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <Field kind="url" name="url" label={t('field.url')} required />
        <FieldRow>
          <Field kind="text" name="authors" label={t('field.authors')} />
          <Field kind="text" name="publisher" label={t('field.publisher')} />
        </FieldRow>
        <FieldRow>
          <Field kind="number" name="year" label={t('field.year')} minimum={1500} maximum={2200} />
          <Field kind="text" name="licence" label={t('field.licence')} />
        </FieldRow>
        <Field
          kind="checkboxes"
          name="languages"
          label={t('field.languages')}
          options={writable.map((value) => ({ value, label: languageName(value) }))}
        />
      </Form>
    </Page>
  )
}
