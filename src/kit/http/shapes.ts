import { z } from 'zod'
import { isLanguageTag } from '#kit/words'

/** The shapes that form fields come in, for `forms.ts`: what a browser sends is text, a list of texts, or nothing. */

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value)
const trimmed = (value: unknown): unknown => {
  const text = first(value)
  return typeof text === 'string' ? text.normalize('NFC').trim() : text
}
const blankAsNull = (value: unknown): unknown => {
  const text = trimmed(value)
  return text === undefined || text === '' ? null : text
}

/** Text that must be there, at most `limit` characters, trimmed and in NFC. */
export const line = (limit = 300) => z.preprocess(trimmed, z.string().min(1).max(limit))
/** Text that may be absent: then ''. */
export const optionalLine = (limit = 300) => z.preprocess((value) => trimmed(value) ?? '', z.string().max(limit))
/** One of these codes. */
export const choice = <const Code extends string>(codes: readonly Code[]) =>
  z.preprocess(trimmed, z.enum(codes as readonly [Code, ...Code[]]))
/** One of these codes, or nothing: then null. */
export const optionalChoice = <const Code extends string>(codes: readonly Code[]) =>
  z.preprocess(blankAsNull, z.enum(codes as readonly [Code, ...Code[]]).nullable())
/** Any of these codes, each once, in the order of the vocabulary. */
export const choices = <const Code extends string>(codes: readonly Code[]) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z
      .array(z.enum(codes as readonly [Code, ...Code[]]))
      .transform((chosen) => codes.filter((code) => chosen.includes(code))),
  )
/** A box that is ticked or not. */
export const checkbox = () => z.preprocess((value) => first(value) !== undefined && first(value) !== '', z.boolean())
/** A box that must be ticked. */
export const consent = () => z.preprocess((value) => first(value) !== undefined && first(value) !== '', z.literal(true))
/** A calendar day, `2026-05-18`. */
export const day = () => z.preprocess(trimmed, z.iso.date())
export const optionalDay = () => z.preprocess(blankAsNull, z.iso.date().nullable())
/** A whole number within limits. */
export const wholeNumber = (minimum: number, maximum: number) =>
  z.preprocess((value) => {
    const text = trimmed(value)
    return typeof text === 'string' && /^[+-]?\d+$/.test(text) ? Number(text) : text
  }, z.number().int().min(minimum).max(maximum))
export const optionalWholeNumber = (minimum: number, maximum: number) =>
  z.preprocess((value) => {
    const text = blankAsNull(value)
    return typeof text === 'string' && /^[+-]?\d+$/.test(text) ? Number(text) : text
  }, z.number().int().min(minimum).max(maximum).nullable())
/** An id of ours, or nothing. */
export const optionalId = () => z.preprocess(blankAsNull, z.uuid().nullable())
export const id = () => z.preprocess(trimmed, z.uuid())
/** A web address beginning with https:// or http://, or nothing: then ''. */
export const optionalUrl = () =>
  z.preprocess((value) => trimmed(value) ?? '', z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2000)]))
export const email = () => z.preprocess(trimmed, z.email().max(254))
export const optionalEmail = () =>
  z.preprocess((value) => trimmed(value) ?? '', z.union([z.literal(''), z.email().max(254)]))
/** An ISO 3166-1 code. */
export const country = () => z.preprocess(trimmed, z.string().regex(/^[A-Z]{2}$/))
export const optionalCountry = () =>
  z.preprocess(
    blankAsNull,
    z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable(),
  )

/**
 * One text in several languages (`name.es`, `name.pt`, …): what is written, by language; empty ones are left out unless `keepEmpty`, by which a language is taken away.
 * `required` languages must be there.
 */
export const multilingual = (options: { required?: readonly string[]; limit?: number; keepEmpty?: boolean } = {}) =>
  z.preprocess(
    (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}),
    z.record(z.string(), z.unknown()).transform((texts, context) => {
      const written: Record<string, string> = {}
      for (const [language, value] of Object.entries(texts)) {
        const text = trimmed(value)
        if (typeof text !== 'string' || !isLanguageTag(language) || (text === '' && !options.keepEmpty)) continue
        if (text.length > (options.limit ?? 20_000)) {
          context.addIssue({
            code: 'custom',
            path: [language],
            input: text,
            params: { words: 'kit.problem.too-long', values: { count: options.limit ?? 20_000 } },
          })
        }
        written[language] = text
      }
      for (const language of options.required ?? []) {
        if (!written[language])
          context.addIssue({ code: 'custom', path: [language], input: '', params: { words: 'kit.problem.required' } })
      }
      return written
    }),
  )

/** At least one language of a text must be there; the problem stands at the field's first language. */
export const inSomeLanguage = (options: { first: string; limit?: number }) =>
  multilingual({ ...(options.limit !== undefined && { limit: options.limit }) }).superRefine((texts, context) => {
    if (Object.keys(texts).length === 0)
      context.addIssue({ code: 'custom', path: [options.first], input: '', params: { words: 'kit.problem.required' } })
  })
