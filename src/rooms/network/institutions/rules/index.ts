/** Facts of the register's trade: pure, without database or clock. */
export * from './completeness.ts'
export * from './entry.ts'
export * from './fold.ts'
export * from './founded.ts'
export * from './likeness.ts'
export * from './opening.ts'
export * from './slug.ts'
