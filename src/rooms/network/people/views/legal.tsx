import { Button, ButtonLink, Field, Form, Page, T, useFormats, useWords, type Problem, type Typed } from '#kit/view'
import { languages } from '#kit/words'
import type { LegalText } from '../legal.ts'
import { ownVersion } from '../rules.ts'
import { words } from '../words/index.ts'

/** The privacy notice or the terms in force; the program's own words until a steward publishes others. */
export function LegalPage({ text, mayPublish }: { text: LegalText; mayPublish: boolean }) {
  const t = useWords(words)
  const { date } = useFormats()
  return (
    <Page
      title={t(`legal.${text.kind}`)}
      primary={mayPublish ? <ButtonLink to="network.publish-legal">{t('legal.publish')}</ButtonLink> : null}
    >
      {text.body ? (
        <T of={text.body} as="div" />
      ) : (
        t(`legal.own.${text.kind}`)
          .split('\n\n')
          .map((paragraph) => <p>{paragraph}</p>)
      )}
      <p class="hint">
        {t('legal.version', { version: text.version === ownVersion ? '1' : text.version })}
        {text.inForceFrom ? `. ${t('legal.since', { date: date(text.inForceFrom) })}` : ''}
      </p>
    </Page>
  )
}

export function PublishLegalPage({ typed, problems }: { typed?: Typed | undefined; problems?: Problem[] | undefined }) {
  const t = useWords(words)
  return (
    <Page title={t('legal.publish-title')} lead={t('legal.publish-lead')} robots="noindex">
      <Form typed={typed} problems={problems} buttons={<Button>{t('legal.publish')}</Button>}>
        <Field
          kind="radios"
          name="kind"
          label={t('legal.kind')}
          required
          options={(['privacy', 'terms'] as const).map((value) => ({ value, label: t(`legal.${value}`) }))}
        />
        <Field kind="text" name="version" label={t('legal.number')} required maxLength={40} />
        <Field kind="date" name="from" label={t('legal.from')} required />
        <Field
          kind="text-set"
          name="body"
          label={t('legal.body')}
          required
          languages={languages}
          working={['es']}
          rows={16}
        />
      </Form>
    </Page>
  )
}
