import { renderMarkdown } from '#kit/text'
import { pickText, T, useReader, type Text } from '#kit/view'

/** A text written in Markdown, in the language it has; one in another language than the reader's says so. */
export function Markdown({ of, level = 3 }: { of: Text | null; level?: number }) {
  const reader = useReader()
  const picked = pickText(of, reader.language)
  if (!picked) return null
  const remark = { [picked.language]: { ...of![picked.language]!, body: ' ' } }
  return (
    <div class="prose" lang={picked.language} dir={picked.dir}>
      {picked.asked && !picked.machine ? null : <T of={remark} />}
      <div dangerouslySetInnerHTML={{ __html: renderMarkdown(picked.body, { level }) }} />
    </div>
  )
}
