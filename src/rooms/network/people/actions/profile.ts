import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Changed, Problems, require, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { record } from '#kit/record'
import { mayEditPerson, mayEnterPerson } from '../access.ts'
import { loadPersonScope } from '../queries.ts'
import { neededPurposes, type Purpose, type Willingness } from '../rules.ts'
import { insertConsent, insertPerson, today, type OwnData } from './join.ts'

export type ProfileInput = OwnData & {
  telephone: string
  expertise: readonly string[]
  willingTo: readonly Willingness[]
  inDirectory: boolean
  publicProfile: boolean
  sex: string | null
}

/** Changes a person's own data; by themselves, or for someone without e-mail by who may act for them, which is recorded as such. */
export function editPerson(
  actor: Actor,
  id: string,
  input: ProfileInput,
  sent: { once?: string | null; version?: string | null } = {},
): Promise<void> {
  const onBehalfOf = actor.personId === id ? null : id
  return record(
    actor,
    'person.edited',
    { about: { kind: 'person', id }, onBehalfOf, once: sent.once ?? null },
    async (db) => {
      require(mayEditPerson(actor, await loadPersonScope(actor, db, id)))
      const changed = await sql`
      update network.person set given_names = ${input.givenNames}, first_surname = ${input.firstSurname}, second_surname = ${input.secondSurname}, preferred_language = ${input.language},
        zone = ${input.zone}, country_code = ${input.countryCode}, profession = ${input.profession}, expertise = ${[...input.expertise]}::uuid[], willing_to = ${[...input.willingTo]}::text[],
        in_directory = ${input.inDirectory}, public_profile = ${input.publicProfile}
      where id = ${id} and (${sent.version ?? null}::text is null or xmin::text = ${sent.version ?? null})`.execute(db)
      if (!changed.numAffectedRows) throw new Changed()
      await sql`update network.person_contact set telephone = ${input.telephone || null}, sex = ${input.sex} where person_id = ${id}`.execute(
        db,
      )
      const wished: [Purpose, boolean][] = [
        ['directory', input.inDirectory],
        ['public-profile', input.publicProfile],
        ['statistics', input.sex !== null],
      ]
      for (const [purpose, wanted] of wished)
        await (wanted ? insertConsent(actor, db, id, purpose) : withdraw(actor, db, id, purpose))
    },
  )
}

/** Agrees to a purpose, or takes it back: what rested on it ends with it. Notice and terms are taken back by leaving. */
export function setConsent(
  actor: Actor,
  id: string,
  purpose: Purpose,
  give: boolean,
  once: string | null = null,
): Promise<void> {
  return record(
    actor,
    give ? 'consent.given' : 'consent.withdrawn',
    { about: { kind: 'person', id }, once },
    async (db) => {
      require(mayEditPerson(actor, await loadPersonScope(actor, db, id)))
      if (give) return insertConsent(actor, db, id, purpose)
      if (neededPurposes.includes(purpose)) throw new Problems([{ field: '', words: 'people.problem.needed-consent' }])
      await withdraw(actor, db, id, purpose)
      if (purpose === 'directory')
        await sql`update network.person set in_directory = false where id = ${id}`.execute(db)
      if (purpose === 'public-profile')
        await sql`update network.person set public_profile = false where id = ${id}`.execute(db)
      if (purpose === 'statistics')
        await sql`update network.person_contact set sex = null where person_id = ${id}`.execute(db)
    },
  )
}

async function withdraw(actor: Actor, db: Db, id: string, purpose: Purpose): Promise<void> {
  await sql`update network.consent set withdrawn_at = greatest(${actor.now.toString()}::timestamptz, given_at) where person_id = ${id} and purpose = ${purpose} and withdrawn_at is null`.execute(
    db,
  )
}

export type PersonEntered = OwnData & {
  institution?: string | null
  post?: string
  invented?: boolean
  actsWithoutEmail?: boolean
  email?: string | null
}

/**
 * Enters someone who has no e-mail, on their behalf: their country's officer, or who speaks for where they work. With an institution they are known to work there.
 * The demo enters its invented people by the same deed. Answers the person's id.
 */
export function enterPerson(actor: Actor, input: PersonEntered, once: string | null = null): Promise<string> {
  const id = randomUUID()
  return record(actor, 'person.entered', { about: { kind: 'person', id }, onBehalfOf: id, once }, async (db) => {
    require(mayEnterPerson(actor, { countryCode: input.countryCode, institutionId: input.institution ?? null }))
    await insertPerson(db, id, input, {
      email: input.email ?? null,
      actsWithoutEmail: input.actsWithoutEmail ?? !input.email,
      invented: input.invented ?? false,
    })
    if (input.institution) {
      await sql`insert into network.affiliation (person_id, institution_id, post, valid, state, decided_by, decided_at)
        values (${id}, ${input.institution}, ${input.post ?? ''}, daterange(${today(actor)}::date, null), 'verified', ${actor.personId}, ${actor.now.toString()}::timestamptz)`.execute(
        db,
      )
    }
    return id
  })
}

/** The account's address was proved to have changed: the person's contact follows. */
export function changeContactAddress(actor: Actor, id: string, email: string): Promise<void> {
  return record(actor, 'person.address-changed', { about: { kind: 'person', id } }, async (db) => {
    await sql`update network.person_contact set email = ${email.toLowerCase()} where person_id = ${id}`.execute(db)
  })
}
