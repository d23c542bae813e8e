import { useFormats, useReader, useWords } from '../reader.ts'
import { words } from '../words/index.ts'
import { type Picked, type Text, pickText } from './pick.ts'

type TextProps = {
  of: Text | null | undefined
  /** The element that holds the text; `span` unless told. */
  as?: 'span' | 'p' | 'div' | 'strong' | 'em' | 'h1' | 'h2' | 'h3' | 'dd' | 'li' | 'cite'
  class?: string
  /** Do not say that the text is in another language, where saying it each time would be noise (a row of a table). `lang` is set all the same. */
  quiet?: boolean
}

/**
 * A text that people wrote, in the reader's language or in the one it has: `lang` and `dir` are set, and a text in another
 * language, or one that a machine translated, says so. Blank lines make paragraphs where the element can hold them.
 */
export function T({ of, as: Element = 'span', class: className, quiet = false }: TextProps) {
  const reader = useReader()
  const picked = pickText(of, reader.language)
  if (!picked) return null
  const marked = picked.asked && picked.dir === reader.dir ? {} : { lang: picked.language, dir: picked.dir }
  const paragraphs = Element === 'div' ? picked.body.split(/\n\s*\n/) : null
  return (
    <Element class={className}>
      {paragraphs ? paragraphs.map((one) => <p {...marked}>{one}</p>) : <span {...marked}>{picked.body}</span>}
      {quiet ? null : <Remark picked={picked} block={paragraphs !== null} />}
    </Element>
  )
}

function Remark({ picked, block }: { picked: Picked; block: boolean }) {
  const { languageName } = useFormats()
  const t = useWords(words)
  if (picked.asked && !picked.machine) return null
  const sentence = picked.asked
    ? t('text.machine')
    : t(picked.machine ? 'text.other-machine' : 'text.other', { language: languageName(picked.language) })
  return block ? <p class="remark">{sentence}</p> : <small class="remark">{sentence}</small>
}
