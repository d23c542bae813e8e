import { sql } from 'kysely'
import type { Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { keptCountries, visibleInstitutions } from './access.ts'
import { listInstitutionsByIds, searchInstitutions, type InstitutionBrief } from './queries.ts'
import { likelyPairs, likeness, nameLikeness, worthAsking, type Comparable, type Pair } from './rules/index.ts'

const comparable =
  sql.raw(`i.id, i.city, i.latitude, i.longitude, coalesce(i.coordinates_precision = 'city', false) as vague, i.website,
  array[i.name] || array(select n.name from network.institution_name n where n.institution_id = i.id) as names,
  array(select d.scheme || '|' || d.issuer || '|' || d.value from network.identifier d where d.institution_id = i.id and d.scheme in ('isil', 'wikidata', 'osm', 'national-register')) as identifiers`)

/** Listed and waiting entries that may be the very institution that someone is about to bring in: by name, in the same country. */
export async function listAlike(
  actor: Actor,
  db: Db,
  wanted: { name: string; city: string; country: string },
): Promise<InstitutionBrief[]> {
  const near = await searchInstitutions(actor, db, wanted.name, { country: wanted.country, limit: 30 })
  return near
    .filter(
      (one) =>
        one.state !== 'withdrawn' &&
        nameLikeness(wanted.name, one.name) * (one.city === wanted.city ? 1 : 0.85) >= worthAsking,
    )
    .slice(0, 6)
}

/** The entries most like one: what an officer looks at before validating it. */
export async function listLookalikes(
  actor: Actor,
  db: Db,
  id: string,
): Promise<(InstitutionBrief & { score: number; metres: number | null })[]> {
  const { rows } = await sql<Comparable>`
    with it as materialized (select i.* from network.institution i where i.id = ${id}),
    near as (
      select i.id from network.institution i, it where i.state <> 'merged' and i.id <> it.id and i.country_code = it.country_code
        and network.folded(i.name) % network.folded(it.name)
      union select i.id from network.institution i, it where i.state <> 'merged' and i.id <> it.id
        and i.latitude between it.latitude - 0.02 and it.latitude + 0.02 and i.longitude between it.longitude - 0.02 and it.longitude + 0.02
      union select d.institution_id from network.identifier d join network.identifier own on own.institution_id = ${id} and (own.scheme, own.value) = (d.scheme, d.value)
      limit 200)
    select ${comparable} from network.institution i
    where (i.id = ${id} or i.id in (select id from near)) and ${visibleInstitutions(actor)}
      and not exists (select from network.different x where (x.one_id, x.other_id) in ((i.id, ${id}), (${id}, i.id)))`.execute(
    db,
  )
  const own = rows.find((row) => row.id === id)
  if (!own) return []
  const scored = rows
    .filter((row) => row.id !== id)
    .map((row) => ({ id: row.id, ...likeness(own, row) }))
    .filter(({ score }) => score >= worthAsking)
    .sort((a, b) => b.score - a.score)
    .slice(0, 5)
  const briefs = await listInstitutionsByIds(
    actor,
    db,
    scored.map((one) => one.id),
  )
  return briefs.map((one) => {
    const { score, metres } = scored.find(({ id: other }) => other === one.id)!
    return { ...one, score, metres }
  })
}

export type DuplicatePair = Pair & { first: InstitutionBrief; second: InstitutionBrief }

/** The pairs of one country that are worth asking about, most alike first, those told apart left out; at most `limit`, and how many there are. */
export async function findDuplicates(
  actor: Actor,
  db: Db,
  country: string,
  limit = 50,
): Promise<{ pairs: DuplicatePair[]; total: number }> {
  const kept = keptCountries(actor)
  if (kept !== 'all' && !kept.includes(country)) return { pairs: [], total: 0 }
  const { rows } = await sql<Comparable>`
    select ${comparable} from network.institution i
    where i.country_code = ${country} and i.state in ('listed', 'submitted', 'returned') and ${visibleInstitutions(actor)}`.execute(
    db,
  )
  const told = await sql<{ pair: string }>`
    select one_id || ' ' || other_id as pair from network.different x join network.institution i on i.id = x.one_id where i.country_code = ${country}`.execute(
    db,
  )
  const apart = new Set(told.rows.map(({ pair }) => pair))
  const pairs = likelyPairs(rows, (one, other) => apart.has(`${one} ${other}`))
  const shown = pairs.slice(0, limit)
  const briefs = new Map(
    (await listInstitutionsByIds(actor, db, [...new Set(shown.flatMap(({ one, other }) => [one, other]))])).map(
      (row) => [row.id, row],
    ),
  )
  return {
    pairs: shown.map((pair) => ({ ...pair, first: briefs.get(pair.one)!, second: briefs.get(pair.other)! })),
    total: pairs.length,
  }
}
