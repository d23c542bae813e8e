import { defineWords } from '#kit/words'
import ar from './words/ar.json' with { type: 'json' }
import en from './words/en.json' with { type: 'json' }
import es from './words/es.json' with { type: 'json' }
import pt from './words/pt.json' with { type: 'json' }

/** The sentences of the jobs: states, what went wrong, the steward's page. */
export const jobsWords = defineWords('jobs', { es, pt, en, ar })
