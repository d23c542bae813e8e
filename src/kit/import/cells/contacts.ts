const address = /^[^\s@<>()[\],;:"]+@[^\s@<>()[\],;:"]+\.[\p{L}\d-]{2,}$/u

/**
 * The e-mail addresses of a cell, parted by blanks, commas, semicolons or strokes, in their order; `wrong` are the parts
 * that hold an @ and are no address, or everything where no part holds one.
 */
export const readEmails = (text: string): { emails: string[]; wrong: string[] } => {
  const pieces = text
    .replace(/mailto:/gi, '')
    .split(/[\s,;:/|]+/)
    .map((part) => part.replace(/^[<("']+|[>)"'.]+$/g, ''))
    .filter((part) => part !== '')
  const emails = pieces.filter((part) => address.test(part)).map((part) => part.toLowerCase())
  const wrong = pieces.filter((part) => part.includes('@') && !address.test(part))
  return { emails: [...new Set(emails)], wrong: emails.length === 0 && wrong.length === 0 ? pieces : wrong }
}

/**
 * A web address with its scheme: `www.x.org/a` becomes `http://www.x.org/a`, for that is what it meant. Null where it
 * isn't one: no dot in the host, a blank inside, another scheme than http and https.
 */
export const readWebAddress = (text: string): string | null => {
  const bare = text
    .trim()
    .replace(/^(https?):\/*(?=[^/])/i, '$1://')
    .replace(/^\/\//, '')
  if (bare === '' || /\s/.test(bare)) return null
  if (/^[a-z][a-z\d+.-]*:(?!\d)/i.test(bare) && !/^https?:/i.test(bare)) return null
  const whole = /^https?:\/\//i.test(bare) ? bare : `http://${bare}`
  const url = URL.parse(whole)
  if (url === null || !/^[^.]+(\.[^.]+)*\.[\p{L}\d-]{2,}$/u.test(url.hostname) || url.username !== '') return null
  if (/^https?:\/\/[^/]*@/.test(whole)) return null
  return url.pathname === '/' && url.search === '' && url.hash === '' && !whole.endsWith('/')
    ? url.href.slice(0, -1)
    : url.href
}

/**
 * A telephone number as it was written, its blanks put in order; null without at least five digits. Letters stay: they
 * say which line it is.
 */
export const readTelephone = (text: string): string | null => {
  const bare = text
    .replace(/\s+/g, ' ')
    .replace(/^(tel[eé]fonos?|tel|fono|phone|telefone)[.:\s]+/i, '')
    .trim()
  return (bare.match(/\d/g)?.length ?? 0) >= 5 && bare.length <= 200 ? bare : null
}

/** A postal code as text: zeros in front stay, blanks and case are put in order. Null above 12 characters. */
export const readPostcode = (text: string): string | null => {
  const bare = text.trim().replace(/\s+/g, ' ').toUpperCase()
  return /^[\p{L}\d][\p{L}\d\s-]{1,11}$/u.test(bare) ? bare : null
}

/** A Wikidata item from its number or any address that ends in one; null otherwise. */
export const readWikidata = (text: string): string | null =>
  /(?:^|[/:])(Q[1-9]\d{0,11})\s*$/i.exec(text.trim())?.[1]?.toUpperCase() ?? null

/** Whether a label is only the number of an item that has none. */
export const isItemNumber = (text: string): boolean => /^Q[1-9]\d*$/.test(text.trim())
