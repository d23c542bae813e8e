/**
 * When an institution was founded, in EDTF (Library of Congress, level 1 and the unspecified digits of level 2):
 * `1922`, `1922-05-18`, `1890~` (about), `1890?` (uncertain), `1890%` (both), `192X`, `19XX`, `1880/1890`, `../1890`, `1920/..`.
 */
export type Founded = {
  /** The first and the last year that it can mean; null where it is open. */
  earliest: number | null
  latest: number | null
  approximate: boolean
  uncertain: boolean
}

const point = /^(-?)(\d{4}|\d{3}X|\d{2}XX|\dXXX)(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?([~?%])?$/u

/** What an EDTF date says of the year, or null when it is not one that this register reads. */
export function readFounded(edtf: string): Founded | null {
  const [from = '', to, ...more] = edtf.trim().split('/')
  if (more.length > 0) return null
  if (to === undefined) return readPoint(from)
  const begins = from === '..' || from === '' ? 'open' : readPoint(from)
  const ends = to === '..' || to === '' ? 'open' : readPoint(to)
  if (!begins || !ends || (begins === 'open' && ends === 'open')) return null
  const earliest = begins === 'open' ? null : begins.earliest
  const latest = ends === 'open' ? null : ends.latest
  if (earliest !== null && latest !== null && earliest > latest) return null
  const parts = [begins, ends].filter((part): part is Founded => part !== 'open')
  return {
    earliest,
    latest,
    approximate: parts.some((part) => part.approximate),
    uncertain: parts.some((part) => part.uncertain),
  }
}

function readPoint(text: string): Founded | null {
  const match = point.exec(text)
  if (!match) return null
  const [, minus, digits = '', month, day, mark] = match
  if (digits.includes('X') && (month || minus)) return null
  if (month && day && !exists(digits, month, day)) return null
  const sign = minus ? -1 : 1
  return {
    earliest: sign * Number(digits.replaceAll('X', '0')),
    latest: sign * Number(digits.replaceAll('X', '9')),
    approximate: mark === '~' || mark === '%',
    uncertain: mark === '?' || mark === '%',
  }
}

function exists(year: string, month: string, day: string): boolean {
  try {
    Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: Number(day) }, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}

/** The year to sort and count by: the earliest that is meant, where the date narrows it to ten years or fewer. */
export function foundedYear(edtf: string): number | null {
  const founded = readFounded(edtf)
  if (!founded || founded.earliest === null || founded.latest === null) return null
  return founded.latest - founded.earliest < 10 ? founded.earliest : null
}
