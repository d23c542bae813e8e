import { defineWords } from '#kit/words'
import ar from './ar.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import es from './es.json' with { type: 'json' }
import pt from './pt.json' with { type: 'json' }

export const words = defineWords('desk', { es, pt, en, ar })
