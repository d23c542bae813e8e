/** The register's codes, at hand for this alcove's deeper folders. */
export * from '../vocabulary.ts'
