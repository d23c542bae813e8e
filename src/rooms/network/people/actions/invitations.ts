import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import {
  Absent,
  AlreadyDone,
  Problems,
  refuseProblems,
  require,
  type Actor,
  type Problem,
  type Role,
  type Scope,
} from '#kit/access'
import type { Db } from '#kit/db'
import { postLetter } from '#kit/mail'
import { record } from '#kit/record'
import type { Language } from '#kit/words'
import { mayGrantRole, mayInvite, type RoleAsked } from '../access.ts'
import { findInvitation, newToken } from '../invited.ts'
import { invitationLetter } from '../letters.ts'
import { invitationDays, scopesOfRole, stewardLinkHours, type ScopeKind } from '../rules.ts'
import { countryOf } from './roles.ts'

export type InvitationSent = {
  email: string
  givenNames: string
  firstSurname: string
  secondSurname: string
  language: Language
  countryCode: string | null
  institution: string | null
  role: Role | null
  post: string
  message: string
  /** Somebody whom the register knows already, and who has no address yet. */
  person?: string | null
}

/** Invites one person by a letter with a link, which alone opens the invitation. Answers the invitation's id. */
export function invitePerson(actor: Actor, input: InvitationSent, once: string | null = null): Promise<string> {
  return record(actor, 'person.invited', { about: { kind: 'invitation' }, once }, async (db, deed) => {
    const id = await sendInvitation(actor, db, input, null)
    deed.concerns(id)
    return id
  })
}

/** A line of the table that cannot be sent, and why: `line` counts from 1, the heading not counted. */
export type LineProblem = Problem & { line: number }

/** Invites many at once, each by a letter of their own: all of them, or none and every reason by its line. Answers how many. */
export async function inviteMany(
  actor: Actor,
  lines: readonly InvitationSent[],
  once: string | null = null,
): Promise<number> {
  return record(actor, 'people.invited', { about: { kind: 'invitation-batch' }, once }, async (db, deed) => {
    const batch = randomUUID()
    deed.concerns(batch)
    const problems: Problem[] = []
    for (const [index, line] of lines.entries()) {
      try {
        await sendInvitation(actor, db, line, batch)
      } catch (error) {
        if (
          error instanceof AlreadyDone ||
          !(error instanceof Problems || error instanceof Absent || 'reason' in (error as object))
        )
          throw error
        const found =
          error instanceof Problems
            ? error.problems
            : [
                {
                  field: '',
                  words:
                    error instanceof Absent
                      ? 'people.problem.institution-unknown'
                      : (error as { reason: string }).reason,
                },
              ]
        problems.push(
          ...found.map(({ words, values }) => ({ field: `line.${index + 1}`, words, ...(values && { values }) })),
        )
      }
    }
    refuseProblems(problems)
    return lines.length
  })
}

async function sendInvitation(actor: Actor, db: Db, input: InvitationSent, batch: string | null): Promise<string> {
  const scope = scopeOf(input)
  const countryCode = input.institution
    ? await countryOf(db, { kind: 'institution', id: input.institution })
    : input.countryCode
  const asked: RoleAsked | null = input.role && scope ? { role: input.role, scope, countryCode, personId: null } : null
  if (input.role && !asked) throw new Problems([{ field: 'role', words: 'people.refused.role-scope' }])
  require(mayInvite(actor, { role: asked, countryCode, institutionId: input.institution }))
  const open =
    await sql`select from network.invitation where lower(email) = ${input.email} and accepted_at is null and withdrawn_at is null and expires_at > ${actor.now.toString()}::timestamptz
    and role is not distinct from ${input.role} and institution_id is not distinct from ${input.institution}`.execute(
      db,
    )
  if (open.rows.length > 0) throw new Problems([{ field: 'email', words: 'people.problem.invited-already' }])
  const { token, digest } = newToken()
  const { rows } = await sql<{ id: string }>`
    insert into network.invitation (email, person_id, given_names, first_surname, second_surname, language, role, scope_kind, country_code, institution_id, post, message, token_digest, expires_at, invited_by, batch_id)
    values (${input.email}, ${input.person ?? null}, ${input.givenNames}, ${input.firstSurname}, ${input.secondSurname}, ${input.language}, ${input.role}, ${asked?.scope.kind ?? null}, ${countryCode},
      ${input.institution}, ${input.post}, ${input.message}, ${digest}, ${actor.now.add({ hours: invitationDays * 24 }).toString()}::timestamptz, ${actor.personId}, ${batch}) returning id`.execute(
    db,
  )
  await postLetter(
    db,
    invitationLetter,
    { personId: null, address: input.email, language: input.language },
    { token, message: input.message, inviter: await inviterName(db, actor), days: invitationDays },
  )
  return rows[0]!.id
}

/** The scope of the role that an invitation offers: the narrowest that is named and fits. */
function scopeOf({
  role,
  institution,
  countryCode,
}: Pick<InvitationSent, 'role' | 'institution' | 'countryCode'>): Scope | null {
  if (!role) return null
  const fits = (kind: ScopeKind) => scopesOfRole[role].includes(kind)
  if (institution && fits('institution')) return { kind: 'institution', id: institution }
  if (countryCode && fits('country')) return { kind: 'country', id: countryCode }
  return fits('network') ? { kind: 'network' } : null
}

async function inviterName(db: Db, actor: Actor): Promise<string> {
  const { rows } = await sql<{
    name: string
  }>`select full_name as name from network.person where id = ${actor.personId}`.execute(db)
  return rows[0]?.name ?? ''
}

/** Takes back an invitation that was not accepted yet: its link opens nothing any more. */
export function withdrawInvitation(actor: Actor, id: string, once: string | null = null): Promise<void> {
  return record(actor, 'invitation.withdrawn', { about: { kind: 'invitation', id }, once }, async (db) => {
    const invitation = await findInvitation(actor, db, id)
    if (invitation.state !== 'open') throw new Problems([{ field: '', words: 'people.problem.invitation-over' }])
    await sql`update network.invitation set withdrawn_at = ${actor.now.toString()}::timestamptz where id = ${id}`.execute(
      db,
    )
  })
}

/**
 * A single-use link by which the first steward, or another one, comes in: made by the console, which vouches for whoever holds it. Earlier ones of the same address end.
 * Answers the token of the page `network.invitation`.
 */
export function inviteSteward(system: Actor, email: string, language: Language): Promise<string> {
  const { token, digest } = newToken()
  return record(system, 'steward.invited', { about: { kind: 'invitation' } }, async (db) => {
    require(mayGrantRole(system, { role: 'steward', scope: { kind: 'network' }, countryCode: null, personId: null }))
    const now = system.now.toString()
    await sql`update network.invitation set withdrawn_at = ${now}::timestamptz where role = 'steward' and lower(email) = ${email} and accepted_at is null and withdrawn_at is null`.execute(
      db,
    )
    await sql`insert into network.invitation (email, language, role, scope_kind, token_digest, expires_at)
      values (${email}, ${language}, 'steward', 'network', ${digest}, ${system.now.add({ hours: stewardLinkHours }).toString()}::timestamptz)`.execute(
      db,
    )
    return token
  })
}
