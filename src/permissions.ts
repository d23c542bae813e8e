// `npm run permissions`: prints who may do what, a role a column and a deed a row; `-- --write` keeps it in docs/developer/permissions.md, which a test compares.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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

/** The matrix as a page of the documents: one row a deed, one column for each who may do it somewhere. */
export function permissions(): string {
  const who = columns()
  const parts = [
    '# Who may do what\n',
    'Written by `npm run permissions -- --write` from the `deeds` of each room’s `access.ts`; a test compares. **everywhere**: in every country and institution; **own**: in the scope of the role, or of themselves. Who is not named may not.\n',
  ]
  for (const [room, deeds] of Object.entries(rooms)) {
    parts.push(`## ${room}\n`, '| deed | everywhere | own |', '| --- | --- | --- |')
    for (const [deed, may] of Object.entries(deeds)) {
      const named = (wanted: 'everywhere' | 'own') =>
        who
          .filter(({ actor }) => mark(may, actor) === wanted)
          .map(({ name }) => name)
          .join(', ') || '–'
      parts.push(`| \`${deed}\` | ${named('everywhere')} | ${named('own')} |`)
    }
    parts.push('')
  }
  return `${parts.join('\n')}`
}

if (process.argv[1] && import.meta.filename === process.argv[1]) {
  const text = permissions()
  if (process.argv.includes('--write'))
    await writeFile(join(import.meta.dirname, '../docs/developer/permissions.md'), text)
  else process.stdout.write(text)
}
