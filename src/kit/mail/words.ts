import { defineWords } from '#kit/words'
import ar from './words/ar.json' with { type: 'json' }
import en from './words/en.json' with { type: 'json' }
import es from './words/es.json' with { type: 'json' }
import pt from './words/pt.json' with { type: 'json' }

/** The sentences around every letter, and of the pages that show them. */
export const mailWords = defineWords('mail', { es, pt, en, ar })
