import {
  isItemNumber,
  plainDates,
  readBoolean,
  readDate,
  readEmails,
  readPostcode,
  readTelephone,
  readWebAddress,
  readWikidata,
  type RuleResult,
} from '#kit/import'
import type { Report } from './check.ts'
import { readCountry } from './countries.ts'
import { fields, type FieldShape, type InstitutionDraft, type NameKind } from './fields.ts'
import type { FieldRule, InstitutionMapping } from './mapping.ts'

// ISO 15511: a prefix of a country or another issuer, a hyphen, at most eleven characters.
const isil = /^(?:[A-Z]{2}|[a-zA-Z]{1,4})-[A-Za-z0-9:/-]{1,11}$/

const plainTexts = {
  region: 'region',
  city: 'city',
  address: 'address',
  'governing-body': 'governingBody',
  opening: 'openingNote',
  'admission-note': 'admissionNote',
  'accessibility-note': 'accessibilityNote',
} as const satisfies Record<string, keyof InstitutionDraft>

/** A field's value, or why the text is none. */
type Read<T> = { value: T } | { code: string; values?: Record<string, string | number> }

const given = <T>(value: T | null, code: string): Read<T> => (value === null ? { code } : { value })

const founded = (text: string, rule: FieldRule): Read<string | null> => {
  const found = readDate(text, rule.dates ?? plainDates)
  return found.flaw === undefined ? { value: found.date } : { code: found.flaw }
}

const textInto = (draft: InstitutionDraft, rule: FieldRule, text: string, mapping: InstitutionMapping): void => {
  const language = rule.language ?? mapping.language
  if (rule.field === 'name') {
    draft.name = text
    draft.nameLanguage = language
  } else if (rule.field === 'description') draft.descriptions[language] = text
  else if (rule.field.startsWith('name-'))
    draft.otherNames.push({ kind: rule.field.slice(5) as NameKind, language, name: text })
  else draft[plainTexts[rule.field as keyof typeof plainTexts]] = text
}

/**
 * Puts what a rule found into the draft. Coordinates are left to `placeOf`, which needs them together. What cannot be
 * read is reported: it refuses the row, or leaves the cell empty where the rule says so.
 */
export const fillField = (
  draft: InstitutionDraft,
  rule: FieldRule,
  { values, column, unknown }: RuleResult,
  mapping: InstitutionMapping,
  countries: ReadonlySet<string> | null,
  report: Report,
): void => {
  const shape: FieldShape = fields[rule.field]
  const wrong = (code: string, value: string, more?: Record<string, string | number>): void =>
    report({
      column,
      field: rule.field,
      code,
      value,
      ...(more && { values: more }),
      ...(rule.onProblem === 'empty' ? { refuses: false, remedy: 'emptied' } : { refuses: true }),
    })
  for (const value of unknown) wrong('value-unknown', value)
  const text = values[0]
  if (text === undefined) return
  const take = <T>(read: Read<T>): T | undefined => {
    if ('value' in read) return read.value
    wrong(read.code, text, read.values)
    return undefined
  }
  if (shape.longest !== undefined && values.some((value) => value.length > shape.longest!)) {
    wrong('too-long', text.slice(0, 80), { longest: shape.longest })
    return
  }
  switch (shape.reads) {
    case 'text':
      if (rule.field === 'name' && isItemNumber(text)) wrong('name-is-number', text)
      else
        textInto(
          draft,
          rule,
          rule.field === 'opening' || rule.field === 'description' ? values.join('\n') : values.join(', '),
          mapping,
        )
      break
    case 'code':
      if (!shape.codes!.includes(text)) wrong('value-unknown', text)
      else if (rule.field === 'kind') draft.kind = text as InstitutionDraft['kind']
      else if (rule.field === 'legal-kind') draft.legalKind = text as InstitutionDraft['legalKind']
      else if (rule.field === 'type') draft.type = text as InstitutionDraft['type']
      else if (rule.field === 'admission') draft.admission = text as InstitutionDraft['admission']
      else draft.coordinatesPrecision = text as InstitutionDraft['coordinatesPrecision']
      break
    case 'codes': {
      for (const value of values) if (!shape.codes!.includes(value)) wrong('value-unknown', value)
      const known = [...new Set(values.filter((value) => shape.codes!.includes(value)))]
      if (rule.field === 'collections') draft.collections = known as InstitutionDraft['collections']
      else draft.services = known as InstitutionDraft['services']
      break
    }
    case 'country': {
      const code = take(given(readCountry(text), 'country-unknown'))
      if (code === undefined) break
      if (countries !== null && !countries.has(code)) wrong('country-not-here', text)
      else draft.countryCode = code
      break
    }
    case 'date': {
      draft.founded = take(founded(text, rule)) ?? ''
      break
    }
    case 'web-address':
      draft.website = take(given(readWebAddress(text), 'web-address-wrong')) ?? ''
      break
    case 'e-mail':
      // Of several addresses in a cell the good ones stay.
      draft.email = readEmails(text).emails.join(', ')
      for (const part of readEmails(text).wrong) wrong('email-wrong', part)
      break
    case 'telephone':
      draft.telephone = take(given(readTelephone(values.join(' / ')), 'telephone-wrong')) ?? ''
      break
    case 'postcode':
      draft.postcode = take(given(readPostcode(text), 'postcode-wrong')) ?? ''
      break
    case 'yes-or-no': {
      const accessible = take(given(readBoolean(text), 'yes-or-no-wrong'))
      if (accessible === true) draft.accessibility = ['step-free-entrance']
      break
    }
    case 'identifier':
      draft.identifiers.push(
        rule.field === 'identifier'
          ? { scheme: 'source', issuer: mapping.source, value: text }
          : // A country's own register is known by its country, which may stand in a later column.
            { scheme: rule.field as 'osm' | 'national-register', issuer: '', value: text },
      )
      break
    case 'wikidata': {
      const item = take(given(readWikidata(text), 'wikidata-wrong'))
      if (item !== undefined) draft.identifiers.push({ scheme: 'wikidata', issuer: '', value: item })
      break
    }
    case 'isil':
      if (isil.test(text)) draft.identifiers.push({ scheme: 'isil', issuer: '', value: text })
      else wrong('isil-wrong', text)
      break
    default:
    // Coordinates: see `placeOf`.
  }
}
