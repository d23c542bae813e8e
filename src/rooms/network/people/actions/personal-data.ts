import { sql } from 'kysely'
import { Absent, Problems, require, type Actor } from '#kit/access'
import { accountOf, listSignIns, removeAccount } from '#kit/auth'
import type { Db } from '#kit/db'
import type { Retention } from '#kit/jobs'
import { eraseHistory, read, record } from '#kit/record'
import { mayErase, mayExport, mayReadSensitive } from '../access.ts'
import { loadPersonScope } from '../queries.ts'

/** One kind of things that a room holds on somebody: its rows as they are, for the export. `words` is a full key for its name. */
export type Held = { kind: string; words: string; rows: Record<string, unknown>[] }
/** What an erasure kept, how many, and the full key of the sentence that says which law or record asks for it. */
export type Kept = { kind: string; words: string; count: number; because: string }

/** What a room does about personal data: shows all it holds on a person, and within one deed erases what it may. Each room's door exports one. */
export type PersonalData = {
  room: string
  held(actor: Actor, db: Db, personId: string): Promise<Held[]>
  erase(actor: Actor, db: Db, personId: string): Promise<Kept[]>
  /** The rows whose values leave history too, after the tables are emptied: history keeps what they were before in the erasing deed itself, so this is a deed of its own. */
  history(actor: Actor, db: Db, personId: string): Promise<{ relation: string; ids: string[] }[]>
}

/** The rule under which values leave history, by its name in the record. */
export const erasureRule = 'person.erasure'

const rowsOf = async (
  query: ReturnType<typeof sql<Record<string, unknown>>>,
  db: Db,
): Promise<Record<string, unknown>[]> => (await query.execute(db)).rows

/** What the network holds on a person. */
export const networkPersonalData: PersonalData = {
  room: 'network',

  async held(_actor, db, id) {
    const of = async (kind: string, query: ReturnType<typeof sql<Record<string, unknown>>>): Promise<Held> => ({
      kind,
      words: `people.held.${kind}`,
      rows: await rowsOf(query, db),
    })
    const account = await accountOf(db, id)
    return [
      await of(
        'person',
        sql`select id, given_names, first_surname, second_surname, preferred_language, zone, country_code, profession, public_profile, in_directory, willing_to, expertise, acts_without_email, text.shown(biography_id) as biography from network.person where id = ${id}`,
      ),
      await of(
        'contact',
        sql`select c.email, c.telephone, (select s.sex from network.read_sensitive(${id}) s) as sex from network.person_contact c where c.person_id = ${id}`,
      ),
      await of(
        'affiliation',
        sql`select a.id, i.name as institution, a.post, a.contract, a.valid, a.state from network.affiliation a join network.institution i on i.id = a.institution_id where a.person_id = ${id} order by a.id`,
      ),
      await of(
        'role',
        sql`select role, scope_kind, country_code, institution_id, body_id, valid from network.role_grant where person_id = ${id} order by id`,
      ),
      await of(
        'mandate',
        sql`select m.seat_id, m.valid from network.mandate m where m.person_id = ${id} order by m.id`,
      ),
      await of('vote', sql`select v.decision_id, v.choice from network.vote v where v.person_id = ${id} order by v.id`),
      await of(
        'consent',
        sql`select purpose, notice_version, given_at, withdrawn_at from network.consent where person_id = ${id} order by id`,
      ),
      await of(
        'invitation',
        sql`select email, role, post, accepted_at, withdrawn_at from network.invitation where person_id = ${id} order by id`,
      ),
      {
        kind: 'account',
        words: 'people.held.account',
        rows: account ? [{ email: account.email, createdAt: account.createdAt }] : [],
      },
      await of(
        'sensitive-reading',
        sql`select d.at, p.full_name as by_person, d.reason from record.deed d left join network.person p on p.id = d.person_id where d.name = 'sensitive-data.read' and d.about_id = ${id} order by d.at`,
      ),
      await of(
        'deed',
        sql`select name, at, about_kind, reason, on_behalf_of from record.deed where person_id = ${id} or on_behalf_of = ${id} order by at`,
      ),
      await of('history', sql`select deed, at, relation, operation, after from network.own_history(${id})`),
    ]
  },

  async erase(_actor, db, id) {
    await removeAccount(db, id)
    await sql`delete from network.person_contact where person_id = ${id}`.execute(db)
    await sql`update network.affiliation set post = '', contract = null, state = case when state = 'claimed' then 'refused' when state = 'verified' then 'ended' else state end,
      valid = case when upper_inf(valid) then daterange(lower(valid), greatest(current_date, lower(valid) + 1)) else valid end where person_id = ${id}`.execute(
      db,
    )
    await sql`update network.role_grant set valid = tstzrange(lower(valid), clock_timestamp()) where person_id = ${id} and (upper_inf(valid) or upper(valid) > clock_timestamp()) and lower(valid) < clock_timestamp()`.execute(
      db,
    )
    await sql`delete from network.role_grant where person_id = ${id} and lower(valid) > clock_timestamp()`.execute(db)
    await sql`update network.consent set withdrawn_at = greatest(clock_timestamp(), given_at) where person_id = ${id} and withdrawn_at is null`.execute(
      db,
    )
    await sql`update network.invitation set email = '', given_names = '', first_surname = '', second_surname = '', message = '', post = '' where person_id = ${id}`.execute(
      db,
    )
    await sql`update network.person set given_names = '', first_surname = '', second_surname = '', profession = '', country_code = null, zone = 'UTC', preferred_language = 'es',
      public_profile = false, in_directory = false, willing_to = '{}', expertise = '{}', erased_at = clock_timestamp() where id = ${id}`.execute(
      db,
    )
    const { rows } = await sql<{ mandates: number; votes: number; roles: number; consents: number; deeds: number }>`
      select (select count(*) from network.mandate where person_id = ${id}) as mandates, (select count(*) from network.vote where person_id = ${id}) as votes,
        (select count(*) from network.role_grant where person_id = ${id}) as roles,
        (select count(*) from network.consent where person_id = ${id}) as consents, (select count(*) from record.deed where person_id = ${id}) as deeds`.execute(
      db,
    )
    const { mandates, votes, roles, consents, deeds } = rows[0]!
    const kept = (kind: string, count: number, because: string): Kept => ({
      kind,
      words: `people.held.${kind}`,
      count,
      because: `people.kept.${because}`,
    })
    return [
      kept('mandate', mandates, 'public-office'),
      kept('vote', votes, 'public-office'),
      kept('role', roles, 'accountability'),
      kept('consent', consents, 'proof-of-consent'),
      kept('deed', deeds, 'record'),
    ].filter(({ count }) => count > 0)
  },

  async history(_actor, db, id) {
    const { rows } = await sql<{ relation: string; ids: string[] }>`
      select relation, array_agg(distinct row_id::text) as ids from record.change
      where erased_at is null and ((relation = 'network.person' and row_id = ${id}) or (relation = 'network.person_contact' and keeper = ${id})
        or (relation = 'network.affiliation' and row_id in (select a.id from network.affiliation a where a.person_id = ${id}))
        or (relation = 'network.invitation' and row_id in (select n.id from network.invitation n where n.person_id = ${id})))
      group by relation`.execute(db)
    return rows
  },
}

const parts: PersonalData[] = [networkPersonalData]

/** A room tells what it does about personal data; the pages of "my data" ask all of them. */
export function holdPersonalData(part: PersonalData): void {
  if (!parts.some(({ room }) => room === part.room)) parts.push(part)
}

/** Everything that is held on a person, a room at a time. */
export async function exportPersonalData(actor: Actor, personId: string): Promise<{ room: string; held: Held[] }[]> {
  const whole = await read(actor, async (db) => {
    require(mayExport(actor, await loadPersonScope(actor, db, personId)))
    const rooms = []
    for (const part of parts) rooms.push({ room: part.room, held: await part.held(actor, db, personId) })
    return { rooms, account: await accountOf(db, personId) }
  })
  const signIns = whole.account ? await listSignIns(actor.database, whole.account.userId, 1000) : []
  return [...whole.rooms, { room: 'auth', held: [{ kind: 'sign-in', words: 'people.held.sign-in', rows: signIns }] }]
}

/**
 * Erases what is held on a person: values leave the tables by one deed and the history by the next, and the chain of seals still verifies. Answers what law and record
 * keep, and why. `typedName`: the person's name, typed once more. The network's last steward gives the network on first.
 */
export async function erasePerson(
  actor: Actor,
  personId: string,
  typedName: string,
  once: string | null = null,
): Promise<Kept[]> {
  const kept = await record(actor, 'person.erased', { about: { kind: 'person', id: personId }, once }, async (db) => {
    const person = await loadPersonScope(actor, db, personId)
    require(mayErase(actor, person))
    if (folded(typedName) !== folded(person.name))
      throw new Problems([{ field: 'name', words: 'people.problem.name-differs' }])
    const now = actor.now.toString()
    const last = await sql<{ last: boolean }>`
      select exists (select from network.role_grant where person_id = ${personId} and role = 'steward' and valid @> ${now}::timestamptz)
        and not exists (select from network.role_grant where person_id <> ${personId} and role = 'steward' and valid @> ${now}::timestamptz) as last`.execute(
      db,
    )
    if (last.rows[0]!.last) throw new Problems([{ field: '', words: 'people.problem.last-steward' }])
    const all: Kept[] = []
    for (const part of parts) all.push(...(await part.erase(actor, db, personId)))
    return all
  })
  await emptyHistory(actor, personId)
  return kept
}

/** Takes the values of an erased person out of history. Should the first deed be committed and this one not, the night's job does it (`peopleRetention`). */
export function emptyHistory(actor: Actor, personId: string): Promise<number> {
  return record(actor, 'history.emptied', { about: { kind: 'person', id: personId } }, async (db) => {
    let emptied = 0
    for (const part of parts)
      for (const { relation, ids } of await part.history(actor, db, personId))
        emptied += await eraseHistory(db, relation, ids, erasureRule)
    return emptied
  })
}

/** What the night does about people: finishes erasures that were cut short, and removes invitations long over. */
export const peopleRetention: Retention[] = [
  {
    code: 'network.invitation',
    async apply(db, { before, actor }) {
      const { rows } = await sql<{ id: string }>`
        update network.invitation set email = '', given_names = '', first_surname = '', second_surname = '', message = ''
        where expires_at < ${before}::timestamptz and email <> '' returning id`.execute(db)
      await eraseHistory(
        db,
        'network.invitation',
        rows.map(({ id }) => id),
        'network.invitation',
      )
      const half = await sql<{ id: string }>`select p.id from network.person p where p.erased_at is not null
        and exists (select from record.change c where c.relation = 'network.person' and c.row_id = p.id and c.erased_at is null)`.execute(
        db,
      )
      for (const { id } of half.rows)
        for (const part of parts)
          for (const { relation, ids } of await part.history(actor, db, id))
            await eraseHistory(db, relation, ids, erasureRule)
      return rows.length + half.rows.length
    },
  },
]

const folded = (name: string): string =>
  name.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/g, ' ').trim().toLowerCase()

/**
 * Reads what somebody said for statistics alone, for a purpose that is recorded with the reader's name; whose it is sees both. Other rooms read what they hold of this kind
 * through `readSpecial`.
 */
export async function readSensitive(actor: Actor, personId: string, purpose: string): Promise<{ sex: string | null }> {
  const [row] = await readSpecial(
    actor,
    personId,
    purpose,
    async (db) =>
      (await sql<{ sex: string | null }>`select sex from network.read_sensitive(${personId})`.execute(db)).rows,
  )
  return row ?? { sex: null }
}

/** Reads data of a special category (needs, disability, sex) within a deed that says who read whose and why. */
export function readSpecial<T>(
  actor: Actor,
  personId: string,
  purpose: string,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  return record(
    actor,
    'sensitive-data.read',
    { about: { kind: 'person', id: personId }, reason: purpose },
    async (db) => {
      const person = await loadPersonScope(actor, db, personId)
      require(mayReadSensitive(actor, person))
      if (purpose.trim() === '') throw new Absent()
      return work(db)
    },
  )
}
