import { plainWords } from '#kit/import'
import type { Report } from './check.ts'
import type { InstitutionDraft } from './fields.ts'
import type { InstitutionMapping } from './mapping.ts'
import { distance } from './outline.ts'

type Earlier = { row: number; latitude: number | null; longitude: number | null; city: string; text: string }

/** The rows accepted so far, by what would make another row the same museum. */
export type Seen = { identifiers: Map<string, Earlier>; names: Map<string, Earlier[]> }

/** Everything that the row says, for telling a second copy from a second version. */
const wording = (draft: InstitutionDraft): string => JSON.stringify({ ...draft, latitude: 0, longitude: 0 })

const near = (a: Earlier, b: Earlier, metres: number): boolean => {
  if (a.latitude === null || a.longitude === null || b.latitude === null || b.longitude === null)
    return a.latitude === b.latitude && a.city !== '' && plainWords(a.city) === plainWords(b.city)
  return (
    distance({ latitude: a.latitude, longitude: a.longitude }, { latitude: b.latitude, longitude: b.longitude }) *
      1000 <=
    metres
  )
}

/**
 * Tells whether the file has had this museum before: by its identifier (and then whether it is a copy, the same museum at
 * two places, or told differently), or by its name nearby. True: the row is a copy that says nothing new, and the mapping
 * leaves such rows out. With `remember`, an accepted row is remembered for those that follow.
 */
export const recogniseRepeats = (
  draft: InstitutionDraft,
  mapping: InstitutionMapping,
  row: number,
  seen: Seen,
  report: Report,
  remember: boolean,
): boolean => {
  const { latitude, longitude, city } = draft
  const here: Earlier = { row, latitude, longitude, city, text: wording(draft) }
  const column = (field: string): string => mapping.rules.find((rule) => rule.field === field)?.from[0] ?? ''
  const keys = draft.identifiers.map(({ scheme, issuer, value }) => ({
    scheme,
    value,
    key: `${scheme} ${issuer} ${value}`,
  }))
  let refused = false
  for (const { scheme, value, key } of keys) {
    const earlier = seen.identifiers.get(key)
    if (earlier === undefined) continue
    const same = earlier.text === here.text
    const moved = earlier.latitude !== latitude || earlier.longitude !== longitude
    if (same && !moved && mapping.repeated.identifier === 'leave-out') return true
    const field = scheme === 'source' ? 'identifier' : scheme
    const code = same ? (moved ? 'repeated-at-two-places' : 'repeated-row') : 'repeated-identifier'
    report({ column: column(field), field, code, value, values: { earlier: earlier.row }, refuses: true })
    refused = true
    break
  }
  const name = plainWords(draft.name)
  const namesakes = name === '' ? undefined : seen.names.get(name)
  const twin = refused ? undefined : namesakes?.find((earlier) => near(earlier, here, mapping.repeated.metres))
  if (twin !== undefined) {
    const refuses = mapping.repeated.near === 'refuse'
    report({
      column: column('name'),
      field: 'name',
      code: 'repeated-name-near',
      value: draft.name,
      values: { earlier: twin.row },
      refuses,
      ...(!refuses && { remedy: 'noted' }),
    })
    refused ||= refuses
  }
  if (remember && !refused) {
    for (const { key } of keys) seen.identifiers.set(key, here)
    if (namesakes === undefined) seen.names.set(name, [here])
    else namesakes.push(here)
  }
  return false
}
