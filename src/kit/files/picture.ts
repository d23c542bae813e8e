import type { PictureProps, PictureSource, Reader } from '#kit/view'
import { languages, speak } from '#kit/words'
import type { KeptFile, Rendition } from './file.ts'
import { isRights, rightsAddress } from './rights.ts'
import { renditionAddress } from './serve.ts'
import { fileWords } from './words.ts'

/**
 * What `<Picture>` of `#kit/view` takes, from a file and its renditions: sizes, description by language, credit and rights by name. Null while the picture is being prepared or cannot be.
 */
export function pictureProps(
  file: KeptFile,
  renditions: readonly Rendition[],
  reader: Pick<Reader, 'address' | 'language'>,
): PictureProps | null {
  const own = renditions.filter(({ fileId }) => fileId === file.id).toSorted((a, b) => a.width - b.width)
  const sources = (['image/avif', 'image/webp', 'image/jpeg'] as const).flatMap((type): PictureSource[] => {
    const sizes = own
      .filter(({ kind }) => kind === type)
      .map((size) => ({ src: reader.address('files.picture', renditionAddress(size)), width: size.width }))
    return sizes.length > 0 ? [{ type, sizes }] : []
  })
  const plain = own.filter(({ kind }) => kind === 'image/jpeg').at(-1)
  if (!plain) return null
  const t = speak(fileWords, reader.language)
  const rights =
    file.rights && isRights(file.rights)
      ? { name: t(`rights.${file.rights}`), href: rightsAddress(file.rights) }
      : { name: t('rights.UND') }
  const alt = Object.fromEntries(
    languages.flatMap((language) => (file.alt[language] ? [[language, { body: file.alt[language] }]] : [])),
  )
  return {
    sources,
    width: plain.width,
    height: plain.height,
    bytes: plain.bytes,
    alt,
    credit: file.credit ?? '',
    rights,
  }
}
