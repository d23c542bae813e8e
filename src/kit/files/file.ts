import { found, type Actor, type Problem } from '#kit/access'
import { sql, type Db } from '#kit/db'
import { record, type Deed } from '#kit/record'
import type { Language } from '#kit/words'
import { isPicture, type FileKind } from './kinds.ts'
import type { Received } from './receive.ts'
import { isRights, type Rights } from './rights.ts'

export type FileState = 'draft' | 'kept' | 'published'
export type KeptFile = {
  id: string
  sha256: string
  bytes: number
  kind: FileKind
  name: string
  state: FileState
  uploader: string | null
  keeper: string | null
  aboutKind: string | null
  aboutId: string | null
  credit: string | null
  rights: Rights | null
  /** What is to be seen, by language. */
  alt: Partial<Record<Language, string>>
  width: number | null
  height: number | null
  language: string | null
  /** Key of the sentence that says why the picture could not be prepared. */
  problem: string | null
  uploadedAt: string
}
export type Rendition = {
  id: string
  fileId: string
  width: number
  height: number
  kind: FileKind
  sha256: string
  bytes: number
}

/** What is said of a file: whose it is (`keeper`: the institution or person that reaches it), what it belongs to, its credit, rights and description. */
export type Description = {
  keeper?: string | null
  about?: { kind: string; id: string } | null
  state?: FileState
  credit?: string | null
  rights?: string | null
  alt?: Partial<Record<Language, string>>
  language?: string | null
  name?: string
}

/**
 * Inside a deed: makes the row of a file that was received. A picture is then prepared by the jobs' process. Answers its id.
 */
export async function addFile(
  actor: Actor,
  db: Db,
  deed: Deed,
  received: Received,
  described: Description = {},
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into files.file (sha256, bytes, kind, name, state, uploader, keeper, about_kind, about_id, credit, rights, alt, language)
    values (${received.sha256}, ${received.bytes}, ${received.kind}, ${described.name ?? received.name}, ${described.state ?? 'draft'}, ${actor.personId}::uuid,
      ${described.keeper ?? null}::uuid, ${described.about?.kind ?? null}, ${described.about?.id ?? null}::uuid, ${described.credit ?? null}, ${described.rights ?? null},
      ${JSON.stringify(described.alt ?? {})}::jsonb, ${described.language ?? null}) returning id`.execute(db)
  const { id } = rows[0]!
  if (isPicture(received.kind)) await deed.job('files.prepare-picture', { fileId: id }, { key: `picture:${id}` })
  return id
}

/** A received file as a deed of its own: what an upload that is not yet part of a form ends in. */
export function keepReceived(actor: Actor, received: Received, described: Description = {}): Promise<string> {
  return record(actor, 'file.received', { about: { kind: 'file' } }, async (db, deed) => {
    const id = await addFile(actor, db, deed, received, described)
    deed.concerns(id)
    return id
  })
}

/** Inside a deed: says more of a file, or takes a draft into keeping. {@link Absent} if it is not the actor's to change. What is left out stays. */
export async function describeFile(_actor: Actor, db: Db, id: string, described: Description): Promise<void> {
  const set = <T>(value: T | undefined, column: string, cast = 'text') =>
    value === undefined ? sql.ref(column) : sql`${value}::${sql.raw(cast)}`
  const { rows } = await sql<{ id: string }>`
    update files.file set
      state = ${set(described.state, 'state')}, credit = ${set(described.credit, 'credit')}, rights = ${set(described.rights, 'rights')},
      alt = ${set(described.alt && JSON.stringify(described.alt), 'alt', 'jsonb')}, language = ${set(described.language, 'language')}, name = ${set(described.name, 'name')},
      keeper = ${set(described.keeper, 'keeper', 'uuid')},
      about_kind = ${set(described.about === undefined ? undefined : (described.about?.kind ?? null), 'about_kind')},
      about_id = ${set(described.about === undefined ? undefined : (described.about?.id ?? null), 'about_id', 'uuid')}
    where id = ${id} returning id`.execute(db)
  found(rows[0])
}

/** What keeps a picture from being published: no picture without whose it is, what may be done with it, and what is to be seen. `field` is the form's name of the file. */
export function problemsOfPublishing(
  file: Pick<KeptFile, 'kind' | 'problem'> & { credit: string | null; rights: string | null; alt: KeptFile['alt'] },
  field = '',
): Problem[] {
  if (!isPicture(file.kind)) return []
  const at = (part: string) => (field ? `${field}.${part}` : part)
  const problems: Problem[] = []
  if (file.problem) problems.push({ field, words: file.problem })
  if (!file.credit?.trim()) problems.push({ field: at('credit'), words: 'files.problem.no-credit' })
  if (!file.rights || !isRights(file.rights)) problems.push({ field: at('rights'), words: 'files.problem.no-rights' })
  if (!Object.values(file.alt).some((text) => text?.trim()))
    problems.push({ field: at('description'), words: 'files.problem.no-description' })
  return problems
}

/** Inside a deed: removes a file. Its bytes go at night, when nothing else has the same. {@link Absent} out of reach. */
export async function removeFile(_actor: Actor, db: Db, id: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`delete from files.file where id = ${id} returning id`.execute(db)
  found(rows[0])
}

/** A file that the actor reaches: published, or theirs. {@link Absent} otherwise. */
export async function findFile(_actor: Actor, db: Db, id: string): Promise<KeptFile> {
  return found((await sql<KeptFile>`select * from files.file where id = ${id}`.execute(db)).rows[0])
}

/** The files of a thing that the actor reaches, in the order in which they came. */
export async function listFiles(_actor: Actor, db: Db, aboutId: string): Promise<KeptFile[]> {
  return (
    await sql<KeptFile>`select * from files.file where about_id = ${aboutId} order by uploaded_at, id`.execute(db)
  ).rows
}

/** A file whosever it is: for a room that has found, by its own rules, that its actor may read it. */
export async function lendFile(db: Db, id: string): Promise<KeptFile> {
  return found((await sql<KeptFile>`select * from files.lend(${id})`.execute(db)).rows[0])
}

/** The sizes in which a picture is there, smallest first. Empty until it has been prepared. */
export async function listRenditions(
  db: Db,
  fileIds: readonly string[],
  options: { lent?: boolean } = {},
): Promise<Rendition[]> {
  if (fileIds.length === 0) return []
  const from = options.lent
    ? sql`unnest(${fileIds}::uuid[]) as wanted, files.lend_renditions(wanted) r`
    : sql`files.rendition r where r.file_id = any (${fileIds}::uuid[])`
  return (await sql<Rendition>`select r.* from ${from} order by file_id, width, kind`.execute(db)).rows
}
