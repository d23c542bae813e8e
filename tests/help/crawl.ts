/**
 * Walks the whole site by its links, as several people, and keeps for each page of the address book its fullest example.
 */
import { system, type Grant, type Role } from '#kit/access'
import { sql, type Database } from '#kit/db'
import type { Route } from '#kit/http'
import { read } from '#kit/record'
import type { Someone, TestHall } from './hall.ts'
import { elements } from './html.ts'
import { visit } from './visit.ts'

export type Example = { route: string; params: Record<string, string>; query: string; as: Persona; bytes: number }
export type Persona = { name: string; someone?: Someone }

/** So many things of one kind are looked at; the rest are like them. */
const examplesAtMost = 8

/** Everything that links lead to, in Spanish; and what went wrong on the way: links that lead to nothing, pages that fail. */
export async function crawl(
  hall: TestHall,
  personas: readonly Persona[],
): Promise<{ examples: Map<string, Example>; pages: number; faults: string[] }> {
  const faults: string[] = []
  const examples = new Map<string, Example>()
  const patterns = hall.book.routes
    .filter(({ method, plain }) => method === 'get' && !plain)
    .map((route) => ({ route, shape: shapeOf(hall.book.pattern(route, 'es')) }))
  let pages = 0
  for (const persona of personas) {
    const reader = visit(hall, { language: 'es', ...(persona.someone && { as: persona.someone }) })
    const seen = new Map<string, number>()
    // Home, and every page whose address needs nothing: what a page of work links to is found even before home links there.
    const queue = patterns
      .filter(({ route }) => !route.pattern.includes('/:'))
      .map(({ route }): [path: string, from: string] => [hall.book.address(route.name, {}, 'es'), ''])
    const known = new Set(queue.map(([path]) => path))
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [path, from] = next
      const found = find(patterns, path)
      const kind = found?.route.name ?? path
      // A page with a query is another face of the same page: a filter, a sort, a second sheet.
      const count = seen.get(kind) ?? 0
      if (count >= examplesAtMost) continue
      seen.set(kind, count + 1)
      pages += 1
      try {
        await reader.open(path)
      } catch (error) {
        const { message, cause } = error as Error
        faults.push(
          `${path} (${persona.name}): ${message}${cause instanceof Error ? ` ${cause.stack?.split('\n').slice(0, 3).join(' ')}` : ''}`,
        )
        continue
      }
      if (from === '' && reader.status >= 400) continue
      if (reader.status >= 400) {
        faults.push(`${from} links to ${path}, which answers ${persona.name} with ${reader.status}`)
        continue
      }
      if (!reader.response.headers.get('content-type')?.startsWith('text/html')) continue
      const arrived = find(patterns, reader.path)
      const bytes = reader.html.length
      if (arrived && bytes > (examples.get(arrived.route.name)?.bytes ?? 0)) {
        const query = reader.path.split('?')[1] ?? ''
        examples.set(arrived.route.name, {
          route: arrived.route.name,
          params: arrived.params,
          query,
          as: persona,
          bytes,
        })
      }
      for (const { tag, attributes } of elements(reader.page.root)) {
        if (tag !== 'a' || !attributes.href) continue
        const url = new URL(attributes.href, new URL(reader.path, 'http://quipu.test'))
        const to = url.pathname + url.search
        if (url.host !== 'quipu.test' || !/^\/es(\/|$|\?)/.test(to) || known.has(to)) continue
        known.add(to)
        queue.push([to, reader.path])
      }
    }
  }
  return { examples, pages, faults }
}

function find(
  patterns: { route: Route; shape: RegExp }[],
  path: string,
): { route: Route; params: Record<string, string> } | undefined {
  const [bare = ''] = path.split('?')
  for (const { route, shape } of patterns) {
    const found = shape.exec(decodeURI(bare))
    if (found)
      return {
        route,
        params: Object.fromEntries(
          Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
        ),
      }
  }
  return undefined
}

/** `/es/museos/:id{[a-z]+}` as a regular expression; what stands still is tried before what varies. */
function shapeOf(pattern: string): RegExp {
  const source = pattern.replaceAll(
    /:(\w+)(?:\{([^}]*)\})?|[.*+?^${}()|[\]\\]/g,
    (whole, name?: string, shape?: string) => (name ? `(?<${name}>${shape ?? '[^/]+'})` : `\\${whole}`),
  )
  return new RegExp(`^${source}$`)
}

/** The network's steward, invented like everybody in the demo. */
export const steward: Someone = {
  personId: '00000000-0000-7000-8000-0000000000aa',
  name: 'Lucía Quispe',
  grants: [{ id: '00000000-0000-7000-8000-000000000001', role: 'steward', scope: { kind: 'network' } }],
}

/**
 * Who walks: a visitor sees what is public, the steward every page of work, and of the demo's people the officer with the
 * most to do and a museum's representative.
 */
export async function personas(database: Database): Promise<readonly Persona[]> {
  const officer = await holder(database, 'country-officer')
  const representative = await holder(database, 'institution-representative')
  return [
    { name: 'visitor' },
    { name: 'steward', someone: steward },
    { name: 'officer', someone: officer },
    { name: 'representative', someone: representative },
  ]
}

/** Somebody of the demo who holds a role now, with all their roles. */
export async function holder(database: Database, role: Role): Promise<Someone> {
  return read(system(database, 'test'), async (db) => {
    const { rows } = await sql<{ personId: string; name: string; grants: Grant[] }>`
      select p.id as person_id, p.full_name as name, jsonb_agg(jsonb_build_object('id', g.id, 'role', g.role, 'scope', case g.scope_kind
          when 'network' then jsonb_build_object('kind', 'network')
          else jsonb_build_object('kind', g.scope_kind, 'id', coalesce(g.country_code, g.institution_id::text, g.body_id::text)) end)) as grants
      from network.role_grant g join network.person p on p.id = g.person_id
      where g.valid @> now() and p.id = (
        select r.person_id from network.role_grant r left join network.institution i on i.country_code = r.country_code and i.state = 'submitted'
        where r.role = ${role} and r.valid @> now() group by r.person_id order by count(i.id) desc, r.person_id limit 1)
      group by p.id`.execute(db)
    const found = rows[0]
    if (!found) throw new Error(`Nobody of the demo is ${role}`)
    return found
  })
}
