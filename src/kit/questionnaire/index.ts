/**
 * Questionnaires: forms that people author. A definition says what is asked; preflight tells its author whether it can be
 * completed; a published version never changes; a response is saved as one goes and sent whole; answers come as a table,
 * as open data, and as totals with small cells suppressed.
 */
export * from './access.ts'
export * from './actions.ts'
export * from './check.ts'
export * from './definition.ts'
export * from './flatten.ts'
export { definitionForm } from './forms.ts'
export {
  fingerprint,
  keepAnswers,
  newDefinition,
  newResponse,
  publishDefinition,
  sealResponse,
  setDefinition,
  takeDefinition,
  takeResponse,
  type DefinitionRow,
  type NewDefinition,
  type NewResponse,
  type ResponseRow,
} from './keep.ts'
export * from './preflight.ts'
export * from './queries.ts'
export * from './read.ts'
export { sampleAnswers } from './sample.ts'
export * from './tabulate.ts'
export * from './visible.ts'
export { questionnaireWords } from './words/index.ts'
export { AnswersList, OneAnswer } from './views/answers.tsx'
export { Findings } from './views/findings.tsx'
export { QuestionField, type Brought } from './views/question-field.tsx'
export { Results } from './views/results.tsx'
export { SaidWords, useSaid } from './views/said.tsx'
export { SectionFields } from './views/section.tsx'
