import MarkdownIt from 'markdown-it'

// The table of HTML's 2,231 named characters, which this library carries.
const { unescapeAll } = new MarkdownIt().utils

const entity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/gi
const tag = /<\/?[a-z][^<>]*>|<!--[\s\S]*?-->/gi
const block = /<(?:br|hr)\b[^<>]*>|<\/(?:p|div|li|tr|h[1-6])\s*>/gi
const unseen = /<(script|style)\b[^<>]*>[\s\S]*?<\/\1\s*>/gi

/**
 * HTML out: entities become the characters they stand for, ends of paragraphs and lines become line breaks, tags, and
 * scripts with all they hold, go. A `<` that begins no tag stays. Entities written twice (`&amp;uuml;`) are read once.
 */
export const withoutHtml = (text: string): string => {
  const untagged = text.includes('<') ? text.replace(unseen, '').replace(block, '\n').replace(tag, '') : text
  return untagged.includes('&') ? untagged.replace(entity, (reference) => unescapeAll(reference)) : untagged
}

// NO-BREAK SPACE and its kin; and what is not seen at all: soft hyphen, zero-width space, byte order mark.
const spaces = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]/g
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const invisible = /[\u00ad\u200b\u2060\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g
// oxlint-disable-next-line no-control-regex -- the same
const suspicious = /[<&\u0000-\u0009\u000b-\u001f\u007f-\uffff]| {2}|\n|^ | $/

/**
 * A cell as a person would have typed it: HTML out, every kind of blank a plain blank, invisible characters out, NFC,
 * blanks at the ends and around line breaks out, several blanks one, at most one empty line. `cleanText` of its result
 * changes nothing unless the text held an entity of an entity.
 */
export const cleanText = (text: string): string => {
  if (!suspicious.test(text)) return text
  return withoutHtml(text)
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(spaces, ' ')
    .replace(invisible, '')
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** The same on one line. */
export const cleanLine = (text: string): string => cleanText(text).replaceAll(/\n+/g, ' ')

/** The parts of a list in one cell, cleaned, without empty ones and without repetition, in their order. */
export const splitList = (text: string, separators: readonly string[]): string[] => {
  const parts = separators.reduce((pieces, separator) => pieces.flatMap((piece) => piece.split(separator)), [text])
  return [...new Set(parts.map(cleanText).filter((part) => part !== ''))]
}

/** For comparing: without accents, case and punctuation, words parted by one blank. */
export const plainWords = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
