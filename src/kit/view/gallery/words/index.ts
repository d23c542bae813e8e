import { defineWords } from '#kit/words'
import ar from './ar.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import es from './es.json' with { type: 'json' }
import pt from './pt.json' with { type: 'json' }

/** What the gallery says, and the invented things that it shows. */
export const galleryWords = defineWords('gallery', { es, pt, en, ar })
