import type { ComponentChildren } from 'preact'
import { useReader, useWords } from '#kit/view'
import { direction, isLanguage, type Language } from '#kit/words'
import type { KeptFile, Rendition } from './file.ts'
import { isRights, rightsAddress, type Rights } from './rights.ts'
import { renditionAddress } from './serve.ts'
import { fileWords } from './words.ts'

/** A picture as a page shows it: its sizes, what is to be seen, whose it is and what may be done with it. */
export type PictureOf = {
  id: string
  alt: string
  /** The language of the description. */
  language: string | null
  credit: string | null
  rights: Rights | null
  width: number | null
  height: number | null
  sizes: Rendition[]
}

/** What a page needs of a picture. The description is the reader's, or the first there is, with its language. */
export function pictureOf(file: KeptFile, renditions: readonly Rendition[], language: Language): PictureOf {
  const [spoken = null, alt = ''] =
    [language, 'es', 'pt', 'en', 'ar']
      .map((one): [string, string | undefined] => [one, file.alt[one as Language]])
      .find(([, text]) => text) ?? []
  return {
    id: file.id,
    alt: alt ?? '',
    language: spoken,
    credit: file.credit,
    rights: file.rights && isRights(file.rights) ? file.rights : null,
    width: file.width,
    height: file.height,
    sizes: renditions.filter(({ fileId }) => fileId === file.id),
  }
}

/**
 * A picture in the sizes that were made of it; nothing jumps, for its measure is known. `sizes` says how wide it stands, as HTML does (`(min-width: 48em) 50vw, 100vw`).
 * Where the reader spares the line, a link stands for it until asked.
 */
export function Picture({ of, sizes = '100vw', eager = false }: { of: PictureOf; sizes?: string; eager?: boolean }) {
  const reader = useReader()
  const t = useWords(fileWords)
  const plain = of.sizes
    .filter(({ kind }) => kind === 'image/jpeg' || kind === 'image/png')
    .sort((a, b) => a.width - b.width)
  const usual = plain.find(({ width }) => width >= 800) ?? plain.at(-1)
  if (!usual) return <p class="picture-waits">{t('picture.preparing')}</p>
  const hrefOf = (size: Rendition) => reader.address('files.picture', renditionAddress(size))
  const setOf = (of: readonly Rendition[]) => of.map((size) => `${hrefOf(size)} ${size.width}w`).join(', ')
  const spoken =
    of.language && of.language !== reader.language && isLanguage(of.language)
      ? { lang: of.language, dir: direction(of.language) }
      : {}
  if (reader.lowBandwidth)
    return (
      <a class="picture-waits" href={hrefOf(usual)} {...spoken}>
        {t('picture.show', { alt: of.alt })}
      </a>
    )
  const among = (kind: string) => of.sizes.filter((size) => size.kind === kind).sort((a, b) => a.width - b.width)
  return (
    <picture>
      {['image/avif', 'image/webp'].map((kind) => {
        const set = among(kind)
        return set.length > 0 ? <source type={kind} srcSet={setOf(set)} sizes={sizes} /> : null
      })}
      <img
        src={hrefOf(usual)}
        srcSet={setOf(plain)}
        sizes={sizes}
        width={usual.width}
        height={usual.height}
        alt={of.alt}
        loading={eager ? 'eager' : 'lazy'}
        decoding="async"
        {...spoken}
      />
    </picture>
  )
}

/** A picture with its credit and rights under it, as every picture of ours has them. */
export function Figure({
  of,
  sizes,
  eager,
  children,
}: {
  of: PictureOf
  sizes?: string
  eager?: boolean
  children?: ComponentChildren
}) {
  return (
    <figure class="picture">
      <Picture of={of} {...(sizes && { sizes })} {...(eager && { eager })} />
      <figcaption>
        {children ? <span class="caption">{children}</span> : null} <Credit of={of} />
      </figcaption>
    </figure>
  )
}

/** Whose a picture is, and a link to what may be done with it. */
export function Credit({ of }: { of: Pick<PictureOf, 'credit' | 'rights'> }) {
  const t = useWords(fileWords)
  return (
    <small class="credit">
      {of.credit ? t('picture.credit', { credit: of.credit }) : null}{' '}
      {of.rights ? (
        <a href={rightsAddress(of.rights)} rel="license">
          {t(`rights.${of.rights}`)}
        </a>
      ) : null}
    </small>
  )
}
