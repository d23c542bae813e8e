import type { z } from 'zod'
import { problemWords } from '#kit/words'
import type { Problem } from '#kit/access'

/** What was typed, by the form's names, as it came: a name that came once is text, one that came more often a list. */
export type Typed = Record<string, string | string[]>

/** The parts of a body or query by name; files are left out. The form's own hidden fields stay. */
export function typedFrom(entries: Iterable<[string, unknown]>): Typed {
  const typed: Typed = Object.create(null) as Typed
  for (const [name, value] of entries) {
    if (typeof value !== 'string') continue
    const text = value.replaceAll('\r\n', '\n')
    const before = typed[name]
    typed[name] = before === undefined ? text : [...(Array.isArray(before) ? before : [before]), text]
  }
  return { ...typed }
}

/** `name.es` and `name.pt` become `{ name: { es, pt } }`, which is what schemas see. What was typed to find a choice (`person.words`) is not part of the answer. */
export function nested(typed: Typed): Record<string, unknown> {
  const whole: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(typed)) {
    const parts = name.split('.')
    if (parts.length > 1 && parts.at(-1) === 'words') continue
    if (parts.some((part) => part === '__proto__' || part === 'constructor' || part === 'prototype')) continue
    let at = whole
    for (const part of parts.slice(0, -1)) {
      const inner = at[part]
      at = (typeof inner === 'object' && inner !== null ? inner : (at[part] = {})) as Record<string, unknown>
    }
    at[parts.at(-1)!] = value
  }
  return whole
}

export type ReadForm<T> = { ok: true; value: T } | { ok: false; problems: Problem[] }

/** What a schema makes of what was typed: the value, or every problem at once, each at its field. */
export function readForm<T>(schema: z.ZodType<T>, typed: Typed): ReadForm<T> {
  const result = schema.safeParse(nested(typed), { reportInput: true })
  if (result.success) return { ok: true, value: result.data }
  const seen = new Set<string>()
  const problems = result.error.issues.flatMap((issue) => {
    const field = issue.path.join('.')
    const { words, values } = problemWords(issue as Parameters<typeof problemWords>[0])
    const key = `${field} ${words}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ field, words, ...(values && { values }) }]
  })
  return { ok: false, problems }
}
