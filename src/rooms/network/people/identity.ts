import { sql } from 'kysely'
import { roles, type Grant, type Role } from '#kit/access'
import type { DemoPerson } from '#kit/auth'
import type { Database } from '#kit/db'
import { formats, isLanguage, speak, type Language } from '#kit/words'
import { words } from './words/index.ts'

const nobody = { person: null, networkWide: false, institutions: [], countries: [] }
const known: ReadonlySet<string> = new Set<string>(roles)

/** Who a session's person is, and the roles they hold at this instant. Null where they are no more. Asked at every request that brings a session: one statement. */
export async function loadIdentity(
  database: Database,
  personId: string,
  now: Temporal.Instant,
): Promise<{ name: string; grants: Grant[]; language: Language; zone: string } | null> {
  const row = await database.transaction(nobody, 'read', async (db) =>
    (
      await sql<{
        name: string
        language: string
        zone: string
        grants: { id: string; role: Role; kind: 'network' | 'country' | 'institution' | 'body'; scope: string | null }[]
      }>`
        select p.full_name as name, p.preferred_language as language, p.zone,
          coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'role', g.role, 'kind', g.scope_kind, 'scope', g.scope_id)) from network.grants_of(p.id, ${now.toString()}::timestamptz) g), '[]') as grants
        from network.person p where p.id = ${personId} and p.erased_at is null`.execute(db)
    ).rows.at(0),
  )
  if (!row) return null
  const grants = row.grants
    .filter(({ role }) => known.has(role))
    .map(({ id, role, kind, scope }): Grant => ({
      id,
      role,
      scope: kind === 'network' ? { kind } : { kind, id: scope! },
    }))
  return { name: row.name, grants, language: isLanguage(row.language) ? row.language : 'es', zone: row.zone }
}

// The order in which a newcomer would want to be somebody.
const demoOrder = [
  'steward',
  'editor',
  'country-officer',
  'institution-representative',
  'executive-committee',
  'council-delegate',
  'committee-chair',
  'committee-secretary',
  'evaluator',
  'national-commission',
  'standard-editor',
  'rapporteur',
  'consultation-analyst',
  'translator',
  'language-reviewer',
  'course-leader',
  'instructor',
  'mentor',
  'organiser',
  'moderator',
  'finance',
  'auditor',
  'data-protection',
  'speaker',
  'interpreter',
]
const demoMost = 60

/** The people whom the demo lets one be, with what they do; null where the network is no demo. */
export async function listDemoPeople(database: Database, language: Language): Promise<DemoPerson[] | null> {
  const rows = await database.transaction(nobody, 'read', async (db) => {
    const { rows: networks } = await sql<{ demo: boolean }>`select demo from network.network`.execute(db)
    if (!networks[0]?.demo) return null
    return (
      await sql<{
        personId: string
        name: string
        country: string | null
        role: Role | null
        scope: string | null
        scopeCountry: string | null
        institution: string | null
        profession: string
      }>`
        select p.id as person_id, p.full_name as name, p.country_code as country, g.role, p.profession,
          coalesce(i.name, text.reads(b.name_id, ${language})) as scope, g.country_code as scope_country,
          (select w.name from network.affiliation a join network.institution w on w.id = a.institution_id where a.person_id = p.id and a.state = 'verified' order by a.id limit 1) as institution
        from network.person p
          left join lateral (select * from network.role_grant r where r.person_id = p.id and r.valid @> now() order by array_position(${demoOrder}::text[], r.role), r.id limit 1) g on true
          left join network.institution i on i.id = g.institution_id left join network.body b on b.id = g.body_id
        where p.invented and p.erased_at is null and not p.acts_without_email
        order by array_position(${demoOrder}::text[], g.role) nulls last, p.country_code, p.full_name, p.id limit ${demoMost}`.execute(
        db,
      )
    ).rows
  })
  if (!rows) return null
  const t = speak(words, language)
  const { countryName } = formats(language)
  return rows.map((row) => {
    const place = row.scope ?? (row.scopeCountry ? countryName(row.scopeCountry) : '')
    const work = row.institution ?? (row.profession || t('demo.professional'))
    const part = row.role
      ? [t(`role.${row.role}`), place].filter(Boolean).join(', ')
      : [work, row.country ? countryName(row.country) : ''].filter(Boolean).join(', ')
    return { personId: row.personId, name: row.name, part }
  })
}
