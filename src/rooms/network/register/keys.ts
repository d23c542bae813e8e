import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { found, Problems, Refused, type Actor } from '#kit/access'
import type { Db } from '#kit/db'
import { TooOften, rateLimit, type Ask } from '#kit/http'
import { read, record } from '#kit/record'
import { rates } from './openapi.ts'

const digestOf = (key: string): Buffer => createHash('sha256').update(key).digest()
const keysAtMost = 5

export type ApiKey = { id: string; label: string; prefix: string; perMinute: number; createdAt: string }

/** The actor's keys that are in force. */
export async function listApiKeys(actor: Actor, db: Db): Promise<ApiKey[]> {
  const { rows } = await sql<ApiKey>`
    select id, label, prefix, per_minute, created_at from network.api_key
    where person_id = ${actor.personId}::uuid and revoked_at is null order by created_at, id`.execute(db)
  return rows
}

/** Makes a key and answers it: this once, for only its digest is kept. */
export async function issueApiKey(
  actor: Actor,
  input: { label: string; once?: string | null },
): Promise<{ key: string }> {
  if (actor.kind !== 'person') throw new Refused('register.refused.keys')
  const key = `qpu_${randomBytes(24).toString('base64url')}`
  await record(actor, 'api-key.issued', { about: { kind: 'api-key' }, once: input.once ?? null }, async (db, deed) => {
    if ((await listApiKeys(actor, db)).length >= keysAtMost)
      throw new Problems([{ field: '', words: 'register.keys.many' }])
    const { rows } = await sql<{ id: string }>`
      insert into network.api_key (person_id, label, prefix, digest, per_minute)
      values (${actor.personId}, ${input.label}, ${key.slice(0, 8)}, ${digestOf(key)}, ${rates.keyed}) returning id`.execute(
      db,
    )
    deed.concerns(rows[0]!.id)
  })
  return { key }
}

/** A key stops working at once. */
export async function revokeApiKey(actor: Actor, id: string, sent: { once?: string | null } = {}): Promise<void> {
  await record(actor, 'api-key.revoked', { about: { kind: 'api-key', id }, once: sent.once ?? null }, async (db) => {
    const { rows } = await sql`
      update network.api_key set revoked_at = ${actor.now.toString()}::timestamptz
      where id = ${id}::uuid and person_id = ${actor.personId}::uuid and revoked_at is null returning id`.execute(db)
    found(rows[0])
  })
}

const anonymous = rateLimit({ burst: rates.anonymous, perMinute: rates.anonymous })
const keyed = rateLimit({ burst: rates.keyed, perMinute: rates.keyed })

/** Slows a program that reads too often: by its key where it shows one that is in force, else by its address. Throws `TooOften`. */
export async function keepToRate(ask: Ask): Promise<void> {
  const shown = /^Bearer (qpu_[\w-]{32})$/u.exec(ask.request.headers.get('authorization') ?? '')?.[1]
  const rate = shown
    ? (
        await read(ask.actor, (db) =>
          sql<{ rate: number | null }>`select network.api_rate(${digestOf(shown)}) as rate`.execute(db),
        )
      ).rows[0]?.rate
    : null
  const wait = rate ? keyed(shown!, ask.actor.now, rates.keyed / rate) : anonymous(ask.client, ask.actor.now)
  if (wait > 0) throw new TooOften(wait)
}
