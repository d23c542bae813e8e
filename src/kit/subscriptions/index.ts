/**
 * Subscriptions: people say what they want to be told of (a topic, a country, an owner, a saved search, everything) and how often; a deed that makes something public
 * announces it; letters, Atom and iCalendar tell the same.
 */
export { atomFeed, calendarFeed, datedOf, entriesOf, type Dated, type Entry, type Of } from './feed.ts'
export { announce, inLanguage, listHappenings, type Among, type Happening, type KeptHappening } from './happening.ts'
export {
  changeFrequency,
  endSubscription,
  findSubscription,
  frequencies,
  listSubscriptions,
  maySubscribe,
  subscribe,
  subscriptionKinds,
  type Frequency,
  type Subscription,
  type SubscriptionKind,
  type Wish,
} from './subscription.ts'
export {
  matchSubscriptions,
  newsLetter,
  subscriptionRetention,
  subscriptionTasks,
  type Matcher,
  type TellSettings,
} from './tell.ts'
export { subscriptionsRoom } from './routes.tsx'
export { subscriptionWords } from './words.ts'
