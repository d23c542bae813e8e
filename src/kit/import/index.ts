/**
 * Import: reads the files that museums and ministries have (CSV and TSV of any encoding, XLSX, JSON, SPARQL results,
 * GeoJSON, XML) row by row, tells what their columns hold, cleans cells, applies a mapping that is data, and writes
 * refused rows back in the format they came in. It knows no room: what a museum or an object is, rooms say.
 */
export { limits, Unreadable, type Format, type ImportFile, type Reading, type Row, type RowFlaw } from './file.ts'
export { inspectFile, readRows, type Column, type Inspection } from './inspect.ts'
export { writeRefused, type Refused } from './refused.ts'
export {
  applyRule,
  firstFilterThatLeavesOut,
  type Filter,
  type Mapping,
  type Rule,
  type RuleResult,
  type Step,
} from './mapping.ts'
export { suggestFields, type FieldVocabulary, type Suggestion } from './suggest.ts'
export { pathWords, similarity } from './similarity.ts'
export { cleanLine, cleanText, plainWords, splitList, withoutHtml } from './cells/text.ts'
export { readBoolean, readNumber } from './cells/numbers.ts'
export {
  fromUtm,
  readCoordinate,
  readPoint,
  readZone,
  type Axis,
  type Order,
  type Point,
  type Zone,
} from './cells/coordinates.ts'
export { plainDates, profileDates, readDate, type DateColumn, type DateProfile, type ReadDate } from './cells/dates.ts'
export {
  isItemNumber,
  readEmails,
  readPostcode,
  readTelephone,
  readWebAddress,
  readWikidata,
} from './cells/contacts.ts'
export { looksOf, type Look } from './cells/looks.ts'
export { readingWords } from './words/index.ts'
