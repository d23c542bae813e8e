import { defineWords } from '#kit/words'
import ar from './words/ar.json' with { type: 'json' }
import en from './words/en.json' with { type: 'json' }
import es from './words/es.json' with { type: 'json' }
import pt from './words/pt.json' with { type: 'json' }

/** The few sentences that the frame of a document says itself. */
export const documentWords = defineWords('documents', { es, pt, en, ar })
