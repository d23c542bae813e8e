import { A, Filter, Map, Page, Table, useFormats, useReader, useWords, type MapPoint } from '#kit/view'
import type { Mapped, Wish } from '../queries.ts'
import { Name } from '../trade.ts'
import { words } from '../words/index.ts'
import { asQuery, ReadAs, useAsked, useFacets } from './list.tsx'

type Props = { mapped: Mapped; wish: Wish; closer: boolean }
type Cluster = Mapped['clusters'][number]

/** Degrees added around what is looked at closer, so that nothing stands on the edge. */
const margin = 0.02

/** The museums found on a map drawn here; where many stand together, a circle that can be looked at closer, and the same as a table. */
export function MuseumsMapPage({ mapped, wish, closer }: Props) {
  const t = useWords(words)
  const { countryName, number } = useFormats()
  const { language } = useReader()
  const asked = useAsked()(wish)
  const facetsOf = useFacets()
  const query = asQuery(wish)
  const place = ({ card }: Cluster): string =>
    t('map.near', { place: card.city || card.region || countryName(card.countryCode) })
  const within = ({ bounds: { south, west, north, east } }: Cluster) =>
    [west - margin, south - margin, east + margin, north + margin].map((degrees) => degrees.toFixed(3)).join()
  const points = mapped.clusters.map((one): MapPoint => {
    const at = { latitude: one.latitude, longitude: one.longitude }
    if (one.count === 1) {
      const { name, nameLanguage, slug, city } = one.card
      return { ...at, name, lang: nameLanguage, where: city, target: { to: 'network.museum', with: { id: slug } } }
    }
    return {
      ...at,
      name: t('map.group', { count: one.count }),
      where: place(one),
      count: one.count,
      target: { to: 'network.museums-map', query: { ...query, within: within(one) } },
    }
  })
  const { bounds } = mapped
  return (
    <Page
      title={asked ? t('map.found-title', { words: asked }) : t('map.title')}
      lead={
        <>
          {t('map.lead', { count: mapped.placed })}{' '}
          {mapped.unplaced > 0 ? t('map.unplaced', { count: mapped.unplaced }) : null}
        </>
      }
      crumbs={[{ to: 'network.museums', query, name: t('list.title') }]}
      wide
      robots={asked || closer ? 'noindex' : undefined}
    >
      <Filter
        search={{ name: 'q', label: t('list.search'), value: wish.words }}
        total={mapped.total}
        facets={facetsOf(mapped.counts, wish) ?? []}
      >
        <ReadAs of={mapped.readAs} />
        {closer ? (
          <p>
            <A to="network.museums-map" query={query}>
              {t('map.whole')}
            </A>
          </p>
        ) : null}
        {bounds && points.length > 0 ? (
          <Map
            id="museums"
            title={t('map.places')}
            description={t('map.text')}
            points={points}
            frame={[bounds.west, bounds.south, bounds.east, bounds.north]}
            listElsewhere
          />
        ) : null}
        {points.length > 0 ? (
          <Table
            caption={t('map.places')}
            rows={mapped.clusters.slice(0, 200)}
            columns={[
              {
                id: 'place',
                head: t('map.place'),
                names: true,
                cell: (one: Cluster) =>
                  one.count === 1 ? (
                    <>
                      <A to="network.museum" with={{ id: one.card.slug }}>
                        <Name of={one.card} language={language} />
                      </A>
                      {one.card.city ? `, ${one.card.city}` : ''}
                    </>
                  ) : (
                    <A to="network.museums-map" query={{ ...query, within: within(one) }}>
                      {t('map.closer', { group: place(one) })}
                    </A>
                  ),
              },
              { id: 'count', head: t('map.count'), figures: true, cell: (one: Cluster) => number(one.count) },
            ]}
          />
        ) : null}
      </Filter>
    </Page>
  )
}
