// Who may do what, asked of every room's own verdicts; `bin/permissions.mjs` prints it.
import { roles, visitor, type Actor, type Deeds, type Grant, type Role, type Scene, type Scope } from '#kit/access'
import type { Database } from '#kit/db'
import { deeds as front } from '#front'
import { deeds as network, scopesOfRole } from '#network'

/** Every room's deeds, by room. A room adds its line here when it opens. */
const rooms: Record<string, Deeds> = { network, front }

const own: Scene = {
  country: 'PE',
  institution: '00000000-0000-7000-8000-000000000001',
  body: '00000000-0000-7000-8000-000000000002',
  person: '00000000-0000-7000-8000-000000000003',
}
const elsewhere: Scene = {
  country: 'AR',
  institution: '00000000-0000-7000-8000-000000000011',
  body: '00000000-0000-7000-8000-000000000012',
  person: '00000000-0000-7000-8000-000000000013',
}

/** Asked for no data: verdicts are pure. */
const nowhere: Database = {
  transaction: () => Promise.reject(new Error('a verdict asks no database')),
  close: async () => undefined,
}

function actorWith(role: Role | null, kind: Scope['kind'] | null, personId: string): Actor {
  const scope: Scope = kind === null || kind === 'network' ? { kind: 'network' } : { kind, id: own[kind] }
  const grants: Grant[] = role ? [{ id: own.person, role, scope }] : []
  return {
    ...visitor({
      database: nowhere,
      language: 'en',
      now: Temporal.Instant.from('2026-01-01T00:00:00Z'),
      requestId: 'permissions',
    }),
    kind: 'person',
    personId,
    grants,
  }
}

const colleague = '00000000-0000-7000-8000-000000000021'

/** Who is asked: a visitor, a person about themselves, a person about others, and each role at each scope that it may have. */
export function columns(): { name: string; actor: Actor }[] {
  const base = {
    database: nowhere,
    language: 'en' as const,
    now: Temporal.Instant.from('2026-01-01T00:00:00Z'),
    requestId: 'permissions',
  }
  return [
    { name: 'visitor', actor: visitor(base) },
    { name: 'person, of themselves', actor: actorWith(null, null, own.person) },
    { name: 'person, of others', actor: actorWith(null, null, colleague) },
    ...roles.flatMap((role) =>
      scopesOfRole[role].map((kind) => ({ name: `${role} (${kind})`, actor: actorWith(role, kind, colleague) })),
    ),
  ]
}

/** `everywhere`, `own` (within the scope of the role, or of themselves), or `no`. */
export function mark(may: Deeds[string], actor: Actor): 'everywhere' | 'own' | 'no' {
  if (!may(actor, own).allowed) return 'no'
  return may(actor, elsewhere).allowed ? 'everywhere' : 'own'
}

/** Each room's deeds as rows: by the deed's name, who may do it everywhere, and who within their own scope. Who is not named may not. */
export function matrix(): { room: string; rows: { deed: string; everywhere: string[]; own: string[] }[] }[] {
  const who = columns()
  return Object.entries(rooms).map(([room, deeds]) => ({
    room,
    rows: Object.entries(deeds).map(([deed, may]) => {
      const named = (wanted: 'everywhere' | 'own') =>
        who.filter(({ actor }) => mark(may, actor) === wanted).map(({ name }) => name)
      return { deed, everywhere: named('everywhere'), own: named('own') }
    }),
  }))
}
