import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { found, type Actor, type Role } from '#kit/access'
import type { Db } from '#kit/db'
import type { Language } from '#kit/words'
import { countriesOf } from './access.ts'
import type { ScopeKind } from './rules.ts'

export type InvitationState = 'open' | 'accepted' | 'withdrawn' | 'expired'

export type Invitation = {
  id: string
  email: string
  personId: string | null
  givenNames: string
  firstSurname: string
  secondSurname: string
  language: Language
  role: Role | null
  scopeKind: ScopeKind | null
  countryCode: string | null
  institutionId: string | null
  institution: string | null
  bodyId: string | null
  body: string | null
  post: string
  message: string
  expiresAt: string
  invitedBy: string | null
  inviter: string | null
  state: InvitationState
}

/** A token that only the letter carries; what is kept of it is its digest. */
export function newToken(): { token: string; digest: Buffer } {
  const token = randomBytes(24).toString('base64url')
  return { token, digest: digestOf(token) }
}

export const digestOf = (token: string): Buffer => createHash('sha256').update(`invitation\n${token}`).digest()

const columns = (
  actor: Actor,
) => sql`n.id, n.email, n.person_id, n.given_names, n.first_surname, n.second_surname, n.language, n.role, n.scope_kind, n.country_code, n.institution_id,
  i.name as institution, n.body_id, text.reads(b.name_id, ${actor.language}) as body, n.post, n.message, n.expires_at, n.invited_by, p.full_name as inviter,
  case when n.accepted_at is not null then 'accepted' when n.withdrawn_at is not null then 'withdrawn'
    when n.expires_at <= ${actor.now.toString()}::timestamptz then 'expired' else 'open' end as state`
const joins = sql`left join network.institution i on i.id = n.institution_id left join network.body b on b.id = n.body_id left join network.person p on p.id = n.invited_by`

/** The invitation whose link somebody holds, in whatever state it is. */
export async function findByToken(actor: Actor, db: Db, token: string): Promise<Invitation> {
  const { rows } =
    await sql<Invitation>`select ${columns(actor)} from network.invitation_by(${digestOf(token)}) n ${joins}`.execute(
      db,
    )
  return found(rows.at(0))
}

/** The invitations that the actor sent or whose scope is theirs (row security), newest first. */
export async function listInvitations(actor: Actor, db: Db): Promise<Invitation[]> {
  return (
    await sql<Invitation>`select ${columns(actor)} from network.invitation n ${joins} order by n.id desc limit 300`.execute(
      db,
    )
  ).rows
}

export async function findInvitation(actor: Actor, db: Db, id: string): Promise<Invitation> {
  return found(
    (
      await sql<Invitation>`select ${columns(actor)} from network.invitation n ${joins} where n.id::text = ${id}`.execute(
        db,
      )
    ).rows.at(0),
  )
}

/** Where the actor may invite to: countries as officer, institutions that they speak for; everywhere for the office. */
export async function listInvitingScopes(
  actor: Actor,
  db: Db,
): Promise<{ countries: string[]; institutions: { id: string; name: string }[] }> {
  const ids = actor.grants.flatMap(({ role, scope }) =>
    role === 'institution-representative' && scope.kind === 'institution' ? [scope.id] : [],
  )
  const institutions = await sql<{
    id: string
    name: string
  }>`select id, name from network.institution where id = any (${ids}::uuid[]) order by name`.execute(db)
  return { countries: countriesOf(actor), institutions: institutions.rows }
}
