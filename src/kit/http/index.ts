/**
 * The web: guards in a fixed order, routes by room and language, forms taken in one way, and pages that anonymous readers share
 * until the next deed. Knows no room.
 */
export { addressBook, type AddressBook } from './addresses.ts'
export { BodyRefused, readBody, type Ask, type Session } from './ask.ts'
export { believed, clientAddress } from './client.ts'
export { constraintProblem, constraintsTold, tellConstraints } from './constraints.ts'
export { cookie } from './cookies.ts'
export { errorAnswer, Gone, TooOften } from './errors.tsx'
export { nested, readForm, typedFrom, type ReadForm, type Typed } from './form.ts'
export { createHall, typedQuery, type Frame, type Hall, type HallOptions, type Identity } from './hall.tsx'
export { rateLimit, type Rate } from './rate.ts'
export {
  get,
  page,
  patch,
  post,
  put,
  remove,
  room,
  type Answer,
  type Handler,
  type PageAnswer,
  type Room,
  type Route,
} from './room.ts'
export * as shapes from './shapes.ts'
export { seeOther, submit, type Sent } from './submit.ts'
export { seals, type Seals } from './tokens.ts'
