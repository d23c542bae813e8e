import type { ComponentChildren } from 'preact'

/** Safe HTML that `#kit/text` made of what a person wrote. Never give it anything else. */
export function Prose({ html, lang, dir }: { html: string; lang?: string; dir?: 'ltr' | 'rtl' }) {
  return <div class="prose" lang={lang} dir={dir} dangerouslySetInnerHTML={{ __html: html }} />
}

type QuoteProps = { children: ComponentChildren; by?: ComponentChildren; lang?: string; dir?: 'ltr' | 'rtl' }

/** Someone's words, and whose they are. */
export function Quote({ children, by, lang, dir }: QuoteProps) {
  return (
    <figure class="quote">
      <blockquote lang={lang} dir={dir}>
        {children}
      </blockquote>
      {by ? <figcaption>{by}</figcaption> : null}
    </figure>
  )
}
