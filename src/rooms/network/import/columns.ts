import type { Column, Step } from '#kit/import'
import { fields, type Field, type FieldShape } from './fields.ts'
import type { ColumnInput, MappingInput } from './forms.ts'
import type { FieldRule, InstitutionMapping } from './mapping.ts'

/** How the texts of several columns of one field are put together; fields that are not here take the first that is filled. */
const joins: Partial<Record<Field, string>> = {
  name: ' ',
  address: ', ',
  telephone: ' ',
  'governing-body': ', ',
  opening: '\n',
  description: '\n\n',
  'admission-note': ' ',
  'accessibility-note': ' ',
}

/** The language of a rule stands beside the column only for fields that may come in several. */
const speaks = (field: Field): boolean => (fields[field] as FieldShape).inLanguage === true

const mostly = (column: Column, look: 'web-address' | 'capitals'): boolean =>
  (column.looks[look] ?? 0) * 2 > column.looked

/** What follows from how the cells are written: an item's address is cut to its number, a shouted name is lowered, a list is parted. */
const stepsOf = (column: Column, field: Field, input: ColumnInput): Step[] => {
  const { reads } = fields[field] as FieldShape
  const steps: Step[] = []
  const unknown = input.unknown
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (reads !== 'date' && unknown.length > 0) steps.push({ do: 'empty-when', values: unknown })
  if (reads === 'codes') steps.push({ do: 'split', on: [';', '|', '\n', ','] })
  if ((reads === 'code' || reads === 'codes') && column.values !== null) {
    const decided = column.values.flatMap(({ value }, at): [string, string][] => {
      const code = input.codes[String(at)]
      return code === undefined || code === '' ? [] : [[value.trim(), code === '-' ? '' : code]]
    })
    steps.push({ do: 'lookup', table: Object.fromEntries(decided), otherwise: 'problem' })
  }
  if (reads === 'identifier' && mostly(column, 'web-address')) steps.push({ do: 'after', mark: '/' })
  if (reads === 'text' && field !== 'description' && field !== 'opening' && mostly(column, 'capitals'))
    steps.push({ do: 'small-letters' })
  return steps
}

const ruleOf = (columns: readonly Column[], field: Field, input: ColumnInput): FieldRule => {
  const rule: FieldRule = { field, from: columns.map(({ path }) => path), onProblem: input.strict ? 'refuse' : 'empty' }
  const steps = stepsOf(columns[0]!, field, input)
  if (steps.length > 0) rule.steps = steps
  const join = joins[field]
  if (columns.length > 1 && join !== undefined) rule.join = join
  if (input.language !== '' && speaks(field)) rule.language = input.language
  if (field === 'founded')
    rule.dates = {
      unknown: input.unknown
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
      januaryFirst: input.january ?? 'day',
      ...(input.order !== null && { order: input.order }),
    }
  if (field === 'point') rule.order = input.point ?? 'latitude-first'
  return rule
}

/** The mapping that a form describes. Columns are named by their place in the file; those of one field (and language) make one rule. */
export const mappingFrom = (
  input: MappingInput,
  columns: readonly Column[],
  country: string | null,
): InstitutionMapping => {
  const rules: FieldRule[] = []
  const fixed = (field: Field, value: string | null): void => {
    if (value !== null && value !== '') rules.push({ field, from: [], constant: value })
  }
  const chosen = columns.flatMap((column, at) => {
    const of = input.columns[String(at)]
    return of?.field ? [{ column, field: of.field, of }] : []
  })
  if (!chosen.some(({ field }) => field === 'country')) fixed('country', country ?? input.country)
  if (!chosen.some(({ field }) => field === 'kind')) fixed('kind', input.kind)
  if (!chosen.some(({ field }) => field === 'zone')) fixed('zone', input.zone.trim())
  for (const group of Map.groupBy(chosen, ({ field, of }) =>
    speaks(field) ? `${field} ${of.language}` : field,
  ).values())
    rules.push(
      ruleOf(
        group.map(({ column }) => column),
        group[0]!.field,
        group[0]!.of,
      ),
    )
  return {
    version: 1,
    source: input.source,
    language: input.language,
    only: columns.flatMap((column, at) => {
      const values = input.columns[String(at)]?.only ?? []
      return values.length > 0 ? [{ column: column.path, is: 'among' as const, values }] : []
    }),
    rules,
    place: { swapped: input.swapped, sign: input.sign, outside: input.outside },
    repeated: { identifier: input.identifier, near: input.near, metres: 150 },
    existing: input.existing,
  }
}

/** How a column is mapped now, for the fields of the form. */
export const columnState = (mapping: InstitutionMapping, column: Column) => {
  const rule = mapping.rules.find(({ from }) => from.includes(column.path))
  const lookup = rule?.steps?.find((step) => step.do === 'lookup')
  const emptied = rule?.steps?.find((step) => step.do === 'empty-when')
  const codeOf = (value: string): string => {
    const code = lookup?.table[value.trim()]
    return code === undefined ? '' : code === '' ? '-' : code
  }
  return {
    field: rule?.field ?? null,
    strict: rule !== undefined && rule.onProblem !== 'empty',
    language: rule?.language ?? '',
    only: mapping.only.find((filter) => filter.column === column.path)?.values ?? [],
    codeOf,
    unknown: (rule?.dates?.unknown ?? emptied?.values ?? []).join('\n'),
    january: rule?.dates?.januaryFirst ?? 'day',
    order: rule?.dates?.order ?? null,
    point: rule?.order ?? 'latitude-first',
  }
}

/** The value that stands for every row, of a field that no column fills. */
export const constantOf = (mapping: InstitutionMapping, field: Field): string | null =>
  mapping.rules.find((rule) => rule.field === field && rule.constant !== undefined)?.constant ?? null
