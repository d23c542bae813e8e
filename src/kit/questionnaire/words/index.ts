import { defineWords } from '#kit/words'
import ar from './ar.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import es from './es.json' with { type: 'json' }
import pt from './pt.json' with { type: 'json' }

/** The sentences of authored forms: asking, answering, checking, and what the answers come to. */
export const questionnaireWords = defineWords('questionnaire', { es, pt, en, ar })
