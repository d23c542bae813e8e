import type { Language } from './languages.ts'

/** The plural categories of CLDR. */
export const categories = ['zero', 'one', 'two', 'few', 'many', 'other'] as const
export type Category = (typeof categories)[number]

/** A sentence that is counted: one form per plural category of its language, chosen by the value `count`. */
export type Plural = { [category in Category]?: string } & { other: string }

/** What a words file holds: sentences, counted sentences, and groups of them. */
export type Tree = { [key: string]: string | Tree }

type IsPlural<Branch> = keyof Branch extends Category ? ('other' extends keyof Branch ? true : false) : false

/** The dotted keys of a words file: `title`, `museum.title`; a counted sentence is one key. */
export type Key<Es> = Es extends string
  ? never
  : { [Name in keyof Es & string]: Below<Name, Es[Name]> }[keyof Es & string]

type Below<Name extends string, Branch> = Branch extends string
  ? Name
  : IsPlural<Branch> extends true
    ? Name
    : `${Name}.${Key<Branch>}`

/** The sentences of one room in the four languages; `Es` is the Spanish file, which types the keys. */
export type Words<Es = Tree> = {
  room: string
  texts: Record<Language, Tree>
  /** Only a type: carries the keys of the Spanish file. */
  keys?: Key<Es>
}

const defined = new Map<string, Words>()

/**
 * Makes the words of a room from its four files. The room's name is the first part of the full keys by which problems
 * and reasons name their sentence (`network.problem.outside-country`).
 */
export function defineWords<const Es extends Tree>(
  room: string,
  texts: { es: Es; pt: Tree; en: Tree; ar: Tree },
): Words<Es> {
  const words: Words<Es> = { room, texts }
  defined.set(room, words as Words)
  return words
}

/** Every words file that has been defined so far, by room. */
export function definedWords(): ReadonlyMap<string, Words> {
  return defined
}

/** Whether a branch of a words file is a counted sentence and not a group of sentences. */
export function isPlural(branch: string | Tree): branch is Plural {
  if (typeof branch === 'string' || typeof branch['other'] !== 'string') return false
  return Object.entries(branch).every(
    ([name, form]) => categories.includes(name as Category) && typeof form === 'string',
  )
}

/** The leaves of a words file by dotted key, in the order of the file. */
export function leaves(tree: Tree): Map<string, string | Plural> {
  const found = new Map<string, string | Plural>()
  gather(tree, '', found)
  return found
}

function gather(tree: Tree, before: string, into: Map<string, string | Plural>): void {
  for (const [name, branch] of Object.entries(tree)) {
    if (typeof branch === 'string' || isPlural(branch)) into.set(before + name, branch)
    else gather(branch, `${before}${name}.`, into)
  }
}
