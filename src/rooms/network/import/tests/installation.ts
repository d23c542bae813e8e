import { system } from '#kit/access'
import { sql, type Db } from '#kit/db'
import { inspectFile, type ImportFile } from '#kit/import'
import { read, record } from '#kit/record'
import { testDatabase } from '#help/database'
import type { InstitutionMapping } from '../mapping.ts'
import type { EntersAs } from '../work/enter.ts'

type Institution = {
  id: string
  name: string
  city: string
  email: string
  website: string
  founded: string
  latitude: number | null
  state: string
  slug: string
  completeness: number
}

/** A database with Peru in it, and what tests do with it. */
export const installation = async (countries: readonly string[] = ['PE']) => {
  const { database: app, asOwner: database, addresses } = await testDatabase()
  const office = system(database, 'test')
  await record(office, 'country.entered', {}, async (db) => {
    await sql`insert into network.country (code, in_region, zone, working_languages, definition_source)
      select code, true, 'America/Lima', '{es}', 'Ley 28296' from unnest(${countries}::text[]) as code`.execute(db)
  })
  const ask = <T>(work: (db: Db) => Promise<T>): Promise<T> => read(office, work)
  return {
    app,
    addresses,
    database,
    office,
    ask,
    /** Puts an import where a checked one would be. */
    async begin(
      file: ImportFile,
      using: InstitutionMapping,
      { entersAs = 'submitted', country = 'PE' }: { entersAs?: EntersAs; country?: string } = {},
    ): Promise<string> {
      const inspection = await inspectFile(file)
      return record(office, 'import.brought', {}, async (db) => {
        const { rows } = await sql<{
          id: string
        }>`insert into network.import (file_id, file_name, bytes, state, reading, columns, row_count, mapping, enters_as, country_code)
          values (uuidv7(), ${file.name}, 1, 'checked', ${JSON.stringify(inspection.reading)}::jsonb, ${JSON.stringify(inspection.columns)}::jsonb, ${inspection.rows},
            ${JSON.stringify(using)}::jsonb, ${entersAs}, ${country}) returning id`.execute(db)
        return rows[0]!.id
      })
    },
    institutions: (): Promise<Institution[]> =>
      ask(
        async (db) =>
          (
            await sql<Institution>`select id, name, city, email, website, founded, latitude, state, slug, completeness from network.institution order by name, slug`.execute(
              db,
            )
          ).rows,
      ),
    count: (relation: string): Promise<number> =>
      ask(
        async (db) =>
          (await sql<{ n: number }>`select count(*)::integer as n from ${sql.raw(relation)}`.execute(db)).rows[0]!.n,
      ),
    edit: (name: string, set: string): Promise<void> =>
      record(office, 'institution.edited', {}, async (db) => {
        await sql`update network.institution set ${sql.raw(set)} where name = ${name}`.execute(db)
      }),
  }
}

/** Everything that the register says, ids and the record apart: one digest for each institution, by its address. */
export const fingerprint = (ask: <T>(work: (db: Db) => Promise<T>) => Promise<T>): Promise<Record<string, string>> =>
  ask(async (db) => {
    const { rows } = await sql<{ slug: string; digest: string }>`
      select slug, md5(row_to_json(one)::text) as digest from (
        select i.slug, to_jsonb(i) - 'id' - 'description_id' - 'submitted_at' - 'validated_at' as institution,
          (select jsonb_agg(to_jsonb(d) - 'id' - 'institution_id' order by d.scheme, d.value) from network.identifier d where d.institution_id = i.id) as identifiers,
          (select jsonb_agg(to_jsonb(n) - 'id' - 'institution_id' order by n.name) from network.institution_name n where n.institution_id = i.id) as names,
          (select jsonb_agg(to_jsonb(e) - 'id' - 'subject_id' order by e.key) from import.entry e where e.subject_id = i.id) as entries,
          (select jsonb_object_agg(p.language, p.body) from text.published p where p.set_id = i.description_id) as description
        from network.institution i) one order by slug`.execute(db)
    return Object.fromEntries(rows.map(({ slug, digest }) => [slug, digest]))
  })
