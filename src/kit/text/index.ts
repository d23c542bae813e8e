export * from './markdown.ts'
export * from './rules.ts'
