import { plainText } from '#kit/view'
import type { DocumentData, Piece } from '#kit/documents'
import { formats, speak, type Language } from '#kit/words'
import type { Result } from './queries.ts'
import { nameCode, tellMeasures } from './result-words.ts'
import { changeOf, measuresOf, placeOf } from './rules.ts'
import { words } from './words/index.ts'

/** A museum's result as a document: its figures, the year before, and the middle of its like. `made` is the day it bears. */
export function resultDocument(result: Result, network: string, language: Language, made: string): DocumentData {
  const t = speak(words, language)
  const format = formats(language)
  const { definition, year, title } = result.instrument
  const told = tellMeasures(definition, language)
  const measures = measuresOf(definition).filter(({ key }) => result.figures[key] !== undefined)
  const row = (measure: (typeof measures)[number]): string[] => {
    const value = result.figures[measure.key]!
    const change = changeOf(value, result.before?.figures[measure.key])
    const peers = result.peers?.figures[measure.key]
    const place = placeOf(value, peers?.median)
    return [
      told.nameOf(measure),
      told.write(measure, value),
      change ? told.writeChange(measure, change) : '–',
      peers ? told.write(measure, peers.median) : '–',
      place ? t(`result.place.${place}`) : '–',
    ]
  }
  const columns = [
    { label: t('result.measure'), wide: true },
    { label: String(year), number: true },
    { label: t('result.change', { year: String(year - 1) }), number: true },
    { label: t('result.median'), number: true },
    { label: t('result.place-label') },
  ]
  const table = (of: typeof measures, caption: string): Piece[] =>
    of.length === 0 ? [] : [{ kind: 'table', caption, columns, rows: of.map(row) }]
  const size = result.sizeClass ? nameCode('size', result.sizeClass, language) : t('result.size-unknown')
  const data: DocumentData = {
    title: t('result.title', { institution: result.institution, year: String(year) }),
    lead: plainText(title, language),
    letterhead: { network, owner: result.institution, date: format.date(made) },
    author: network,
    facts: [
      { label: t('result.country'), value: format.countryName(result.countryCode) },
      { label: t('result.size'), value: size },
      ...(result.checkedAt ? [{ label: t('result.checked-on'), value: format.date(result.checkedAt) }] : []),
    ],
    pieces: [
      { kind: 'heading', text: t('result.figures') },
      ...table(
        measures.filter(({ kind }) => kind !== 'part'),
        t('result.figures'),
      ),
      ...table(
        measures.filter(({ kind }) => kind === 'part'),
        t('result.detail'),
      ),
      { kind: 'note', text: t('result.peers-why', { count: result.instrument.smallestCell }) },
    ],
  }
  // A reader of the page needs the marks that keep two directions apart; the document sets each text by itself.
  return JSON.parse(JSON.stringify(data).replaceAll(/[\u2066-\u2069]/gu, '')) as DocumentData
}
