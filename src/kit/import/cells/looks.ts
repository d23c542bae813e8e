/** What the text of a cell looks like, whatever its column is called. A cell may look like several things. */
export type Look =
  | 'number'
  | 'year'
  | 'date'
  | 'latitude'
  | 'longitude'
  | 'point'
  | 'utm'
  | 'web-address'
  | 'e-mail'
  | 'telephone'
  | 'yes-or-no'
  | 'html'
  | 'item'
  | 'item-address'
  | 'long-text'
  | 'capitals'

const number = /^-?\d+(?:[.,]\d+)?$/
const year = /^(?:1[5-9]\d\d|20\d\d|0)$/
const date = /^\d{4}-\d{2}-\d{2}|^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$/
const point = /^POINT\s*\(|^-?\d{1,3}[.,]\d{3,}[\s,;]+-?\d{1,3}[.,]\d{3,}$/i
const web = /^(?:https?:\/\/|www\.)\S+$/i
const email = /^\S+@\S+\.\S+$/
const telephone = /^\+?[\d\s()/.-]{6,}$/
const html = /<\/?[a-z][^<>]*>|&[a-z]+;|&#\d+;/i
const yesOrNo = /^(?:s[ií]|sim|yes|no|n[ãa]o|true|false|[01])$/i
const item = /^Q[1-9]\d+$/
const itemAddress = /wikidata\.org\/(?:entity|wiki)\/Q\d+$/

/** The looks of one cell. */
export const looksOf = (cell: string): Look[] => {
  const text = cell.trim()
  const looks: Look[] = []
  if (text.length > 200) looks.push('long-text')
  if (html.test(text)) looks.push('html')
  if (text.length > 200) return looks
  if (number.test(text)) {
    looks.push('number')
    const value = Number(text.replace(',', '.'))
    if (/[.,]\d{3,}$/.test(text) || value === 0) {
      if (Math.abs(value) <= 90) looks.push('latitude')
      if (Math.abs(value) <= 180) looks.push('longitude')
    }
    if (year.test(text)) looks.push('year')
    if (/^\d{6,7}(?:[.,]\d+)?$/.test(text)) looks.push('utm')
  }
  if (date.test(text)) looks.push('date')
  if (point.test(text)) looks.push('point')
  if (itemAddress.test(text)) looks.push('item-address')
  if (web.test(text)) looks.push('web-address')
  if (email.test(text)) looks.push('e-mail')
  if (telephone.test(text) && !/^-?\d+[.,]\d+$/.test(text)) looks.push('telephone')
  if (yesOrNo.test(text)) looks.push('yes-or-no')
  if (item.test(text)) looks.push('item')
  if (/\p{Lu}{3}/u.test(text) && !/\p{Ll}/u.test(text)) looks.push('capitals')
  return looks
}
