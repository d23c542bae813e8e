/**
 * The translation desk: the pages on which people see what is missing, stale or waiting in each language, write beside the original, review, and exchange
 * files with translators' tools. The work itself is done by `#kit/text`, which pages rest on; so its pages are a tool of their own.
 */
export { deskRoom, type DeskSettings } from './routes.tsx'
export { countMine } from './queries.ts'
