import {
  Badge,
  ButtonLink,
  Buttons,
  Card,
  Cards,
  Empty,
  Filter,
  Pager,
  Page,
  useFormats,
  useReader,
  useWords,
  type Query,
} from '#kit/view'
import { facets } from '../index/register-index.ts'
import type { Card as Museum, Facet, Found, Wish } from '../queries.ts'
import { Name, useCodes, useCommas, type CodeGroup } from '../trade.ts'
import { words } from '../words/index.ts'

const groups: { [facet in Exclude<Facet, 'country'>]: CodeGroup } = {
  type: 'type',
  kind: 'kind',
  legal: 'legal',
  admission: 'admission',
  collection: 'collection',
  service: 'service',
  accessibility: 'accessibility',
}

/** The facets of a search with their exact counts: what is chosen, and what would find something. */
export function useFacets(): (counts: Found['counts'], wish: Wish) => Parameters<typeof Filter>[0]['facets'] {
  const t = useWords(words)
  const code = useCodes()
  const { countryName, sorted } = useFormats()
  return (counts, wish) =>
    facets.map((facet) => {
      const chosen = wish.chosen[facet] ?? []
      const known = [...new Set([...counts[facet].keys(), ...chosen])]
      const options = known
        .map((value) => ({
          value,
          label: facet === 'country' ? countryName(value) : code(groups[facet], value),
          count: counts[facet].get(value) ?? 0,
          chosen: chosen.includes(value),
        }))
        .filter(({ count, chosen: asked }) => count > 0 || asked)
      return { name: facet, label: t(`facet.${facet}`), options: sorted(options, ({ label }) => label) }
    })
}

/** The search as the parameters of an address. */
export const asQuery = ({ words: q, chosen }: Wish): Query => ({ q, ...chosen })

/** What is asked for, in a few words, for the page's title. */
export function useAsked(): (wish: Wish) => string {
  const code = useCodes()
  const { countryName } = useFormats()
  const commas = useCommas()
  return ({ words: q, chosen }) =>
    commas([
      ...(q ? [`«${q}»`] : []),
      ...facets.flatMap((facet) =>
        (chosen[facet] ?? []).map((value) => (facet === 'country' ? countryName(value) : code(groups[facet], value))),
      ),
    ])
}

/** The museums found: a list to be narrowed by words and facets. */
export function MuseumsPage({ found, wish, listed }: { found: Found; wish: Wish; listed: number }) {
  const t = useWords(words)
  const reader = useReader()
  const facetsOf = useFacets()
  const asked = useAsked()(wish)
  const query = asQuery(wish)
  return (
    <Page
      title={asked ? t('list.found-title', { words: asked }) : t('list.title')}
      lead={asked ? undefined : t('list.lead', { count: listed })}
      wide
      feeds={[{ href: reader.address('network.register-changes'), title: t('list.feed'), kind: 'atom' }]}
      robots={asked ? 'noindex' : undefined}
    >
      {listed === 0 ? (
        <Empty
          title={t('list.empty')}
          first={
            reader.has('network.join-register') ? (
              <ButtonLink to="network.join-register">{t('list.join')}</ButtonLink>
            ) : undefined
          }
        >
          {t('list.empty-text')}
        </Empty>
      ) : (
        <Filter
          search={{ name: 'q', label: t('list.search'), value: wish.words }}
          total={found.total}
          facets={facetsOf(found.counts, wish) ?? []}
        >
          <ReadAs of={found.readAs} />
          <Buttons>
            <ButtonLink kind="quiet" to="network.museums-map" query={query}>
              {t('list.map')}
            </ButtonLink>
            <ButtonLink kind="quiet" to="network.register-data" query={query}>
              {t('list.data')}
            </ButtonLink>
          </Buttons>
          {found.total === 0 ? (
            <Empty
              title={t('list.none')}
              first={
                <ButtonLink kind="second" to="network.museums">
                  {t('list.clear')}
                </ButtonLink>
              }
            >
              {t('list.none-text')}
            </Empty>
          ) : (
            <Cards>
              {found.cards.map((museum) => (
                <MuseumCard of={museum} level={2} />
              ))}
            </Cards>
          )}
          <Pager page={found.page} pages={found.pages} />
        </Filter>
      )}
    </Page>
  )
}

/** Says which words were read as others. */
export function ReadAs({ of }: { of: Found['readAs'] }) {
  const t = useWords(words)
  return (
    <>
      {of.map(({ typed, read }) => (
        <p role="status">{t('list.read-as', { typed, read })}</p>
      ))}
    </>
  )
}

/** One museum in a list. `more` stands after its place: a distance. */
export function MuseumCard({ of, level = 3, more }: { of: Museum; level?: 2 | 3; more?: string }) {
  const t = useWords(words)
  const code = useCodes()
  const { language } = useReader()
  const { countryName } = useFormats()
  const commas = useCommas()
  const kind = of.kind === 'museum' && of.type && of.type !== 'other' ? code('type', of.type) : code('kind', of.kind)
  return (
    <Card
      title={<Name of={of} language={language} />}
      target={{ to: 'network.museum', with: { id: of.slug } }}
      kicker={kind}
      meta={commas([of.city, of.region, countryName(of.countryCode), more])}
      level={level}
    >
      {of.closedPermanently ? <Badge tone="over">{t('list.closed')}</Badge> : null}
    </Card>
  )
}
