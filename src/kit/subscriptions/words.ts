import { defineWords } from '#kit/words'
import ar from './words/ar.json' with { type: 'json' }
import en from './words/en.json' with { type: 'json' }
import es from './words/es.json' with { type: 'json' }
import pt from './words/pt.json' with { type: 'json' }

/** The sentences of subscriptions: the page, the letters, the feeds. */
export const subscriptionWords = defineWords('subscriptions', { es, pt, en, ar })
