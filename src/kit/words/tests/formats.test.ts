import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { formats, localeOf, problemWords, say, type Issue } from '#kit/words'

test('dates are told in words, and a date never shifts with the zone', () => {
  assert.equal(formats('es').date('2026-11-22'), '22 de noviembre de 2026')
  assert.equal(formats('pt').date('2026-11-22', 'full'), 'domingo, 22 de novembro de 2026')
  assert.equal(formats('en').date('2026-11-22'), '22 November 2026')
  assert.equal(formats('ar').date('2026-11-22'), '22 نوفمبر 2026')
  for (const zone of ['Pacific/Kiritimati', 'America/Lima', 'Europe/Madrid']) {
    assert.equal(formats('es', { zone }).date(Temporal.PlainDate.from('2026-03-29')), '29 de marzo de 2026')
  }
})

test('an instant is told in the zone of the reader, as PostgreSQL writes it too', () => {
  const written = '2026-07-19 04:59:00.5+00'
  assert.equal(formats('es', { zone: 'America/Lima' }).dateTime(written), '18 de julio de 2026 a las 23:59')
  assert.equal(formats('es', { zone: 'Europe/Madrid' }).dateTime(written), '19 de julio de 2026 a las 06:59')
  assert.equal(formats('en', { zone: 'America/Lima' }).time(Temporal.Instant.from('2026-07-19T04:59Z')), '23:59')
  assert.equal(formats('es').zoneName(written, 'America/Santiago'), 'hora de Chile')
  assert.equal(formats('es').date('2026-07', 'month'), 'julio de 2026')
})

test('text that is no date is refused', () => {
  for (const text of ['', 'mañana', '2026-02-30', '18/05/2026']) {
    assert.throws(() => formats('es').date(text), RangeError, text)
  }
})

test('ranges say once what both ends share', () => {
  assert.equal(formats('es').dateRange('2026-05-03', '2026-05-05'), '3–5 de mayo de 2026')
  assert.equal(formats('en').dateRange('2026-05-03', '2026-05-05').replaceAll('\u2009', ''), '3–5 May 2026')
})

test('numbers and money are written by the country, and money carries its code', () => {
  const cases: [Parameters<typeof formats>, string, string][] = [
    [['es'], '1,234,567.5', 'EUR 12,500'],
    [['es', { country: 'ES' }], '1.234.567,5', '12.500 EUR'],
    [['es', { country: 'AR' }], '1.234.567,5', 'EUR 12.500'],
    [['es', { country: 'MX' }], '1,234,567.5', 'EUR 12,500'],
    [['pt'], '1.234.567,5', 'EUR 12.500'],
    [['en'], '1,234,567.5', 'EUR 12,500'],
    [['ar'], '1,234,567.5', '‏12,500 EUR'],
    [['ar', { country: 'EG' }], '١٬٢٣٤٬٥٦٧٫٥', '‏١٢٬٥٠٠ EUR'],
  ]
  for (const [place, number, money] of cases) {
    const written = formats(...place)
    assert.equal(written.number('1234567.5'), number, String(place[0]))
    const spaced = written.money({ amount: '12500.00', currency: 'EUR' }).replaceAll('\u00a0', ' ')
    assert.equal(spaced, money, JSON.stringify(place))
  }
})

test('a country where the language is not spoken leaves the customary way', () => {
  assert.equal(localeOf('pt', 'PE'), 'pt-BR')
  assert.equal(localeOf('en', 'ZZ'), 'en-GB')
  assert.equal(localeOf('es', null), 'es-419')
  assert.equal(localeOf('es', 'pe'), 'es-PE')
})

test('the time left is told in its two largest units, and nothing once it has passed', () => {
  const now = Temporal.Instant.from('2026-07-15T10:00:00Z')
  const cases: [string, string | undefined][] = [
    ['2026-07-18T14:20:00Z', '3 días y 4 horas'],
    ['2026-07-15T12:05:09Z', '2 horas y 5 minutos'],
    ['2026-07-15T10:04:30Z', '4 minutos'],
    ['2026-07-15T10:00:30Z', '30 segundos'],
    ['2026-07-15T10:00:00Z', undefined],
    ['2026-07-14T10:00:00Z', undefined],
  ]
  for (const [until, expected] of cases)
    assert.equal(formats('es').timeLeft(until, now)?.replaceAll(',', ' y'), expected)
  assert.equal(formats('es').relative('2026-07-14T10:00:00Z', now), 'ayer')
  assert.equal(formats('en').relative('2026-07-18T11:00:00Z', now), 'in 3 days')
})

test('lists, sizes, names, order', () => {
  assert.equal(formats('es').list(['Perú', 'Chile', 'Cuba']), 'Perú, Chile y Cuba')
  assert.equal(formats('pt').list(['Peru', 'Chile'], 'or'), 'Peru ou Chile')
  assert.equal(formats('es').fileSize(0), '0 bytes')
  assert.equal(formats('es').fileSize(1_550_000), '1.6 MB')
  assert.equal(formats('pt').countryName('ES'), 'Espanha')
  assert.equal(formats('ar').countryName('PE'), 'بيرو')
  assert.equal(formats('en').languageName('qu'), 'Quechua')
  assert.equal(formats('en').countryName('not a country'), 'not a country')
  assert.deepEqual(
    formats('es').sorted(['Ñandú', 'Oaxaca', 'nube', 'Árbol', 'Sala 10', 'Sala 9'], (text) => text),
    ['Árbol', 'nube', 'Ñandú', 'Oaxaca', 'Sala 9', 'Sala 10'],
  )
  assert.equal(formats('es').months()[0], 'enero')
  assert.equal(formats('es').weekdays()[0], 'lunes')
})

test('a plain date and its text are told alike, in every language', () => {
  const day = fc.date({ min: new Date('1492-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(day, fc.constantFrom('es' as const, 'pt' as const, 'en' as const, 'ar' as const), (date, language) => {
      const text = date.toISOString().slice(0, 10)
      const plain = Temporal.PlainDate.from(text)
      const told = formats(language, { zone: 'Pacific/Apia' }).date(plain)
      return told === formats(language).date(text) && told.includes(String(plain.year))
    }),
  )
})

test('what a schema refuses becomes a sentence that exists', () => {
  const cases: [Issue, string][] = [
    [{ code: 'invalid_type', expected: 'string', input: undefined }, 'Falta este dato'],
    [{ code: 'too_small', origin: 'string', minimum: 1, input: '  ' }, 'Falta este dato'],
    [{ code: 'too_small', origin: 'string', minimum: 3, input: 'a' }, 'Escriba al menos 3 caracteres'],
    [{ code: 'too_big', origin: 'string', maximum: 2500, input: 'a' }, 'Escriba como máximo 2,500 caracteres'],
    [{ code: 'too_small', origin: 'number', minimum: 0, inclusive: true, input: -1 }, 'Debe ser 0 o más'],
    [{ code: 'too_small', origin: 'number', minimum: 0, inclusive: false, input: 0 }, 'Debe ser mayor que 0'],
    [{ code: 'too_big', origin: 'array', maximum: 3, input: [1] }, 'Elija como máximo 3'],
    [{ code: 'invalid_value', values: ['a'], input: 'b' }, 'Elija una de las opciones'],
    [{ code: 'invalid_type', expected: 'int', input: 1.5 }, 'Escriba un número entero'],
    [{ code: 'not_multiple_of', divisor: 5, input: 3 }, 'Debe ser múltiplo de 5'],
    [{ code: 'custom', params: { words: 'kit.problem.taken' }, input: 'x' }, 'Ya está en uso'],
    [{ code: 'custom', input: 'x' }, 'Este dato no es válido'],
  ]
  for (const [issue, expected] of cases) {
    const { words, values } = problemWords(issue)
    assert.equal(say('es', words, values), expected)
  }
})
