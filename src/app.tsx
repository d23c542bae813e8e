import { sql } from 'kysely'
import type { Actor } from '#kit/access'
import { createAuth, type Oidc, type People } from '#kit/auth'
import type { Database, Db } from '#kit/db'
import { deskRoom } from '#kit/desk'
import { filesRoom, type Storage, type Uploads } from '#kit/files'
import { createHall, seals, type AddressBook, type Frame, type Hall, type HallOptions } from '#kit/http'
import { jobsRoom } from '#kit/jobs'
import { mailRoom, type Smtp } from '#kit/mail'
import { read } from '#kit/record'
import { subscriptionsRoom } from '#kit/subscriptions'
import type { Owner } from '#kit/text'
import { say } from '#kit/words'
import { front, keepFailure, stewardRoom, type Running } from '#front'
import { changeContactAddress, importRoom, listDemoPeople, loadIdentity, networkRooms } from '#network'

/** The rooms, in the order in which their threads hang from the cord. */
export const rooms = [...networkRooms, front] as const

// What hangs from the cord, where its page is in this installation.
const threads = [
  { room: 'network', words: 'front.thread.network', route: 'network.museums', whole: true },
  { room: 'network', words: 'front.thread.governance', route: 'network.governance', whole: false },
  { room: 'front', words: 'front.thread.library', route: 'front.library', whole: false },
  { room: 'front', words: 'front.thread.news', route: 'front.news', whole: false },
]

/** What the hall needs: the secret signs sessions and forms; tests say themselves who asks (`identify`). */
export type HouseOptions = Omit<HallOptions, 'rooms' | 'frame' | 'identify' | 'seals'> & {
  secret: string
  oidc?: Oidc | null
  /** Where stored files are, and uploads that are under way. */
  files?: { storage: Storage; uploads: Uploads }
  /** How letters leave; without it they are read on a page of this installation. */
  smtp?: Smtp | null
  /** What only the process knows of the installation, for the steward's page. */
  running?: Running
  identify?: HallOptions['identify']
}

/** The hall of this house: the guards of `#kit/http` in their fixed order, the sign-in, then the rooms above. */
export function openHall({ secret, oidc = null, files, smtp = null, running, ...options }: HouseOptions): Hall {
  const auth = createAuth({
    database: options.database,
    secret,
    origin: options.origin,
    oidc,
    people: peopleOf(options.database),
  })
  return createHall({
    identify: auth.identify,
    seals: seals(secret),
    ...options,
    rooms: [
      auth.routes,
      jobsRoom,
      mailRoom({ secret, smtp, place: async (ask) => networkOf(ask.actor) }),
      subscriptionsRoom({ network: async (ask) => (await networkOf(ask.actor)).network }),
      ...(files ? [filesRoom(files), importRoom(files)] : []),
      deskRoom({ ownerNames }),
      stewardRoom(running ?? { dataFolder: null, settings: [] }),
      ...rooms,
    ],
    frame,
    onFailure(failure) {
      options.onFailure?.(failure)
      // Where the database itself is what failed, the log has it all the same.
      keepFailure(options.database, failure).catch((err: unknown) =>
        options.log.error({ err }, 'a failure was not kept'),
      )
    },
  })
}

/** What the sign-in asks of people. */
const peopleOf = (database: Database): People => ({
  load: (personId, now) => loadIdentity(database, personId, now),
  demo: (language) => listDemoPeople(database, language),
  emailChanged: (personId, email, ask) => changeContactAddress(ask.actor, personId, email),
  joinPage: 'network.introduce',
})

/** What the network calls itself in the actor's language, the zone it lives in, and whether it is the demo. */
async function networkOf(actor: Actor): Promise<Pick<Frame, 'network' | 'zone' | 'demo'>> {
  const found = await read(actor, async (db) =>
    (
      await sql<{
        name: string | null
        zone: string
        demo: boolean
      }>`select text.reads(name_id, ${actor.language}) as name, zone, demo from network.network`.execute(db)
    ).rows.at(0),
  )
  return { network: found?.name ?? 'Quipu', zone: found?.zone ?? 'UTC', demo: found?.demo ?? false }
}

/** How bodies and institutions that own texts are called, by `kind:id`. */
async function ownerNames(actor: Actor, db: Db, owners: readonly Owner[]): Promise<Map<string, string>> {
  const idsOf = (kind: Owner['kind']) => owners.flatMap((it) => (it.kind === kind && 'id' in it ? [it.id] : []))
  const { rows } = await sql<{ key: string; name: string }>`
    select 'body:' || id as key, text.reads(name_id, ${actor.language}) as name from network.body where id::text = any (${idsOf('body')}::text[])
    union all
    select distinct on (institution_id) 'institution:' || institution_id, name from network.institution_name
    where institution_id::text = any (${idsOf('institution')}::text[])`.execute(db)
  return new Map(rows.filter(({ name }) => name).map(({ key, name }) => [key, name]))
}

/** What the frame of every page says of the installation. */
async function frame(actor: Actor, book: AddressBook): Promise<Frame> {
  return {
    ...(await networkOf(actor)),
    threads: threads
      .filter(({ route }) => book.has(route))
      .map(({ room, words, route, whole }) => ({ room, route, whole, name: say(actor.language, words) })),
  }
}
