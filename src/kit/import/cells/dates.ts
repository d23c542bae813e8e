/**
 * How the dates of one column are to be read: a register that writes `1000-01-01` for "not known" and `1987-01-01` for
 * "in 1987" can only be told by its whole column (`profileDates`), and only a person decides.
 */
export type DateProfile = {
  /** Values that mean "not known", as they stand in the cells. */
  unknown: string[]
  /** What the first of January of a year means. */
  januaryFirst: 'day' | 'year'
  /** For dates with strokes, which number comes first: `03/04/2001`. Not given: such a date is not read. */
  order?: 'day-month-year' | 'month-day-year'
}

export const plainDates: DateProfile = { unknown: [], januaryFirst: 'day' }

export type ReadDate =
  | { date: string; flaw?: undefined }
  | { date: null; flaw?: undefined }
  | { date?: undefined; flaw: 'not-a-date' | 'date-order-unknown' | 'date-may-be-unknown' | 'date-may-be-year' }

const monthNames: Record<string, number> = {
  enero: 1,
  febrero: 2,
  marzo: 3,
  abril: 4,
  mayo: 5,
  junio: 6,
  julio: 7,
  agosto: 8,
  septiembre: 9,
  setiembre: 9,
  octubre: 10,
  noviembre: 11,
  diciembre: 12,
  janeiro: 1,
  fevereiro: 2,
  março: 3,
  maio: 5,
  junho: 6,
  julho: 7,
  setembro: 9,
  outubro: 10,
  novembro: 11,
  dezembro: 12,
  january: 1,
  february: 2,
  march: 3,
  april: 4,
  may: 5,
  june: 6,
  july: 7,
  august: 8,
  september: 9,
  october: 10,
  november: 11,
  december: 12,
}

const two = (number: number): string => String(number).padStart(2, '0')

/** A day that exists, as ISO; null for 31 April. */
const day = (year: number, month: number, date: number): string | null => {
  if (month < 1 || month > 12 || date < 1 || date > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate())
    return null
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`
}

const found = (date: string | null): ReadDate => (date === null ? { flaw: 'not-a-date' } : { date })

/**
 * A date or a year as EDTF (https://www.loc.gov/standards/datetime/): `1987`, `1987-06-19`, `1987-06`, `1870s` → `187X`,
 * `c. 1900` → `1900~`, `19/06/1987` where the profile gives the order, `19 de junio de 1987`, `1990/1995`. Empty, `0`,
 * `0000` and the unknown values of the profile: `{ date: null }`. A value that looks like "not known" (1 January of a
 * year before 1500) is a flaw unless the profile says what it means.
 */
export const readDate = (text: string, profile: DateProfile = plainDates): ReadDate => {
  const bare = text.trim()
  if (bare === '' || /^0+(-0+-0+)?$/.test(bare) || profile.unknown.includes(bare)) return { date: null }
  if (/^\d{4}$/.test(bare)) return { date: bare }
  const iso = /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}.*)?)?$/.exec(bare)
  if (iso !== null) {
    const [, year, month, date] = iso
    if (date === undefined) return Number(month) >= 1 && Number(month) <= 12 ? { date: bare } : { flaw: 'not-a-date' }
    if (month === '01' && date === '01') {
      if (profile.januaryFirst === 'year') return { date: year! }
      if (Number(year) < 1500) return { flaw: 'date-may-be-unknown' }
    }
    return found(day(Number(year), Number(month), Number(date)))
  }
  const strokes = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(bare)
  if (strokes !== null) {
    const [first, second, year] = strokes.slice(1).map(Number) as [number, number, number]
    if (first > 12) return found(day(year, second, first))
    if (second > 12) return found(day(year, first, second))
    if (first === second) return found(day(year, first, second))
    if (profile.order === undefined) return { flaw: 'date-order-unknown' }
    return found(profile.order === 'day-month-year' ? day(year, second, first) : day(year, first, second))
  }
  const decade = /^(\d{3})0s$/.exec(bare)
  if (decade !== null) return { date: `${decade[1]}X` }
  const range = /^(\d{4})\s*[-–/]\s*(\d{4})$/.exec(bare)
  if (range !== null) return range[1]! <= range[2]! ? { date: `${range[1]}/${range[2]}` } : { flaw: 'not-a-date' }
  const around = /^(?:c|ca|circa|hacia|aprox|aproximadamente|cerca de|about)\.?\s*(\d{4})$/i.exec(bare)
  if (around !== null) return { date: `${around[1]}~` }
  const words = /^(?:(\d{1,2})\s+(?:de\s+)?)?(\p{L}+)\s+(?:del?\s+)?(\d{4})$/u.exec(bare.toLowerCase())
  const month = words === null ? undefined : monthNames[words[2]!]
  if (words === null || month === undefined) return { flaw: 'not-a-date' }
  return words[1] === undefined
    ? { date: `${words[3]}-${two(month)}` }
    : found(day(Number(words[3]), month, Number(words[1])))
}

export type DateColumn = {
  /** How many cells hold a date by day. */
  days: number
  /** First days of a January, without the suspects below. By chance there would be one in 365. */
  januaryFirsts: number
  /** Dates that probably mean "not known", with how often they stand there. */
  suspects: { value: string; count: number }[]
  /** Zeros where a year should be. */
  zeros: number
  /** What the counts suggest; for a person to accept or not. */
  suggestion: DateProfile
}

/**
 * What a whole column says of how it writes dates. Suspects are first days of January before 1500 that stand there more
 * than once; "a first of January is only a year" is suggested where they are more than five times as many as chance gives.
 */
export const profileDates = (counts: ReadonlyMap<string, number>): DateColumn => {
  let days = 0
  let januaryFirsts = 0
  let zeros = 0
  const suspects: { value: string; count: number }[] = []
  for (const [cell, count] of counts) {
    const value = cell.trim()
    if (/^0+(-0+-0+)?$/.test(value)) zeros += count
    const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(value)
    if (iso === null) continue
    days += count
    if (iso[2] !== '01' || iso[3] !== '01') continue
    if (Number(iso[1]) < 1500 && count > 1) suspects.push({ value, count })
    else januaryFirsts += count
  }
  const known = days - suspects.reduce((sum, { count }) => sum + count, 0)
  const yearOnly = januaryFirsts >= 3 && januaryFirsts > (5 * known) / 365
  return {
    days,
    januaryFirsts,
    suspects,
    zeros,
    suggestion: { unknown: suspects.map(({ value }) => value), januaryFirst: yearOnly ? 'year' : 'day' },
  }
}
