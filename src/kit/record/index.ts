/**
 * The record: every write is one deed in one transaction, kept by PostgreSQL with before and after of each row, sealed into a chain,
 * corrected rather than overwritten, and erased only by rule.
 */
export { read, record, type About, type Circumstances, type Deed } from './record.ts'
export { eraseHistory, listHistory, sealDeeds, verifyHistory, type HistoryEntry } from './history.ts'
