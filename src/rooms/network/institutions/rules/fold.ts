const letters: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ı: 'i' }

/**
 * A text without accents and case, as words are compared: NFKD, marks dropped, small letters. Arabic loses its vowel
 * signs and the lengthening of its letters, and the spellings of alif, ya and ta marbuta that writers mix are made one.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[ßæœøđðłþı]/gu, (letter) => letters[letter]!)
    .replaceAll('\u0640', '')
    .replaceAll(/[ٱأإآ]/gu, 'ا')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه')
}

/** The words of a text, folded: letters and digits of any script; an apostrophe inside a word joins. */
export function wordsOf(text: string): string[] {
  return (
    fold(text)
      .replaceAll(/(?<=\p{L})['’ʻʼ`´](?=\p{L})/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}
