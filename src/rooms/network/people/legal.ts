import { sql } from 'kysely'
import type { Actor } from '#kit/access'
import type { Db } from '#kit/db'
import type { Text } from '#kit/view'
import { ownVersion } from './rules.ts'

export type LegalKind = 'privacy' | 'terms'
/** `body` is null for the program's own text, which is said in words. */
export type LegalText = { kind: LegalKind; version: string; inForceFrom: string | null; body: Text | null }

/** The privacy notice or the terms that are in force on the actor's day; the program's own until a steward publishes one. */
export async function findLegal(actor: Actor, db: Db, kind: LegalKind): Promise<LegalText> {
  const day = actor.now.toZonedDateTimeISO(actor.zone).toPlainDate().toString()
  const { rows } = await sql<LegalText>`
    select kind, version, in_force_from, text.shown(body_id) as body from network.legal_text
    where kind = ${kind} and in_force_from <= ${day}::date order by in_force_from desc, id desc limit 1`.execute(db)
  return rows.at(0) ?? { kind, version: ownVersion, inForceFrom: null, body: null }
}

export async function listLegal(
  _actor: Actor,
  db: Db,
): Promise<{ kind: LegalKind; version: string; inForceFrom: string }[]> {
  return (
    await sql<{
      kind: LegalKind
      version: string
      inForceFrom: string
    }>`select kind, version, in_force_from from network.legal_text order by kind, in_force_from desc`.execute(db)
  ).rows
}
