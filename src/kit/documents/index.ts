/**
 * Documents: PDF that everyone can read, set by Typst from data in the language of the reader, with the house's fonts and letterhead. Only in the jobs' process.
 */
export {
  DocumentBroken,
  renderDocument,
  type DocumentData,
  type DocumentOptions,
  type Piece,
  type Rendered,
  type Said,
} from './render.ts'
export { documentWords } from './words.ts'
