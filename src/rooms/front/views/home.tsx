import {
  A,
  Button,
  ButtonLink,
  Card,
  Cards,
  Map,
  Page,
  pickText,
  T,
  useAddress,
  useFormats,
  useReader,
  useWords,
  type Text,
} from '#kit/view'
import { plainOf } from '#kit/text'
import type { PageRow } from '../queries.ts'
import { words } from '../words/index.ts'
import { NewsList } from './news.tsx'

export type HomeProps = {
  about: Text | null
  /** How many listed museums each country vouches for, by ISO code. */
  museums: { total: number; byCountry: { code: string; count: number }[] }
  members: number
  bodies: number
  decisions: number
  news: readonly PageRow[]
}

/** The first page: what this network is, where its museums are, what is new, and what can be done here. */
export function Home({ about, museums, members, bodies, decisions, news }: HomeProps) {
  const reader = useReader()
  const t = useWords(words)
  const formats = useFormats()
  const figures = [
    [museums.total, t('home.figure-museums', { count: museums.total })],
    [members, t('home.figure-countries', { count: members })],
    [bodies, t('home.figure-bodies', { count: bodies })],
    [decisions, t('home.figure-decisions', { count: decisions })],
  ].filter(([count]) => count !== 0) as [number, string][]
  return (
    <Page title={reader.network} lead={<FirstParagraph of={about} />} wide>
      <div class="home-first">
        <FindMuseum />
        <dl class="figures" aria-label={t('home.figures')}>
          {figures.map(([count, name]) => (
            <div class="figure-number">
              <dt>{name}</dt>
              <dd>{formats.number(count)}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div class="home-columns">
        <section aria-labelledby="museums">
          <h2 id="museums">{t('home.museums')}</h2>
          <p class="measure">{t('home.museums-lead')}</p>
          {museums.total > 0 ? <MuseumMap museums={museums} /> : null}
        </section>
        {news.length > 0 ? (
          <section aria-labelledby="news">
            <h2 id="news">{t('home.news')}</h2>
            <NewsList news={news} level={3} />
            <p>
              <A to="front.news">{t('home.all-news')}</A>
            </p>
          </section>
        ) : null}
      </div>
      <Threads />
    </Page>
  )
}

function FirstParagraph({ of }: { of: Text | null }) {
  const { language } = useReader()
  const picked = pickText(of, language)
  if (!of || !picked) return null
  const first = plainOf(picked.body).split('\n')[0] ?? ''
  return <T of={{ [picked.language]: { ...of[picked.language]!, body: first, form: 'line' } }} />
}

function FindMuseum() {
  const reader = useReader()
  const t = useWords(words)
  const where = reader.has('network.museums') ? 'network.museums' : 'front.search'
  return (
    <form class="home-find" method="get" action={reader.address(where)} role="search" aria-label={t('home.find')}>
      <label class="label" for="home-words">
        {t('home.find-label')}
      </label>
      <span class="with-unit">
        <input id="home-words" type="search" name="q" /> <Button>{t('home.find')}</Button>
      </span>
    </form>
  )
}

function MuseumMap({ museums }: { museums: HomeProps['museums'] }) {
  const reader = useReader()
  const t = useWords(words)
  const formats = useFormats()
  const registerIsHere = reader.has('network.museums')
  const countries = [...formats.sorted(museums.byCountry, ({ code }) => formats.countryName(code))].map(
    ({ code, count }) => ({
      code,
      value: t('home.map-value', { count }),
      target: registerIsHere
        ? { href: `${reader.address('network.museums')}?country=${code}` }
        : { to: 'network.country' as const, with: { code: code.toLowerCase() } },
    }),
  )
  return (
    <>
      <Map
        id="museums-map"
        title={t('home.by-country')}
        description={t('home.map-description', { count: museums.total, countries: countries.length })}
        countries={countries}
      />
      {registerIsHere ? (
        <p class="buttons">
          <ButtonLink kind="second" href={reader.address('network.museums')}>
            {t('home.all-museums')}
          </ButtonLink>
        </p>
      ) : null}
    </>
  )
}

const rooms = ['network', 'governance', 'returns', 'library'] as const
const starts = {
  network: 'network.museums',
  governance: 'network.governance',
  returns: 'network.returns',
  library: 'front.library',
} as const

/** Each thread that is here, and what one comes to it for. */
function Threads() {
  const reader = useReader()
  const t = useWords(words)
  const address = useAddress()
  return (
    <section aria-labelledby="threads">
      <h2 id="threads">{t('home.threads')}</h2>
      <Cards columns={3}>
        {rooms
          .filter((room) => reader.has(starts[room]))
          .map((room) => (
            <Card
              title={t(`thread.${room}`)}
              target={{ href: address({ href: reader.address(starts[room]) }) }}
              room={room === 'library' ? 'front' : 'network'}
            >
              <p>{t(`home.thread-${room}`)}</p>
            </Card>
          ))}
      </Cards>
    </section>
  )
}
