/**
 * A number as it is written in a register: `12`, `-3.5`, `1.234,5`, `1,234.5`, `1 234,5`. Where a single mark could be
 * either (`1.234`, `2,500`) the answer is null unless `decimal` says which mark parts the decimals: it is not guessed.
 */
export const readNumber = (text: string, decimal?: ',' | '.'): number | null => {
  const bare = text
    .trim()
    .replace(/^\+/, '')
    .replace(/[\s\u00a0\u202f']/g, '')
  if (!/^-?\d[\d.,]*$/.test(bare) && !/^-?[.,]\d+$/.test(bare)) return null
  const marks = bare.match(/[.,]/g) ?? []
  const kinds = new Set(marks)
  if (marks.length === 0) return Number(bare)
  const last = marks.at(-1)!
  let point: string | null
  if (decimal !== undefined) point = decimal
  else if (kinds.size === 2) point = last
  else if (marks.length > 1) point = null
  else if (/^-?(?!0)\d{1,3}[.,]\d{3}$/.test(bare)) return null
  else point = last
  const [whole = '', fraction, ...more] = point === null ? [bare] : bare.split(point)
  if (more.length > 0 || (fraction !== undefined && /[.,]/.test(fraction))) return null
  if (/[.,]/.test(whole) && !/^-?\d{1,3}([.,]\d{3})+$/.test(whole)) return null
  const value = Number(`${whole.replace(/[.,]/g, '') || '0'}.${fraction ?? '0'}`)
  return Number.isFinite(value) ? (bare.startsWith('-') && value > 0 ? -value : value) : null
}

const yes = new Set(['si', 's', 'sim', 'yes', 'y', 'true', 'verdadero', 'verdadeiro', '1', 'x', 'نعم'])
const no = new Set(['no', 'n', 'nao', 'false', 'falso', '0', 'لا'])

/** Yes and no as people write them in Spanish, Portuguese, English and Arabic; null for anything else. */
export const readBoolean = (text: string): boolean | null => {
  const word = text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .trim()
    .toLowerCase()
  if (yes.has(word)) return true
  return no.has(word) ? false : null
}
