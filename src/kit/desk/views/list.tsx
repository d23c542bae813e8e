import { textWords, type DeskCount, type DeskText, type Owner, type XliffOutcome } from '#kit/text'
import {
  A,
  Badge,
  Button,
  ButtonLink,
  Callout,
  Empty,
  Field,
  Form,
  Page,
  Pager,
  Table,
  Tabs,
  useFormats,
  useReader,
  useWords,
  withParameter,
  type Problem,
} from '#kit/view'
import { direction, say } from '#kit/words'
import { words } from '../words/index.ts'
import { ownerKey, useOwner, usePurpose } from './owner.ts'

export const shows = ['missing', 'stale', 'waiting', 'machine', 'in-edit'] as const
export type Show = (typeof shows)[number]

type Props = {
  language: string
  show: Show
  owner: Owner | null
  texts: readonly DeskText[]
  more: boolean
  counts: readonly DeskCount[]
  names: ReadonlyMap<string, string>
  /** From which languages a file can be had. */
  sources: readonly string[]
  /** The most that a file may hold, in bytes. */
  limit: number
  problems?: readonly Problem[]
  /** What came of the file that was just sent. */
  outcome?: XliffOutcome
}

const excerpt = 140
const countOf: Record<Show, (count: DeskCount) => number> = {
  missing: (it) => it.missing,
  stale: (it) => it.stale,
  waiting: (it) => it.waiting,
  machine: (it) => it.machine,
  'in-edit': (it) => it.inEdit,
}

/** One language: what waits in it, and the files that go to and come from translators' tools. */
export function List(props: Props) {
  const { language, show, owner, texts, names, outcome } = props
  const t = useWords(words)
  const { path } = useReader()
  const { languageName } = useFormats()
  const nameOf = useOwner(names)
  const purposeOf = usePurpose()
  const sum = (one: Show) => props.counts.reduce((all, count) => all + Number(countOf[one](count)), 0)
  return (
    <Page
      title={t('list.title', { language: languageName(language) })}
      lead={owner ? nameOf(owner) : t('list.lead')}
      crumbs={[{ to: 'desk.overview', name: t('overview.title') }]}
      robots="noindex"
      wide
    >
      {outcome ? <Outcome of={outcome} /> : null}
      <Tabs
        label={t('list.show')}
        of={shows.map((one) => ({
          target: {
            to: 'desk.list' as const,
            with: { language },
            query: { show: one, owner: owner && ownerKey(owner) },
          },
          name: t(`show.${one}`),
          count: sum(one),
          current: one === show,
        }))}
      />
      <Table
        caption={t(`show.${show}`)}
        captionUnseen
        responsive
        rows={texts}
        empty={<Empty title={t('list.empty')}>{t('list.empty-text')}</Empty>}
        columns={[
          {
            id: 'source',
            head: t('list.source'),
            names: true,
            cell: (text) => (
              <A to="desk.text" with={{ language, id: text.id }} lang={text.sourceLanguage}>
                <bdi dir={direction(text.sourceLanguage)}>
                  {text.source.length > excerpt ? `${text.source.slice(0, excerpt)}…` : text.source}
                </bdi>
              </A>
            ),
          },
          { id: 'purpose', head: t('list.purpose'), cell: (text) => purposeOf(text.purpose) },
          { id: 'owner', head: t('overview.owner'), cell: (text) => nameOf(text.owner) },
          { id: 'from', head: t('list.from'), cell: (text) => languageName(text.sourceLanguage) },
          { id: 'method', head: t('list.method'), cell: (text) => <Method of={text} /> },
        ]}
      />
      <Pager next={props.more ? { href: withParameter(path, 'after', texts.at(-1)!.id) } : null} />
      <Files {...props} />
    </Page>
  )
}

/** A machine's words are always marked. */
export function Method({ of }: { of: DeskText }) {
  const t = useWords(textWords)
  return of.method === 'machine' || of.method === 'machine-edited' ? (
    <Badge tone="wanting">{t(`method.${of.method}`)}</Badge>
  ) : null
}

function Files({ language, sources, problems, limit }: Props) {
  const t = useWords(words)
  const { languageName } = useFormats()
  return (
    <section aria-labelledby="files">
      <h2 id="files">{t('file.title')}</h2>
      <p>{t('file.text')}</p>
      <p class="buttons">
        {sources.map((source) => (
          <ButtonLink kind="second" to="desk.export" with={{ language }} query={{ source }}>
            {t('file.download', { language: languageName(source) })}
          </ButtonLink>
        ))}
      </p>
      <Form id="file" files label={t('file.send')} problems={problems} buttons={<Button>{t('file.send')}</Button>}>
        <Field
          kind="file"
          name="file"
          label={t('file.file')}
          accept={['.xlf', '.xliff']}
          limit={limit}
          resumable={false}
          required
        />
      </Form>
    </section>
  )
}

function Outcome({ of }: { of: XliffOutcome }) {
  const t = useWords(words)
  const text = useWords(textWords)
  const { language } = useReader()
  return (
    <Callout kind={of.problems.length > 0 ? 'warning' : 'done'} title={text('xliff.applied', { count: of.applied })}>
      <>
        <p>{t('file.rest', { same: of.same, untranslated: of.untranslated })}</p>
        {of.problems.length > 0 ? (
          <ul>
            {of.problems.map((problem) => (
              <li>{say(language, problem.words, problem.values)}</li>
            ))}
          </ul>
        ) : null}
      </>
    </Callout>
  )
}
