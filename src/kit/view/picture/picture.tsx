import type { ComponentChildren } from 'preact'
import { useReader, useWords } from '../reader.ts'
import { type Text, pickText } from '../text/pick.ts'
import { words } from '../words/index.ts'

export type PictureSource = {
  type: 'image/avif' | 'image/webp' | 'image/jpeg'
  sizes: readonly { src: string; width: number }[]
}

export type PictureProps = {
  /** From the best format to the plainest; the last is what every browser reads. */
  sources: readonly PictureSource[]
  width: number
  height: number
  /** What is to be seen. '' only for a picture that adds nothing to the words around it. */
  alt: string | Text
  credit: string
  rights: { name: string; href?: string }
  caption?: ComponentChildren
  /** How wide it stands on the page, as `sizes` says it. */
  sizes?: string
  /** The first picture in sight is not put off. */
  first?: boolean
  /** Bytes of the plain file, told to whoever saves data. */
  bytes?: number
}

/** A photograph with its credit and rights right below. Whoever saves data gets its description and may ask for it. */
export function Picture(props: PictureProps) {
  const { language, lowBandwidth } = useReader()
  const t = useWords(words)
  const alt = typeof props.alt === 'string' ? { body: props.alt, language } : pickText(props.alt, language)
  const plain = props.sources.at(-1)
  const fallback = plain?.sizes[Math.floor((plain.sizes.length - 1) / 2)]
  if (!plain || !fallback) return null
  return (
    <figure class="picture">
      {lowBandwidth ? (
        <div class="picture-asked">
          {alt?.body ? <p>{alt.body}</p> : null}
          <p>
            <a href={fallback.src}>{t('picture.show')}</a>
          </p>
        </div>
      ) : (
        <picture>
          {props.sources.slice(0, -1).map((source) => (
            <source type={source.type} srcSet={setOf(source)} sizes={props.sizes ?? '100vw'} />
          ))}
          <img
            src={fallback.src}
            srcSet={plain.sizes.length > 1 ? setOf(plain) : undefined}
            sizes={plain.sizes.length > 1 ? (props.sizes ?? '100vw') : undefined}
            width={props.width}
            height={props.height}
            alt={alt?.body ?? ''}
            lang={alt && alt.language !== language ? alt.language : undefined}
            loading={props.first ? undefined : 'lazy'}
            fetchpriority={props.first ? 'high' : undefined}
            decoding="async"
          />
        </picture>
      )}
      <figcaption>
        {props.caption ? <span class="picture-caption">{props.caption} </span> : null}
        <span class="picture-credit">
          {t.rich('picture.credit', {
            credit: <bdi>{props.credit}</bdi>,
            rights: props.rights.href ? (
              <a href={props.rights.href}>{props.rights.name}</a>
            ) : (
              <span>{props.rights.name}</span>
            ),
          })}
        </span>
      </figcaption>
    </figure>
  )
}

function setOf(source: PictureSource): string {
  return source.sizes.map(({ src, width }) => `${src} ${width}w`).join(', ')
}
