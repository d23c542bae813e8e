import { sql } from 'kysely'
import { require, type Actor } from '#kit/access'
import { record } from '#kit/record'
import { newText } from '#kit/text'
import { mayPublishLegal } from '../access.ts'
import type { LegalKind } from '../legal.ts'

/** Publishes a version of the privacy notice or the terms, in its languages, in force from a day. Earlier versions stay, for what was agreed under them. */
export function publishLegal(
  actor: Actor,
  input: { kind: LegalKind; version: string; from: string; body: Record<string, string> },
  once: string | null = null,
): Promise<string> {
  return record(actor, 'legal-text.published', { about: { kind: 'legal-text' }, once }, async (db, deed) => {
    require(mayPublishLegal(actor))
    const bodyId = await newText(actor, db, {
      owner: { kind: 'network' },
      room: 'network',
      purpose: `legal.${input.kind}`,
      form: 'plain',
      source: 'es',
      bodies: input.body,
      publish: true,
    })
    const { rows } = await sql<{
      id: string
    }>`insert into network.legal_text (kind, version, in_force_from, body_id) values (${input.kind}, ${input.version}, ${input.from}::date, ${bodyId}) returning id`.execute(
      db,
    )
    deed.concerns(rows[0]!.id)
    return rows[0]!.id
  })
}
