import { isPlural, leaves, type Category, type Plural, type Tree } from './define.ts'
import type { Language } from './languages.ts'
import { namesIn, takeApart } from './sentence.ts'

/** A fault of a words file: where, and what is wrong (in English: it is read by who builds Quipu). */
export type WordsFault = { key: string; fault: string }

/**
 * The plural forms that each file must carry: those that whole numbers up to 999,999 can call for. Spanish and
 * Portuguese have a further `many` (a million *de* museos), which a file may add; without it `other` is said.
 */
const required: Record<Language, Category[]> = {
  es: ['one', 'other'],
  pt: ['one', 'other'],
  en: ['one', 'other'],
  ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
}
const allowed: Record<Language, Category[]> = {
  ...required,
  es: ['one', 'many', 'other'],
  pt: ['one', 'many', 'other'],
}

/**
 * What is wrong with a words file beside the Spanish source: missing and extra keys, holes and marked parts that
 * differ, plural forms missing for the language, empty leaves, and leftovers that no editor would let through. Compare
 * `es` with itself to check the source.
 */
export function compareWords(es: Tree, other: Tree, language: Language): WordsFault[] {
  const source = leaves(es)
  const compared = leaves(other)
  const faults: WordsFault[] = []
  for (const [key, leaf] of source) {
    const found = compared.get(key)
    if (found === undefined) faults.push({ key, fault: 'is missing' })
    else for (const fault of faultsOf(leaf, found, language)) faults.push({ key, fault })
  }
  for (const key of compared.keys()) {
    if (!source.has(key)) faults.push({ key, fault: 'is not in es.json' })
  }
  for (const [key, fault] of emptyGroups(other)) faults.push({ key, fault })
  return faults
}

function faultsOf(source: string | Plural, leaf: string | Plural, language: Language): string[] {
  if (isPlural(source) !== isPlural(leaf)) return ['is counted in one language and not in the other']
  const faults: string[] = []
  if (isPlural(leaf)) {
    const has = Object.keys(leaf) as Category[]
    for (const category of required[language]) {
      if (!has.includes(category)) faults.push(`lacks the plural form "${category}"`)
    }
    for (const category of has) {
      if (!allowed[language].includes(category)) faults.push(`has "${category}", which the language does not use`)
    }
  }
  const wanted = namesOf(source)
  const found = namesOf(leaf)
  if (wanted.holes.join() !== found.holes.join()) {
    faults.push(`has holes {${found.holes.join('}, {')}} where es.json has {${wanted.holes.join('}, {')}}`)
  }
  if (wanted.marks.join() !== found.marks.join()) {
    faults.push(`marks <${found.marks.join('>, <')}> where es.json marks <${wanted.marks.join('>, <')}>`)
  }
  const original = formsOf(source).join(' ')
  for (const form of formsOf(leaf)) faults.push(...leftovers(form, original, language))
  return faults
}

function formsOf(leaf: string | Plural): string[] {
  return isPlural(leaf) ? Object.values(leaf) : [leaf]
}

/** Holes and marks over all forms; `count` aside, because a form such as "un museo" may say the number in words. */
function namesOf(leaf: string | Plural): { holes: string[]; marks: string[] } {
  const names = namesIn(formsOf(leaf).flatMap(takeApart))
  return isPlural(leaf) ? { ...names, holes: names.holes.filter((hole) => hole !== 'count') } : names
}

const machine: [RegExp, string][] = [
  // Capitals only: "todo" is a good Spanish word.
  [/\b(?:TODO|TBD|FIXME|XXX)\b|\b[Ll]orem ipsum\b/u, 'is a placeholder'],
  [/\b(?:undefined|NaN|null)\b|\[object/u, 'shows a value of the program'],
  [/\{\{|\}\}|\{\s*\}|\$\{|%[sd]\b|\{\d+\}/u, 'has a hole of another kind than {name}'],
  [/Ã[\u0080-\u00bf]|\ufffd|â€/u, 'was read in the wrong encoding'],
  [/&(?:amp|nbsp|lt|gt|quot|#\d+);/u, 'has an HTML entity'],
  [/^\s|\s$/u, 'begins or ends with a space'],
  [/ {2,}/u, 'has two spaces together'],
  [/^\[?(?:es|pt|en|ar)\]?\s*[:\]]/u, 'begins with a language mark'],
  [/^[a-z]+(?:\.[a-z-]+)+$/u, 'looks like a key'],
  [/<\/?[a-zA-Z0-9]+\s*\/?>/u, 'has a mark that does not close, or marks inside marks'],
]

function leftovers(form: string, original: string, language: Language): string[] {
  if (form.trim() === '') return ['is empty']
  const bare = withoutMarks(form)
  const faults = machine.filter(([pattern]) => pattern.test(bare)).map(([, fault]) => fault)
  if (language === 'es') return faults
  const letters = wordsOnly(bare)
  if (form === original && letters.split(/\s+/u).filter((word) => word.length > 3).length >= 4) {
    faults.push('is the Spanish sentence')
  }
  if (language === 'ar' && /\p{L}{2}/u.test(letters) && !/\p{Script=Arabic}/u.test(letters) && form !== original) {
    faults.push('has no Arabic in it')
  }
  if (language !== 'ar' && form !== original && /\p{Script=Arabic}/u.test(letters)) faults.push('has Arabic in it')
  if (/[¿¡]/u.test(bare)) faults.push('has Spanish punctuation')
  return faults
}

function withoutMarks(form: string): string {
  return form.replaceAll(/<([a-z][a-zA-Z0-9]*)>(.*?)<\/\1>/gsu, '$2')
}

function wordsOnly(form: string): string {
  return form.replaceAll(/\{[^}]*\}/gu, ' ')
}

function emptyGroups(tree: Tree, before = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, branch]): [string, string][] => {
    if (typeof branch === 'string' || isPlural(branch)) return []
    if (Object.keys(branch).length === 0) return [[before + name, 'is an empty group']]
    return emptyGroups(branch, `${before}${name}.`)
  })
}
