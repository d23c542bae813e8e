import { sql } from 'kysely'
import type { Actor } from '#kit/access'
import { createHall, type AddressBook, type Frame, type Hall, type HallOptions } from '#kit/http'
import { read } from '#kit/record'
import { front } from '#front'
import { networkRooms } from '#network'

/** The rooms, in the order in which their threads hang from the cord. */
export const rooms = [...networkRooms, front] as const

/** The hall of this house: the guards of `#kit/http` in their fixed order, then the rooms above. */
export function openHall(options: Omit<HallOptions, 'rooms' | 'frame'>): Hall {
  return createHall({ ...options, rooms, frame })
}

/** What the frame of every page says of the installation. */
async function frame(actor: Actor, _book: AddressBook): Promise<Frame> {
  const network = await read(actor, async (db) =>
    (
      await sql<{
        name: string | null
        zone: string
        demo: boolean
      }>`select text.reads(name_id, ${actor.language}) as name, zone, demo from network.network`.execute(db)
    ).rows.at(0),
  )
  return { network: network?.name ?? 'Quipu', zone: network?.zone ?? 'UTC', demo: network?.demo ?? false, threads: [] }
}
