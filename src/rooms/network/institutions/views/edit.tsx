import {
  Button,
  Buttons,
  Callout,
  Field,
  Fieldset,
  Form,
  Page,
  useFormats,
  useWords,
  type Problem,
  type Typed,
} from '#kit/view'
import { sections } from '../forms.ts'
import type { Institution, ProposedEdit } from '../queries.ts'
import { changed, completeness } from '../rules/index.ts'
import { words } from '../words/index.ts'
import { Lacking } from './entry.tsx'
import { SectionFields } from './fields.tsx'

type Props = {
  it: Institution
  direct: boolean
  waiting: ProposedEdit | null
  typed?: Typed | undefined
  problems?: readonly Problem[] | undefined
}

/** The whole entry in one form. What waits for the officer is shown as it was proposed. */
export function EditPage({ it, direct, waiting, typed, problems }: Props) {
  const t = useWords(words)
  const { percent } = useFormats()
  const entry = waiting && !direct ? { ...it, ...changed(it, waiting.changes) } : it
  const whole = completeness(it, it.pictures.length)
  return (
    <Page
      title={t('edit.title', { name: it.name })}
      lead={direct ? t('edit.lead-direct') : t('edit.lead-reviewed')}
      crumbs={[{ to: 'network.museum', with: { id: it.slug }, name: it.name }]}
      aside={
        <>
          <p>
            <strong>{t('edit.completeness', { percent: percent(whole.percent / 100) })}</strong>
          </p>
          {whole.missing.length > 0 ? (
            <>
              <p>{t('edit.missing')}</p>
              <Lacking of={whole} />
            </>
          ) : null}
        </>
      }
    >
      {waiting && !direct ? (
        <Callout title={t('edit.waiting')}>
          <p>{t('edit.waiting-text')}</p>
          <Buttons>
            <Button kind="quiet" form="edit" name="take-back" value="yes">
              {t('edit.take-back')}
            </Button>
          </Buttons>
        </Callout>
      ) : null}
      <Form
        id="edit"
        typed={typed}
        problems={problems}
        version={it.version}
        buttons={<Button>{direct ? t('edit.save') : t('edit.propose')}</Button>}
      >
        {sections.map((section) =>
          section === 'description' ? (
            <SectionFields section={section} it={entry} />
          ) : (
            <Fieldset legend={t(`section.${section}`)} id={section}>
              <SectionFields section={section} it={entry} />
            </Fieldset>
          ),
        )}
        <Field
          kind="long-text"
          name="note"
          label={t('field.note')}
          hint={direct ? undefined : t('hint.note')}
          value={waiting?.note}
          rows={2}
          maxLength={1000}
        />
      </Form>
    </Page>
  )
}
