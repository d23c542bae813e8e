import { type Language, direction, speak } from '#kit/words'
import type { Reader } from '../reader.ts'
import { galleryWords } from './words/index.ts'

const rooms = [
  'network',
  'standards',
  'calls',
  'courses',
  'gatherings',
  'catalogue',
  'procedures',
  'notices',
  'programme',
] as const

/** A reader for the gallery and for tests of views, with every room in place. What is given replaces what stands here. */
export function sampleReader(language: Language, given: Partial<Reader> = {}): Reader {
  const t = speak(galleryWords, language)
  let keys = 0
  return {
    language,
    dir: direction(language),
    zone: 'America/Lima',
    now: Temporal.Instant.from('2026-11-22T15:00:00Z'),
    path: `/${language}/example`,
    route: { name: 'front.gallery', params: {} },
    csrf: 'sample-token',
    key: () => `sample-key-${++keys}`,
    address: (name, params = {}, other = language) =>
      `/${[other, ...name.split('.'), ...Object.values(params).map(encodeURIComponent)].join('/')}`,
    has: () => true,
    person: null,
    network: t('sample.network'),
    demo: false,
    threads: rooms.map((room) => ({ room, name: t(`sample.rooms.${room}`), route: `${room}.home`, whole: true })),
    assets: (file) => `/assets/${file}`,
    notices: [],
    lowBandwidth: false,
    ...given,
  }
}
