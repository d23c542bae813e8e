import { sql } from 'kysely'
import { Problems, refuseProblems, require, type Actor } from '#kit/access'
import { record } from '#kit/record'
import type { InstitutionKind } from '../codes.ts'
import { mayEdit, mayRegister, maySubmit } from '../access.ts'
import type { Wished } from '../forms.ts'
import { findFreeSlug, takeInstitution, wholeWish, writeEntry } from '../keep.ts'
import { differences, lackingToSubmit } from '../rules/index.ts'

export type Registering = {
  country: string
  kind: InstitutionKind
  name: string
  city: string
  /** The language of the name; the actor's own unless told. */
  nameLanguage?: string
  once?: string | null
  /** For the demo: says that it does not exist. */
  invented?: boolean
  source?: string
}

/** A museum begins to join: its entry as a draft that only whoever brings it in, their country's officers and the office see. Answers id and address. */
export async function registerInstitution(actor: Actor, input: Registering): Promise<{ id: string; slug: string }> {
  require(mayRegister(actor))
  return record(
    actor,
    'institution.registered',
    { about: { kind: 'institution' }, once: input.once ?? null },
    async (db, deed) => {
      const known = await sql`select from network.country where code = ${input.country}`.execute(db)
      if (known.rows.length === 0) throw new Problems([{ field: 'country', words: 'kit.problem.country' }])
      const slug = await findFreeSlug(db, input.name, input.city)
      const made = await sql<{ id: string }>`
      insert into network.institution (slug, country_code, kind, name, name_language, city, state, registered_by, invented, source)
      values (${slug}, ${input.country}, ${input.kind}, ${input.name.trim()}, ${input.nameLanguage ?? actor.language}, ${input.city.trim()}, 'draft',
        ${actor.personId}, ${input.invented ?? false}, ${input.source ?? ''})
      returning id`.execute(db)
      const { id } = made.rows[0]!
      deed.concerns(id)
      return { id, slug }
    },
  )
}

/** Keeps one page of joining (or any fields of an entry that is not listed yet). */
export async function fillInstitution(
  actor: Actor,
  id: string,
  wished: Wished,
  sent: { once?: string | null; version?: string | null } = {},
): Promise<void> {
  await record(
    actor,
    'institution.filled',
    { about: { kind: 'institution', id }, once: sent.once ?? null },
    async (db) => {
      const it = await takeInstitution(actor, db, id, sent.version)
      require(mayEdit(actor, it))
      if (it.state === 'listed') throw new Problems([{ field: '', words: 'institutions.problem.already-listed' }])
      const changes = differences(it, wholeWish(it, wished))
      if (Object.keys(changes).length > 0) await writeEntry(actor, db, it, changes)
    },
  )
}

/** Sends an entry to its country. Throws every missing piece at once. */
export async function submitInstitution(actor: Actor, id: string, sent: { once?: string | null } = {}): Promise<void> {
  await record(
    actor,
    'institution.submitted',
    { about: { kind: 'institution', id }, once: sent.once ?? null },
    async (db) => {
      const it = await takeInstitution(actor, db, id)
      require(maySubmit(actor, it))
      refuseProblems(lackingToSubmit(it).map((wanted) => ({ field: wanted, words: `institutions.lacking.${wanted}` })))
      await sql`update network.institution set state = 'submitted', submitted_at = ${actor.now.toString()}::timestamptz where id = ${id}`.execute(
        db,
      )
    },
  )
}
