import { defineWords } from '#kit/words'
import ar from './ar.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import es from './es.json' with { type: 'json' }
import pt from './pt.json' with { type: 'json' }

/** The words of the register's entries and of their keeping; its codes (`code.…`) are named here for the whole network. */
export const words = defineWords('institutions', { es, pt, en, ar })
