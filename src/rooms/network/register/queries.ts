import { sql } from 'kysely'
import { read } from '#kit/record'
import type { Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { boundsOf, clustersOf, nearestTo, type Bounds, type Cluster } from './index/places.ts'
import { facets, type Facet } from './index/register-index.ts'
import { find, pageOf, type Hits, type Wish } from './index/search.ts'
import { freshIndex } from './search-index.ts'

/** One museum as a list shows it. */
export type Card = {
  id: string
  slug: string
  name: string
  nameLanguage: string
  countryCode: string
  region: string
  city: string
  kind: string
  type: string | null
  collections: string[]
  admission: string | null
  closedPermanently: boolean
  invented: boolean
  latitude: number | null
  longitude: number | null
}

/** Listed institutions by id, in the order of the ids. */
export async function listCards(_actor: Actor, db: Db, ids: readonly string[]): Promise<Card[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Card>`
    select i.id, i.slug, i.name, i.name_language, i.country_code, i.region, i.city, i.kind, i.type, i.collections, i.admission,
      i.closed_permanently, i.invented, i.latitude, i.longitude
    from unnest(${[...ids]}::uuid[]) with ordinality as asked(id, place)
    join network.institution i on i.id = asked.id
    where i.state = 'listed' order by asked.place`.execute(db)
  return rows
}

export type Found = Pick<Hits, 'total' | 'counts' | 'readAs'> & { cards: Card[]; page: number; pages: number }
export const perPage = 30

/** Searches the public register: exact totals and counts, never behind a deed; one page of results. Pages begin at 1; one beyond the last shows the last. */
export async function searchRegister(actor: Actor, wish: Wish, page = 1, many = perPage): Promise<Found> {
  const index = await freshIndex(actor.database)
  const hits = find(index, wish)
  const pages = Math.max(1, Math.ceil(hits.total / many))
  const shown = Math.min(Math.max(1, page), pages)
  const ids = pageOf(index, hits, (shown - 1) * many, many)
  const cards = await read(actor, (db) => listCards(actor, db, ids))
  return { total: hits.total, counts: hits.counts, readAs: hits.readAs, cards, page: shown, pages }
}

export type Mapped = Pick<Hits, 'total' | 'counts' | 'readAs'> & {
  bounds: Bounds | null
  /** Each with one of its museums: the museum itself where it stands alone. */
  clusters: (Cluster & { card: Card })[]
  placed: number
  unplaced: number
}

/** The hits of a search on the map, gathered where they are many; within `bounds` where one has looked closer. */
export async function mapRegister(actor: Actor, wish: Wish, within: Bounds | null, cells = 36): Promise<Mapped> {
  const index = await freshIndex(actor.database)
  const hits = find(index, wish)
  const bounds = within ?? boundsOf(index, hits.bits)
  const { clusters, placed, unplaced } = bounds
    ? clustersOf(index, hits.bits, bounds, cells)
    : { clusters: [], placed: 0, unplaced: hits.total }
  const loaded = await read(actor, (db) =>
    listCards(
      actor,
      db,
      clusters.map(({ id }) => id),
    ),
  )
  const cards = new Map(loaded.map((card) => [card.id, card]))
  return {
    total: hits.total,
    counts: hits.counts,
    readAs: hits.readAs,
    bounds,
    clusters: clusters.flatMap((cluster) => {
      const card = cards.get(cluster.id)
      return card ? [{ ...cluster, card }] : []
    }),
    placed,
    unplaced,
  }
}

/** The museums nearest to one, with their distance in metres. */
export async function listNearby(actor: Actor, id: string, many = 5): Promise<(Card & { metres: number })[]> {
  const near = nearestTo(await freshIndex(actor.database), id, many)
  const cards = await read(actor, (db) =>
    listCards(
      actor,
      db,
      near.map((one) => one.id),
    ),
  )
  return cards.map((card) => ({ ...card, metres: near.find((one) => one.id === card.id)!.metres }))
}

/** How many institutions the public register lists: in all, and by each value of each facet (`country` for a country's page). */
export async function countRegister(
  actor: Actor,
  chosen: Wish['chosen'] = {},
): Promise<Pick<Hits, 'total' | 'counts'>> {
  const { total, counts } = find(await freshIndex(actor.database), { words: '', chosen })
  return { total, counts }
}

/** How many institutions the public register lists, in all. */
export async function countListed(actor: Actor): Promise<number> {
  return (await freshIndex(actor.database)).living
}

/** The ids of all hits, in the order of the results: for open data of a search. */
export async function listHitIds(actor: Actor, wish: Wish): Promise<string[]> {
  const index = await freshIndex(actor.database)
  const hits = find(index, wish)
  return pageOf(index, hits, 0, hits.total)
}

/** What a search asks, from a query string: `q` and one or more values a facet. Unknown facets are passed over. */
export function wishFrom(query: URLSearchParams): Wish {
  const chosen: Wish['chosen'] = {}
  for (const facet of facets) {
    const values = query.getAll(facet).filter((value) => /^[A-Za-z-]{1,40}$/u.test(value))
    if (values.length > 0) chosen[facet] = [...new Set(values)].slice(0, 40)
  }
  return { words: (query.get('q') ?? '').slice(0, 200).trim(), chosen }
}

export { facets }
export type { Facet, Wish }
