import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Absent, Problems, refuseProblems, type Actor } from '#kit/access'
import { accountWith, bindPerson, makeAccount, type Account } from '#kit/auth'
import type { Db } from '#kit/db'
import { record } from '#kit/record'
import type { Language } from '#kit/words'
import { digestOf, type Invitation } from '../invited.ts'
import { findLegal } from '../legal.ts'
import { joinedDuty, nameOf, neededPurposes, type Purpose } from '../rules.ts'
import { insertRole, rolesHeld } from './roles.ts'

export type OwnData = {
  givenNames: string
  firstSurname: string
  secondSurname: string
  language: Language
  zone: string
  countryCode: string | null
  profession: string
}

/** Somebody becomes who they say they are: from here on their deeds are their own. */
export function asPerson(actor: Actor, personId: string): Actor {
  return { ...actor, kind: 'person', personId, grants: [] }
}

/**
 * Somebody who proved an address says who they are, agrees to notice and terms, and is a person of the network from now on. Answers the person's id.
 */
export async function joinNetwork(
  visitor: Actor,
  account: Account,
  input: OwnData,
  once: string | null = null,
): Promise<string> {
  if (account.personId) return account.personId
  const personId = randomUUID()
  const actor = asPerson(visitor, personId)
  return record(actor, 'person.joined', { about: { kind: 'person', id: personId }, once }, async (db) => {
    await insertPerson(db, personId, input, { email: account.email })
    for (const purpose of neededPurposes) await insertConsent(actor, db, personId, purpose)
    await bindPerson(db, account.userId, { id: personId, name: nameOf(input) })
    return personId
  })
}

export type Accepted = { personId: string; userId: string }

/**
 * Somebody accepts an invitation by the link of its letter, with their own data: a person, an account, the role and the place that were offered.
 * The link proves the address. Throws {@link Problems} where it is over, or where the address has an account already: then its holder signs in first.
 */
export async function acceptInvitation(
  visitor: Actor,
  token: string,
  invitation: Invitation,
  input: OwnData & { email: string },
  once: string | null = null,
): Promise<Accepted> {
  if (await accountWith(visitor.database, input.email))
    throw new Problems([{ field: '', words: 'people.problem.sign-in-first' }])
  const personId = invitation.personId ?? randomUUID()
  const actor = asPerson(visitor, personId)
  return record(actor, 'invitation.accepted', { about: { kind: 'person', id: personId }, once }, async (db) => {
    if (invitation.personId) await fillPerson(db, personId, input)
    else await insertPerson(db, personId, input, { email: input.email })
    const taken = await takeInvitation(actor, db, token, personId)
    for (const purpose of neededPurposes) await insertConsent(actor, db, personId, purpose)
    await receive(actor, db, taken, personId)
    return { personId, userId: await makeAccount(db, { email: input.email, name: nameOf(input), personId }) }
  })
}

/** Somebody who has an account takes what an invitation offers them. */
export async function takeOffered(actor: Actor, token: string, once: string | null = null): Promise<string> {
  const personId = actor.personId
  if (!personId) throw new Absent()
  return record(actor, 'invitation.accepted', { about: { kind: 'person', id: personId }, once }, async (db) => {
    await receive(actor, db, await takeInvitation(actor, db, token, personId), personId)
    return personId
  })
}

type Taken = Pick<Invitation, 'role' | 'scopeKind' | 'countryCode' | 'institutionId' | 'bodyId' | 'post' | 'invitedBy'>

async function takeInvitation(actor: Actor, db: Db, token: string, personId: string): Promise<Taken> {
  const { rows } = await sql<Taken>`
    select role, scope_kind, country_code, institution_id, body_id, post, invited_by
    from network.take_invitation(${digestOf(token)}, ${personId}, ${actor.now.toString()}::timestamptz)`.execute(db)
  const [taken] = rows
  if (!taken) throw new Problems([{ field: '', words: 'people.problem.invitation-over' }])
  return taken
}

/** What an invitation offered: a role, and a place of work that the inviter vouches for. */
async function receive(actor: Actor, db: Db, taken: Taken, personId: string): Promise<void> {
  if (taken.institutionId) {
    const known =
      await sql`select from network.affiliation where person_id = ${personId} and institution_id = ${taken.institutionId} and state in ('claimed', 'verified')`.execute(
        db,
      )
    if (known.rows.length === 0) {
      await sql`insert into network.affiliation (person_id, institution_id, post, valid, state, decided_by, decided_at)
        values (${personId}, ${taken.institutionId}, ${taken.post}, daterange(${today(actor)}::date, null), 'verified', ${taken.invitedBy}, ${actor.now.toString()}::timestamptz)`.execute(
        db,
      )
    }
  }
  if (!taken.role || !taken.scopeKind) return
  const joined = joinedDuty(taken.role, await rolesHeld(db, personId, actor.now))
  if (joined) refuseProblems([{ field: '', words: joined.words }])
  await insertRole(db, {
    personId,
    role: taken.role,
    scopeKind: taken.scopeKind,
    countryCode: taken.scopeKind === 'country' ? taken.countryCode : null,
    institutionId: taken.scopeKind === 'institution' ? taken.institutionId : null,
    bodyId: taken.bodyId,
    from: actor.now.toString(),
    until: null,
    decisionId: null,
  })
}

/** The actor's day, in the actor's zone. */
export const today = (actor: Actor): string => actor.now.toZonedDateTimeISO(actor.zone).toPlainDate().toString()

/** Inside a deed: a new person with their contacts. */
export async function insertPerson(
  db: Db,
  id: string,
  input: OwnData,
  more: { email: string | null; actsWithoutEmail?: boolean; invented?: boolean },
): Promise<void> {
  await sql`insert into network.person (id, given_names, first_surname, second_surname, preferred_language, zone, country_code, profession, acts_without_email, invented)
    values (${id}, ${input.givenNames}, ${input.firstSurname}, ${input.secondSurname}, ${input.language}, ${input.zone}, ${input.countryCode}, ${input.profession},
      ${more.actsWithoutEmail ?? false}, ${more.invented ?? false})`.execute(db)
  await sql`insert into network.person_contact (person_id, email) values (${id}, ${more.email?.toLowerCase() ?? null})`.execute(
    db,
  )
}

async function fillPerson(db: Db, id: string, input: OwnData & { email: string }): Promise<void> {
  await sql`update network.person set given_names = ${input.givenNames}, first_surname = ${input.firstSurname}, second_surname = ${input.secondSurname}, preferred_language = ${input.language},
    zone = ${input.zone}, country_code = ${input.countryCode}, profession = ${input.profession}, acts_without_email = false where id = ${id}`.execute(
    db,
  )
  await sql`update network.person_contact set email = ${input.email.toLowerCase()} where person_id = ${id}`.execute(db)
}

/** Inside a deed: somebody agrees to a purpose, under the version of notice and terms in force. What is agreed already stays as it was. */
export async function insertConsent(actor: Actor, db: Db, personId: string, purpose: Purpose): Promise<void> {
  const { version } = await findLegal(actor, db, purpose === 'terms' ? 'terms' : 'privacy')
  await sql`insert into network.consent (person_id, purpose, notice_version, given_at) values (${personId}, ${purpose}, ${version}, ${actor.now.toString()}::timestamptz)
    on conflict (person_id, purpose) where withdrawn_at is null do nothing`.execute(db)
}
