import { parse } from 'csv-parse/sync'
import { Problems, roles, type Actor, type Problem, type Role } from '#kit/access'
import type { Db } from '#kit/db'
import { readForm } from '#kit/http'
import { languages, say, speak, type Language } from '#kit/words'
import type { InvitationSent } from './actions/invitations.ts'
import { invitedRow } from './forms.ts'
import { searchInstitutions } from './queries.ts'
import { words } from './words/index.ts'

type Column =
  | 'email'
  | 'givenNames'
  | 'firstSurname'
  | 'secondSurname'
  | 'countryCode'
  | 'role'
  | 'institution'
  | 'post'
  | 'language'
  | 'message'

// Headings as people write them, in the four languages, without accents or signs.
const headings: Record<Column, readonly string[]> = {
  email: ['correo', 'correoelectronico', 'email', 'mail', 'البريد', 'البريدالالكتروني'],
  givenNames: ['nombres', 'nombre', 'nomes', 'nome', 'givennames', 'firstname', 'name', 'الاسم'],
  firstSurname: [
    'primerapellido',
    'apellido',
    'apellidos',
    'primeirosobrenome',
    'sobrenome',
    'firstsurname',
    'surname',
    'lastname',
    'اللقب',
  ],
  secondSurname: ['segundoapellido', 'segundosobrenome', 'secondsurname', 'اللقبالثاني'],
  countryCode: ['pais', 'country', 'البلد'],
  role: ['funcion', 'rol', 'funcao', 'role', 'الوظيفة', 'الدور'],
  institution: ['institucion', 'museo', 'instituicao', 'museu', 'institution', 'museum', 'المؤسسة', 'المتحف'],
  post: ['cargo', 'puesto', 'post', 'position', 'المنصب'],
  language: ['idioma', 'language', 'lingua', 'اللغة'],
  message: ['mensaje', 'mensagem', 'message', 'رسالة'],
}

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\s_.\-"'\u{feff}]/gu, '')
    .toLowerCase()

/**
 * Reads a pasted table (comma, semicolon or tab) into invitations. Roles by code or by name in any of the four languages, institutions by id or by a name that only one has.
 * Throws {@link Problems} with every bad line, `line.3` for the third under the heading.
 */
export async function readInvitedTable(
  actor: Actor,
  db: Db,
  table: string,
  language: Language,
): Promise<InvitationSent[]> {
  const first = table.trimStart().split('\n', 1)[0] ?? ''
  const delimiter = [';', '\t', ','].reduce(
    (best, one) => (first.split(one).length > first.split(best).length ? one : best),
    ',',
  )
  let rows: string[][]
  try {
    rows = parse(table, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as string[][]
  } catch {
    throw new Problems([{ field: 'table', words: 'kit.problem.format' }])
  }
  const columns = (rows.shift() ?? []).map((heading) =>
    (Object.keys(headings) as Column[]).find(
      (column) => headings[column].includes(plain(heading)) || plain(column) === plain(heading),
    ),
  )
  if (!columns.includes('email')) throw new Problems([{ field: 'table', words: 'people.problem.table-columns' }])
  if (rows.length === 0) throw new Problems([{ field: 'table', words: 'people.problem.table-empty' }])
  const problems: Problem[] = []
  const read: InvitationSent[] = []
  for (const [index, row] of rows.entries()) {
    const cells = Object.fromEntries(
      columns.flatMap((column, at) => (column && row[at] ? [[column, row[at]]] : [])),
    ) as Partial<Record<Column, string>>
    const role = cells.role ? roleNamed(cells.role) : null
    const institution = cells.institution ? await institutionNamed(actor, db, cells.institution) : null
    const told = (words: string) =>
      problems.push({
        field: `line.${index + 1}`,
        words: 'people.problem.line',
        values: { line: index + 1, problem: say(actor.language, words) },
      })
    if (cells.role && !role) told('kit.problem.choice')
    if (cells.institution && !institution) told('people.problem.institution-unknown')
    const result = readForm(invitedRow, {
      ...cells,
      language: cells.language && (languages as readonly string[]).includes(cells.language) ? cells.language : language,
      countryCode: cells.countryCode?.toUpperCase() ?? '',
      role: role ?? '',
      institution: institution ?? '',
    } as Record<string, string>)
    if (result.ok) read.push(result.value)
    else for (const problem of result.problems) told(problem.words)
  }
  if (problems.length > 0) throw new Problems(problems)
  return read
}

function roleNamed(text: string): Role | null {
  const wanted = plain(text)
  return (
    roles.find(
      (role) =>
        plain(role) === wanted ||
        languages.some((language) => plain(speak(words, language)(`role.${role}`)) === wanted),
    ) ?? null
  )
}

async function institutionNamed(actor: Actor, db: Db, text: string): Promise<string | null> {
  if (/^[0-9a-f-]{36}$/.test(text)) return text
  const found = await searchInstitutions(actor, db, text, 3)
  const exact = found.filter(({ name }) => plain(name) === plain(text))
  return (exact.length === 1 ? exact[0] : found.length === 1 ? found[0] : undefined)?.id ?? null
}
