import { defineWords } from './define.ts'
import ar from './kit/ar.json' with { type: 'json' }
import en from './kit/en.json' with { type: 'json' }
import es from './kit/es.json' with { type: 'json' }
import pt from './kit/pt.json' with { type: 'json' }

/** The sentences that every room shares: buttons, problems, the pages that say no, dates, languages. */
export const kitWords = defineWords('kit', { es, pt, en, ar })
