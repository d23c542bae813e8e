import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  cleanText,
  fromUtm,
  plainWords,
  profileDates,
  readBoolean,
  readCoordinate,
  readDate,
  readEmails,
  readNumber,
  readPoint,
  readPostcode,
  readTelephone,
  readWebAddress,
  readWikidata,
  readZone,
  splitList,
} from '../index.ts'

const each = <In, Out>(read: (text: In) => Out, table: [In, Out][]): void => {
  for (const [text, expected] of table) assert.deepEqual(read(text), expected, JSON.stringify(text))
}

test('cleans HTML, blanks and invisible characters out of a cell', () => {
  each(cleanText, [
    ['mi g&uuml;ertecillo', 'mi güertecillo'],
    ['<p>Uno</p><p>Dos &amp; tres</p>', 'Uno\nDos & tres'],
    ['antes<script>alert("x")</script> después', 'antes después'],
    ['a < b y c > d', 'a < b y c > d'],
    ['  913\u00a0667 415   \n', '913 667 415'],
    ['Espan\u0303a', 'España'],
    ['Mu\u00adseo\u200b', 'Museo'],
    ['una\r\nlínea\n\n\n\notra', 'una\nlínea\n\notra'],
    ['&nosuch; &#0;', '&nosuch; &#0;'],
    ['متحف&nbsp;الفن', 'متحف الفن'],
    ['', ''],
  ])
})

test('a cleaned cell has no blank at its ends, is NFC, and stays as it is when cleaned again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const clean = cleanText(text)
      assert.equal(clean, clean.trim())
      assert.equal(clean, clean.normalize('NFC'))
      assert.doesNotMatch(clean, / {2}|\u00a0|\r|\t/)
      if (!text.includes('&') && !text.includes('<')) assert.equal(cleanText(clean), clean)
    }),
  )
})

test('splits lists without empty parts and repetition', () => {
  assert.deepEqual(splitList('Arte | Historia|| arte | Arte', ['|']), ['Arte', 'Historia', 'arte'])
  assert.deepEqual(splitList('uno; dos, tres', [';', ',']), ['uno', 'dos', 'tres'])
})

test('compares words without case, accents and punctuation, in any script', () => {
  each(plainWords, [
    ['AÑO_INAUGURACIÓN', 'ano inauguracion'],
    ['Código-Postal', 'codigo postal'],
    ['  Nº 5 ', 'nº 5'],
    ['مُتحف', 'متحف'],
  ])
})

test('reads numbers and does not guess what a mark means', () => {
  each(
    (text) => readNumber(text),
    [
      ['12', 12],
      ['-3.5', -3.5],
      ['0,5', 0.5],
      ['.5', 0.5],
      ['1.234,5', 1234.5],
      ['1,234.5', 1234.5],
      ['1 234,5', 1234.5],
      ['1.234.567', 1_234_567],
      ['1.234', null],
      ['2,500', null],
      ['0.500', 0.5],
      ['1.2.3', null],
      ['12 m', null],
      ['', null],
    ],
  )
  assert.equal(readNumber('1.234', ','), 1234)
  assert.equal(readNumber('1.234', '.'), 1.234)
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
      const sign = whole < 0 ? '-' : ''
      const grouped = Math.abs(whole)
        .toString()
        .replace(/\B(?=(\d{3})+$)/g, '.')
      const text = `${sign}${grouped},${String(cents).padStart(2, '0')}`
      const expected = (whole < 0 ? -1 : 1) * (Math.abs(whole) + cents / 100)
      assert.ok(Math.abs(readNumber(text)! - expected) < 1e-6, text)
    }),
  )
})

test('reads yes and no in four languages', () => {
  each(readBoolean, [
    ['Sí', true],
    ['NÃO', false],
    ['sim', true],
    ['1', true],
    ['نعم', true],
    ['limited', null],
    ['', null],
  ])
})

test('reads coordinates as registers write them', () => {
  each(
    (text: string) => readCoordinate(text, 'latitude'),
    [
      ['-35.4417620', -35.441762],
      ['-12,5', -12.5],
      ['12.5°', 12.5],
      ['12°30′S', -12.5],
      ['S 12 30 00', -12.5],
      ['12 30 00 S', -12.5],
      ['−12.5', -12.5],
      ['95', null],
      ['12°61′', null],
      ['12.5 W', null],
      ['-12.5 N', null],
      ['10.123.456', null],
      ['s/d', null],
    ],
  )
  each(
    (text: string) => readCoordinate(text, 'longitude'),
    [
      ['77°30′O', -77.5],
      ['77°30′W', -77.5],
      ['8°30′L', 8.5],
      ['181', null],
    ],
  )
})

test('degrees, minutes and seconds say the same as decimal degrees', () => {
  const degrees = fc.record({
    d: fc.integer({ min: 0, max: 89 }),
    m: fc.integer({ min: 0, max: 59 }),
    s: fc.integer({ min: 0, max: 59 }),
    south: fc.boolean(),
  })
  fc.assert(
    fc.property(degrees, ({ d, m, s, south }) => {
      const value = (south ? -1 : 1) * (d + m / 60 + s / 3600)
      for (const text of [
        `${d}°${m}′${s}″${south ? 'S' : 'N'}`,
        `${d}º ${m}' ${s}" ${south ? 'S' : 'N'}`,
        `${south ? 'S' : 'N'} ${d} ${m} ${s}`,
      ])
        assert.ok(Math.abs(readCoordinate(text, 'latitude')! - value) < 1e-9, text)
    }),
  )
})

test('reads two coordinates from one cell', () => {
  const lima = { latitude: -12.05, longitude: -77.05 }
  each(
    (text: string) => readPoint(text, 'latitude-first'),
    [
      ['-12.05, -77.05', lima],
      ['-12,05; -77,05', lima],
      ['-12,05   -77,05', lima],
      ['-12.05,-77.05', lima],
      ['(-12.05 -77.05)', lima],
      ['Point(-77.05 -12.05)', lima],
      ['SRID=4326;POINT (-77.05 -12.05)', lima],
      ['12°03′S 77°03′00″W', lima],
      ['77°03′00″W, 12°03′S', lima],
      ['-12,05,-77,05', null],
      ['Plaza de Armas', null],
      ['', null],
    ],
  )
  assert.deepEqual(readPoint('-77.05, -12.05', 'longitude-first'), lima)
})

test('any point survives being written as text', () => {
  const points = fc.record({
    latitude: fc.integer({ min: -90_000_000, max: 90_000_000 }).map((value) => value / 1e6),
    longitude: fc.integer({ min: -180_000_000, max: 180_000_000 }).map((value) => value / 1e6),
  })
  fc.assert(
    fc.property(points, ({ latitude, longitude }) => {
      const known = readPoint(`Point(${longitude.toFixed(6)} ${latitude.toFixed(6)})`, 'latitude-first')!
      const comma = readPoint(`${latitude.toFixed(6)}; ${longitude.toFixed(6)}`.replaceAll('.', ','), 'latitude-first')!
      for (const point of [known, comma]) {
        assert.ok(Math.abs(point.latitude - latitude) < 1e-9)
        assert.ok(Math.abs(point.longitude - longitude) < 1e-9)
      }
    }),
  )
})

test('turns UTM metres into degrees', () => {
  // On the equator; on a central meridian; and Toronto's CN Tower, as encyclopedias give it to the metre.
  const known: [number, number, string, number, number][] = [
    [500_000, 0, '31N', 0, 3],
    [500_000, 10_000_000, '18S', 0, -75],
    [500_000, 4_427_757.219, '30N', 40, -3],
    [630_084, 4_833_438, '17T', 43.642567, -79.387139],
  ]
  for (const [easting, northing, zone, latitude, longitude] of known) {
    const point = fromUtm(easting, northing, readZone(zone)!)!
    assert.ok(Math.abs(point.latitude - latitude) < 1e-5, `${point.latitude}`)
    assert.ok(Math.abs(point.longitude - longitude) < 1e-5, `${point.longitude}`)
  }
  assert.equal(fromUtm(440, 4_474_190, { number: 30, south: false }), null)
  each(readZone, [
    ['30N', { number: 30, south: false }],
    ['UTM 19 S', { number: 19, south: true }],
    ['30', null],
    ['61N', null],
  ])
})

test('reads dates as EDTF, and never decides alone what a strange one means', () => {
  each(
    (text: string) => readDate(text),
    [
      ['1987', { date: '1987' }],
      ['1987-06-19', { date: '1987-06-19' }],
      ['2017-05-04 10:42:26-05', { date: '2017-05-04' }],
      ['1870s', { date: '187X' }],
      ['c. 1900', { date: '1900~' }],
      ['1990-1995', { date: '1990/1995' }],
      ['19 de junio de 1987', { date: '1987-06-19' }],
      ['27 de março de 2006', { date: '2006-03-27' }],
      ['junio de 1987', { date: '1987-06' }],
      ['19/06/1987', { date: '1987-06-19' }],
      ['06/19/1987', { date: '1987-06-19' }],
      ['0', { date: null }],
      ['', { date: null }],
      ['0000-00-00', { date: null }],
      ['1000-01-01', { flaw: 'date-may-be-unknown' }],
      ['03/04/2001', { flaw: 'date-order-unknown' }],
      ['1987-02-30', { flaw: 'not-a-date' }],
      ['1995/1990', { flaw: 'not-a-date' }],
      ['siglo XVIII', { flaw: 'not-a-date' }],
    ],
  )
  const profile = { unknown: ['1000-01-01'], januaryFirst: 'year' as const, order: 'day-month-year' as const }
  each(
    (text: string) => readDate(text, profile),
    [
      ['1000-01-01', { date: null }],
      ['1987-01-01', { date: '1987' }],
      ['1987-01-02', { date: '1987-01-02' }],
      ['03/04/2001', { date: '2001-04-03' }],
    ],
  )
})

test('every real day is read, in each way of writing it', () => {
  const days = fc.date({ min: new Date('1500-01-02'), max: new Date('2099-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(days, (moment) => {
      const iso = moment.toISOString().slice(0, 10)
      const [year, month, day] = iso.split('-')
      assert.deepEqual(readDate(iso), { date: iso })
      assert.deepEqual(
        readDate(`${day}/${month}/${year}`, { unknown: [], januaryFirst: 'day', order: 'day-month-year' }),
        { date: iso },
      )
    }),
  )
})

test('a column of dates tells what its strange values probably mean', () => {
  const counts = new Map([
    ['1000-01-01', 59],
    ['1987-01-01', 10],
    ['1988-01-01', 4],
    ['1990-05-06', 200],
    ['0', 3],
  ])
  assert.deepEqual(profileDates(counts), {
    days: 273,
    januaryFirsts: 14,
    suspects: [{ value: '1000-01-01', count: 59 }],
    zeros: 3,
    suggestion: { unknown: ['1000-01-01'], januaryFirst: 'year' },
  })
  // A museum may well open on New Year's Day: one in two hundred proves nothing.
  assert.equal(
    profileDates(
      new Map([
        ['1987-01-01', 1],
        ['1990-05-06', 199],
      ]),
    ).suggestion.januaryFirst,
    'day',
  )
})

test('reads addresses of the web and of mail, telephones, postcodes and items', () => {
  each(readWebAddress, [
    ['www.museo.org', 'http://www.museo.org'],
    ['https://museo.org/a?b=c', 'https://museo.org/a?b=c'],
    ['http:/museo.org/a', 'http://museo.org/a'],
    ['museo.gob.pe', 'http://museo.gob.pe'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['https://user:secret@museo.org/', null],
    ['ef=ts', null],
    ['http://https://museo.org', null],
    ['museo de las tabernas', null],
  ])
  each(readEmails, [
    ['Info@Museo.ORG', { emails: ['info@museo.org'], wrong: [] }],
    ['a@b.org; c@d.org / a@b.org', { emails: ['a@b.org', 'c@d.org'], wrong: [] }],
    ['a@b.org: c@d', { emails: ['a@b.org'], wrong: ['c@d'] }],
    ['mailto:a@b.org.', { emails: ['a@b.org'], wrong: [] }],
    ['infomuseo.org', { emails: [], wrong: ['infomuseo.org'] }],
  ])
  each(readTelephone, [
    ['Tel.: 914 548 700 (Información)', '914 548 700 (Información)'],
    ['3757', null],
    ['s/n', null],
  ])
  each(readPostcode, [
    ['02420', '02420'],
    [' b6500evl ', 'B6500EVL'],
    ['4000-123', '4000-123'],
    ['Plaza mayor s/n', null],
  ])
  each(readWikidata, [
    ['http://www.wikidata.org/entity/Q99341092', 'Q99341092'],
    ['q42', 'Q42'],
    ['Q0', null],
    ['museo', null],
  ])
})
