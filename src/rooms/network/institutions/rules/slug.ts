import { fold } from './fold.ts'

/** The last part of an institution's address, from its name: small letters and digits of any script, joined by hyphens, at most 80 characters. */
export function slugOf(name: string): string {
  const slug = fold(name)
    .replaceAll(/['’`´.]/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
  if (slug.length <= 80) return slug || 'museum'
  const cut = slug.slice(0, 81)
  return cut.slice(0, cut.lastIndexOf('-') > 40 ? cut.lastIndexOf('-') : 80)
}

/** The first of: the name, the name with its city, the name with a number, that is not taken. */
export function freeSlug(name: string, city: string, taken: ReadonlySet<string>): string {
  const plain = slugOf(name)
  if (!taken.has(plain)) return plain
  const withCity = city.trim() && !plain.includes(slugOf(city)) ? slugOf(`${name} ${city}`) : plain
  if (!taken.has(withCity)) return withCity
  for (let number = 2; ; number += 1) {
    const numbered = `${withCity}-${number}`
    if (!taken.has(numbered)) return numbered
  }
}
