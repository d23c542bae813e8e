/**
 * Mail: letters as pure functions of their props, in the language of whom they are for, put into the outbox by the deed that causes them. Sent by the jobs' process
 * over SMTP, or held and read on a page; what comes back is read, and addresses that are dead or want no more get no more.
 */
export {
  defineLetter,
  postLetter,
  type Block,
  type Composed,
  type Correspondent,
  type Enclosure,
  type Letter,
  type PostOptions,
  type Voice,
} from './letter.ts'
export { letterHtml, letterText, type Body, type Frame } from './draw.ts'
export { domainOf, MailMisset, readSmtp, type MailSettings, type Smtp } from './settings.ts'
export { mailRetention, mailTasks, unsubscribePath } from './send.ts'
export { takeReturned } from './returned.ts'
export { mailRoom, type MailRoomSettings } from './routes.tsx'
export { readReturned, type Returned } from './bounce.ts'
export { checkSender, publicPart, type Resolver, type SenderCheck } from './check-sender.ts'
export { bounceToken, readUnsubscribeToken, suppress, unsubscribeToken, type SuppressionReason } from './unsubscribe.ts'
export {
  countLetters,
  findLetter,
  liftSuppression,
  listLetters,
  listSuppressed,
  mayReadLetters,
  mayTendMail,
  sendAgain,
  sendTestLetter,
  unsubscribe,
  type LetterCount,
  type LetterLine,
  type LetterState,
  type SentLetter,
  type Suppression,
} from './outbox.ts'
export { mailWords } from './words.ts'
