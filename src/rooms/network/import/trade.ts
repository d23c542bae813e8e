/** The rules of the register's trade, at hand for this alcove's deeper folders. */
export { canonical, completeness, foundedYear, slugOf, type Entry } from '../institutions/rules/index.ts'
