import {
  Badge,
  Empty,
  Facts,
  Form,
  Button,
  Page,
  Pager,
  Table,
  Tabs,
  When,
  useReader,
  useWords,
  withParameter,
  type Problem,
  type Tone,
} from '#kit/view'
import { direction, isLanguage } from '#kit/words'
import { absolute } from '../draw.ts'
import type { Block } from '../letter.ts'
import { letterStates, type LetterCount, type LetterLine, type LetterState, type SentLetter } from '../outbox.ts'
import { mailWords } from '../words.ts'

const tones: Record<LetterState, Tone> = {
  queued: 'plain',
  sending: 'going',
  sent: 'done',
  held: 'wanting',
  suppressed: 'over',
  bounced: 'refused',
  failed: 'refused',
}

type ListProps = {
  letters: readonly LetterLine[]
  counts: readonly LetterCount[]
  state: LetterState | null
  more: boolean
  sends: boolean
  maySteward: boolean
}

/** The outbox: what left, what is held here because nothing sends it, what came back. */
export function Letters({ letters, counts, state, more, sends, maySteward }: ListProps) {
  const t = useWords(mailWords)
  const { path } = useReader()
  const countOf = (one: LetterState) => counts.find((each) => each.state === one)?.count ?? 0
  return (
    <Page title={t('letters.title')} lead={t(sends ? 'letters.lead' : 'letters.lead-held')} robots="noindex" wide>
      {maySteward ? (
        <Tabs
          label={t('letters.parts')}
          of={[
            { target: { to: 'mail.letters' }, name: t('letters.title'), current: true },
            { target: { to: 'mail.suppressed' }, name: t('suppressed.title') },
            { target: { to: 'mail.sender' }, name: t('sender.title') },
          ]}
        />
      ) : null}
      {counts.length > 1 || state ? (
        <Tabs
          label={t('letters.state')}
          of={[
            { target: { to: 'mail.letters' }, name: t('letters.all'), current: state === null },
            ...letterStates
              .filter((one) => countOf(one) > 0 || one === state)
              .map((one) => ({
                target: { to: 'mail.letters', query: { state: one } } as const,
                name: t(`state.${one}`),
                count: countOf(one),
                current: one === state,
              })),
          ]}
        />
      ) : null}
      <Table
        caption={t('letters.title')}
        captionUnseen
        columns={[
          { id: 'subject', head: t('letters.subject'), names: true, cell: (letter) => <Subject of={letter} /> },
          {
            id: 'to',
            head: t('letters.to'),
            cell: ({ recipient, address }) => (
              <>
                {recipient ? <bdi>{recipient}</bdi> : null} <bdi dir="ltr">{address}</bdi>
              </>
            ),
          },
          {
            id: 'state',
            head: t('letters.state'),
            cell: (letter) => <Badge tone={tones[letter.state]}>{t(`state.${letter.state}`)}</Badge>,
          },
          { id: 'at', head: t('letters.at'), cell: ({ createdAt }) => <When at={createdAt} style="medium" /> },
        ]}
        rows={letters}
        rowId={({ id }) => id}
        responsive
        empty={<Empty title={t('letters.empty')}>{t('letters.empty-text')}</Empty>}
      />
      <Pager next={more ? { href: withParameter(path, 'before', letters.at(-1)!.id) } : null} />
    </Page>
  )
}

function Subject({ of }: { of: LetterLine }) {
  const { address } = useReader()
  return (
    <a href={address('mail.letter', { id: of.id })} lang={of.language} dir={direction(of.language)}>
      {of.subject}
    </a>
  )
}

/** One letter as it was written, and what became of it. */
export function LetterPage({
  letter,
  network,
  mayResend,
  problems,
}: {
  letter: SentLetter
  network: string
  mayResend: boolean
  problems: readonly Problem[]
}) {
  const t = useWords(mailWords)
  const resendable = mayResend && letter.body && ['held', 'failed', 'bounced', 'suppressed'].includes(letter.state)
  return (
    <Page
      title={letter.subject}
      crumbs={[{ name: t('letters.title'), to: 'mail.letters' }]}
      robots="noindex"
      aside={
        <>
          <Facts
            narrow
            of={[
              {
                term: t('letters.to'),
                value: (
                  <>
                    {letter.recipient} <bdi dir="ltr">{letter.address}</bdi>
                  </>
                ),
              },
              {
                term: t('letters.state'),
                value: <Badge tone={tones[letter.state]}>{t(`state.${letter.state}`)}</Badge>,
              },
              { term: t('letters.kind'), value: <code>{letter.name}</code> },
              { term: t('letters.answer'), value: letter.answer ? <bdi dir="ltr">{letter.answer}</bdi> : null },
            ]}
          />
          <h2>{t('letters.events')}</h2>
          <ol class="plain">
            {letter.events.map((event) => (
              <li>
                {t.has(`state.${event.state}`) ? t(`state.${event.state}` as 'state.sent') : event.state},{' '}
                <When at={event.at} style="medium" />
              </li>
            ))}
          </ol>
          {resendable ? (
            <Form problems={problems} buttons={<Button kind="second">{t('letters.send-again')}</Button>}>
              <input type="hidden" name="deed" value="send-again" />
            </Form>
          ) : null}
        </>
      }
    >
      {letter.body ? (
        <article class="letter" lang={letter.language} dir={direction(letter.language)}>
          <p class="letter-from">{network}</p>
          {letter.body.blocks.map((block) => (
            <Piece of={block} />
          ))}
        </article>
      ) : (
        <p>{t(letter.secret ? 'letters.secret' : 'letters.emptied')}</p>
      )}
    </Page>
  )
}

function Piece({ of }: { of: Block }) {
  const safe = (href: string) => (href.startsWith('/') && !href.startsWith('//') ? href : absolute(href, '/'))
  switch (of.kind) {
    case 'heading':
      return <h2>{of.text}</h2>
    case 'text':
    case 'note':
      return (
        <>
          {of.text.split(/\n{2,}/u).map((part) => (
            <p class={of.kind === 'note' ? 'note' : undefined}>{part}</p>
          ))}
        </>
      )
    case 'button':
      return (
        <p>
          <a class="button button-main" href={safe(of.href)}>
            {of.label}
          </a>
        </p>
      )
    case 'code':
      return (
        <p class="letter-code">
          <code dir="ltr">{of.code}</code>
        </p>
      )
    case 'facts':
      return <Facts of={of.facts.map(({ label, value }) => ({ term: label, value }))} />
    case 'list':
      return (
        <ul>
          {of.items.map((item) => (
            <li>
              {item.href ? <a href={safe(item.href)}>{item.text}</a> : item.text}
              {item.note ? <p class="note">{item.note}</p> : null}
            </li>
          ))}
        </ul>
      )
    case 'quote':
      return (
        <blockquote lang={of.language} dir={of.language && isLanguage(of.language) ? direction(of.language) : 'auto'}>
          <p>{of.text}</p>
        </blockquote>
      )
  }
}

/** Asks before letters of a kind stop, for whoever came by the link in a letter; and says that they have. */
export function Unsubscribe({ address, done }: { address: string; done: boolean }) {
  const t = useWords(mailWords)
  return (
    <Page title={t('unsubscribe.title')} robots="noindex">
      {done ? (
        <p role="status">{t('unsubscribe.done', { address })}</p>
      ) : (
        <>
          <p>{t('unsubscribe.text', { address })}</p>
          <Form buttons={<Button>{t('unsubscribe.verb')}</Button>}>{null}</Form>
        </>
      )}
    </Page>
  )
}
