import { type Chosen, renderInline, renderMarkdown } from '#kit/text'
import { kitWords } from '#kit/words'
import { useFormats, useReader, useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import { type Text, pickText } from './pick.ts'

export type TextProps = {
  of: Text | null | undefined
  /** The element that holds the text; `span` unless told. Only a `div` holds paragraphs, lists and headings. */
  as?: 'span' | 'p' | 'div' | 'strong' | 'em' | 'h1' | 'h2' | 'h3' | 'h4' | 'dd' | 'li' | 'cite'
  class?: string
  /** Do not say that the text is in another language, where saying it each time would be noise (a row of a table). `lang` is set all the same. */
  quiet?: boolean
  /** The owner's working languages, which come right after the reader's own. */
  owner?: readonly string[]
  /** At which level the headings inside begin. */
  level?: number
}

/**
 * A text that people wrote, in the reader's language or in the one it has: `lang` and `dir` are set, and a text in another
 * language, or one that a machine translated, says so.
 */
export function T({ of, as: Element = 'span', class: className, quiet = false, owner, level = 2 }: TextProps) {
  const reader = useReader()
  const chosen = pickText(of, reader.language, owner)
  if (!chosen) return null
  const mark = chosen.isFallback || chosen.dir !== reader.dir ? { lang: chosen.language, dir: chosen.dir } : {}
  if (Element === 'div') {
    return (
      <div class={className}>
        {quiet ? null : <Remark of={chosen} block />}
        {chosen.form === 'markdown' ? (
          <div class="prose" {...mark} dangerouslySetInnerHTML={{ __html: renderMarkdown(chosen.body, { level }) }} />
        ) : (
          <div class="prose" {...mark}>
            {chosen.body.split(/\n\s*\n/u).map((paragraph) => (
              <p>{paragraph}</p>
            ))}
          </div>
        )}
      </div>
    )
  }
  return (
    <Element class={className}>
      {chosen.form === 'markdown' ? (
        <span {...mark} dangerouslySetInnerHTML={{ __html: renderInline(chosen.body) }} />
      ) : (
        <span {...mark}>{chosen.body}</span>
      )}
      {quiet ? null : <Remark of={chosen} />}
    </Element>
  )
}

function Remark({ of, block = false }: { of: Chosen; block?: boolean }) {
  const { languageName } = useFormats()
  const t = useWords(words)
  const kit = useWords(kitWords)
  const language = languageName(of.language)
  const sentences = [
    of.isFallback ? (of.isMachine ? t('text.other-machine', { language }) : kit('text.only-in', { language })) : '',
    of.isMachine && !of.isFallback ? kit('text.machine') : '',
    of.isStale ? kit('text.stale') : '',
  ].filter(Boolean)
  if (sentences.length === 0) return null
  const said = sentences.join('. ')
  return block ? <p class="remark">{said}</p> : <small class="remark">{said}</small>
}
