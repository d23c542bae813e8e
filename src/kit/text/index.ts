/**
 * Text that people write: one value in several languages, each with its own state and its own public words. Rooms make and
 * change texts inside their own deeds (`newText`, `keepText`, `setText`) and show what `text.shown` gives; the translation
 * desk works through the deeds here; translators' tools through XLIFF; a machine may help, and is always marked.
 */
export * from './access.ts'
export * from './actions.ts'
export {
  bodyProblems,
  keepText,
  measureSource,
  newText,
  newTexts,
  ownerId,
  putBeforePublic,
  removeTexts,
  setText,
  takeText,
  type Change,
  type NewText,
} from './keep.ts'
export {
  httpTranslator,
  machineTranslator,
  plugMachineTranslator,
  translateByMachine,
  type MachineTranslator,
} from './machine.ts'
export * from './markdown.ts'
export * from './queries.ts'
export * from './rules.ts'
export { textWords } from './words/index.ts'
export { applyXliff, type XliffOutcome } from './xliff-apply.ts'
export { importXliff, type ImportedUnit, type ImportedXliff } from './xliff-in.ts'
export { exportXliff, type XliffUnit } from './xliff-out.ts'
