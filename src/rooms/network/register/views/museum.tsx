// Longer than most because the page of a museum is told from top to bottom as it is read.
import type { ComponentChildren } from 'preact'
import {
  A,
  Badge,
  ButtonLink,
  Buttons,
  Callout,
  Cards,
  Facts,
  Map,
  Page,
  Picture,
  T,
  When,
  useFormats,
  useReader,
  useWords,
  type PictureProps,
} from '#kit/view'
import { direction } from '#kit/words'
import { museumData } from '../json-ld.ts'
import type { Card } from '../queries.ts'
import {
  Name,
  OpeningHours,
  isEmpty,
  tones,
  useCodes,
  useCommas,
  useDistance,
  useFounded,
  institutionWords,
  type CodeGroup,
  type Institution,
} from '../trade.ts'
import { words } from '../words/index.ts'
import { MuseumCard } from './list.tsx'

export type MuseumMay = { edit: boolean; validate: boolean; decide: boolean; history: boolean; part: boolean }
type Props = {
  it: Institution
  near: readonly (Card & { metres: number })[]
  pictures: readonly PictureProps[]
  may: MuseumMay
  origin: string
}

/** A museum: what it is, how one visits it, what it offers so that everyone can enter, and who vouches for all this. */
export function MuseumPage({ it, near, pictures, may, origin }: Props) {
  const t = useWords(words)
  const reader = useReader()
  const code = useCodes()
  const { countryName } = useFormats()
  const place = useCommas()([it.city, it.region, countryName(it.countryCode)])
  const kind = it.kind === 'museum' && it.type && it.type !== 'other' ? code('type', it.type) : code('kind', it.kind)
  const url = origin + reader.address('network.museum', { id: it.slug })
  return (
    <Page
      title={it.name}
      lead={t('museum.summary', { kind, place })}
      description={t('museum.summary', { kind, place })}
      crumbs={[
        { to: 'network.museums', name: t('list.title') },
        { to: 'network.museums', query: { country: it.countryCode }, name: countryName(it.countryCode) },
      ]}
      jsonLd={it.state === 'listed' ? museumData(it, url, reader.language) : undefined}
      robots={it.state === 'listed' ? undefined : 'noindex'}
      aside={<Visit it={it} />}
    >
      <Standing it={it} />
      {Object.keys(it.about).length > 0 ? <T of={it.about} as="div" class="prose" /> : null}
      {pictures.length > 0 ? (
        <section>
          <h2>{t('museum.pictures')}</h2>
          {pictures.map((picture, place) => (
            <Picture {...picture} first={place === 0} sizes="(min-width: 48em) 40em, 100vw" />
          ))}
        </section>
      ) : null}
      <Accessibility it={it} />
      <About it={it} />
      <Where it={it} near={near} />
      <Work it={it} may={may} />
    </Page>
  )
}

/** Who vouches for the entry, and what one should know before anything else. */
function Standing({ it }: { it: Institution }) {
  const t = useWords(words)
  const code = useCodes()
  const { countryName } = useFormats()
  const country = countryName(it.countryCode)
  return (
    <>
      {it.state !== 'listed' ? (
        <Callout kind="warning" title={code('state', it.state)}>
          {t('museum.waiting')}
        </Callout>
      ) : null}
      {it.closedPermanently ? <Callout kind="warning">{t('museum.closed')}</Callout> : null}
      {it.validatedAt ? (
        <p class="vouched">
          {it.definitionSource
            ? t.rich('museum.validated-under', {
                country,
                date: <When at={it.validatedAt} hour={false} />,
                definition: it.definitionSource,
              })
            : t.rich('museum.validated', { country, date: <When at={it.validatedAt} hour={false} /> })}
        </p>
      ) : null}
      {it.invented ? <p class="hint">{t('museum.invented')}</p> : null}
    </>
  )
}

function Visit({ it }: { it: Institution }) {
  const t = useWords(words)
  const code = useCodes()
  const { countryName } = useFormats()
  const street = [
    it.address,
    [it.postcode, it.city].filter(Boolean).join(' '),
    it.region === it.city ? '' : it.region,
    countryName(it.countryCode),
  ].filter(Boolean)
  const link = (href: string, text: string, rel?: string) => (
    <a href={href} rel={rel} dir="ltr">
      {text}
    </a>
  )
  return (
    <>
      <h2>{t('museum.visit')}</h2>
      <Facts
        narrow
        of={[
          {
            term: t('museum.opening'),
            value:
              it.closedPermanently || (isEmpty(it.opening) && !it.openingNote) ? null : (
                <>
                  <OpeningHours of={it.opening} />
                  {it.openingNote ? <Written in={it.nameLanguage}>{it.openingNote}</Written> : null}
                </>
              ),
          },
          {
            term: t('museum.admission'),
            value:
              it.admission || it.admissionNote ? (
                <>
                  {code('admission', it.admission)}
                  {it.admissionNote ? <Written in={it.nameLanguage}>{it.admissionNote}</Written> : null}
                </>
              ) : null,
          },
          { term: t('museum.address'), value: street.length > 1 ? street.map((line) => <div>{line}</div>) : null },
          {
            term: t('museum.telephone'),
            value: it.telephone ? link(`tel:${it.telephone.replaceAll(/[^\d+]/gu, '')}`, it.telephone) : null,
          },
          { term: t('museum.email'), value: it.email ? link(`mailto:${it.email}`, it.email) : null },
          { term: t('museum.website'), value: it.website ? link(it.website, bare(it.website), 'external') : null },
          {
            term: t('museum.social'),
            value: isEmpty(it.social)
              ? null
              : Object.entries(it.social).map(([network, href]) => (
                  <div>{link(href, code('social', network), 'external')}</div>
                )),
          },
        ]}
      />
    </>
  )
}

const bare = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/u, '').replace(/\/$/u, '')

/** A note in the museum's own language. */
function Written({ in: language, children }: { in: string; children: string }) {
  const reader = useReader()
  return <p {...(language !== reader.language && { lang: language, dir: direction(language) })}>{children}</p>
}

const accessGroups = {
  moving: [
    'step-free-entrance',
    'step-free-route',
    'lift',
    'accessible-toilet',
    'wheelchair-loan',
    'accessible-parking',
    'seats-on-route',
    'companion-free',
  ],
  hearing: ['induction-loop', 'sign-language-guide', 'captions'],
  seeing: ['tactile-objects', 'braille', 'large-print', 'audio-description', 'guide-dogs'],
  understanding: ['easy-read', 'quiet-hours', 'relaxed-visits'],
} as const

function Accessibility({ it }: { it: Institution }) {
  const t = useWords(words)
  const code = useCodes()
  const groups = (Object.keys(accessGroups) as (keyof typeof accessGroups)[])
    .map((group) => ({ group, features: accessGroups[group].filter((feature) => it.accessibility.includes(feature)) }))
    .filter(({ features }) => features.length > 0)
  return (
    <section>
      <h2>{t('museum.accessibility')}</h2>
      {groups.length === 0 && !it.accessibilityNote ? <p>{t('museum.accessibility-unknown')}</p> : null}
      {groups.map(({ group, features }) => (
        <>
          <h3>{t(`museum.access-${group}`)}</h3>
          <ul>
            {features.map((feature) => (
              <li>{code('accessibility', feature)}</li>
            ))}
          </ul>
        </>
      ))}
      {it.accessibilityNote ? <Written in={it.nameLanguage}>{it.accessibilityNote}</Written> : null}
    </section>
  )
}

function About({ it }: { it: Institution }) {
  const t = useWords(words)
  const code = useCodes()
  const founded = useFounded()
  const { languageName } = useFormats()
  const many = (group: CodeGroup, codes: readonly string[]): ComponentChildren =>
    codes.length === 0 ? null : (
      <ul class="plain-list">
        {codes.map((one) => (
          <li>{code(group, one)}</li>
        ))}
      </ul>
    )
  return (
    <section>
      <h2>{t('museum.about')}</h2>
      <Facts
        of={[
          { term: t('museum.kind'), value: code('kind', it.kind) },
          { term: t('museum.type'), value: code('type', it.type) },
          { term: t('museum.founded'), value: it.founded ? founded(it.founded) : null },
          { term: t('museum.legal'), value: code('legal', it.legalKind) },
          { term: t('museum.governing'), value: it.governingBody },
          { term: t('museum.size'), value: code('size', it.sizeClass) },
          {
            term: t('museum.staff'),
            value: it.staffCount === null ? null : t('museum.people', { count: it.staffCount }),
          },
          { term: t('museum.collections'), value: many('collection', it.collections) },
          { term: t('museum.services'), value: many('service', it.services) },
          {
            term: t('museum.names'),
            value:
              it.names.length === 0 ? null : (
                <ul class="plain-list">
                  {it.names.map((one) => (
                    <li>
                      <span lang={one.language} dir={direction(one.language)}>
                        {one.name}
                      </span>{' '}
                      <small>({one.kind === 'translated' ? languageName(one.language) : code('name', one.kind)})</small>
                    </li>
                  ))}
                </ul>
              ),
          },
          {
            term: t('museum.identifiers'),
            value: it.identifiers.some(({ scheme }) => scheme !== 'source') ? (
              <ul class="plain-list">
                {it.identifiers
                  .filter(({ scheme }) => scheme !== 'source')
                  .map((one) => (
                    <li>
                      {code('scheme', one.scheme)}:{' '}
                      <bdi>
                        {one.scheme === 'wikidata' ? (
                          <a href={`https://www.wikidata.org/wiki/${one.value}`}>{one.value}</a>
                        ) : (
                          one.value
                        )}
                      </bdi>
                    </li>
                  ))}
              </ul>
            ) : null,
          },
        ]}
      />
    </section>
  )
}

function Where({ it, near }: { it: Institution; near: Props['near'] }) {
  const t = useWords(words)
  const distance = useDistance()
  if (it.latitude === null || it.longitude === null) return null
  return (
    <section>
      <h2>{t('museum.where')}</h2>
      <Map
        id="where"
        title={t('museum.map', { name: it.name })}
        description={t('museum.map-text', { name: it.name })}
        countries={[{ code: it.countryCode, dye: 'walnut' }]}
        points={[
          { latitude: it.latitude, longitude: it.longitude, name: it.name, lang: it.nameLanguage, where: it.city },
        ]}
        listElsewhere
        note={it.coordinatesPrecision && it.coordinatesPrecision !== 'exact' ? t('museum.approximate') : undefined}
      />
      <p>
        <a
          href={`https://www.openstreetmap.org/?mlat=${it.latitude}&mlon=${it.longitude}#map=16/${it.latitude}/${it.longitude}`}
          rel="external"
        >
          {t('museum.open-in-map')}
        </a>
      </p>
      {near.length > 0 ? (
        <>
          <h2>{t('museum.nearby')}</h2>
          <Cards>
            {near.map((one) => (
              <MuseumCard of={one} more={t('museum.distance', { distance: distance(one.metres) })} />
            ))}
          </Cards>
        </>
      ) : null}
    </section>
  )
}

/** The entry's data, and what whoever looks may do with it. */
function Work({ it, may }: { it: Institution; may: MuseumMay }) {
  const t = useWords(words)
  const of = useWords(institutionWords)
  const { language } = useReader()
  const code = useCodes()
  const to = { id: it.slug }
  const works = may.edit || may.validate || may.decide || may.history
  return (
    <section class="no-print">
      {works ? (
        <>
          <h2>{t('museum.work')}</h2>
          <p>
            <Badge tone={tones[it.state]}>{code('state', it.state)}</Badge>
          </p>
          <Buttons>
            {may.edit ? (
              <ButtonLink to="network.edit-museum" with={to}>
                {of('action.edit')}
              </ButtonLink>
            ) : null}
            {may.decide ? (
              <ButtonLink kind="second" to="network.decide-edit" with={to}>
                {of('action.decide')}
              </ButtonLink>
            ) : null}
            {may.validate ? (
              <ButtonLink kind="second" to="network.validate-museum" with={to}>
                {of('action.validate')}
              </ButtonLink>
            ) : null}
            {may.history ? (
              <ButtonLink kind="quiet" to="network.museum-history" with={to}>
                {of('action.history')}
              </ButtonLink>
            ) : null}
          </Buttons>
        </>
      ) : null}
      {it.absorbed.length > 0 ? (
        <>
          <p>{t('museum.absorbed')}</p>
          <ul>
            {it.absorbed.map((one) => (
              <li>
                <Name of={{ name: one.name, nameLanguage: it.nameLanguage }} language={language} />{' '}
                {may.part ? (
                  <A to="network.part-museums" with={{ id: one.id }} aria-label={`${of('action.part')}: ${one.name}`}>
                    {of('action.part')}
                  </A>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {it.state === 'listed' ? (
        <p>
          <A to="network.api-institution" with={{ id: it.slug }}>
            {t('museum.data')}
          </A>
        </p>
      ) : null}
    </section>
  )
}
