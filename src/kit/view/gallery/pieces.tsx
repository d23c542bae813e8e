import { Button, ButtonLink, Buttons } from '../form/button.tsx'
import { Knot } from '../page/knots.tsx'
import { Badge, type Tone } from '../piece/badge.tsx'
import { Callout } from '../piece/callout.tsx'
import { Card, Cards } from '../piece/cards.tsx'
import { Empty } from '../piece/empty.tsx'
import { Facts } from '../piece/facts.tsx'
import { Steps, Tabs } from '../piece/tabs.tsx'
import { Deadline, Money, Span, When } from '../piece/when.tsx'
import { useReader, useWords } from '../reader.ts'
import { VersionDiff } from '../text/version-diff.tsx'
import { Quote } from '../text/prose.tsx'
import { T } from '../text/text.tsx'
import { byMachine, markdown, quechua, salt } from './samples.ts'
import { Section } from './section.tsx'
import { galleryWords } from './words/index.ts'

const dyes = ['cochineal', 'indigo', 'ochre', 'chilca', 'maize', 'walnut', 'teal'] as const
const tones: readonly Tone[] = ['plain', 'going', 'wanting', 'done', 'refused', 'over']

const strong = (text: string) => <strong>{text}</strong>
const em = (text: string) => <em>{text}</em>

export function Pieces() {
  const t = useWords(galleryWords)
  const { threads } = useReader()
  return (
    <>
      <Section id="colour" title={t('section.colour')}>
        <ul class="swatches">
          {dyes.map((dye) => (
            <li class={`stain-${dye}`}>
              <svg width="100%" height="40" aria-hidden="true" focusable="false">
                <rect class="chart-bar" width="100%" height="40" />
              </svg>
              <span class="swatch-name">{t(`dye.${dye}`)}</span>
            </li>
          ))}
        </ul>
        <ul class="swatches">
          {threads.map((thread) => (
            <li class={`dye-${thread.room}`}>
              <Knot room={thread.room} /> {thread.name}
            </li>
          ))}
        </ul>
      </Section>
      <Section id="type" title={t('section.type')}>
        <p>{t.rich('type.text', { strong, em })}</p>
        <h3>{t('type.third')}</h3>
        <Quote by={t('type.by')}>
          <p>{t('type.quote')}</p>
        </Quote>
      </Section>
      <Section id="buttons" title={t('section.buttons')}>
        <Buttons>
          <Button>{t('button.main')}</Button>
          <Button kind="second">{t('button.second')}</Button>
          <Button kind="danger">{t('button.danger')}</Button>
          <Button disabled>{t('button.off')}</Button>
          <ButtonLink kind="quiet" href="#buttons">
            {t('button.quiet')}
          </ButtonLink>
        </Buttons>
        <p>
          <a href="#buttons">{t('link')}</a>
        </p>
      </Section>
      <Section id="states" title={t('section.states')}>
        <ul class="in-line">
          {tones.map((tone) => (
            <li>
              <Badge tone={tone}>{t(`tone.${tone}`)}</Badge>
            </li>
          ))}
        </ul>
        {(['note', 'done', 'warning', 'wrong'] as const).map((kind) => (
          <Callout kind={kind}>{t('callout')}</Callout>
        ))}
        <Empty title={t('empty.title')} first={<ButtonLink href="#states">{t('empty.first')}</ButtonLink>}>
          {t('empty.text')}
        </Empty>
      </Section>
      <Section id="facts" title={t('section.facts')}>
        <Facts
          of={[
            { term: t('fact.kind'), value: t('fact.kind-value') },
            { term: t('fact.founded'), value: <When at="1987-05-18" /> },
            { term: t('form.month'), value: <Span from="2026-05-18" to="2026-06-03" /> },
            { term: t('fact.deadline'), value: <Deadline at="2026-11-27T02:59:00Z" zone="America/Sao_Paulo" /> },
            { term: t('fact.amount'), value: <Money of={{ amount: '2500.50', currency: 'USD' }} /> },
            { term: t('fact.web'), value: null, absent: t('fact.absent') },
          ]}
        />
      </Section>
      <Section id="ways" title={t('section.ways')}>
        <Tabs
          label={t('section.ways')}
          of={[
            { target: { href: '#ways' }, name: t('tab.about'), current: true },
            { target: { href: '#ways' }, name: t('tab.objects'), count: 412 },
            { target: { href: '#ways' }, name: t('tab.history') },
          ]}
        />
        <Steps
          of={[
            { name: t('step.who'), state: 'done', target: { href: '#ways' } },
            { name: t('step.what'), state: 'now' },
            { name: t('step.papers'), state: 'ahead' },
            { name: t('step.send'), state: 'ahead' },
          ]}
        />
      </Section>
      <Section id="cards" title={t('section.cards')}>
        <Cards columns={3}>
          <Card
            room="network"
            kicker={<Badge tone="done">{t('tone.done')}</Badge>}
            title={t('museum.salt')}
            target={{ href: '#cards' }}
            meta={t('museum.city')}
          >
            <p>{t('museum.about')}</p>
          </Card>
          <Card room="calls" title={t('museum.reed')} target={{ href: '#cards' }} meta={t('museum.city2')}>
            <p>{t('museum.about2')}</p>
          </Card>
          <Card title={t('museum.mask')} target={{ href: '#cards' }} meta={t('museum.city3')}>
            <p>{t('museum.about3')}</p>
          </Card>
        </Cards>
      </Section>
      <Section id="writing" title={t('section.writing')}>
        <p>
          <T of={salt} />
        </p>
        <p>
          <T of={quechua} />
        </p>
        <p>
          <T of={byMachine} />
        </p>
        <T as="div" of={markdown} level={3} />
        <VersionDiff before={t('diff.before')} after={t('diff.after')} />
      </Section>
    </>
  )
}
