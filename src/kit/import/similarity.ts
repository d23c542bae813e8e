import { plainWords } from './cells/text.ts'

const trigrams = (text: string): Set<string> => {
  const found = new Set<string>()
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const padded = `  ${word} `
    for (let at = 0; at + 3 <= padded.length; at++) found.add(padded.slice(at, at + 3))
  }
  return found
}

/** How alike two texts are, from 0 to 1, as PostgreSQL's `similarity()` counts it: shared trigrams among all of both. */
export const similarity = (a: string, b: string): number => {
  const [first, second] = [trigrams(plainWords(a)), trigrams(plainWords(b))]
  const shared = [...first].filter((trigram) => second.has(trigram)).length
  const all = first.size + second.size - shared
  return all === 0 ? 0 : shared / all
}

/** The words of a path's last step: `campo[nombre=museo_calle_numero]` → `museo calle numero`; `address.postal-code` → `postal code`. */
export const pathWords = (path: string): string => {
  const step = /\[[^=\]]+=([^\]]+)\](?:@\w+)?$/.exec(path)?.[1] ?? path.split(/[/.]/).at(-1)!.replace(/^[@#]/, '')
  return plainWords(step.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2'))
}
