import type { Text } from '../text/pick.ts'

// Texts as people write them, each in its own language whatever the page's: data, not sentences of the interface.
import samples from './samples.json' with { type: 'json' }

/** Written in Spanish and Arabic only. */
export const salt: Text = { es: { body: samples.saltEs, source: true }, ar: { body: samples.saltAr } }
/** Written in Quechua only. */
export const quechua: Text = { qu: { body: samples.quechua, source: true } }
/** Written in Spanish, put into the three others by a machine. */
export const byMachine: Text = {
  es: { body: samples.machineEs, source: true },
  pt: { body: samples.machinePt, method: 'machine', state: 'machine' },
  en: { body: samples.machineEn, method: 'machine', state: 'machine' },
  ar: { body: samples.machineAr, method: 'machine', state: 'machine' },
}
/** A longer text with headings and a list. */
export const markdown: Text = { pt: { body: samples.markdown, form: 'markdown', source: true } }

export const people = samples.people
export const street = samples.street
