/** What the entries' own alcove knows and this one needs, at hand for its deeper folders. */
export { fold, metresBetween, wordsOf } from '../institutions/rules/index.ts'
