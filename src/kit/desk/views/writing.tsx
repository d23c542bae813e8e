import type { Verdict } from '#kit/access'
import { textWords, type DeskText } from '#kit/text'
import {
  Badge,
  Button,
  Callout,
  Facts,
  Field,
  Form,
  Page,
  useFormats,
  useWords,
  type Problem,
  type Tone,
  type Typed,
} from '#kit/view'
import { direction } from '#kit/words'
import { words } from '../words/index.ts'
import { useOwner, usePurpose } from './owner.ts'
import { Method } from './list.tsx'

type Props = {
  text: DeskText
  /** The owner's name where the kit does not know it. */
  owner: string | null
  may: { translate: Verdict; review: Verdict; publish: Verdict }
  typed: Typed | undefined
  problems: readonly Problem[] | undefined
}

const tones: Record<DeskText['state'], Tone> = {
  missing: 'wanting',
  stale: 'wanting',
  machine: 'wanting',
  'in-edit': 'going',
  'in-review': 'going',
  approved: 'done',
  dismissed: 'done',
}

/** One text in one language, beside its original: written, reviewed and published here. */
export function Writing({ text, owner, may, typed, problems }: Props) {
  const t = useWords(words)
  const states = useWords(textWords)
  const { languageName } = useFormats()
  const nameOf = useOwner(new Map())
  const purposeOf = usePurpose()
  const language = languageName(text.language)
  const isLine = text.form === 'line'
  const rows = isLine ? 2 : Math.min(24, Math.max(6, Math.ceil(text.source.length / 60)))
  return (
    <Page
      title={t('writing.title', { purpose: purposeOf(text.purpose), language })}
      crumbs={[
        { to: 'desk.overview', name: t('overview.title') },
        { to: 'desk.list', with: { language: text.language }, name: language },
      ]}
      robots="noindex"
      wide
    >
      <p>
        <Badge tone={tones[text.state]}>{states(`state.${text.state}`)}</Badge> <Method of={text} />
      </p>
      {text.note ? (
        <Callout kind="note" title={t('writing.note')}>
          {text.note}
        </Callout>
      ) : null}
      {text.sourceInEdit ? <Callout kind="note">{t('writing.source-in-edit')}</Callout> : null}
      <Form
        problems={problems}
        typed={typed}
        draft={`desk-${text.id}-${text.language}`}
        buttons={<Deeds text={text} may={may} />}
      >
        <input type="hidden" name="revision" value={text.revision} />
        <div class="beside">
          <section aria-labelledby="source">
            <h2 id="source" class="label">
              {t('writing.source', { language: languageName(text.sourceLanguage) })}
            </h2>
            <div class="beside-source" lang={text.sourceLanguage} dir={direction(text.sourceLanguage)}>
              {text.source.split(/\n\s*\n/u).map((paragraph) => (
                <p>{paragraph}</p>
              ))}
            </div>
          </section>
          <div>
            <Field
              kind="long-text"
              name="body"
              required
              label={t('writing.body', { language })}
              hint={text.form === 'markdown' ? t('writing.markdown') : undefined}
              value={text.body}
              rows={rows}
              lang={text.language}
              dir={direction(text.language)}
            />
          </div>
        </div>
        {text.state === 'in-review' && may.review.allowed ? (
          <Field kind="text" name="note" label={t('writing.to-change')} hint={t('writing.to-change-hint')} />
        ) : null}
      </Form>
      <Facts
        of={[
          { term: t('overview.owner'), value: owner ?? nameOf(text.owner) },
          {
            term: t('writing.public'),
            value: text.publishedBody ? (
              <span lang={text.language} dir={direction(text.language)}>
                {text.publishedBody}
              </span>
            ) : null,
            absent: t('writing.not-public'),
          },
        ]}
      />
    </Page>
  )
}

/** The deeds that can be done now, the next one first. */
function Deeds({ text, may }: Pick<Props, 'text' | 'may'>) {
  const t = useWords(words)
  const { state } = text
  const reviewable = may.review.allowed && ['in-review', 'machine', 'in-edit'].includes(state)
  const button = (deed: 'save' | 'send' | 'approve' | 'return' | 'publish' | 'dismiss', kind: 'main' | 'second') => (
    <Button kind={kind} name="deed" value={deed}>
      {t(`do.${deed}`)}
    </Button>
  )
  const reviewing = state === 'in-review' && reviewable
  return (
    <>
      {reviewing ? button('approve', 'main') : null}
      {reviewing ? button('return', 'second') : null}
      {may.translate.allowed ? button('send', reviewing ? 'second' : 'main') : null}
      {may.translate.allowed ? button('save', 'second') : null}
      {!reviewing && reviewable ? button('approve', 'second') : null}
      {may.translate.allowed && state === 'stale' ? button('dismiss', 'second') : null}
      {may.publish.allowed && (state === 'machine' || (state === 'approved' && text.body !== text.publishedBody))
        ? button('publish', 'second')
        : null}
    </>
  )
}
