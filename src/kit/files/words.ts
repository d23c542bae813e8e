import { defineWords } from '#kit/words'
import ar from './words/ar.json' with { type: 'json' }
import en from './words/en.json' with { type: 'json' }
import es from './words/es.json' with { type: 'json' }
import pt from './words/pt.json' with { type: 'json' }

/** The sentences of files: why one is not taken, whose a picture is, what may be done with it. */
export const fileWords = defineWords('files', { es, pt, en, ar })
